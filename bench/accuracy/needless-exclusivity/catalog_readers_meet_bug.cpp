// oracle: timeout
// Catalogue: two readers have to be inside at the same time.
#include <algorithm>
#include <atomic>
#include <iostream>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <thread>
#include <vector>

class Catalogue {
public:
  void add(std::string Title) {
    std::unique_lock<std::shared_mutex> Lock(M_);
    Titles_.push_back(std::move(Title));
  }

  std::size_t longest(std::atomic<int> &Inside) const {
    std::unique_lock<std::shared_mutex> Lock(M_); /*BUG*/
    ++Inside; // both clients read one version
    while (Inside < 2)
      std::this_thread::yield();
    std::size_t Longest = 0;
    for (const std::string &Title : Titles_)
      Longest = std::max(Longest, Title.size());
    return Longest;
  }

  std::size_t size() const {
    std::shared_lock<std::shared_mutex> Lock(M_);
    return Titles_.size();
  }

private:
  mutable std::shared_mutex M_;
  std::vector<std::string> Titles_;
};

int main() {
  Catalogue C;
  C.add("emma");
  C.add("ulysses");
  std::atomic<int> Inside{0};
  std::size_t A = 0, B = 0;
  std::thread One([&] { A = C.longest(Inside); });
  std::thread Two([&] { B = C.longest(Inside); });
  One.join();
  Two.join();
  std::cout << A << B << C.size() << '\n';
  return A == 7 && B == 7 ? 0 : 1;
}
