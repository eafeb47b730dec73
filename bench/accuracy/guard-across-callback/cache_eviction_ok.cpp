// oracle: timeout
// Cache: the owner of a cache is told what was evicted.
#include <functional>
#include <iostream>
#include <map>
#include <mutex>
#include <string>

class Cache {
public:
  explicit Cache(std::size_t Limit) : Limit_(Limit) {}

  std::function<void(int)> OnEvict;

  void put(int Key, std::string Value) {
    M_.lock();
    Entries_[Key] = std::move(Value);
    int Evicted = -1;
    if (Entries_.size() > Limit_) {
      Evicted = Entries_.begin()->first;
      Entries_.erase(Entries_.begin());
    }
    M_.unlock();
    if (Evicted >= 0 && OnEvict)
      OnEvict(Evicted);
  }

  std::size_t size() {
    M_.lock();
    std::size_t N = Entries_.size();
    M_.unlock();
    return N;
  }

private:
  std::mutex M_;
  std::size_t Limit_;
  std::map<int, std::string> Entries_;
};

int main() {
  Cache C(2);
  std::size_t Left = 0;
  C.OnEvict = [&](int Key) { Left = C.size() + Key; };
  C.put(5, "five");
  C.put(6, "six");
  C.put(7, "seven");
  std::cout << Left << '\n';
  return Left == 7 ? 0 : 1;
}
