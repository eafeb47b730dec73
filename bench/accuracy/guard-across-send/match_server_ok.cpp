// oracle: timeout
// Game server: the send hides two calls down.
#include "channel.h"
#include <algorithm>
#include <atomic>
#include <iostream>
#include <mutex>
#include <thread>
#include <vector>

struct Event {
  int Player;
  int Damage;
};

class Match {
public:
  explicit Match(bb::SyncSender<Event> Out) : Out_(std::move(Out)) {}

  void hit(int Player, int Damage) {
    {
      std::scoped_lock Lock(M_);
      apply(Player, Damage);
    }
    broadcast(Player, Damage);
  }

  void heal(int Player, int Amount) {
    std::scoped_lock Lock(M_);
    Health_[Player] += Amount;
  }

  int health(int Player) const {
    std::scoped_lock Lock(M_);
    return Health_[Player];
  }

private:
  void apply(int Player, int Damage) {
    Health_[Player] -= Damage;
    clamp(Player);
  }
  void clamp(int P) { Health_[P] = std::max(0, Health_[P]); }
  void broadcast(int Player, int Damage) {
    if (!Out_.send({Player, Damage}))
      ++Unheard_;
  }

  mutable std::mutex M_;
  std::vector<int> Health_{100, 100};
  std::atomic<int> Unheard_{0};
  bb::SyncSender<Event> Out_;
};

int main() {
  auto [Tx, Rx] = bb::channel<Event>(1);
  Match M(std::move(Tx));
  std::thread Medic([&M, In = std::move(Rx)] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    M.heal(0, 0);
    for (int I = 0; I < 10; ++I)
      if (auto E = In.recv(); E && E->Damage > 4)
        M.heal(E->Player, 1);
  });
  for (int I = 0; I < 10; ++I)
    M.hit(I % 2, 5);
  Medic.join();
  std::cout << M.health(0) << ' ' << M.health(1) << '\n';
  return M.health(0) == 80 ? 0 : 1;
}
