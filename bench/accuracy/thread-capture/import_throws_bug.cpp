// oracle: asan
// Importer: lines are checked by threads of a group that the caller owns; a
// bad header ends the import by an exception.
#include <atomic>
#include <chrono>
#include <iostream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using namespace std::chrono_literals;

class Group {
public:
  ~Group() { join(); }
  template <class F> void spawn(F Body) { Threads_.emplace_back(Body); }
  void join() {
    for (std::thread &T : Threads_)
      T.join();
    Threads_.clear();
  }

private:
  std::vector<std::thread> Threads_;
};

struct Totals {
  std::atomic<int> Good{0}, Bad{0};
};

void import(Group &Workers, Totals &T, const std::string &Text) {
  std::vector<std::string> Lines(3, Text + " with enough text to be on the heap");
  for (std::size_t I = 0; I < Lines.size(); ++I)
    Workers.spawn([&Lines, &T, I] { /*BUG*/
      std::this_thread::sleep_for(20ms);
      Lines[I][0] == '#' ? ++T.Bad : ++T.Good;
    });
  if (Text.empty())
    throw std::runtime_error("no header");
  Workers.join();
}

int main() {
  Totals T;
  Group Workers;
  import(Workers, T, "a;b;c");
  import(Workers, T, "#");
  try {
    import(Workers, T, "");
  } catch (const std::runtime_error &E) {
    std::cout << E.what() << '\n' << std::flush;
  }
  Workers.join();
  std::cout << T.Good << ' ' << T.Bad << '\n';
  return T.Good == 3 && T.Bad == 3 ? 0 : 1;
}
