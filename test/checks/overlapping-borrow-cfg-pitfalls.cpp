// RUN: %lint borrow-overlapping-borrow

// Forms whose guards a control-flow graph shows too short, too long or not at
// all.

#include <cell.h>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

using app::Ref;
using app::RefCell;
using app::RefMut;

bool check(int);

// A temporary that is elided into a condition variable lives in the body.

void bad_while_variable(RefCell<int> &C) {
  while (auto G = C.try_borrow_mut()) {
  // expected-note@-1 {{first taken here}}
  // expected-note@-2 {{kept by 'G'}}
    **G = *C.borrow();
    // expected-warning@-1 {{shared borrow of 'C' while it is already mutably borrowed}}
    break;
  }
}

void ok_while_variable(RefCell<int> &C) {
  while (auto G = C.try_borrow_mut()) {
    if (check(**G))
      break;
  }
  *C.borrow_mut() = 1;
}

// Aggregates of references extend all their temporaries.

struct Pair {
  const RefMut<int> &First;
  const Ref<int> &Second;
};

void bad_extended_aggregate(RefCell<int> &C, RefCell<int> &D) {
  Pair P{C.borrow_mut(), D.borrow()};
  // expected-note@-1 {{first taken here}}
  // expected-note@-2 {{kept by a temporary whose lifetime is extended}}
  *P.First = *P.Second + *C.borrow();
  // expected-warning@-1 {{shared borrow of 'C' while it is already mutably borrowed}}
}

void ok_extended_aggregate(RefCell<int> &C, RefCell<int> &D) {
  {
    Pair P{C.borrow_mut(), D.borrow()};
    *P.First = *P.Second;
  }
  *D.borrow_mut() = *C.borrow();
}

// Temporaries that exist on one path of a condition only.

bool ok_short_circuit(RefCell<std::vector<int>> &C, bool K) {
  if (K && C.borrow()->empty())
    return false;
  C.borrow_mut()->clear();
  return true;
}

bool bad_short_circuit(RefCell<int> &C, bool K) {
  return K && *C.borrow() < *C.borrow_mut();
  // expected-warning@-1 {{mutable borrow of 'C' while it is already borrowed}}
  // expected-note@-2 {{first taken here}}
  // expected-note@-3 {{kept by a temporary until the end of the full expression}}
}

bool ok_short_circuit_readers(RefCell<int> &C, bool K) {
  return (K && *C.borrow() > 1) || *C.borrow() > 2;
}

// Both operands' temporaries live until the end of the whole expression.
bool bad_short_circuit_chain(RefCell<int> &C) {
  return *C.borrow() > 1 && *C.borrow_mut() > 2;
  // expected-warning@-1 {{mutable borrow of 'C' while it is already borrowed}}
  // expected-note@-2 {{first taken here}}
  // expected-note@-3 {{kept by a temporary until the end of the full expression}}
}

bool ok_short_circuit_chain(RefCell<int> &C) {
  if (*C.borrow() > 1)
    return *C.borrow_mut() > 2;
  return false;
}

void ok_conditional_temporary(RefCell<int> &C, RefCell<int> &D, bool K) {
  *(K ? C : D).borrow_mut() = 1;
  *C.borrow_mut() = 2;
  *D.borrow_mut() = 3;
}

int ok_conditional_operands(RefCell<int> &C, bool K) {
  int V = K ? *C.borrow() : *C.borrow_mut();
  return V + *C.borrow_mut();
}

int bad_conditional_operands(RefCell<int> &C, bool K) {
  return *C.borrow() + (K ? *C.borrow_mut() : 0);
  // expected-warning@-1 {{mutable borrow of 'C' while it is already borrowed}}
  // expected-note@-2 {{first taken here}}
  // expected-note@-3 {{kept by a temporary until the end of the full expression}}
}

// A thrown exception leaves the function: nothing is reported past it.

void ok_throw_to_exit(RefCell<int> &C, bool K) {
  std::optional<RefMut<int>> G;
  if (K) {
    G.emplace(C.borrow_mut());
    throw 1;
  }
  *C.borrow_mut() = 1;
}

// The order of destructors: a deferred action before or after the guard's end.

struct Deferred {
  RefCell<int> &Cell;
  ~Deferred() { *Cell.borrow_mut() = 0; }
};

void ok_deferred_after_guard(RefCell<int> &C) {
  Deferred D{C};
  auto G = C.borrow_mut();
  *G = 1;
}

void ok_deferred_in_loop(RefCell<int> &C) {
  for (int I = 0; I < 3; ++I) {
    Deferred D{C};
    if (*C.borrow() == I)
      continue;
    auto G = C.borrow_mut();
    if (*G > I)
      return;
  }
}

// Tuple-like bindings.

void bad_tuple_binding(RefCell<int> &C, RefCell<int> &D) {
  auto [A, B] = std::make_pair(C.borrow_mut(), D.borrow());
  // expected-note@-1 {{first taken here}}
  // expected-note@-2 {{kept by ''}}
  *A = *C.borrow() + *B;
  // expected-warning@-1 {{shared borrow of 'C' while it is already mutably borrowed}}
}

void ok_tuple_binding(RefCell<int> &C, RefCell<int> &D) {
  {
    auto [A, B] = std::make_pair(C.borrow_mut(), D.borrow());
    *A = *B;
  }
  *D.borrow_mut() = *C.borrow();
}

void bad_tuple_of_three(RefCell<int> &C, RefCell<int> &D) {
  auto [A, B, N] = std::make_tuple(C.borrow_mut(), D.borrow(), 1);
  // expected-note@-1 {{first taken here}}
  // expected-note@-2 {{kept by ''}}
  *A = *C.borrow() + *B + N;
  // expected-warning@-1 {{shared borrow of 'C' while it is already mutably borrowed}}
}

// A parameter by value ends with the full expression of the call.

int width(RefMut<int> G) { return *G; }

void ok_parameter_by_value(RefCell<int> &C) {
  auto G = C.borrow_mut();
  int W = width(std::move(G));
  *C.borrow_mut() = W;
}

void bad_parameter_by_value(RefCell<int> &C) {
  *C.borrow_mut() = width(C.borrow_mut());
  // expected-warning@-1 {{mutable borrow of 'C' while it is already mutably borrowed}}
  // expected-note@-2 {{first taken here}}
  // expected-note@-3 {{kept by a temporary until the end of the full expression}}
}

// An rvalue reference that nobody takes from: the guard stays.
void peek(RefMut<int> &&G) { ++*G; }

void bad_rvalue_reference_not_taken(RefCell<int> &C) {
  auto G = C.borrow_mut();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
  peek(std::move(G));
  *C.borrow_mut() = 1;
  // expected-warning@-1 {{mutable borrow of 'C' while it is already mutably borrowed}}
}

void keep(RefMut<int> &&G);

void ok_rvalue_reference_of_unknown(RefCell<int> &C) {
  auto G = C.borrow_mut();
  keep(std::move(G));
  *C.borrow_mut() = 1;
}

// A named return value is no second guard.

RefMut<int> named(RefCell<int> &C, bool K) {
  auto G = C.borrow_mut();  // expected-note {{taken again here, inside the callee}}
  if (K)
    *G = 1;
  return G;
}

void ok_named_return_value(RefCell<int> &C) {
  named(C, true);
  auto G = named(C, false);
  *G = 2;
}

void bad_named_return_value(RefCell<int> &C) {
  auto G = named(C, true);  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
  auto H = named(C, false);
  // expected-warning@-1 {{this call makes a mutable borrow of 'C' while it is already mutably borrowed}}
}

// A class without a destructor of its own is no guard; a class that is called
// Ref need not be one.

struct Library {
  struct Ref {
    int *Book;
  };
  Ref borrow();
  Ref borrow_mut();
  int &borrowed();
};

void ok_no_guard(Library &L) {
  auto A = L.borrow();
  auto B = L.borrow_mut();
  *A.Book = *B.Book + L.borrowed();
}
