// oracle: abort
// Game lobby: a template visitor hands each player to a callback.
#include "ref_cell.h"
#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

struct Player {
  std::string Name;
  int Idle = 0;
};

class Roster {
public:
  void join(std::string Name, int Idle) {
    Players_.borrow_mut()->push_back({std::move(Name), Idle});
  }
  void kick(const std::string &Name) {
    auto Players = Players_.borrow_mut();
    std::erase_if(*Players, [&](const Player &P) { return P.Name == Name; });
    *Kicked_.borrow_mut() += 1;
  }
  template <class F> void visit(F Callback) const {
    auto Players = Players_.borrow();
    for (const Player &P : *Players)
      Callback(P);
  }
  int kicked() const { return *Kicked_.borrow(); }

private:
  bb::RefCell<std::vector<Player>> Players_;
  bb::RefCell<int> Kicked_{0};
};

int main() {
  Roster Lobby;
  Lobby.join("ann", 2);
  Lobby.join("bo", 90);
  Lobby.join("cy", 70);
  int Total = 0;
  Lobby.visit([&](const Player &P) { Total += P.Idle + Lobby.kicked(); });
  Lobby.visit([&](const Player &P) { /*BUG*/
    if (P.Idle > 60)
      Lobby.kick(P.Name); /*BUG*/
  });
  std::cout << Total << ' ' << Lobby.kicked() << '\n';
  return Lobby.kicked() == 2 ? 0 : 1;
}
