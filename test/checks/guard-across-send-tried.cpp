// RUN: %lint borrow-guard-across-send

// Locks that were tried, and guards that unlock for a while.

#include <channel.h>
#include <mutex>

using Sender = app::Sender<int>;
using Lock = std::unique_lock<std::mutex>;

std::mutex M;

void ok_try_lock_failed(Sender &Tx) {
  Lock L(M, std::defer_lock);
  if (!L.try_lock()) {
    Tx.send(0);
    return;
  }
}

void bad_try_lock_succeeded(Sender &Tx) {
  Lock L(M, std::defer_lock);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  if (L.try_lock())
    Tx.send(0);  // expected-warning {{sending on 'Tx' while 'M' is held}}
}

struct Unlocked {
  Lock &L;
  explicit Unlocked(Lock &Guard) : L(Guard) { L.unlock(); }
  ~Unlocked() { L.lock(); }
};

void ok_unlocked_meanwhile(Sender &Tx) {
  Lock L(M);
  {
    Unlocked U(L);
    Tx.send(1);
  }
}

void bad_locked_again(Sender &Tx) {
  Lock L(M);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  {
    Unlocked U(L);
  }
  Tx.send(1);  // expected-warning {{sending on 'Tx' while 'M' is held}}
}
