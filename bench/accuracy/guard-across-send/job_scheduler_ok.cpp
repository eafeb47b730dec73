// oracle: timeout
// Scheduler: the lock is handed on to the helper that is done with it before
// the job leaves; one caller passes it by reference instead.
#include "channel.h"
#include <iostream>
#include <mutex>
#include <set>
#include <thread>

using Lock = std::unique_lock<std::mutex>;

class Scheduler {
public:
  explicit Scheduler(bb::SyncSender<int> Ready) : Ready_(std::move(Ready)) {}

  bool submit(int Job) {
    Lock L(M_);
    Open_.insert(Job);
    note(std::move(L));
    return Ready_.send(Job);
  }

  bool resubmit(int Job) {
    Lock L(M_);
    if (!Open_.count(Job))
      return false;
    note(std::move(L));
    return Ready_.send(Job);
  }

  void done(int Job) {
    Lock L(M_);
    Open_.erase(Job);
  }
  int notes() {
    Lock L(M_);
    return Notes_;
  }

private:
  void note(Lock L) { ++Notes_; }
  void noteHeld(const Lock &L) { Notes_ += L.owns_lock(); }

  std::mutex M_;
  std::set<int> Open_;
  int Notes_ = 0;
  bb::SyncSender<int> Ready_;
};

int main() {
  auto [Tx, Rx] = bb::channel<int>(1);
  Scheduler S(std::move(Tx));
  std::thread Worker([&S, Jobs = std::move(Rx)] {
    for (int I = 0; I < 8; ++I) {
      if (I == 4)
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
      S.done(100 + I);
      if (!Jobs.recv())
        return;
    }
  });
  int Sent = 0;
  for (int I = 0; I < 4; ++I)
    Sent += S.submit(I);
  for (int I = 0; I < 4; ++I)
    Sent += S.resubmit(I);
  Worker.join();
  std::cout << S.notes() << '\n';
  return S.notes() == 8 && Sent == 8 ? 0 : 1;
}
