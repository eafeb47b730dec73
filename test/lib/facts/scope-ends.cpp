// RUN: %dump %s -- -std=c++20 %mock | FileCheck %s

#include <cell.h>
#include <vector>

using app::RefCell;

// A trivially destructible variable ends where the language ends it, though the
// CFG ends it after all others.
// CHECK-LABEL: order
// CHECK: Issue borrow mut C by A
// CHECK: Dies X
// CHECK: Drop by A
// CHECK: Dies A
void order(RefCell<int> &C) {
  auto A = C.borrow_mut();
  int X = 0;
  *A = X;
}

// The initialiser of a range-for ends with its range.
// CHECK-LABEL: rangeInitialiser
// CHECK: Issue borrow mut C by G
// CHECK: Drop by G
// CHECK: Dies __range1
void rangeInitialiser(RefCell<std::vector<int>> &C) {
  for (auto G = C.borrow_mut(); int I : *G)
    (void)I;
}

// A temporary of one arm of `?:` was not made if that of the other arm was.
// CHECK-LABEL: arms
// CHECK: Issue borrow mut C by [[MUT:tmp[0-9]+]]
// CHECK: Issue borrow shared C by [[SHARED:tmp[0-9]+]]
// CHECK: without [[SHARED]]
// CHECK: without [[MUT]]
int arms(RefCell<int> &C, bool K) { return K ? *C.borrow() : *C.borrow_mut(); }
