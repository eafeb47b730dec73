// oracle: timeout
// Election: each station gets a clone of the sender; main counts the votes.
#include "channel.h"
#include <iostream>
#include <map>
#include <string>
#include <thread>
#include <vector>

using Tally = std::map<std::string, int>;

Tally count(const bb::Receiver<std::string> &Votes) {
  Tally T;
  while (auto Vote = Votes.recv())
    ++T[*Vote];
  return T;
}

int main() {
  auto [Tx, Rx] = bb::channel<std::string>();
  auto [DoneTx, DoneRx] = bb::channel<int>();
  std::vector<std::thread> Stations;
  for (int I = 0; I < 3; ++I)
    Stations.emplace_back([Out = Tx.clone(), Done = DoneTx.clone(), I] {
      bool Sent = Out.send(I % 2 ? "red" : "blue");
      if (Sent && !Done.send(I))
        std::cerr << "nobody counts\n";
    });
  Tally T = count(Rx); /*BUG*/
  bb::drop(std::move(DoneTx));
  int Stopped = 0;
  while (DoneRx.recv())
    ++Stopped;
  for (std::thread &S : Stations)
    S.join();
  std::cout << T["red"] << ' ' << T["blue"] << ' ' << Stopped << '\n';
  return T["blue"] == 2 && Stopped == 3 ? 0 : 1;
}
