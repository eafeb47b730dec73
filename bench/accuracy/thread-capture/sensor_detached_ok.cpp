// oracle: asan
// Sensor station: a calibration runs in the background.
#include <atomic>
#include <chrono>
#include <iostream>
#include <memory>
#include <thread>
#include <vector>

using namespace std::chrono_literals;
static std::atomic<int> Finished{0};

struct Station {
  std::vector<double> Readings{1, 2, 3};
  double average() const {
    double Sum = 0;
    std::vector<double> Part(2);
    std::thread Half([&] { Part[0] = Readings[0]; });
    Part[1] = Readings[1] + Readings[2];
    Half.join();
    for (double V : Part)
      Sum += V;
    return Sum / Readings.size();
  }
};

void calibrate(double Target) {
  auto Offset = std::make_shared<double>(0);
  int Steps = 4;
  std::thread Worker([Offset, Steps, Target] {
    for (int I = 0; I < Steps; ++I) {
      std::this_thread::sleep_for(10ms);
      *Offset += Target / Steps;
    }
    ++Finished;
  });
  Worker.detach();
  std::cout << "calibrating\n";
}

int main() {
  Station S;
  std::cout << S.average() << '\n';
  calibrate(S.average());
  while (Finished == 0)
    std::this_thread::sleep_for(5ms);
  return S.average() == 2 ? 0 : 1;
}
