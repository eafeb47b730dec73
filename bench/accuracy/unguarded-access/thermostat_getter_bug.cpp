// oracle: tsan
// Thermostat: every method locks, but one getter doesn't.
#include <atomic>
#include <iostream>
#include <mutex>
#include <thread>

class Thermostat {
public:
  void set(double Target) {
    std::lock_guard<std::mutex> Lock(M_);
    Target_ = Target;
    ++Changes_;
  }

  void adjust(double By) {
    std::lock_guard<std::mutex> Lock(M_);
    Target_ += By;
    ++Changes_;
  }

  double target() const {
    return Target_; /*BUG*/
  }

  int changes() const {
    std::lock_guard<std::mutex> Lock(M_);
    return Changes_;
  }

  bool heats() const { return On_; }
  void toggle() { On_ = !On_; }

private:
  mutable std::mutex M_;
  double Target_ = 20;
  int Changes_ = 0;
  std::atomic<bool> On_{false};
};

int main() {
  Thermostat T;
  std::thread Panel([&T] {
    for (int I = 0; I < 100; ++I)
      T.adjust(0.5);
    T.toggle();
  });
  double Seen = T.target();
  Panel.join();
  T.set(21);
  std::cout << (Seen >= 20) << T.target() << T.changes() << T.heats() << '\n';
  return T.changes() == 101 ? 0 : 1;
}
