// The producer sends while it holds the lock that the consumer needs for its
// next step: once the channel is full, both wait for ever.
#include "channel.h"

#include <iostream>
#include <string>
#include <thread>

struct Progress {
  std::mutex Mutex;
  int Sent = 0;
  int Done = 0;
};

void produce(Channel<std::string> &Jobs, Progress &Counts) {
  for (int I = 0; I < 100; ++I) {
    std::lock_guard Lock(Counts.Mutex);
    ++Counts.Sent;
    Jobs.send("job " + std::to_string(I));
  }
  Jobs.close();
}

void consume(Channel<std::string> &Jobs, Progress &Counts) {
  while (Jobs.recv()) {
    std::lock_guard Lock(Counts.Mutex);
    ++Counts.Done;
  }
}

int main() {
  Channel<std::string> Jobs(4);
  Progress Counts;
  std::thread Worker([&] { consume(Jobs, Counts); });
  produce(Jobs, Counts);
  Worker.join();
  std::cout << Counts.Done << " of " << Counts.Sent << " jobs done\n";
}
