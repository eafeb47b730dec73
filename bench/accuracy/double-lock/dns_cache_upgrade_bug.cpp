// oracle: timeout
// DNS cache: readers share the lock; a stale entry is replaced.
#include <iostream>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <string>

struct Record {
  std::string Address;
  int Expires;
};

class DnsCache {
public:
  void put(const std::string &Name, Record R) {
    std::unique_lock Lock(M_);
    Records_[Name] = std::move(R);
  }

  std::string get(const std::string &Name, int Now) {
    std::shared_lock Lock(M_);
    auto It = Records_.find(Name);
    if (It == Records_.end())
      return "";
    if (It->second.Expires > Now)
      return It->second.Address;
    Record Fresh{It->second.Address + "*", Now + 60};
    std::unique_lock Write(M_); /*BUG*/
    Records_[Name] = Fresh;
    return Fresh.Address;
  }

  std::size_t size() const {
    std::shared_lock Lock(M_);
    return Records_.size();
  }

private:
  mutable std::shared_mutex M_;
  std::map<std::string, Record> Records_;
};

int main() {
  DnsCache C;
  C.put("a.example", {"10.0.0.1", 100});
  std::string Early = C.get("a.example", 50);
  std::string Late = C.get("a.example", 150);
  std::cout << Early << ' ' << Late << ' ' << C.size() << '\n';
  return Late == "10.0.0.1*" ? 0 : 1;
}
