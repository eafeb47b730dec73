// RUN: %lint borrow-overlapping-borrow
// Conditions on numbers: what one comparison says about another.

#include <cell.h>
#include <optional>

using app::RefCell;
using app::RefMut;

void ok_other_value(RefCell<int> &C, int N) {
  if (N != 1)
    return;
  auto G = C.borrow();
  if (N == 2)
    *C.borrow_mut() = 1;
}

void bad_same_value(RefCell<int> &C, int N) {
  if (N != 1)
    return;
  auto G = C.borrow();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
  if (N == 1)
    *C.borrow_mut() = 1;  // expected-warning {{mutable borrow of 'C' while it is already borrowed}}
}

void ok_on_each_side(RefCell<int> &C, int N) {
  std::optional<RefMut<int>> G;
  if (N > 1)
    G = C.borrow_mut();
  if (N <= 1)
    *C.borrow_mut() = 1;
}

void bad_on_one_side(RefCell<int> &C, int N) {
  std::optional<RefMut<int>> G;  // expected-note {{kept by 'G'}}
  if (N > 1)
    G = C.borrow_mut();  // expected-note {{first taken here}}
  if (2 <= N)
    *C.borrow_mut() = 1;
    // expected-warning@-1 {{mutable borrow of 'C' while it is already mutably borrowed}}
}

void bad_between(RefCell<int> &C, int N) {
  std::optional<RefMut<int>> G;  // expected-note {{kept by 'G'}}
  if (N > 1)
    G = C.borrow_mut();  // expected-note {{first taken here}}
  if (N < 4)
    *C.borrow_mut() = 1;
    // expected-warning@-1 {{mutable borrow of 'C' while it is already mutably borrowed}}
}

void ok_negative(RefCell<int> &C, int N) {
  std::optional<RefMut<int>> G;
  if (N == -1)
    G = C.borrow_mut();
  if (N >= 0)
    *C.borrow_mut() = 1;
}

void bad_negative(RefCell<int> &C, int N) {
  std::optional<RefMut<int>> G;  // expected-note {{kept by 'G'}}
  if (N == -1)
    G = C.borrow_mut();  // expected-note {{first taken here}}
  if (N < 0)
    *C.borrow_mut() = 1;
    // expected-warning@-1 {{mutable borrow of 'C' while it is already mutably borrowed}}
}

void ok_none_or_some(RefCell<int> &C, unsigned N) {
  std::optional<RefMut<int>> G;
  if (N > 0)
    G = C.borrow_mut();
  if (N == 0)
    *C.borrow_mut() = 1;
  if (!N)
    *C.borrow_mut() = 1;
}

void bad_some(RefCell<int> &C, unsigned N) {
  std::optional<RefMut<int>> G;  // expected-note {{kept by 'G'}}
  if (N > 0)
    G = C.borrow_mut();  // expected-note {{first taken here}}
  if (N)
    *C.borrow_mut() = 1;
    // expected-warning@-1 {{mutable borrow of 'C' while it is already mutably borrowed}}
}

void bad_changed(RefCell<int> &C, int N) {
  std::optional<RefMut<int>> G;  // expected-note {{kept by 'G'}}
  if (N > 1)
    G = C.borrow_mut();  // expected-note {{first taken here}}
  --N;
  if (N <= 1)
    *C.borrow_mut() = 1;
    // expected-warning@-1 {{mutable borrow of 'C' while it is already mutably borrowed}}
}

// A switch tells what its value is, and its default what it is not.

void ok_switch(RefCell<int> &C, int N) {
  std::optional<RefMut<int>> G;
  switch (N) {
  case 1:
    G = C.borrow_mut();
    break;
  default:
    break;
  }
  if (N == 2)
    *C.borrow_mut() = 1;
}

void bad_switch(RefCell<int> &C, int N) {
  std::optional<RefMut<int>> G;  // expected-note {{kept by 'G'}}
  switch (N) {
  case 1:
    G = C.borrow_mut();  // expected-note {{first taken here}}
    break;
  default:
    break;
  }
  if (N == 1)
    *C.borrow_mut() = 1;
    // expected-warning@-1 {{mutable borrow of 'C' while it is already mutably borrowed}}
}

void ok_default(RefCell<int> &C, int N) {
  std::optional<RefMut<int>> G;
  switch (N) {
  case 1:
    break;
  default:
    G = C.borrow_mut();
  }
  if (N == 1)
    *C.borrow_mut() = 1;
}

void bad_fallthrough(RefCell<int> &C, int N) {
  std::optional<RefMut<int>> G;  // expected-note {{kept by 'G'}}
  switch (N) {
  case 1:
  case 2:
    G = C.borrow_mut();  // expected-note {{first taken here}}
  }
  if (N == 1)
    *C.borrow_mut() = 1;
    // expected-warning@-1 {{mutable borrow of 'C' while it is already mutably borrowed}}
}
