// oracle: timeout
// Simulation: the workers meet at a barrier, so all of them have to run.
#include <atomic>
#include <barrier>
#include <iostream>
#include <thread>
#include <vector>

class Simulation {
public:
  explicit Simulation(int Workers) : Workers_(Workers), Meet_(Workers) {}

  void run(int Steps) {
    std::vector<std::thread> Threads;
    for (int I = 0; I < Workers_; ++I)
      Threads.emplace_back([this, Steps, I] { work(Steps, I); });
    for (std::thread &T : Threads)
      T.join();
    std::thread Sum([this] { Total_ = Energy_ * 2; });
    Sum.join();
  }

  int total() const { return Total_; }

private:
  void work(int Steps, int Worker) {
    for (int I = 0; I < Steps; ++I) {
      Energy_ += Worker;
      Meet_.arrive_and_wait();
    }
  }

  int Workers_;
  std::barrier<> Meet_;
  std::atomic<int> Energy_{0};
  int Total_ = 0;
};

int main() {
  Simulation S(3);
  S.run(4);
  std::cout << S.total() << '\n';
  return S.total() == 24 ? 0 : 1;
}
