// oracle: tsan
// Proxy: connection table and statistics, locked by hand.
#include <iostream>
#include <map>
#include <mutex>
#include <string>
#include <thread>

struct Proxy {
  std::mutex TableM, StatsM;
  std::map<int, std::string> Table;
  int Opened = 0, Closed = 0;
};

void open(Proxy &P, int Id, const std::string &Peer) {
  P.TableM.lock();
  P.Table[Id] = Peer;
  P.StatsM.lock();
  ++P.Opened;
  P.StatsM.unlock();
  P.TableM.unlock();
}

bool close(Proxy &P, int Id) {
  std::unique_lock<std::mutex> Stats(P.StatsM, std::defer_lock);
  std::unique_lock<std::mutex> Table(P.TableM);
  if (P.Table.erase(Id) == 0)
    return false;
  Stats.lock();
  ++P.Closed;
  return true;
}

int live(Proxy &P) {
  P.StatsM.lock();
  int N = P.Opened - P.Closed;
  P.StatsM.unlock();
  P.TableM.lock();
  N += 0 * static_cast<int>(P.Table.size());
  P.TableM.unlock();
  return N;
}

int main() {
  Proxy P;
  std::thread Front([&P] {
    open(P, 1, "ann");
    open(P, 2, "bo");
  });
  Front.join();
  bool Closed = close(P, 1) && !close(P, 7);
  std::cout << Closed << ' ' << live(P) << '\n';
  return live(P) == 1 ? 0 : 1;
}
