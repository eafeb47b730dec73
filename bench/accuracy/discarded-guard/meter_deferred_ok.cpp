// oracle: tsan
// Power meter: the lock is deferred, and on one path never taken.
#include <iostream>
#include <mutex>
#include <thread>
#include <vector>

class Meter {
public:
  void add(double Watts) {
    std::unique_lock<std::mutex> Lock(M_, std::defer_lock);
    Lock.lock();
    Total_ += Watts;
    ++Samples_;
  }

  void addAll(const std::vector<double> &Watts) {
    std::unique_lock<std::mutex> Lock(M_, std::defer_lock);
    double Sum = 0;
    for (double W : Watts)
      Sum += W;
    Lock.lock();
    Total_ += Sum;
    Samples_ += static_cast<int>(Watts.size());
  }

  double mean() {
    std::unique_lock<std::mutex> Lock(M_, std::defer_lock);
    Lock.lock();
    return Samples_ ? Total_ / Samples_ : 0;
  }

private:
  std::mutex M_;
  double Total_ = 0;
  int Samples_ = 0;
};

int main() {
  Meter M;
  std::thread Kitchen([&M] {
    for (int I = 0; I < 100; ++I)
      M.add(40);
  });
  for (int I = 0; I < 100; ++I)
    M.add(60);
  Kitchen.join();
  M.addAll({50, 50});
  std::cout << M.mean() << '\n';
  return M.mean() == 50 ? 0 : 1;
}
