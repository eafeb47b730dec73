// oracle: timeout
// Configuration: parsing happens under the lock and may throw.
#include <iostream>
#include <map>
#include <mutex>
#include <stdexcept>
#include <string>

class Config {
public:
  void set(const std::string &Line) {
    M_.lock();
    auto [Key, Value] = parse(Line); /*BUG*/
    Values_[Key] = Value;
    M_.unlock();
  }

  void setDefault(const std::string &Key, int Value) {
    M_.lock();
    try {
      if (Key.empty())
        throw std::invalid_argument("no key");
      Values_.try_emplace(Key, Value);
    } catch (...) {
      M_.unlock();
      throw;
    }
    M_.unlock();
  }

  int get(const std::string &Key) {
    std::lock_guard<std::mutex> Lock(M_);
    return Values_.count(Key) ? Values_[Key] : -1;
  }

private:
  static std::pair<std::string, int> parse(const std::string &Line) {
    auto At = Line.find('=');
    if (At == std::string::npos)
      throw std::invalid_argument("no value in " + Line);
    return {Line.substr(0, At), std::stoi(Line.substr(At + 1))};
  }

  std::mutex M_;
  std::map<std::string, int> Values_;
};

int main() {
  Config C;
  C.set("port=80");
  C.setDefault("host", 1);
  try {
    C.set("port");
  } catch (const std::invalid_argument &E) {
    std::cout << E.what() << '\n' << std::flush;
  }
  std::cout << C.get("port") << C.get("host") << '\n';
  return C.get("port") == 80 ? 0 : 1;
}
