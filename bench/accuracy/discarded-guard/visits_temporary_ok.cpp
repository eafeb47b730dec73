// oracle: tsan
// Web counter: the guard in hit() has no name.
#include <iostream>
#include <map>
#include <mutex>
#include <string>
#include <thread>

class Visits {
public:
  void hit(const std::string &Page) {
    std::lock_guard<std::mutex> Lock{M_};
    ++Counts_[Page];
  }

  int of(const std::string &Page) const {
    std::lock_guard<std::mutex> Lock{M_};
    auto It = Counts_.find(Page);
    return It == Counts_.end() ? 0 : It->second;
  }

  void reset() {
    auto Empty = std::map<std::string, int>{};
    (std::lock_guard<std::mutex>{M_}, Counts_.swap(Empty));
  }

private:
  mutable std::mutex M_;
  std::map<std::string, int> Counts_;
};

int main() {
  Visits V;
  V.hit("/");
  V.reset();
  auto Client = [&V] {
    for (int I = 0; I < 100; ++I)
      V.hit("/index");
  };
  std::thread A(Client), B(Client);
  A.join();
  B.join();
  std::cout << V.of("/index") << '\n';
  return V.of("/index") == 200 && V.of("/") == 0 ? 0 : 1;
}
