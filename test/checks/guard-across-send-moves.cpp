// RUN: %lint borrow-guard-across-send

// Guards that travel: helpers, members, moves, calls.

#include <channel.h>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

std::mutex M;
int Count;

using Sender = app::Sender<int>;
using Receiver = app::Receiver<int>;
using Lock = std::unique_lock<std::mutex>;

void consume(Lock L);
void unknown(Lock &L);

// Moved away, returned, released.

void bad_moved_to_another(Sender &Tx) {
  Lock L(M);  // expected-note {{locked here}}
  Lock K = std::move(L);  // expected-note {{kept by 'K'}}
  Tx.send(++Count);  // expected-warning {{sending on 'Tx' while 'M' is held}}
}

void ok_moved_to_inner_scope(Sender &Tx) {
  Lock L(M);
  {
    Lock K = std::move(L);
    ++Count;
  }
  Tx.send(1);
}

void ok_consumed(Sender &Tx) {
  Lock L(M);
  consume(std::move(L));
  Tx.send(1);
}

Lock ok_returned(Sender &Tx) {
  Tx.send(1);
  Lock L(M);
  return L;
}

void ok_reassigned(Sender &Tx) {
  Lock L(M);
  L = Lock();
  Tx.send(1);
}

// Who releases by hand has taken over; the mutex is unlocked below.
void ok_released(Sender &Tx) {
  Lock L(M);
  L.release()->unlock();
  Tx.send(1);
}

// What release() gives away is not followed.
void fn_released_still_locked(Sender &Tx) {
  Lock L(M);
  L.release();
  Tx.send(1);
  M.unlock();
}

// Guards that a helper hands out.

Lock acquire() { return Lock(M); }
Lock acquireNamed() {
  Lock L(M);
  ++Count;
  return L;
}

void bad_helper(Sender &Tx) {
  auto L = acquire();  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  Tx.send(++Count);  // expected-warning {{sending on 'Tx' while 'M' is held}}
}

void ok_helper(Sender &Tx) {
  {
    auto L = acquire();
  }
  Tx.send(1);
}

void bad_named_helper(Sender &Tx) {
  auto L = acquireNamed();  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  Tx.send(Count);  // expected-warning {{sending on 'Tx' while 'M' is held}}
}

void ok_discarded_helper(Sender &Tx) {
  acquireNamed();
  Tx.send(1);
}

// Guards in an optional, a pointer, a container.

void bad_optional(Sender &Tx) {
  std::optional<Lock> L;  // expected-note {{kept by 'L'}}
  L.emplace(M);  // expected-note {{locked here}}
  Tx.send(++Count);  // expected-warning {{sending on 'Tx' while 'M' is held}}
}

void ok_optional(Sender &Tx) {
  std::optional<Lock> L;
  L.emplace(M);
  L.reset();
  Tx.send(1);
}

void bad_unique_ptr(Sender &Tx) {
  auto L = std::make_unique<std::lock_guard<std::mutex>>(M);
  // expected-note@-1 {{locked here}}
  // expected-note@-2 {{kept by 'L'}}
  Tx.send(++Count);  // expected-warning {{sending on 'Tx' while 'M' is held}}
}

void ok_unique_ptr(Sender &Tx) {
  auto L = std::make_unique<std::lock_guard<std::mutex>>(M);
  L.reset();
  Tx.send(1);
}

// A guard of one's own: its constructor locks, its destructor unlocks.

class Section {
  std::mutex &Mutex;

public:
  explicit Section(std::mutex &M) : Mutex(M) { Mutex.lock(); }
  Section(const Section &) = delete;
  ~Section() { Mutex.unlock(); }
};

void bad_own_guard(Sender &Tx) {
  Section S(M);  // expected-note {{locked here}} expected-note {{kept by 'S'}}
  Tx.send(++Count);  // expected-warning {{sending on 'Tx' while 'M' is held}}
}

void ok_own_guard(Sender &Tx) {
  {
    Section S(M);
  }
  Tx.send(1);
}

// A guard kept in a member of an object.

struct Transaction {
  Lock Held;
  int &Value;
  Transaction(std::mutex &M, int &V) : Held(M), Value(V) {}
};

void bad_member_guard(Sender &Tx) {
  Transaction T(M, Count);  // expected-note {{locked here}} expected-note {{kept by 'T'}}
  Tx.send(++T.Value);  // expected-warning {{sending on 'Tx' while 'M' is held}}
}

void ok_member_guard(Sender &Tx) {
  Transaction T(M, Count);
  T.Held.unlock();
  Tx.send(1);
}

// Sends inside callees.

class Service {
  std::mutex Mutex;
  int Value = 0;
  Sender Tx;

  void publish() { Tx.send(Value); }  // expected-note 2 {{waits here, inside the callee}}
  void publishDeep() { publish(); }
  void tryPublish() { Tx.try_send(Value); }
  void publishUnlocked(Lock &L) {
    L.unlock();
    Tx.send(Value);
    L.lock();
  }

public:
  explicit Service(Sender S) : Tx(std::move(S)) {}

  void bad_callee() {
    std::lock_guard<std::mutex> L(Mutex);
    // expected-note@-1 {{locked here}}
    // expected-note@-2 {{kept by 'L'}}
    ++Value;
    publish();  // expected-warning {{this call sends on 'Tx' while 'Mutex' is held}}
  }

  void ok_callee() {
    {
      std::lock_guard<std::mutex> L(Mutex);
      ++Value;
    }
    publish();
  }

  void bad_two_levels() {
    std::lock_guard<std::mutex> L(Mutex);
    // expected-note@-1 {{locked here}}
    // expected-note@-2 {{kept by 'L'}}
    publishDeep();  // expected-warning {{this call sends on 'Tx' while 'Mutex' is held}}
  }

  void ok_callee_tries() {
    std::lock_guard<std::mutex> L(Mutex);
    tryPublish();
  }

  void ok_callee_unlocks() {
    Lock L(Mutex);
    ++Value;
    publishUnlocked(L);
  }

  void ok_callee_locks_for_itself() {
    ++Value;
    ok_callee();
  }
};

// Lambdas.

void bad_lambda_called(Sender &Tx) {
  auto Publish = [&Tx] { Tx.send(Count); };  // expected-note {{waits here, inside the callee}}
  std::lock_guard<std::mutex> L(M);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  Publish();  // expected-warning {{this call sends on 'Tx' while 'M' is held}}
}

void ok_lambda_made_only(Sender &Tx) {
  std::lock_guard<std::mutex> L(M);
  std::function<void()> Publish = [&Tx] { Tx.send(Count); };
}

void bad_inside_lambda(Sender &Tx) {
  auto Publish = [&Tx] {
    std::lock_guard<std::mutex> L(M);
    // expected-note@-1 {{locked here}}
    // expected-note@-2 {{kept by 'L'}}
    Tx.send(++Count);  // expected-warning {{sending on 'Tx' while 'M' is held}}
  };
  Publish();
}

// A callee that sends first and gives the guard then.
struct Ledger {
  std::unique_lock<std::mutex> announced(app::Sender<int> &Tx) {
    Tx.send(1);  // expected-note {{waits here, inside the callee}}
    return std::unique_lock<std::mutex>(Mutex);
  }
  void ok_guard_after_send(app::Sender<int> &Tx) {
    auto L = announced(Tx);
    ++Total;
  }
  void bad_other_guard(app::Sender<int> &Tx) {
    std::unique_lock<std::mutex> L(Other);
    // expected-note@-1 {{locked here}}
    // expected-note@-2 {{kept by 'L'}}
    auto Mine = announced(Tx);
    // expected-warning@-1 {{this call sends on 'Tx' while 'Other' is held}}
  }
  std::mutex Mutex, Other;
  int Total = 0;
};
