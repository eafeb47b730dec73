// RUN: %lint borrow-double-lock

#include <functional>
#include <mutex>
#include <utility>
#include <vector>

// Function objects that come back to the lock: calling them under it is wrong,
// copying, moving and asking for them is not.
class Signal {
public:
  void count() {
    std::lock_guard<std::mutex> Lock(M);  // expected-note {{locked again here, inside the callee}}
    ++Count;
  }
  void connect(std::function<void()> F) {
    std::lock_guard<std::mutex> Lock(M);
    Slot = std::move(F);
  }
  void bad_called() {
    std::lock_guard<std::mutex> Lock(M);
    // expected-note@-1 {{first locked here}}
    // expected-note@-2 {{kept by 'Lock'}}
    Slot();  // expected-warning {{this call locks 'M', which this thread holds already}}
  }
  void ok_copied() {
    std::unique_lock<std::mutex> Lock(M);
    auto Copy = Slot;
    Lock.unlock();
    Copy();
  }
  void ok_moved() {
    std::unique_lock<std::mutex> Lock(M);
    if (!Slot)
      return;
    std::function<void()> Mine(std::move(Slot));
    Lock.unlock();
    Mine();
  }
  bool ok_asked() {
    std::lock_guard<std::mutex> Lock(M);
    return bool(Slot);
  }

private:
  std::mutex M;
  std::function<void()> Slot;
  int Count = 0;
};

void connect() {
  Signal S;
  S.connect([&S] { S.count(); });
  S.bad_called();
}
