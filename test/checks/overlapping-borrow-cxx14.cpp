// RUN: %lint borrow-overlapping-borrow -- -std=c++14

// Before C++17 an initialisation copies from a temporary that may be elided.

#include <cell.h>
#include <utility>

using app::Ref;
using app::RefCell;
using app::RefMut;

RefMut<int> writer(RefCell<int> &C) { return C.borrow_mut(); }

void bad_elided(RefCell<int> &C) {
  auto G = C.borrow_mut();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
  *C.borrow_mut() = *G;
  // expected-warning@-1 {{mutable borrow of 'C' while it is already mutably borrowed}}
}

void ok_elided(RefCell<int> &C) {
  {
    auto G = C.borrow_mut();
  }
  *C.borrow_mut() = 1;
}

void bad_elided_call(RefCell<int> &C) {
  RefMut<int> G = writer(C);  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
  *C.borrow_mut() = *G;
  // expected-warning@-1 {{mutable borrow of 'C' while it is already mutably borrowed}}
}

void ok_elided_call(RefCell<int> &C) {
  int V = *writer(C);
  *C.borrow_mut() = V;
}

void bad_elided_explicit(RefCell<int> &C) {
  auto G = RefMut<int>(C.borrow_mut());
  // expected-note@-1 {{first taken here}}
  // expected-note@-2 {{kept by 'G'}}
  *C.borrow_mut() = *G;
  // expected-warning@-1 {{mutable borrow of 'C' while it is already mutably borrowed}}
}

void bad_while_variable(RefCell<int> &C) {
  while (auto G = C.try_borrow_mut()) {
  // expected-note@-1 {{first taken here}}
  // expected-note@-2 {{kept by 'G'}}
    **G = *C.borrow();
    // expected-warning@-1 {{shared borrow of 'C' while it is already mutably borrowed}}
    break;
  }
}

void ok_if_variable(RefCell<int> &C) {
  if (auto G = C.try_borrow_mut())
    **G = 1;
  *C.borrow_mut() = 2;
}

void bad_ternary(RefCell<int> &C, RefCell<int> &D, bool K) {
  auto G = K ? C.borrow() : D.borrow();
  // expected-note@-1 {{first taken here}}
  // expected-note@-2 {{kept by 'G'}}
  if (K)
    *C.borrow_mut() = *G;
    // expected-warning@-1 {{mutable borrow of 'C' while it is already borrowed}}
}

struct Holder {
  RefMut<int> Guard;
  explicit Holder(RefCell<int> &C) : Guard(C.borrow_mut()) {}
};

void bad_member_initialiser(RefCell<int> &C) {
  Holder H(C);  // expected-note {{first taken here}} expected-note {{kept by 'H'}}
  *C.borrow_mut() = 1;
  // expected-warning@-1 {{mutable borrow of 'C' while it is already mutably borrowed}}
}

void ok_member_initialiser(RefCell<int> &C) {
  {
    Holder H(C);
  }
  *C.borrow_mut() = 1;
}

struct Aggregate {
  RefMut<int> First;
  Ref<int> Second;
};

void bad_aggregate(RefCell<int> &C, RefCell<int> &D) {
  Aggregate A{C.borrow_mut(), D.borrow()};
  // expected-note@-1 {{first taken here}}
  // expected-note@-2 {{kept by 'A'}}
  *D.borrow_mut() = 1;  // expected-warning {{mutable borrow of 'D' while it is already borrowed}}
}

void ok_aggregate(RefCell<int> &C, RefCell<int> &D) {
  {
    Aggregate A{C.borrow_mut(), D.borrow()};
  }
  *D.borrow_mut() = 1;
}

void bad_init_capture(RefCell<int> &C) {
  auto F = [G = C.borrow_mut()] { return *G; };
  // expected-note@-1 {{first taken here}}
  // expected-note@-2 {{kept by 'F'}}
  *C.borrow_mut() = F();
  // expected-warning@-1 {{mutable borrow of 'C' while it is already mutably borrowed}}
}
