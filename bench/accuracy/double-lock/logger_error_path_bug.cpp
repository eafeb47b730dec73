// oracle: timeout
// Logger: the path of errors writes a log line itself.
#include <functional>
#include <iostream>
#include <mutex>
#include <sstream>
#include <stdexcept>
#include <string>

class Logger {
public:
  void write(const std::string &Line) {
    std::scoped_lock Lock(M_);
    Out_ << Line << '\n';
    ++Lines_;
  }

  bool writeChecked(const std::string &Line) {
    std::unique_lock Lock(M_);
    try {
      check(Line);
      Out_ << Line << '\n';
      ++Lines_;
    } catch (const std::invalid_argument &E) {
      auto Complain = [&](const char *Why) { write(std::string("! ") + Why); };
      Complain(E.what()); /*BUG*/
      return false;
    }
    return true;
  }

  int lines() {
    std::scoped_lock Lock(M_);
    return Lines_;
  }

private:
  static void check(const std::string &Line) {
    if (Line.find('\n') != std::string::npos)
      throw std::invalid_argument("line break in a line");
  }

  std::mutex M_;
  std::ostringstream Out_;
  int Lines_ = 0;
};

int main() {
  Logger L;
  L.write("start");
  bool Good = L.writeChecked("fine");
  bool Bad = L.writeChecked("two\nlines");
  std::cout << Good << Bad << ' ' << L.lines() << '\n';
  return L.lines() == 3 && !Bad ? 0 : 1;
}
