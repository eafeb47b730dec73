// oracle: timeout
// Sampler: bad samples are skipped inside the loop.
#include <cmath>
#include <iostream>
#include <mutex>
#include <thread>
#include <vector>

struct Statistics {
  std::mutex M;
  double Sum = 0;
  int Count = 0, Skipped = 0;
};

void addAll(Statistics &S, const std::vector<double> &Samples) {
  for (double V : Samples) {
    S.M.lock();
    if (std::isnan(V)) {
      ++S.Skipped;
      continue; /*BUG*/
    }
    S.Sum += V;
    ++S.Count;
    S.M.unlock();
  }
}

double mean(Statistics &S) {
  S.M.lock();
  if (S.Count == 0) {
    S.M.unlock();
    return 0;
  }
  double Mean = S.Sum / S.Count;
  S.M.unlock();
  return Mean;
}

int main() {
  Statistics S;
  double Before = mean(S);
  std::thread Other([&S] { addAll(S, {4, 6}); });
  Other.join();
  addAll(S, {1, std::nan(""), 9});
  std::cout << Before << ' ' << mean(S) << '\n';
  return mean(S) == 5 && S.Skipped == 1 ? 0 : 1;
}
