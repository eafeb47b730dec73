// RUN: %lint borrow-unchecked-result

#include <cell.h>
#include <channel.h>
#include <folly/Synchronized.h>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <vector>

using Cell = app::RefCell<int>;
using Receiver = app::Receiver<int>;
using Sender = app::Sender<int>;
using List = folly::Synchronized<std::vector<int>>;

void use(int);

// try_borrow

void bad_at_once(Cell &C) {
  **C.try_borrow_mut() = 1;
  // expected-warning@-1 {{this result may be empty here: the try can fail}}
  // expected-note@-2 {{tried here}}
}

void bad_stored(Cell &C) {
  auto G = C.try_borrow_mut();  // expected-note {{tried here}}
  **G = 1;  // expected-warning {{'G' may be empty here: the try can fail}}
}

void ok_stored(Cell &C) {
  auto G = C.try_borrow_mut();
  if (G)
    **G = 1;
}

void ok_early_return(Cell &C) {
  auto G = C.try_borrow_mut();
  if (!G.has_value())
    return;
  **G = 1;
}

/// That fails loudly.
void ok_value(Cell &C) { *C.try_borrow_mut().value() = 1; }

int bad_one_branch(Cell &C, bool B) {
  auto G = C.try_borrow();  // expected-note {{tried here}}
  if (B && !G)
    return 0;
  return **G;  // expected-warning {{'G' may be empty here: the try can fail}}
}

int ok_loop(Cell &C, int N) {
  int Sum = 0;
  while (N-- > 0)
    if (auto G = C.try_borrow())
      Sum += **G;
  return Sum;
}

int bad_after_another(Cell &C, Cell &D) {
  auto G = C.try_borrow();
  auto H = D.try_borrow();  // expected-note {{tried here}}
  if (!G)
    return 0;
  return **G + **H;  // expected-warning {{'H' may be empty here: the try can fail}}
}

// What is moved on is no longer followed.
int fn_moved(Cell &C) {
  auto G = C.try_borrow_mut();
  auto H = std::move(G);
  return **H;
}

std::optional<app::Ref<int>> tried(Cell &C) { return C.try_borrow(); }
// expected-note@-1 {{made here, inside the callee}}

int bad_callee(Cell &C) {
  auto G = tried(C);  // expected-note {{tried here}}
  return **G;  // expected-warning {{'G' may be empty here: the try can fail}}
}

int ok_callee(Cell &C) {
  auto G = tried(C);
  return G ? **G : 0;
}

// recv, try_recv

int bad_recv(Receiver &Rx) {
  return *Rx.recv();
  // expected-warning@-1 {{this result may be empty here: the channel can be empty or closed}}
  // expected-note@-2 {{received here}}
}

int ok_recv(Receiver &Rx) {
  auto V = Rx.recv();
  return V ? *V : 0;
}

int ok_default(Receiver &Rx) { return Rx.recv().value_or(0); }

int bad_second(Receiver &Rx) {
  auto A = Rx.recv();
  if (!A)
    return 0;
  auto B = Rx.recv();  // expected-note {{received here}}
  return *A + *B;  // expected-warning {{'B' may be empty here: the channel can be empty or closed}}
}

int ok_second(Receiver &Rx) {
  auto A = Rx.recv();
  auto B = Rx.recv();
  if (!A || !B)
    return 0;
  return *A + *B;
}

int ok_emplaced(Receiver &Rx) {
  auto V = Rx.try_recv();
  if (!V)
    V.emplace(3);
  return *V;
}

int ok_emplaced_at_once(Receiver &Rx) {
  auto V = Rx.try_recv();
  V.emplace(3);
  return *V;
}

int bad_try_recv(Receiver &Rx) {
  auto V = Rx.try_recv();  // expected-note {{received here}}
  return *V;  // expected-warning {{'V' may be empty here: the channel can be empty or closed}}
}

void ok_while(Receiver &Rx) {
  while (auto V = Rx.try_recv())
    use(*V);
}

void bad_lambda(Receiver &Rx) {
  auto F = [&Rx] {
    use(*Rx.try_recv());
    // expected-warning@-1 {{this result may be empty here: the channel can be empty or closed}}
    // expected-note@-2 {{received here}}
  };
  F();
}

template <class R> int bad_template(R &Rx) { return *Rx.try_recv(); }
// expected-warning@-1 {{this result may be empty here: the channel can be empty or closed}}
// expected-note@-2 {{received here}}
int instantiate(Receiver &Rx) { return bad_template(Rx); }

#define TAKE(Rx) (*(Rx).try_recv())  // expected-note {{expanded from macro 'TAKE'}}
int bad_macro(Receiver &Rx) { return TAKE(Rx); }
// expected-warning@-1 {{this result may be empty here: the channel can be empty or closed}}
// expected-note@-2 {{received here}}

// tryLock of data

void bad_try_data(List &L) {
  auto G = L.tryWLock();  // expected-note {{tried here}}
  G->push_back(1);  // expected-warning {{'G' may be empty here: the try can fail}}
}

void ok_try_data(List &L) {
  auto G = L.tryWLock();
  if (!G)
    return;
  G->push_back(1);
}

void ok_try_data_null(List &L) {
  auto G = L.tryWLock();
  if (G.isNull())
    return;
  G->push_back(1);
}

void ok_locked_data(List &L) {
  auto G = L.wlock();
  G->push_back(1);
}

// Bare locks

class Counter {
  std::mutex M;
  std::timed_mutex Timed;
  std::shared_timed_mutex Shared;
  int N = 0;
  std::vector<int> All;

public:
  void bad_try_lock() {
    M.try_lock();  // expected-warning {{nobody asks whether this succeeded: 'M' may be locked}}
    ++N;
    M.unlock();
  }
  void ok_try_lock() {
    if (!M.try_lock())
      return;
    ++N;
    M.unlock();
  }
  void bad_guard() {
    std::unique_lock<std::mutex> L(M, std::try_to_lock);
    ++N;  // expected-warning {{nobody asks whether this succeeded: 'M' may be locked}}
  }
  void ok_guard() {
    std::unique_lock<std::mutex> L(M, std::try_to_lock);
    if (L)
      ++N;
  }
  void ok_owns() {
    std::unique_lock<std::mutex> L(M, std::try_to_lock);
    if (!L.owns_lock())
      L.lock();
    ++N;
  }
  void bad_method() {
    std::unique_lock<std::mutex> L(M, std::try_to_lock);
    if (int Local = 3) {
      use(Local);
      ok_guard();  // expected-warning {{nobody asks whether this succeeded: 'M' may be locked}}
    }
    L.unlock();
  }
  void bad_try_lock_silenced() {
    (void)M.try_lock();
    // expected-warning@-1 {{nobody asks whether this succeeded: 'M' may be locked}}
    ++N;
    M.unlock();
  }
  void bad_try_later() {
    std::unique_lock<std::mutex> L(M, std::defer_lock);
    L.try_lock();  // expected-warning {{nobody asks whether this succeeded: 'M' may be locked}}
    ++N;
  }
  void ok_try_later() {
    std::unique_lock<std::mutex> L(M, std::defer_lock);
    L.try_lock();
    if (L)
      ++N;
  }
  void bad_timed() {
    std::unique_lock<std::timed_mutex> L(Timed, std::chrono::milliseconds(5));
    ++N;  // expected-warning {{nobody asks whether this succeeded: 'Timed' may be locked}}
  }
  void ok_timed() {
    std::unique_lock<std::timed_mutex> L(Timed, std::chrono::milliseconds(5));
    if (L.owns_lock())
      ++N;
  }
  void bad_timed_shared() {
    Shared.try_lock_shared_for(std::chrono::milliseconds(5));
    // expected-warning@-1 {{nobody asks whether this succeeded: 'Shared' may be locked}}
    use(N);
    Shared.unlock_shared();
  }
  void ok_timed_shared() {
    if (!Shared.try_lock_shared_for(std::chrono::milliseconds(5)))
      return;
    use(N);
    Shared.unlock_shared();
  }
  std::unique_lock<std::mutex> ok_returned() {
    std::unique_lock<std::mutex> L(M, std::try_to_lock);
    return L;
  }
};

// What is counted as sent.

class Till {
  Sender Tx;
  long Booked = 0;
  std::vector<int> Sent;

public:
  explicit Till(Sender Tx) : Tx(std::move(Tx)) {}
  void bad_pay(int Cents) {
    Tx.send(Cents);  // expected-warning {{nobody asks whether this succeeded: 'Tx' may be closed}}
    Booked += Cents;
  }
  void ok_pay(int Cents) {
    if (Tx.send(Cents))
      Booked += Cents;
  }
  void ok_tell(int Cents) { Tx.send(Cents); }
};

/// That nobody gets it may not matter.
void ok_send(Sender &Tx) { Tx.send(1); }

// Queues of the project's own.

class Mails {
public:
  std::optional<int> try_pop() {
    std::lock_guard<std::mutex> L(M);
    if (Items.empty())
      return std::nullopt;
    int V = Items.back();
    Items.pop_back();
    return V;
  }

private:
  std::mutex M;
  std::vector<int> Items;
};

int bad_own_queue(Mails &Q) {
  auto V = Q.try_pop();  // expected-note {{received here}}
  return *V;  // expected-warning {{'V' may be empty here: the channel can be empty or closed}}
}

int ok_own_queue(Mails &Q) {
  auto V = Q.try_pop();
  return V ? *V : 0;
}
