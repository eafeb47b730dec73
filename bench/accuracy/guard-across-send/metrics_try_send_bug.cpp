// oracle: timeout
// Metrics: losing a point is better than waiting for the exporter.
#include "channel.h"
#include <iostream>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

struct Point {
  std::string Name;
  int Value;
};

class Metrics {
public:
  Metrics(bb::SyncSender<Point> Points, bb::Sender<std::string> Journal)
      : Points_(std::move(Points)), Journal_(std::move(Journal)) {}

  void add(const std::string &Name, int By) {
    if (!Journal_.send(Name) || By == 0)
      return;
    std::lock_guard<std::mutex> Lock(M_);
    Sum_ += By;
    if (!Points_.send({Name, Sum_})) /*BUG*/
      ++Lost_;
  }

  std::pair<int, int> snapshot() {
    std::lock_guard<std::mutex> Lock(M_);
    return {Sum_, Lost_};
  }

private:
  std::mutex M_;
  int Sum_ = 0, Lost_ = 0;
  bb::SyncSender<Point> Points_;
  bb::Sender<std::string> Journal_;
};

int main() {
  auto [Points, PointsRx] = bb::channel<Point>(1);
  auto [Journal, JournalRx] = bb::channel<std::string>();
  Metrics M(std::move(Points), std::move(Journal));
  std::thread Exporter([&M, In = std::move(PointsRx)] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    int Sum = M.snapshot().first;
    while (auto P = In.try_recv())
      Sum -= P->Value;
  });
  for (int I = 1; I <= 5; ++I)
    M.add("load", I);
  Exporter.join();
  auto [Sum, Lost] = M.snapshot();
  std::cout << Sum << ' ' << Lost << ' ' << JournalRx.try_recv().value_or("nothing") << '\n';
  return Sum == 15 ? 0 : 1;
}
