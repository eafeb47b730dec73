// oracle: tsan
// Game lobby: two mutexes; one method takes the wrong one.
#include <iostream>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

class Lobby {
public:
  void join(const std::string &Player) {
    std::scoped_lock Lock(PlayersM_);
    Players_[Player] = 0;
  }
  void score(const std::string &Player, int Points) {
    std::scoped_lock Lock(PlayersM_);
    Players_[Player] += Points;
  }
  void say(const std::string &Line) {
    std::scoped_lock Lock(ChatM_);
    Chat_.push_back(Line);
  }
  int total() const {
    std::scoped_lock Lock(PlayersM_);
    int Sum = 0;
    for (const auto &[Name, Points] : Players_)
      Sum += Points;
    return Sum;
  }
  std::size_t lines() const {
    std::scoped_lock Lock(ChatM_);
    return Chat_.size();
  }

private:
  mutable std::mutex PlayersM_, ChatM_;
  std::map<std::string, int> Players_;
  std::vector<std::string> Chat_;
};

int main() {
  Lobby L;
  L.join("ann");
  std::thread Joins([&L] {
    for (int I = 0; I < 50; ++I)
      L.join("player" + std::to_string(I));
  });
  for (int I = 0; I < 50; ++I)
    L.score("ann", 1);
  Joins.join();
  L.say("gg");
  std::cout << L.total() << ' ' << L.lines() << '\n';
  return L.total() == 50 ? 0 : 1;
}
