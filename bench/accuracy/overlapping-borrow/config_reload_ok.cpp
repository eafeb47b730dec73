// oracle: abort
// Service configuration: one flag decides twice on the way through reload().
#include "ref_cell.h"
#include <iostream>
#include <map>
#include <optional>
#include <string>

struct Config {
  std::map<std::string, std::string> Values;
  int Generation = 0;
};

class Service {
public:
  void reload(bool Force, const std::string &Level) {
    std::optional<bb::RefMut<Config>> Pending;
    if (Force)
      Pending.emplace(Live_.borrow_mut());
    else if (Level.empty())
      return;
    if (Pending) {
      (*Pending)->Values["level"] = Level;
      (*Pending)->Generation += 1;
    }
    Pending.reset();
    if (Force)
      announce(Live_.borrow()->Generation);
    else
      Backup_.borrow_mut()->Values["level"] = Level;
  }
  int announced() const { return *Announced_.borrow(); }
  std::string level() const {
    auto Live = Live_.borrow();
    auto It = Live->Values.find("level");
    return It == Live->Values.end() ? Backup_.borrow()->Values.at("level")
                                    : It->second;
  }

private:
  void announce(int Generation) { *Announced_.borrow_mut() = Generation; }

  bb::RefCell<Config> Live_, Backup_;
  bb::RefCell<int> Announced_{0};
};

int main() {
  Service S;
  S.reload(false, "info");
  std::cout << S.level() << '\n';
  S.reload(true, "debug");
  std::cout << S.level() << ' ' << S.announced() << '\n';
  return S.announced() == 1 ? 0 : 1;
}
