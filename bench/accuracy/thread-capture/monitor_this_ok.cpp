// oracle: asan
// Service monitor: an object polls in the background until it is told to end.
#include <atomic>
#include <chrono>
#include <iostream>
#include <string>
#include <thread>

using namespace std::chrono_literals;

class Monitor {
public:
  explicit Monitor(std::string Host) : Host_(std::move(Host)) {}
  ~Monitor() {
    Stop_ = true;
    if (Poller_.joinable())
      Poller_.join();
  }

  void start() {
    Poller_ = std::thread([this] {
      while (!Stop_) {
        std::this_thread::sleep_for(10ms);
        ++Polls_;
      }
    });
  }

  std::size_t probe() const {
    std::size_t Answer = 0;
    std::thread T([this, &Answer] { Answer = Host_.size(); });
    T.join();
    return Answer;
  }
  int polls() const { return Polls_; }

private:
  std::string Host_;
  std::atomic<bool> Stop_{false};
  std::atomic<int> Polls_{0};
  std::thread Poller_;
};

int watch(const std::string &Host) {
  Monitor M(Host);
  M.start();
  while (M.polls() < 2)
    std::this_thread::sleep_for(5ms);
  return static_cast<int>(M.probe());
}

int main() {
  int Length = watch("db.example.org");
  std::this_thread::sleep_for(100ms);
  std::cout << Length << '\n';
  return Length == 14 ? 0 : 1;
}
