// oracle: timeout
// Web crawler: the guard class is the project's own, results come back over a
// channel.
#include "channel.h"
#include <iostream>
#include <mutex>
#include <set>
#include <string>
#include <thread>

class Exclusive {
public:
  explicit Exclusive(std::mutex &M) : M_(M) { M_.lock(); }
  Exclusive(const Exclusive &) = delete;
  ~Exclusive() { M_.unlock(); }

private:
  std::mutex &M_;
};

class Crawler {
public:
  bool visit(const std::string &Url) {
    Exclusive Guard(M_);
    return Visited_.insert(Url).second;
  }

  std::size_t collect(const bb::Receiver<std::string> &Links) {
    while (auto Url = Links.recv()) {
      Exclusive Guard(M_);
      Found_.insert(*Url);
    }
    Exclusive Guard(M_);
    return Found_.size();
  }

private:
  std::mutex M_;
  std::set<std::string> Visited_, Found_;
};

int main() {
  Crawler C;
  auto [Tx, Rx] = bb::channel<std::string>();
  std::thread Fetcher([&C, Out = std::move(Tx)] {
    for (const char *Url : {"/", "/a", "/b", "/a"}) {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
      if (C.visit(Url) && !Out.send(Url))
        return;
    }
  });
  std::size_t Found = C.collect(Rx);
  Fetcher.join();
  std::cout << Found << '\n';
  return Found == 3 ? 0 : 1;
}
