// oracle: timeout
// Feature flags: readers share the lock, the writer waits for all of them.
#include "channel.h"
#include <iostream>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <thread>

class Flags {
public:
  void set(const std::string &Name, bool On) {
    std::unique_lock Lock(M_);
    Values_[Name] = On;
  }
  bool get(const std::string &Name) const {
    std::shared_lock Lock(M_);
    auto It = Values_.find(Name);
    return It != Values_.end() && It->second;
  }
  // Waits for the next acknowledgement when the flag is on.
  bool await(const std::string &Name, const bb::Receiver<bool> &Acks) const {
    std::shared_lock Lock(M_);
    auto It = Values_.find(Name);
    if (It == Values_.end() || !It->second)
      return false;
    Lock.unlock();
    auto Ack = Acks.recv();
    return Ack.value_or(false);
  }

private:
  mutable std::shared_mutex M_;
  std::map<std::string, bool> Values_;
};

int main() {
  Flags F;
  F.set("beta", true);
  auto [Tx, Rx] = bb::channel<bool>();
  std::thread Admin([&F, Ack = std::move(Tx)] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    F.set("audit", true);
    if (!Ack.send(F.get("audit")))
      std::cerr << "nobody waits\n";
  });
  bool Skipped = F.await("alpha", Rx);
  bool Acked = F.await("beta", Rx);
  Admin.join();
  std::cout << Skipped << Acked << '\n';
  return Acked && !Skipped ? 0 : 1;
}
