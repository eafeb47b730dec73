// oracle: abort
// Robot: commands come over a channel until the operator hangs up.
#include "channel.h"
#include <iostream>
#include <string>
#include <thread>

class Robot {
public:
  explicit Robot(bb::Receiver<int> In) : In_(std::move(In)) {}

  // Two numbers make a move: how far, and how fast.
  bool move() {
    auto Far = In_.recv();
    if (!Far)
      return false;
    auto Fast = In_.recv();
    Way_ += *Far * *Fast; /*BUG*/
    return true;
  }

  int drain() {
    int N = 0;
    while (auto Extra = In_.try_recv())
      N += *Extra;
    return N;
  }
  int way() const { return Way_; }

private:
  bb::Receiver<int> In_;
  int Way_ = 0;
};

int main() {
  auto [Tx, Rx] = bb::channel<int>(8);
  std::thread Operator([Out = std::move(Tx)] {
    for (int V : {2, 3, 4, 5, 6})
      if (!Out.send(V))
        return;
  });
  Robot R(std::move(Rx));
  int Moves = 0;
  while (R.move())
    ++Moves;
  Operator.join();
  std::cout << Moves << ' ' << R.way() << ' ' << R.drain() << '\n';
  return R.way() == 32 ? 0 : 1;
}
