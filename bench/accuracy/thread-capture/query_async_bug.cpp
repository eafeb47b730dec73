// oracle: asan
// Report server: queries run by std::async, their futures are kept.
#include <chrono>
#include <future>
#include <iostream>
#include <map>
#include <numeric>
#include <string>
#include <thread>
#include <vector>

using namespace std::chrono_literals;
using Rows = std::vector<int>;

int sum(const Rows &R) { return std::accumulate(R.begin(), R.end(), 0); }

class Reports {
public:
  void prepare(const std::string &Name, int Size) {
    Rows Filter(Size);
    std::iota(Filter.begin(), Filter.end(), 1);
    Pending_[Name] = std::async(std::launch::async, [&Filter] { /*BUG*/
      std::this_thread::sleep_for(20ms);
      return sum(Filter);
    });
  }

  int get(const std::string &Name) {
    auto It = Pending_.find(Name);
    if (It == Pending_.end() || !It->second.valid())
      return -1;
    return It->second.get();
  }

  static int both(const Rows &A, const Rows &B) {
    auto First = std::async(std::launch::async, [&A] { return sum(A); });
    auto Second = std::async(std::launch::async, sum, std::cref(B));
    return First.get() + Second.get();
  }

private:
  std::map<std::string, std::future<int>> Pending_;
};

int main() {
  Reports R;
  int Both = Reports::both({1, 2}, {3, 4});
  R.prepare("sales", 100);
  int Sales = R.get("sales");
  std::cout << Both << ' ' << Sales << ' ' << R.get("none") << '\n';
  return Sales == 5050 && Both == 10 ? 0 : 1;
}
