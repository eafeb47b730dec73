// RUN: %lint borrow-guard-across-send

#include <cell.h>
#include <channel.h>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <utility>

std::mutex M;
std::shared_mutex Sh;
int Count;

using Sender = app::Sender<int>;
using Receiver = app::Receiver<int>;

// Every standard guard, around a send.

void bad_lock_guard(Sender &Tx) {
  std::lock_guard<std::mutex> L(M);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  Tx.send(++Count);  // expected-warning {{sending on 'Tx' while 'M' is held}}
}

void ok_lock_guard(Sender &Tx) {
  int V;
  {
    std::lock_guard<std::mutex> L(M);
    V = ++Count;
  }
  Tx.send(V);
}

void bad_unique_lock(Sender &Tx) {
  std::unique_lock<std::mutex> L(M);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  Tx.send(++Count);  // expected-warning {{sending on 'Tx' while 'M' is held}}
}

void ok_unique_lock(Sender &Tx) {
  std::unique_lock<std::mutex> L(M);
  int V = ++Count;
  L.unlock();
  Tx.send(V);
}

void bad_locked_again(Sender &Tx) {
  std::unique_lock<std::mutex> L(M);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  int V = ++Count;
  L.unlock();
  Tx.send(V);
  L.lock();
  Tx.send(++Count);  // expected-warning {{sending on 'Tx' while 'M' is held}}
}

void bad_scoped_lock(Sender &Tx) {
  std::scoped_lock L(M, Sh);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  Tx.send(++Count);  // expected-warning {{sending on 'Tx' while 'M' is held}}
}

void ok_scoped_lock(Sender &Tx) {
  {
    std::scoped_lock L(M, Sh);
  }
  Tx.send(1);
}

void bad_shared_lock(Sender &Tx) {
  std::shared_lock<std::shared_mutex> L(Sh);
  // expected-note@-1 {{locked here}}
  // expected-note@-2 {{kept by 'L'}}
  Tx.send(Count);  // expected-warning {{sending on 'Tx' while 'Sh' is held}}
}

void ok_shared_lock(Sender &Tx) {
  std::shared_lock<std::shared_mutex> L(Sh);
  int V = Count;
  L.unlock();
  Tx.send(V);
}

// Around a receive.

void bad_recv(Receiver &Rx) {
  std::lock_guard<std::mutex> L(M);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  Count = Rx.recv().value_or(0);  // expected-warning {{receiving from 'Rx' while 'M' is held}}
}

void ok_recv(Receiver &Rx) {
  int V = Rx.recv().value_or(0);
  std::lock_guard<std::mutex> L(M);
  Count = V;
}

void bad_recv_in_condition(Receiver &Rx) {
  std::lock_guard<std::mutex> L(M);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  while (auto V = Rx.recv())  // expected-warning {{receiving from 'Rx' while 'M' is held}}
    Count += *V;
}

void ok_recv_in_condition(Receiver &Rx) {
  while (auto V = Rx.recv()) {
    std::lock_guard<std::mutex> L(M);
    Count += *V;
  }
}

// try_send and try_recv return at once.

bool ok_try_send(Sender &Tx) {
  std::lock_guard<std::mutex> L(M);
  return Tx.try_send(++Count);
}

void ok_try_recv(Receiver &Rx) {
  std::lock_guard<std::mutex> L(M);
  if (auto V = Rx.try_recv())
    Count = *V;
}

// Locking by hand.

void bad_manual(Sender &Tx) {
  M.lock();  // expected-note {{locked here}}
  Tx.send(++Count);  // expected-warning {{sending on 'Tx' while 'M' is held}}
  M.unlock();
}

void ok_manual(Sender &Tx) {
  M.lock();
  int V = ++Count;
  M.unlock();
  Tx.send(V);
}

void bad_manual_shared(Sender &Tx) {
  Sh.lock_shared();  // expected-note {{locked here}}
  Tx.send(Count);  // expected-warning {{sending on 'Tx' while 'Sh' is held}}
  Sh.unlock_shared();
}

void ok_manual_shared(Sender &Tx) {
  Sh.lock_shared();
  int V = Count;
  Sh.unlock_shared();
  Tx.send(V);
}

void bad_std_lock(Sender &Tx, std::mutex &N) {
  std::lock(M, N);  // expected-note {{locked here}}
  Tx.send(++Count);  // expected-warning {{sending on 'Tx' while 'N' is held}}
  M.unlock();
  N.unlock();
}

void ok_std_lock(Sender &Tx, std::mutex &N) {
  std::lock(M, N);
  int V = ++Count;
  M.unlock();
  N.unlock();
  Tx.send(V);
}

void bad_adopted(Sender &Tx) {
  M.lock();  // expected-note {{locked here}}
  std::lock_guard<std::mutex> L(M, std::adopt_lock);  // expected-note {{kept by 'L'}}
  Tx.send(++Count);  // expected-warning {{sending on 'Tx' while 'M' is held}}
}

void ok_deferred(Sender &Tx) {
  std::unique_lock<std::mutex> L(M, std::defer_lock);
  Tx.send(1);
  L.lock();
  ++Count;
}

void bad_try_to_lock(Sender &Tx) {
  std::unique_lock<std::mutex> L(M, std::try_to_lock);
  // expected-note@-1 {{locked here}}
  // expected-note@-2 {{kept by 'L'}}
  if (L.owns_lock())
    Tx.send(++Count);  // expected-warning {{sending on 'Tx' while 'M' is held}}
}

void ok_try_to_lock(Sender &Tx) {
  std::unique_lock<std::mutex> L(M, std::try_to_lock);
  if (!L.owns_lock())
    Tx.send(1);
}

void bad_try_lock(Sender &Tx) {
  if (M.try_lock()) {  // expected-note {{locked here}}
    Tx.send(++Count);  // expected-warning {{sending on 'Tx' while 'M' is held}}
    M.unlock();
  }
}

void ok_try_lock(Sender &Tx) {
  if (!M.try_lock())
    Tx.send(1);
  else
    M.unlock();
}

// A guard of a cell is as bad.

void bad_borrowed_cell(app::RefCell<int> &C, Sender &Tx) {
  auto G = C.borrow_mut();  // expected-note {{borrowed here}} expected-note {{kept by 'G'}}
  Tx.send(++*G);  // expected-warning {{sending on 'Tx' while 'C' is borrowed}}
}

void ok_borrowed_cell(app::RefCell<int> &C, Sender &Tx) {
  int V = ++*C.borrow_mut();
  Tx.send(V);
}

// Reading a cell for what is sent keeps nobody waiting.
void ok_borrowed_in_the_argument(app::RefCell<int> &C, Sender &Tx) {
  Tx.send(*C.borrow());
}

void ok_borrowed_before_the_call(app::RefCell<int> &C, Sender &Tx) {
  int V = *C.borrow();
  Tx.send(V);
}

void bad_lock_besides_a_borrow(app::RefCell<int> &C, Sender &Tx) {
  auto G = C.borrow();
  std::lock_guard<std::mutex> L(M);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  Tx.send(*G);  // expected-warning {{sending on 'Tx' while 'M' is held}}
}

// The halves of a channel share its state.

namespace tube {
template <class T> struct Core {
  std::mutex M;
  std::condition_variable Room, Filled;
  std::deque<T> Items;
};
template <class T> class Inlet {
public:
  void put(T Value) {
    std::unique_lock<std::mutex> L(C->M);
    C->Room.wait(L, [this] { return C->Items.size() < 8; });
    // expected-note@-1 {{waits here, inside the callee}}
    C->Items.push_back(Value);
    C->Filled.notify_one();
  }

private:
  std::shared_ptr<Core<T>> C;
};
} // namespace tube

class Ledger {
public:
  void bad_record(int Cents) {
    std::lock_guard<std::mutex> L(Mine);
    // expected-note@-1 {{locked here}}
    // expected-note@-2 {{kept by 'L'}}
    Total += Cents;
    Out.put(Cents);  // expected-warning {{this call sends on 'Out' while 'Mine' is held}}
  }
  void ok_record(int Cents) {
    {
      std::lock_guard<std::mutex> L(Mine);
      Total += Cents;
    }
    Out.put(Cents);
  }

private:
  tube::Inlet<int> Out;
  std::mutex Mine;
  int Total = 0;
};
