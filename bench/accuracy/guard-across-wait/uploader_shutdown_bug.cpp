// oracle: timeout
// Uploader: stop() waits for the worker, which still counts under the lock.
#include <chrono>
#include <iostream>
#include <mutex>
#include <thread>

class Uploader {
public:
  void start(int Parts) {
    Worker_ = std::thread([this, Parts] {
      for (int I = 0; I < Parts; ++I) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        std::lock_guard<std::mutex> Lock(M_);
        ++Sent_;
      }
    });
  }

  int stop() {
    std::lock_guard<std::mutex> Lock(M_);
    if (Worker_.joinable())
      Worker_.join(); /*BUG*/
    return Sent_;
  }

  int sent() {
    std::lock_guard<std::mutex> Lock(M_);
    return Sent_;
  }

private:
  std::mutex M_;
  std::thread Worker_;
  int Sent_ = 0;
};

int main() {
  Uploader U;
  U.start(5);
  int Before = U.sent();
  int Sent = U.stop();
  std::cout << (Before <= Sent) << ' ' << Sent << '\n';
  return Sent == 5 ? 0 : 1;
}
