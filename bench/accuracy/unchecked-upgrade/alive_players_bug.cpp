// oracle: asan
// Game: statistics over players that the world owns.
#include <algorithm>
#include <iostream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

struct Player {
  std::string Name;
  int Health = 100;
};
using PlayerRef = std::weak_ptr<Player>;

class Team {
public:
  void add(const std::shared_ptr<Player> &P) { Members_.push_back(P); }

  int fit(int Limit) const {
    return std::count_if(
        Members_.begin(), Members_.end(), [Limit](const PlayerRef &R) {
          return R.lock()->Health >= Limit; /*BUG*/
        });
  }

  int total() const {
    int Sum = 0;
    std::for_each(Members_.begin(), Members_.end(), [&](const PlayerRef &R) {
      if (std::shared_ptr<Player> P = R.lock(); P && P->Health > 0)
        Sum += P->Health;
    });
    return Sum;
  }

  std::vector<std::string> names() const {
    std::vector<std::string> Out;
    for (const PlayerRef &R : Members_)
      if (const auto P = R.lock(); P != nullptr)
        Out.push_back(P->Name);
    return Out;
  }

private:
  std::vector<PlayerRef> Members_;
};

int main() {
  std::vector<std::shared_ptr<Player>> World;
  Team Red;
  for (const char *Name : {"ann", "bo", "cy"}) {
    World.push_back(std::make_shared<Player>(Player{Name}));
    Red.add(World.back());
  }
  World[0]->Health = 10;
  World.pop_back();
  std::cout << Red.total() << ' ' << Red.names().size() << '\n';
  int Fit = Red.fit(50);
  std::cout << Fit << '\n';
  return Fit == 1 ? 0 : 1;
}
