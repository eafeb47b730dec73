// RUN: %lint borrow-overlapping-borrow -- -std=c++23

// Since C++23 the temporaries of a range-for's range live as long as the loop.

#include <cell.h>
#include <vector>

using app::RefCell;

using List = RefCell<std::vector<int>>;

void bad_range_temporary(List &L) {
  for (int I : *L.borrow())
  // expected-note@-1 {{first taken here}}
  // expected-note@-2 {{kept by a temporary whose lifetime is extended}}
    L.borrow_mut()->push_back(I);
    // expected-warning@-1 {{mutable borrow of 'L' while it is already borrowed}}
}

void ok_range_temporary(List &L) {
  for (int &I : *L.borrow_mut())
    ++I;
  L.borrow_mut()->clear();
}

void ok_range_temporary_readers(List &L) {
  for (int I : *L.borrow())
    (void)(I == L.borrow()->front());
}

void ok_two_loops(List &L) {
  for (int &I : *L.borrow_mut())
    ++I;
  for (int &I : *L.borrow_mut())
    --I;
}

void bad_nested_loops(List &L) {
  for (int I : *L.borrow())
  // expected-note@-1 {{first taken here}}
  // expected-note@-2 {{kept by a temporary whose lifetime is extended}}
    for (int &J : *L.borrow_mut())
    // expected-warning@-1 {{mutable borrow of 'L' while it is already borrowed}}
      J += I;
}

void ok_nested_loops(List &L, List &K) {
  for (int I : *L.borrow())
    for (int &J : *K.borrow_mut())
      J += I;
  L.borrow_mut()->clear();
}

int ok_return_from_loop(List &L) {
  for (int I : *L.borrow())
    if (I > 0)
      return I;
  return L.take().size() > 0;
}

void ok_break_from_loop(List &L) {
  for (int I : *L.borrow())
    if (I > 0)
      break;
  L.borrow_mut()->clear();
}

struct Shelf {
  List Books;
  void clear() { Books.borrow_mut()->clear(); }
  // expected-note@-1 {{taken again here, inside the callee}}
  void bad_member_called() {
    for (int I : *Books.borrow())
    // expected-note@-1 {{first taken here}}
    // expected-note@-2 {{kept by a temporary whose lifetime is extended}}
      if (I > 0)
        clear();
        // expected-warning@-1 {{this call makes a mutable borrow of 'Books' while it is already borrowed}}
  }
  void ok_member_called() {
    bool Found = false;
    for (int I : *Books.borrow())
      Found |= I > 0;
    if (Found)
      clear();
  }
};
