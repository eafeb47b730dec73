// oracle: asan
// Image server: threads are collected in a member and joined at the end.
#include <chrono>
#include <iostream>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

using namespace std::chrono_literals;

class Thumbnailer {
public:
  ~Thumbnailer() { wait(); }

  void add(const std::string &File, int Width) {
    std::string Target = File + "@" + std::to_string(Width);
    if (Width <= 0)
      return;
    Workers_.emplace_back([this, &Target, Width] { /*BUG*/
      std::this_thread::sleep_for(10ms);
      std::lock_guard<std::mutex> Lock(M_);
      Done_.push_back(Target);
      Pixels_ += Width;
    });
  }

  void addAll(const std::vector<std::string> &Files) {
    for (const std::string &File : Files)
      add(File, 64);
    wait();
  }

  void wait() {
    for (std::thread &T : Workers_)
      T.join();
    Workers_.clear();
  }

  std::size_t done() const {
    std::lock_guard<std::mutex> Lock(M_);
    return Done_.size();
  }

private:
  mutable std::mutex M_;
  std::vector<std::string> Done_;
  long Pixels_ = 0;
  std::vector<std::thread> Workers_;
};

int main() {
  Thumbnailer T;
  T.add("a-picture-from-the-holidays.jpg", 128);
  T.wait();
  T.addAll({"b.jpg", "c.jpg"});
  std::cout << T.done() << '\n';
  return T.done() == 3 ? 0 : 1;
}
