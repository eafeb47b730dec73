// oracle: timeout
// Video pipeline: a unique_lock is dropped early on one path only.
#include "channel.h"
#include <condition_variable>
#include <iostream>
#include <mutex>
#include <thread>

struct Frame {
  int Id;
  bool Key;
};

class Encoder {
public:
  explicit Encoder(bb::SyncSender<Frame> Out) : Out_(std::move(Out)) {}

  bool push(Frame F) {
    std::unique_lock<std::mutex> Lock(M_);
    Idle_.wait(Lock, [this] { return !Paused_; });
    ++Seen_;
    if (F.Key) {
      Lock.unlock();
      return Out_.send(F);
    }
    ++Deltas_;
    return Out_.send(F); /*BUG*/
  }

  void pause(bool On) {
    {
      std::lock_guard<std::mutex> Lock(M_);
      Paused_ = On;
    }
    Idle_.notify_all();
  }

  int seen() {
    std::lock_guard<std::mutex> Lock(M_);
    return Seen_;
  }

private:
  std::mutex M_;
  std::condition_variable Idle_;
  bool Paused_ = false;
  int Seen_ = 0, Deltas_ = 0;
  bb::SyncSender<Frame> Out_;
};

int main() {
  auto [Tx, Rx] = bb::channel<Frame>(2);
  Encoder E(std::move(Tx));
  std::thread Sink([&E, Frames = std::move(Rx)] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    int Sum = E.seen() * 0;
    for (int I = 0; I < 30; ++I)
      if (auto F = Frames.recv())
        Sum += F->Id;
    std::cout << Sum << '\n';
  });
  E.pause(true);
  E.pause(false);
  for (int I = 0; I < 30; ++I)
    if (!E.push({I, I % 10 == 0}))
      break;
  Sink.join();
  return E.seen() == 30 ? 0 : 1;
}
