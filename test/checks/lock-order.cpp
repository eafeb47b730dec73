// RUN: %lint borrow-lock-order

#include <functional>
#include <mutex>
#include <shared_mutex>
#include <thread>

namespace globals {
std::mutex A, B;
void bad_forth() {
  std::lock_guard<std::mutex> X(A);  // expected-note {{'A' is locked here in the opposite order}}
  std::lock_guard<std::mutex> Y(B);  // expected-note {{then 'B' here}}
}
void bad_back(bool Early) {
  if (Early)
    return;
  std::lock_guard<std::mutex> Y(B);  // expected-note {{'B' is locked here}}
  for (int I = 0; I < 2; ++I)
    std::lock_guard<std::mutex> X(A);
    // expected-warning@-1 {{'A' is locked while 'B' is held, and elsewhere in the opposite order}}
}

std::mutex C, D;
void ok_forth() {
  std::lock_guard<std::mutex> X(C);
  std::lock_guard<std::mutex> Y(D);
}
void ok_same_order() {
  std::lock_guard<std::mutex> X(C);
  std::lock_guard<std::mutex> Y(D);
}
void ok_released_first() {
  {
    std::lock_guard<std::mutex> Y(D);
  }
  std::lock_guard<std::mutex> X(C);
}
void ok_unlocked_first() {
  std::unique_lock<std::mutex> Y(D);
  Y.unlock();
  std::lock_guard<std::mutex> X(C);
}
void ok_together() { std::scoped_lock Both(D, C); }
void ok_lock_function() {
  std::lock(D, C);
  std::lock_guard<std::mutex> Y(D, std::adopt_lock);
  std::lock_guard<std::mutex> X(C, std::adopt_lock);
}
void ok_deferred_together() {
  std::unique_lock<std::mutex> Y(D, std::defer_lock);
  std::unique_lock<std::mutex> X(C, std::defer_lock);
  std::lock(Y, X);
}
void ok_tries() {
  std::lock_guard<std::mutex> Y(D);
  if (C.try_lock())
    C.unlock();
}
void ok_tries_with_guard() {
  std::lock_guard<std::mutex> Y(D);
  std::unique_lock<std::mutex> X(C, std::try_to_lock);
}
void ok_exclusive_paths(bool Which) {
  std::unique_lock<std::mutex> Y(D, std::defer_lock);
  if (Which)
    Y.lock();
  if (!Which)
    std::lock_guard<std::mutex> X(C);
}
} // namespace globals

namespace deferred {
std::mutex A, B;
void bad_forth() {
  std::lock_guard<std::mutex> X(A);  // expected-note {{'A' is locked here in the opposite order}}
  std::lock_guard<std::mutex> Y(B);  // expected-note {{then 'B' here}}
}
void bad_back() {
  std::unique_lock<std::mutex> X(A, std::defer_lock);
  std::lock_guard<std::mutex> Y(B);  // expected-note {{'B' is locked here}}
  X.lock();
  // expected-warning@-1 {{'A' is locked while 'B' is held, and elsewhere in the opposite order}}
}
} // namespace deferred

namespace gate {
std::mutex Gate, A, B;
void ok_forth() {
  std::lock_guard<std::mutex> G(Gate);
  std::lock_guard<std::mutex> X(A);
  std::lock_guard<std::mutex> Y(B);
}
void ok_back() {
  std::lock_guard<std::mutex> G(Gate);
  std::lock_guard<std::mutex> Y(B);
  std::lock_guard<std::mutex> X(A);
}
} // namespace gate

namespace readers {
std::shared_mutex A, B;
void ok_forth() {
  std::shared_lock<std::shared_mutex> X(A);
  std::unique_lock<std::shared_mutex> Y(B);
}
void ok_back() {
  std::unique_lock<std::shared_mutex> Y(B);
  std::shared_lock<std::shared_mutex> X(A);
}

std::shared_mutex C, D;
void bad_forth() {
  std::unique_lock<std::shared_mutex> X(C);
  // expected-note@-1 {{'C' is locked here in the opposite order}}
  std::shared_lock<std::shared_mutex> Y(D);  // expected-note {{then 'D' here}}
}
void bad_back() {
  std::unique_lock<std::shared_mutex> Y(D);  // expected-note {{'D' is locked here}}
  std::shared_lock<std::shared_mutex> X(C);
  // expected-warning@-1 {{'C' is locked while 'D' is held, and elsewhere in the opposite order}}
}
} // namespace readers

class Members {
public:
  void bad_calls() {
    std::lock_guard<std::mutex> X(A);  // expected-note {{'A' is locked here in the opposite order}}
    second();  // expected-note {{then 'B' here}}
  }
  void bad_back() {
    std::lock_guard<std::mutex> Y(B);  // expected-note {{'B' is locked here}}
    std::lock_guard<std::mutex> X(A);
    // expected-warning@-1 {{'A' is locked while 'B' is held, and elsewhere in the opposite order}}
  }
  void second() { std::lock_guard<std::mutex> Y(B); }
  // expected-note@-1 {{locked here, inside the callee}}

private:
  std::mutex A, B;
};

/// Nobody has the object yet.
class Constructed {
public:
  Constructed() {
    std::lock_guard<std::mutex> X(A);
    std::lock_guard<std::mutex> Y(B);
  }
  void ok_back() {
    std::lock_guard<std::mutex> Y(B);
    std::lock_guard<std::mutex> X(A);
  }

private:
  std::mutex A, B;
};

struct Table {
  std::mutex Rows, Columns;
};
void bad_by_reference(Table &T) {
  T.Rows.lock();  // expected-note {{'T.Rows' is locked here in the opposite order}}
  T.Columns.lock();  // expected-note {{then 'T.Columns' here}}
  T.Columns.unlock();
  T.Rows.unlock();
}
void bad_by_pointer(Table *T) {
  std::lock_guard<std::mutex> C(T->Columns);  // expected-note {{'T->Columns' is locked here}}
  std::lock_guard<std::mutex> R(T->Rows);
  // expected-warning@-1 {{'T->Rows' is locked while 'T->Columns' is held, and elsewhere in the opposite order}}
}

struct Account {
  std::mutex M;
  int Balance = 0;
};
void ok_by_address(Account &X, Account &Y) {
  if (&X < &Y) {
    std::lock_guard<std::mutex> First(X.M);
    std::lock_guard<std::mutex> Second(Y.M);
  } else {
    std::lock_guard<std::mutex> First(Y.M);
    std::lock_guard<std::mutex> Second(X.M);
  }
}
// The order of the arguments is compared between calls.
void bad_transfer(Account &From, Account &To) {
  std::lock_guard<std::mutex> First(From.M);  // expected-note {{'From.M' is locked here}}
  std::lock_guard<std::mutex> Second(To.M);
  // expected-warning@-1 {{'To.M' is locked while 'From.M' is held, and this is called with the two objects both ways round}}
}
Account Ann, Bob;
void forth() { bad_transfer(Ann, Bob); }  // expected-note {{called with two objects here}}
void back() { bad_transfer(Bob, Ann); }  // expected-note {{called the other way round here}}

class Pair {
public:
  void bad_forth() {
    std::lock_guard<std::mutex> X(Left.M);
    // expected-note@-1 {{'Left.M' is locked here in the opposite order}}
    std::lock_guard<std::mutex> Y(Right.M);  // expected-note {{then 'Right.M' here}}
  }
  void bad_back() {
    std::lock_guard<std::mutex> Y(Right.M);  // expected-note {{'Right.M' is locked here}}
    std::lock_guard<std::mutex> X(Left.M);
    // expected-warning@-1 {{'Left.M' is locked while 'Right.M' is held, and elsewhere in the opposite order}}
  }

private:
  Account Left, Right;
};

/// Neighbours in a chain are locked hand over hand.
struct Link {
  std::mutex M;
  Link *Next = nullptr, *Prev = nullptr;
  void ok_forward() {
    std::lock_guard<std::mutex> X(M);
    std::lock_guard<std::mutex> Y(Next->M);
  }
  void ok_backward() {
    std::lock_guard<std::mutex> X(M);
    std::lock_guard<std::mutex> Y(Prev->M);
  }
};

struct Parent;
struct Child {
  std::mutex M;
  Parent *Up = nullptr;
  void bad_notify();
};
struct Parent {
  std::mutex M;
  Child *Down = nullptr;
  void bad_update() {
    std::lock_guard<std::mutex> X(M);  // expected-note {{'M' is locked here in the opposite order}}
    std::lock_guard<std::mutex> Y(Down->M);  // expected-note {{then 'Down->M' here}}
  }
};
void Child::bad_notify() {
  std::lock_guard<std::mutex> X(M);  // expected-note {{'M' is locked here}}
  std::lock_guard<std::mutex> Y(Up->M);
  // expected-warning@-1 {{'Up->M' is locked while 'M' is held, and elsewhere in the opposite order}}
}

template <typename T> struct Cache {
  std::mutex Keys, Values;
  void bad_get() {
    std::lock_guard<std::mutex> X(Keys);
    // expected-note@-1 {{'Keys' is locked here in the opposite order}}
    std::lock_guard<std::mutex> Y(Values);  // expected-note {{then 'Values' here}}
  }
  void bad_put() {
    std::lock_guard<std::mutex> Y(Values);  // expected-note {{'Values' is locked here}}
    std::lock_guard<std::mutex> X(Keys);
    // expected-warning@-1 {{'Keys' is locked while 'Values' is held, and elsewhere in the opposite order}}
  }
};
template struct Cache<int>;

#define LOCKED(Name, Mutex) std::lock_guard<std::mutex> Name(Mutex)
namespace macros {
std::mutex A, B;
void bad_forth() {
  LOCKED(X, A);  // expected-note {{'A' is locked here in the opposite order}}
  LOCKED(Y, B);  // expected-note {{then 'B' here}}
}
void bad_back() {
  LOCKED(Y, B);  // expected-note {{'B' is locked here}}
  LOCKED(X, A);
  // expected-warning@-1 {{'A' is locked while 'B' is held, and elsewhere in the opposite order}}
}
} // namespace macros

void bad_lambdas() {
  std::mutex A, B;
  auto Forth = [&] {
    std::lock_guard<std::mutex> X(A);  // expected-note {{'A' is locked here in the opposite order}}
    std::lock_guard<std::mutex> Y(B);  // expected-note {{then 'B' here}}
  };
  auto Back = [&] {
    std::lock_guard<std::mutex> Y(B);  // expected-note {{'B' is locked here}}
    std::lock_guard<std::mutex> X(A);
    // expected-warning@-1 {{'A' is locked while 'B' is held, and elsewhere in the opposite order}}
  };
  Forth();
  Back();
}

void ok_shadowed() {
  std::mutex A;
  {
    std::lock_guard<std::mutex> X(A);
    std::mutex A;
    std::lock_guard<std::mutex> Y(A);
  }
}

// A function that is called with two objects and with the same the other way
// round.
namespace swapped {
struct Account {
  std::mutex M;
  long Cents = 0;
};

void bad_transfer(Account &From, Account &To) {
  std::lock_guard<std::mutex> X(From.M);  // expected-note {{'From.M' is locked here}}
  std::lock_guard<std::mutex> Y(To.M);
  // expected-warning@-1 {{'To.M' is locked while 'From.M' is held, and this is called with the two objects both ways round}}
  ++To.Cents;
}
void ok_both(Account &From, Account &To) {
  std::scoped_lock X(From.M, To.M);
  ++To.Cents;
}
void ok_by_address(Account &From, Account &To) {
  if (&From > &To)
    return ok_by_address(To, From);
  std::lock_guard<std::mutex> X(From.M);
  std::lock_guard<std::mutex> Y(To.M);
  ++To.Cents;
}
void ok_one_way(Account &Parent, Account &Child) {
  std::lock_guard<std::mutex> X(Parent.M);
  std::lock_guard<std::mutex> Y(Child.M);
  ++Child.Cents;
}
void run() {
  Account A, B;
  std::thread First([&] {
    bad_transfer(A, B);  // expected-note {{called with two objects here}}
    ok_both(A, B);
    ok_by_address(A, B);
    ok_one_way(A, B);
  });
  std::thread Second([&] {
    bad_transfer(B, A);  // expected-note {{called the other way round here}}
    ok_both(B, A);
    ok_by_address(B, A);
    ok_one_way(A, B);
  });
  First.join();
  Second.join();
}

class Deck {
public:
  void bad_exchange(Deck &Other) {
    std::lock_guard<std::mutex> X(M);  // expected-note {{'M' is locked here}}
    std::lock_guard<std::mutex> Y(Other.M);
    // expected-warning@-1 {{'Other.M' is locked while 'M' is held, and this is called with the two objects both ways round}}
    Cards += Other.Cards;
  }
  void ok_exchange(Deck &Other) {
    std::scoped_lock X(M, Other.M);
    Cards += Other.Cards;
  }

private:
  std::mutex M;
  int Cards = 0;
};
void shuffle(Deck &A, Deck &B) {
  A.bad_exchange(B);
  A.ok_exchange(B);
}
void started() {
  Deck A, B;
  std::thread First(shuffle, std::ref(A), std::ref(B));
  // expected-note@-1 {{called with two objects here}}
  std::thread Second(shuffle, std::ref(B), std::ref(A));
  // expected-note@-1 {{called the other way round here}}
  First.join();
  Second.join();
}

// Two members of two objects.
class Node {
public:
  void bad_link(Node &Other) {
    std::lock_guard<std::mutex> X(Edges);
    // expected-note@-1 {{'Edges' is locked here in the opposite order}}
    std::lock_guard<std::mutex> Y(Other.Meta);  // expected-note {{then 'Other.Meta' here}}
  }
  void bad_unlink(Node &Other) {
    std::lock_guard<std::mutex> Y(Other.Meta);  // expected-note {{'Other.Meta' is locked here}}
    std::lock_guard<std::mutex> X(Edges);
    // expected-warning@-1 {{'Edges' is locked while 'Other.Meta' is held, and elsewhere in the opposite order}}
  }
  void ok_own() {
    std::lock_guard<std::mutex> Y(Meta);
    std::lock_guard<std::mutex> X(Edges);
  }

private:
  std::mutex Edges, Meta;
};
} // namespace swapped

// A closure that takes a lock while its caller's is held.
namespace closures {
class Mixer {
public:
  void bad_add(int N) {
    with([&](auto &Of) {
    // expected-note@-1 {{'Tracks' is locked here in the opposite order}}
    // expected-note@-2 {{then 'Gains' here}}
      Of += N;
      std::lock_guard<std::mutex> Lock(Gains);  // expected-note {{locked here, inside the callee}}
      ++Gain;
    });
  }
  void bad_remove() {
    std::lock_guard<std::mutex> Lock(Gains);  // expected-note {{'Gains' is locked here}}
    with([&](auto &Of) { Of -= Gain; });
    // expected-warning@-1 {{'Tracks' is locked while 'Gains' is held, and elsewhere in the opposite order}}
  }
  void ok_list() {
    with([&](auto &Of) { ++Of; });
    std::lock_guard<std::mutex> Lock(Gains);
    ++Gain;
  }

private:
  template <class F> void with(F &&Run) {
    std::lock_guard<std::mutex> Lock(Tracks);  // expected-note {{locked here, inside the callee}}
    Run(Count);
  }
  std::mutex Tracks, Gains;
  int Count = 0, Gain = 0;
};

class Reader {
public:
  void ok_first() {
    with([&] {
      std::lock_guard<std::mutex> Lock(Inner);
      ++Count;
    });
  }
  void ok_second() {
    std::lock_guard<std::mutex> First(Outer);
    std::lock_guard<std::mutex> Lock(Inner);
    ++Count;
  }

private:
  void with(const std::function<void()> &Run) {
    std::lock_guard<std::mutex> Lock(Outer);
    Run();
  }
  std::mutex Outer, Inner;
  int Count = 0;
};
} // namespace closures
