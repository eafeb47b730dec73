// oracle: abort
// Alarm: the siren's receiving half is gone before the alarm is raised.
#include "channel.h"
#include <cstdlib>
#include <iostream>
#include <optional>
#include <string>

class Siren {
public:
  explicit Siren(bb::Receiver<std::string> In) : In_(std::move(In)) {}
  int sound() {
    int N = 0;
    while (auto Message = In_.try_recv()) {
      std::cout << "siren: " << *Message << '\n';
      ++N;
    }
    return N;
  }

private:
  bb::Receiver<std::string> In_;
};

int main() {
  auto [Tx, Rx] = bb::channel<std::string>();
  auto [LogTx, LogRx] = bb::channel<std::string>();
  std::optional<Siren> S;
  {
    Siren Test(std::move(Rx));
    if (!Tx.send("test"))
      return 1;
    std::cout << Test.sound() << '\n' << std::flush;
  }
  if (!Tx.send("fire")) { /*BUG*/
    std::cerr << "nobody listens\n";
    std::abort();
  }
  bool Logged = LogTx.send("raised");
  int Heard = S ? S->sound() : 0;
  return Heard == 1 && Logged && LogRx.try_recv() ? 0 : 1;
}
