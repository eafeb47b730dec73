// oracle: tsan
// Camera: frames go to the encoder as shared buffers.
#include "channel.h"
#include <chrono>
#include <iostream>
#include <memory>
#include <numeric>
#include <thread>
#include <vector>

using Frame = std::vector<int>;

class Camera {
public:
  explicit Camera(bb::Sender<std::shared_ptr<Frame>> Out)
      : Out_(std::move(Out)) {}

  void shoot(int Count) {
    for (int I = 0; I < Count; ++I) {
      auto Buffer = std::make_shared<Frame>(64);
      std::iota(Buffer->begin(), Buffer->end(), I);
      if (!Out_.send(Buffer))
        return;
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    auto Last = std::make_shared<Frame>();
    if (!Out_.send(std::move(Last)))
      std::cerr << "the encoder has gone\n";
  }

private:
  bb::Sender<std::shared_ptr<Frame>> Out_;
};

int main() {
  auto [Tx, Rx] = bb::channel<std::shared_ptr<Frame>>();
  long Sum = 0;
  std::thread Encoder([&Sum, In = std::move(Rx)] {
    while (auto F = In.recv())
      Sum = std::accumulate((*F)->begin(), (*F)->end(), Sum);
  });
  {
    Camera C(std::move(Tx));
    C.shoot(50);
  }
  Encoder.join();
  std::cout << Sum << '\n';
  return Sum == 50 * 2016 + 64 * 1225 ? 0 : 1;
}
