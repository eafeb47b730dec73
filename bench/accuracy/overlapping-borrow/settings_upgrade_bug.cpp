// oracle: timeout
// Settings behind a reader-writer wrapper of the project's own; a missing
// entry gets its default on the first read.
#include <iostream>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <thread>

template <class T> class Synchronized {
public:
  template <class U, class Lock> class Locked {
  public:
    Locked(U &Value, std::shared_mutex &M) : Lock_(M), Value_(Value) {}
    U *operator->() { return &Value_; }
    U &operator*() { return Value_; }

  private:
    Lock Lock_;
    U &Value_;
  };
  auto rlock() const {
    return Locked<const T, std::shared_lock<std::shared_mutex>>(Value_, M_);
  }
  auto wlock() {
    return Locked<T, std::unique_lock<std::shared_mutex>>(Value_, M_);
  }

private:
  mutable std::shared_mutex M_;
  T Value_;
};

class Settings {
public:
  std::string get(const std::string &Key) {
    auto Read = Values_.rlock();
    if (auto It = Read->find(Key); It != Read->end())
      return It->second;
    auto Write = Values_.wlock(); /*BUG*/
    ++*Misses_.wlock();
    return Write->try_emplace(Key, "default").first->second;
  }
  int misses() const { return *Misses_.rlock(); }

private:
  Synchronized<std::map<std::string, std::string>> Values_;
  Synchronized<int> Misses_;
};

int main() {
  Settings S;
  std::thread Other([&S] { S.get("font"); });
  std::string Font = S.get("font");
  Other.join();
  std::cout << Font << ' ' << S.misses() << '\n';
  return Font == "default" ? 0 : 1;
}
