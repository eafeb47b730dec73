// oracle: tsan
// Job queue: what looks like a guard declares a new variable.
#include <deque>
#include <iostream>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

class Jobs {
public:
  void add(std::string Job) {
    std::unique_lock<std::mutex>(Mutex_); /*BUG*/
    Waiting_.push_back(std::move(Job));
  }

  std::optional<std::string> take() {
    std::unique_lock<std::mutex> Lock(Mutex_);
    if (Waiting_.empty())
      return std::nullopt;
    std::string Job = std::move(Waiting_.front());
    Waiting_.pop_front();
    return Job;
  }

  std::size_t size() {
    std::unique_lock<std::mutex> Lock(Mutex_);
    return Waiting_.size();
  }

private:
  std::mutex Mutex_;
  std::deque<std::string> Waiting_;
};

int main() {
  Jobs J;
  std::thread Producer([&J] {
    for (int I = 0; I < 50; ++I)
      J.add("job " + std::to_string(I));
  });
  for (int I = 0; I < 50; ++I)
    J.add("own");
  Producer.join();
  std::size_t All = J.size();
  while (J.take())
    ;
  std::cout << All << ' ' << J.size() << '\n';
  return All == 100 ? 0 : 1;
}
