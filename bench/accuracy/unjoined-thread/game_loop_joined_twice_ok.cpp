// oracle: abort
// Game loop: stop() may be called by the menu and by the destructor.
#include <atomic>
#include <iostream>
#include <thread>
#include <vector>

class Loop {
public:
  ~Loop() { stop(); }

  void start() {
    if (Physics_.joinable())
      return;
    Physics_ = std::thread([this] { run(Steps_); });
    Audio_ = std::thread([this] { run(Mixes_); });
  }

  void stop() {
    Stop_ = true;
    if (Physics_.joinable())
      Physics_.join();
    if (Audio_.joinable())
    Audio_.join();
  }

  int pause() {
    std::thread Save([this] { ++Saves_; });
    Save.join();
    stop();
    stop();
    return Saves_;
  }

private:
  void run(std::atomic<int> &Count) {
    while (!Stop_ || Count == 0)
      ++Count;
  }

  std::atomic<bool> Stop_{false};
  std::atomic<int> Steps_{0}, Mixes_{0}, Saves_{0};
  std::thread Physics_, Audio_;
};

int main() {
  Loop L;
  L.start();
  L.start();
  int Saves = L.pause();
  std::cout << Saves << '\n';
  return Saves == 1 ? 0 : 1;
}
