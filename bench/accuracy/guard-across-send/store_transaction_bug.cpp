// oracle: timeout
// Key-value store: a transaction object holds the lock as a member.
#include "channel.h"
#include <iostream>
#include <map>
#include <mutex>
#include <string>
#include <thread>

struct Store {
  std::mutex M;
  std::map<std::string, int> Data;
};

class Transaction {
public:
  explicit Transaction(Store &S) : Store_(S), Lock_(S.M) {}
  void put(const std::string &Key, int Value) { Store_.Data[Key] = Value; }
  int size() const { return static_cast<int>(Store_.Data.size()); }
  void commit() { Lock_.unlock(); }

private:
  Store &Store_;
  std::unique_lock<std::mutex> Lock_;
};

bool save(Store &S, const bb::SyncSender<int> &Events, int I) {
  Transaction Tx(S);
  Tx.put("k" + std::to_string(I), I);
  bool Sent = Events.send(Tx.size()); /*BUG*/
  Tx.commit();
  return Sent;
}

int total(Store &S) {
  Transaction Tx(S);
  int Size = Tx.size();
  Tx.commit();
  return Size;
}

int main() {
  Store S;
  auto [Tx, Rx] = bb::channel<int>(1);
  int Max = 0;
  std::thread Replica([&, Events = std::move(Rx)] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    Max = total(S);
    for (int I = 0; I < 10; ++I)
      if (auto Size = Events.recv())
        Max = std::max(*Size, total(S));
  });
  int Saved = 0;
  for (int I = 0; I < 10; ++I)
    Saved += save(S, Tx, I);
  Replica.join();
  std::cout << Saved << ' ' << Max << '\n';
  return Max == 10 ? 0 : 1;
}
