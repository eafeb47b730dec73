// oracle: timeout
// Route planner: a missing route is computed by a task that fills the cache.
#include <future>
#include <iostream>
#include <map>
#include <mutex>
#include <string>

class Planner {
public:
  int distance(const std::string &To) {
    std::unique_lock<std::mutex> Lock(M_);
    if (auto It = Known_.find(To); It != Known_.end())
      return It->second;
    auto Pending = std::async(std::launch::async, [this, To] {
      int Length = measure(To);
      std::lock_guard<std::mutex> Inner(M_);
      Known_[To] = Length;
      return Length;
    });
    int Length = Pending.get(); /*BUG*/
    std::lock_guard<std::mutex> Log(LogM_);
    ++Computed_;
    return Length;
  }

  int computed() {
    std::lock_guard<std::mutex> Log(LogM_);
    return Computed_;
  }

private:
  static int measure(const std::string &To) {
    return static_cast<int>(To.size()) * 100;
  }

  std::mutex M_, LogM_;
  std::map<std::string, int> Known_;
  int Computed_ = 0;
};

int main() {
  Planner P;
  int First = P.distance("rome");
  int Again = P.distance("rome");
  std::cout << First << ' ' << Again << ' ' << P.computed() << '\n';
  return First == 400 && P.computed() == 1 ? 0 : 1;
}
