// oracle: asan
// Worker pool: submit() queues a task, drain() waits for all of them.
#include <condition_variable>
#include <deque>
#include <functional>
#include <iostream>
#include <mutex>
#include <thread>
#include <vector>

class Pool {
public:
  Pool() : Worker_([this] { run(); }) {}
  ~Pool() {
    submit(nullptr);
    Worker_.join();
  }
  void submit(std::function<void()> Task) {
    std::lock_guard<std::mutex> L(M_);
    Tasks_.push_back(std::move(Task));
    Changed_.notify_all();
  }
  void hold(bool On) {
    std::lock_guard<std::mutex> L(M_);
    Held_ = On;
    Changed_.notify_all();
  }
  void drain() {
    std::unique_lock<std::mutex> L(M_);
    Changed_.wait(L, [this] { return Tasks_.empty(); });
  }

private:
  void run() {
    std::unique_lock<std::mutex> L(M_);
    for (;;) {
      Changed_.wait(L, [this] { return !Held_ && !Tasks_.empty(); });
      auto Task = Tasks_.front();
      L.unlock();
      if (!Task) return;
      Task();
      L.lock();
      Tasks_.pop_front();
      Changed_.notify_all();
    }
  }
  std::mutex M_;
  std::condition_variable Changed_;
  std::deque<std::function<void()>> Tasks_;
  bool Held_ = false;
  std::thread Worker_;
};

void blur(Pool &P, std::vector<int> &Image, int Radius) {
  std::vector<int> Kernel(2 * Radius + 1, 1);
  for (int &Pixel : Image)
    P.submit([&Pixel, &Kernel] { Pixel += Kernel.back(); }); /*BUG*/
}

int main() {
  std::vector<int> Image{1, 2, 3};
  Pool P;
  P.hold(true);
  blur(P, Image, 4);
  P.hold(false);
  P.drain();
  std::cout << Image[0] << '\n';
  return Image[2] == 4 ? 0 : 1;
}
