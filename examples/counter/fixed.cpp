// The threads are joined while the counter is still there.
#include "counter.h"

#include <iostream>
#include <thread>
#include <vector>

void countInBackground(int Threads) {
  Counter Clicks;
  std::vector<std::thread> Running;
  for (int I = 0; I < Threads; ++I)
    Running.emplace_back([&Clicks] { Clicks.increment(); });
  for (std::thread &Thread : Running)
    Thread.join();
  std::cout << "counted " << Clicks.value() << '\n';
}

int main() { countInBackground(8); }
