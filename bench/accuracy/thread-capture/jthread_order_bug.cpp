// oracle: asan
// Progress bar: a std::jthread ends by itself when the scope is left.
#include <atomic>
#include <chrono>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

using namespace std::chrono_literals;

struct Spinner {
  std::atomic<int> Turns{0};
  void turn() { ++Turns; }
};

std::size_t copyFiles(const std::vector<std::string> &Files, Spinner &S) {
  std::size_t Bytes = 0;
  std::jthread Bar;
  std::vector<std::string> Lines(Files.size() + 1, std::string(40, '.'));
  std::atomic<bool> Go{false};
  for (std::size_t I = 0; I < Files.size(); ++I)
    Lines[I] = Files[I] + " copying, please wait for the end";
  if (!Files.empty())
    Bar = std::jthread([&Lines, &S](std::stop_token Stop) { /*BUG*/
      while (!Stop.stop_requested() || S.Turns < 20) {
        std::this_thread::sleep_for(2ms);
        if (!Lines.back().empty())
          S.turn();
      }
    });
  std::jthread Check([&Go, &Files] { Go = !Files.empty(); });
  for (const std::string &File : Files)
    Bytes += File.size();
  Check.join();
  return Go ? Bytes : 0;
}

int main() {
  Spinner S;
  std::vector<std::string> None;
  std::size_t Nothing = copyFiles(None, S);
  std::size_t Bytes = copyFiles({"a.txt", "bb.txt", "ccc.txt"}, S);
  std::cout << Nothing << ' ' << Bytes << ' ' << (S.Turns >= 20) << '\n';
  return Bytes == 18 && S.Turns >= 20 ? 0 : 1;
}
