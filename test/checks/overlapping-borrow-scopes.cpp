// RUN: %lint borrow-overlapping-borrow

#include <cell.h>
#include <string>
#include <vector>

using app::Ref;
using app::RefCell;
using app::RefMut;

bool check(int);
int pick(const RefMut<int> &);

// A temporary guard ends with its full expression ...

void bad_temporary_in_call(RefCell<int> &C) {
  pick(C.borrow_mut()), *C.borrow_mut() = 1;
  // expected-warning@-1 {{mutable borrow of 'C' while it is already mutably borrowed}}
  // expected-note@-2 {{first taken here}}
  // expected-note@-3 {{kept by a temporary until the end of the full expression}}
}

void ok_temporary_in_call(RefCell<int> &C) {
  pick(C.borrow_mut());
  *C.borrow_mut() = 1;
}

void ok_temporary_in_while(RefCell<std::vector<int>> &C) {
  while (!C.borrow()->empty())
    C.borrow_mut()->pop_back();
}

void ok_temporary_in_do(RefCell<std::vector<int>> &C) {
  do
    C.borrow_mut()->push_back(1);
  while (C.borrow()->size() < 3);
}

void ok_temporary_in_for(RefCell<int> &C) {
  for (*C.borrow_mut() = 0; *C.borrow() < 3; ++*C.borrow_mut())
    check(*C.borrow());
}

int ok_temporary_in_switch(RefCell<int> &C) {
  switch (*C.borrow()) {
  case 0:
    *C.borrow_mut() = 1;
    return 1;
  default:
    return *C.borrow();
  }
}

int ok_temporary_in_return(RefCell<int> &C) {
  if (check(*C.borrow()))
    return *C.borrow_mut();
  return *C.borrow();
}

// ... unless a reference extends it.

void bad_extended_temporary(RefCell<int> &C) {
  const auto &A = C.borrow();
  // expected-note@-1 {{first taken here}}
  // expected-note@-2 {{kept by a temporary whose lifetime is extended}}
  *C.borrow_mut() = *A;  // expected-warning {{mutable borrow of 'C' while it is already borrowed}}
}

void ok_extended_temporary(RefCell<int> &C) {
  int V;
  {
    const auto &A = C.borrow();
    V = *A;
  }
  *C.borrow_mut() = V;
}

void bad_extended_by_rvalue_reference(RefCell<int> &C) {
  auto &&A = C.borrow_mut();
  // expected-note@-1 {{first taken here}}
  // expected-note@-2 {{kept by a temporary whose lifetime is extended}}
  *A = *C.borrow();
  // expected-warning@-1 {{shared borrow of 'C' while it is already mutably borrowed}}
}

void ok_extended_by_rvalue_reference(RefCell<int> &C) {
  {
    auto &&A = C.borrow_mut();
    *A = 1;
  }
  ++*C.borrow_mut();
}

void bad_extended_by_ternary(RefCell<int> &C, RefCell<int> &D, bool K) {
  const auto &A = K ? C.borrow_mut() : D.borrow_mut();
  // expected-note@-1 {{first taken here}}
  // expected-note@-2 {{kept by a temporary whose lifetime is extended}}
  if (K)
    *C.borrow_mut() = *A;
    // expected-warning@-1 {{mutable borrow of 'C' while it is already mutably borrowed}}
}

void ok_extended_by_ternary(RefCell<int> &C, RefCell<int> &D, bool K) {
  const auto &A = K ? C.borrow_mut() : D.borrow_mut();
  if (!K)
    *C.borrow_mut() = *A;
}

struct Holder {
  Ref<int> Guard;
};

void bad_extended_subobject(RefCell<int> &C) {
  const auto &A = Holder{C.borrow()}.Guard;
  // expected-note@-1 {{first taken here}}
  // expected-note@-2 {{kept by a temporary whose lifetime is extended}}
  *C.borrow_mut() = *A;  // expected-warning {{mutable borrow of 'C' while it is already borrowed}}
}

void ok_extended_subobject(RefCell<int> &C) {
  int V = *Holder{C.borrow()}.Guard;
  *C.borrow_mut() = V;
}

// Initialisers of if, switch, for and range-for.

int bad_switch_initialiser(RefCell<int> &C) {
  switch (auto G = C.borrow(); *G) {
  // expected-note@-1 {{first taken here}}
  // expected-note@-2 {{kept by 'G'}}
  case 0:
    *C.borrow_mut() = 1;  // expected-warning {{mutable borrow of 'C' while it is already borrowed}}
    return 1;
  default:
    return *G;
  }
}

int ok_after_switch_initialiser(RefCell<int> &C) {
  switch (auto G = C.borrow(); *G) {
  case 0:
    break;
  default:
    return *G;
  }
  *C.borrow_mut() = 1;
  return 1;
}

void bad_for_initialiser(RefCell<std::vector<int>> &C) {
  for (auto G = C.borrow(); check(G->front());)
  // expected-note@-1 {{first taken here}}
  // expected-note@-2 {{kept by 'G'}}
    C.borrow_mut()->pop_back();
    // expected-warning@-1 {{mutable borrow of 'C' while it is already borrowed}}
}

void ok_after_for_initialiser(RefCell<std::vector<int>> &C) {
  for (auto G = C.borrow(); check(G->front());)
    check(G->back());
  C.borrow_mut()->pop_back();
}

void bad_else_of_if_initialiser(RefCell<int> &C) {
  if (auto G = C.borrow(); *G > 0)
  // expected-note@-1 {{first taken here}}
  // expected-note@-2 {{kept by 'G'}}
    check(*G);
  else
    *C.borrow_mut() = 1;  // expected-warning {{mutable borrow of 'C' while it is already borrowed}}
}

void ok_after_if_initialiser(RefCell<int> &C) {
  if (auto G = C.borrow(); *G > 0)
    check(*G);
  *C.borrow_mut() = 1;
}

// The temporary guard of a range-for is gone after the loop.
void ok_after_range_for_temporary(RefCell<std::vector<int>> &C) {
  for (int I : *C.borrow())
    check(I);
  C.borrow_mut()->clear();
}

void bad_range_for_initialiser(RefCell<std::vector<int>> &C) {
  for (auto G = C.borrow(); int I : *G)
  // expected-note@-1 {{first taken here}}
  // expected-note@-2 {{kept by 'G'}}
    C.borrow_mut()->push_back(I);
    // expected-warning@-1 {{mutable borrow of 'C' while it is already borrowed}}
}

void ok_after_range_for_initialiser(RefCell<std::vector<int>> &C) {
  for (auto G = C.borrow(); int I : *G)
    check(I);
  C.borrow_mut()->clear();
}

// Statement expressions, comma, conditional operator.

void bad_statement_expression(RefCell<int> &C) {
  auto G = ({  // expected-note {{kept by 'G'}}
    check(1);
    C.borrow_mut();  // expected-note {{first taken here}}
  });
  *C.borrow_mut() = *G;
  // expected-warning@-1 {{mutable borrow of 'C' while it is already mutably borrowed}}
}

void ok_statement_expression(RefCell<int> &C) {
  int V = ({
    auto G = C.borrow();
    *G;
  });
  *C.borrow_mut() = V;
}

void bad_comma(RefCell<int> &C) {
  auto G = (check(1), C.borrow());
  // expected-note@-1 {{first taken here}}
  // expected-note@-2 {{kept by 'G'}}
  *C.borrow_mut() = *G;  // expected-warning {{mutable borrow of 'C' while it is already borrowed}}
}

void ok_comma(RefCell<int> &C) {
  auto V = (check(1), *C.borrow());
  *C.borrow_mut() = V;
}

void bad_conditional_guard(RefCell<int> &C, RefCell<int> &D, RefCell<int> &E,
                           bool K) {
  auto G = K ? C.borrow_mut() : D.borrow_mut();
  // expected-note@-1 {{first taken here}}
  // expected-note@-2 {{kept by 'G'}}
  auto H = K ? C.borrow_mut() : E.borrow_mut();
  // expected-warning@-1 {{mutable borrow of 'C' while it is already mutably borrowed}}
  *G = *H;
}

void ok_conditional_guard(RefCell<int> &C, RefCell<int> &D, RefCell<int> &E,
                          bool K) {
  auto G = K ? C.borrow_mut() : D.borrow_mut();
  auto H = K ? E.borrow_mut() : C.borrow_mut();
  *G = *H;
}

// A guard with static storage is never given back.

void bad_static_guard(RefCell<int> &C) {
  static auto G = C.borrow();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
  *C.borrow_mut() = 1;  // expected-warning {{mutable borrow of 'C' while it is already borrowed}}
}

void ok_static_value(RefCell<int> &C) {
  static int V = *C.borrow();
  *C.borrow_mut() = V;
}
