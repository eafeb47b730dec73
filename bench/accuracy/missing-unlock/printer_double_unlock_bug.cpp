// oracle: abort
// Print server: the lock is released around the slow part of a job.
#include <iostream>
#include <mutex>
#include <string>
#include <system_error>

class Printer {
public:
  bool print(const std::string &Page, bool Color) {
    std::unique_lock<std::mutex> Lock(M_);
    if (Page.empty())
      return false;
    Lock.unlock();
    std::size_t Ink = rasterise(Page, Color);
    if (Color) {
      Lock.lock();
      ColorInk_ -= static_cast<int>(Ink);
      Lock.unlock();
    } else {
      BlackInk_ -= static_cast<int>(Ink);
      Lock.unlock(); /*BUG*/
    }
    std::lock_guard<std::mutex> Count(CountM_);
    ++Pages_;
    return true;
  }

  int pages() {
    std::lock_guard<std::mutex> Count(CountM_);
    return Pages_;
  }

private:
  static std::size_t rasterise(const std::string &Page, bool Color) {
    return Page.size() * (Color ? 3 : 1);
  }

  std::mutex M_, CountM_;
  int ColorInk_ = 100, BlackInk_ = 100, Pages_ = 0;
};

int main() {
  Printer P;
  P.print("", true);
  P.print("photo", true);
  bool Good = P.print("letter", false);
  std::cout << Good << ' ' << P.pages() << '\n';
  return P.pages() == 2 ? 0 : 1;
}
