// RUN: %lint borrow-guard-across-send

#include <channel.h>
#include <mutex>
#include <stdexcept>
#include <utility>
#include <vector>

std::mutex M;
int Count;

using Sender = app::Sender<int>;
using Receiver = app::Receiver<int>;
using Lock = std::unique_lock<std::mutex>;

void step();
[[noreturn]] void fail();

// Loops.

void bad_loop(Sender &Tx, const std::vector<int> &Vs) {
  std::lock_guard<std::mutex> L(M);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  for (int V : Vs)
    Tx.send(V);  // expected-warning {{sending on 'Tx' while 'M' is held}}
}

void ok_loop(Sender &Tx, const std::vector<int> &Vs) {
  for (int V : Vs) {
    {
      std::lock_guard<std::mutex> L(M);
    }
    Tx.send(V);
  }
}

void bad_locked_in_the_previous_round(Sender &Tx, int N) {
  Lock L(M, std::defer_lock);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  for (int I = 0; I < N; ++I) {
    Tx.send(I);  // expected-warning {{sending on 'Tx' while 'M' is held}}
    if (!L.owns_lock())
      L.lock();
  }
}

void ok_unlocked_in_each_round(Sender &Tx, int N) {
  Lock L(M, std::defer_lock);
  for (int I = 0; I < N; ++I) {
    Tx.send(I);
    L.lock();
    ++Count;
    L.unlock();
  }
}

void ok_worker(Receiver &Rx, Sender &Tx) {
  Lock L(M);
  while (Count < 10) {
    L.unlock();
    auto V = Rx.recv();
    if (V)
      Tx.send(*V);
    L.lock();
    ++Count;
  }
}

// Early returns and joins.

void bad_early_return(Sender &Tx, bool K) {
  Lock L(M);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  if (K) {
    L.unlock();
    return;
  }
  Tx.send(1);  // expected-warning {{sending on 'Tx' while 'M' is held}}
}

void ok_early_return(Sender &Tx, bool K) {
  Lock L(M);
  if (K)
    return;
  L.unlock();
  Tx.send(1);
}

void bad_unlocked_on_one_path(Sender &Tx, bool K) {
  Lock L(M);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  if (K)
    L.unlock();
  Tx.send(1);  // expected-warning {{sending on 'Tx' while 'M' is held}}
}

void ok_unlocked_on_both_paths(Sender &Tx, bool K) {
  Lock L(M);
  if (K) {
    ++Count;
    L.unlock();
  } else {
    L.unlock();
  }
  Tx.send(1);
}

void ok_unlocked_if_owned(Sender &Tx, bool K) {
  Lock L(M);
  if (K)
    L.unlock();
  if (L.owns_lock())
    L.unlock();
  Tx.send(1);
}

void ok_same_condition_twice(Sender &Tx, bool K) {
  Lock L(M, std::defer_lock);
  if (K)
    L.lock();
  step();
  if (!K)
    Tx.send(1);
}

void bad_condition_changed(Sender &Tx, bool K) {
  Lock L(M, std::defer_lock);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  if (K)
    L.lock();
  K = false;
  if (!K)
    Tx.send(1);  // expected-warning {{sending on 'Tx' while 'M' is held}}
}

void ok_locked_in_dead_end(Sender &Tx, bool K) {
  if (K) {
    M.lock();
    fail();
  }
  Tx.send(1);
}

// Shadowing.

void bad_shadowed(Sender &Tx, std::mutex &N) {
  Lock L(M);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  {
    Lock L(N);
    L.unlock();
    Tx.send(1);  // expected-warning {{sending on 'Tx' while 'M' is held}}
  }
}

void ok_shadowed(Sender &Tx, std::mutex &N) {
  Lock L(M);
  L.unlock();
  {
    Lock L(N);
  }
  Tx.send(1);
}

// Templates are reported once.

template <class Mutex> void bad_template(Mutex &Mu, Sender &Tx) {
  std::lock_guard<Mutex> L(Mu);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  Tx.send(1);  // expected-warning {{sending on 'Tx' while 'Mu' is held}}
}

template <class Mutex> void ok_template(Mutex &Mu, Sender &Tx) {
  {
    std::lock_guard<Mutex> L(Mu);
  }
  Tx.send(1);
}

template <class Channel> void ok_uninstantiated(Channel &Tx) {
  std::lock_guard<std::mutex> L(M);
  Tx.send(1);
}

void instantiate(std::recursive_mutex &R, Sender &Tx) {
  bad_template(M, Tx);
  bad_template(R, Tx);
  ok_template(M, Tx);
}

// Macros.

#define WITH_LOCK(Mu) if (Lock Held{Mu}; true)

void bad_macro(Sender &Tx) {
  WITH_LOCK(M) {  // expected-note {{locked here}} expected-note {{kept by 'Held'}}
    Tx.send(1);  // expected-warning {{sending on 'Tx' while 'M' is held}}
  }
}

void ok_macro(Sender &Tx) {
  WITH_LOCK(M) { ++Count; }
  Tx.send(1);
}

// Constructor initialisers.

struct BadInitialiser {
  Lock Held;
  bool Sent;
  explicit BadInitialiser(Sender &Tx)
      : Held(M), Sent(Tx.send(1))
      // expected-warning@-1 {{sending on 'Tx' while 'M' is held}}
      // expected-note@-2 {{locked here}}
  {}
};

struct OkInitialiser {
  bool Sent;
  Lock Held;
  explicit OkInitialiser(Sender &Tx) : Sent(Tx.send(1)), Held(M) {}
};

// Exceptions: the guard inside the try block is gone in the handler.

void bad_handler(Sender &Tx) {
  std::lock_guard<std::mutex> L(M);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  try {
    step();
  } catch (const std::runtime_error &) {
    Tx.send(0);  // expected-warning {{sending on 'Tx' while 'M' is held}}
  }
}

void ok_handler(Sender &Tx) {
  try {
    std::lock_guard<std::mutex> L(M);
    step();
  } catch (const std::runtime_error &) {
    Tx.send(0);
  }
}
