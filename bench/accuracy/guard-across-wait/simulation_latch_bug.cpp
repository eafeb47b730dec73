// oracle: timeout
// Simulation: all agents register before the first step is made.
#include <iostream>
#include <latch>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

class Simulation {
public:
  explicit Simulation(int Agents) : Ready_(Agents) {}

  void enter(const std::string &Name) {
    {
      std::scoped_lock Lock(M_);
      Names_.push_back(Name);
    }
    Ready_.count_down();
  }

  std::size_t run() {
    std::scoped_lock Lock(M_);
    Ready_.wait(); /*BUG*/
    std::size_t Letters = 0;
    for (const std::string &Name : Names_)
      Letters += Name.size();
    return Letters;
  }

private:
  std::mutex M_;
  std::latch Ready_;
  std::vector<std::string> Names_;
};

int main() {
  Simulation S(3);
  std::vector<std::jthread> Agents;
  for (std::string Name : {"fox", "hare", "owl"})
    Agents.emplace_back([&S, Name] {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
      S.enter(Name);
    });
  std::size_t Letters = S.run();
  std::cout << Letters << '\n';
  return Letters == 10 ? 0 : 1;
}
