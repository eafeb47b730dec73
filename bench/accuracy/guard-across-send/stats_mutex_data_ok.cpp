// oracle: timeout
// Statistics service: the mutex owns its data and hands out guards.
#include "channel.h"
#include <iostream>
#include <map>
#include <mutex>
#include <string>
#include <thread>

template <class T> class Mutex {
public:
  class Guard {
  public:
    explicit Guard(Mutex &M) : Lock_(M.M_), Value_(&M.Value_) {}
    T &operator*() { return *Value_; }
    T *operator->() { return Value_; }

  private:
    std::unique_lock<std::mutex> Lock_;
    T *Value_;
  };
  [[nodiscard]] Guard lock() { return Guard(*this); }

private:
  std::mutex M_;
  T Value_{};
};

using Table = std::map<std::string, int>;

void publish(Mutex<Table> &Stats, const bb::SyncSender<int> &Out) {
  Table Copy = *Stats.lock();
  for (auto &[Name, Count] : Copy) {
    if (Name.empty())
      continue;
    if (!Out.send(Count))
      return;
  }
}

int main() {
  Mutex<Table> Stats;
  Mutex<int> Rounds;
  (*Stats.lock())["get"] = 3;
  (*Stats.lock())["put"] = 4;
  (*Stats.lock())["del"] = 5;
  auto [Tx, Rx] = bb::channel<int>(1);
  std::thread Reader([&, In = std::move(Rx)] {
    for (int I = 0; I < 3; ++I)
      if (auto Count = In.recv()) {
        (*Stats.lock())["read"] += *Count;
        ++*Rounds.lock();
      }
  });
  publish(Stats, Tx);
  Reader.join();
  int Read = Stats.lock()->at("read");
  std::cout << Read << ' ' << *Rounds.lock() << '\n';
  return Read == 12 ? 0 : 1;
}
