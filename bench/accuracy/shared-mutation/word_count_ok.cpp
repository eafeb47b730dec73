// oracle: tsan
// Word count: two threads count into one total.
#include <algorithm>
#include <atomic>
#include <iostream>
#include <string>
#include <thread>

long words(const std::string &Text) {
  return 1 + std::count(Text.begin(), Text.end(), ' ');
}

int main() {
  const std::string Left = "the quick brown fox";
  const std::string Right = "jumps over the lazy dog";
  std::atomic<int> Done{0};
  std::atomic<long> Total{0};
  std::thread A([&] {
    Total += words(Left);
    ++Done;
  });
  std::thread B([&] {
    Total += words(Right);
    ++Done;
  });
  A.join();
  B.join();
  long Letters = 0;
  std::thread C([&Letters, &Left] { Letters = Left.size(); });
  C.join();
  Letters += Right.size();
  std::cout << Total << ' ' << Letters << '\n';
  return Total == 9 && Done == 2 ? 0 : 1;
}
