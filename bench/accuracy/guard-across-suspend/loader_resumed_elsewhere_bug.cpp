// oracle: tsan
// Asset loader: the second half of a task runs on another thread.
#include "task.h"
#include <iostream>
#include <mutex>
#include <set>
#include <string>
#include <thread>

class Loader {
public:
  bb::Task load(std::string Name) {
    std::unique_lock<std::mutex> Lock(M_);
    if (!Pending_.insert(Name).second)
      co_return;
    co_await bb::Pause{}; // resumed by the decoder /*BUG*/
    Pending_.erase(Name);
    Loaded_.insert(Name);
  }

  std::size_t loaded() {
    std::lock_guard<std::mutex> Lock(M_);
    return Loaded_.size();
  }

private:
  std::mutex M_;
  std::set<std::string> Pending_, Loaded_;
};

int main() {
  Loader L;
  for (std::string Name : {"mesh", "sound"}) {
    bb::Task T = L.load(Name);
    T.resume();
    std::thread Decoder([&T] { T.resume(); });
    Decoder.join();
  }
  std::cout << L.loaded() << '\n';
  return L.loaded() == 2 ? 0 : 1;
}
