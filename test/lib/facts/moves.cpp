// RUN: %dump %s -- -std=c++20 %mock | FileCheck %s

#include <cell.h>
#include <optional>

using app::RefCell;
using app::RefMut;

// CHECK-LABEL: intoVariable
// CHECK: Issue borrow mut C by A
// CHECK: Move by A to B
void intoVariable(RefCell<int> &C) {
  auto A = C.borrow_mut();
  auto B = std::move(A);
}

// CHECK-LABEL: intoResult
// CHECK: Issue borrow mut C by A
// CHECK: Move by A to result
RefMut<int> intoResult(RefCell<int> &C) {
  auto A = C.borrow_mut();
  return A;
}

// CHECK-LABEL: intoOptional
// CHECK: Issue borrow mut C by [[TMP:tmp[0-9]+]]
// CHECK: Move by [[TMP]] to O
// CHECK: Drop by O
void intoOptional(RefCell<int> &C) {
  std::optional<RefMut<int>> O;
  O.emplace(C.borrow_mut());
  O.reset();
}

// CHECK-LABEL: intoClosure
// CHECK: Issue borrow mut C by A
// CHECK: Move by A to F
void intoClosure(RefCell<int> &C) {
  auto A = C.borrow_mut();
  auto F = [G = std::move(A)] { return *G; };
}

// CHECK-LABEL: swapped
// CHECK: Move by A to [[TMP:tmp[0-9]+]]
// CHECK: Move by B to A
// CHECK: Move by [[TMP]] to B
void swapped(RefCell<int> &C, RefCell<int> &D) {
  auto A = C.borrow_mut(), B = D.borrow_mut();
  std::swap(A, B);
}
