// oracle: timeout
// Sensor hub: a helper hands out the lock together with the state.
#include "channel.h"
#include <iostream>
#include <map>
#include <mutex>
#include <string>
#include <thread>

struct Sample {
  std::string Sensor;
  double Value;
};

class Hub {
public:
  explicit Hub(bb::SyncSender<Sample> Tx) : Tx_(std::move(Tx)) {}

  bool feed(const std::string &Sensor, double Value) {
    Sample S{Sensor, Value};
    auto Guard = state();
    ++Counts_[Sensor];
    S.Value -= Offset_;
    return Tx_.send(S); /*BUG*/
  }

  void calibrate(double Offset) {
    auto Guard = state();
    Offset_ = Offset;
  }

  int count(const std::string &Sensor) {
    auto Guard = state();
    auto It = Counts_.find(Sensor);
    return It == Counts_.end() ? 0 : It->second;
  }

private:
  [[nodiscard]] std::unique_lock<std::mutex> state() {
    return std::unique_lock<std::mutex>(M_);
  }

  std::mutex M_;
  std::map<std::string, int> Counts_;
  double Offset_ = 0;
  bb::SyncSender<Sample> Tx_;
};

int main() {
  auto [Tx, Rx] = bb::channel<Sample>(1);
  Hub H(std::move(Tx));
  double Last = 0;
  std::thread Control([&H, &Last, In = std::move(Rx)] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    H.calibrate(0.5);
    for (int I = 0; I < 20; ++I)
      if (auto S = In.recv()) {
        H.calibrate(1.5);
        Last = S->Value;
      }
  });
  for (int I = 0; I < 20 && H.feed("temp", 20); ++I)
    ;
  Control.join();
  std::cout << H.count("temp") << ' ' << Last << '\n';
  return H.count("temp") == 20 ? 0 : 1;
}
