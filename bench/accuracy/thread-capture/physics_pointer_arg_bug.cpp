// oracle: asan
// Game: a physics step runs while the frame is drawn.
#include <array>
#include <atomic>
#include <chrono>
#include <iostream>
#include <memory>
#include <thread>

using namespace std::chrono_literals;

struct World {
  std::array<double, 64> X{};
  double Dt = 0.1;
};

static std::atomic<int> Steps{0};

void step(const World *W, std::shared_ptr<std::atomic<double>> Energy) {
  std::this_thread::sleep_for(20ms);
  double Sum = 0;
  for (double X : W->X)
    Sum += X * W->Dt;
  *Energy = Sum;
  ++Steps;
}

double drawAndStep(const World &W) {
  auto Energy = std::make_shared<std::atomic<double>>(0);
  std::thread Physics(step, &W, Energy);
  Physics.join();
  return *Energy;
}

void preview(double Start, std::shared_ptr<std::atomic<double>> Energy) {
  World Draft;
  Draft.X.fill(Start);
  std::thread Physics(step, &Draft, Energy); /*BUG*/
  Physics.detach(); /*BUG*/
}

int main() {
  World W;
  W.X.fill(1);
  double Real = drawAndStep(W);
  auto Guess = std::make_shared<std::atomic<double>>(0);
  preview(2, Guess);
  while (Steps < 2)
    std::this_thread::sleep_for(5ms);
  std::cout << Real << ' ' << *Guess << '\n';
  return *Guess > 12 ? 0 : 1;
}
