// RUN: %dump %s -- -std=c++20 %mock | FileCheck %s

#include <cell.h>
#include <functional>
#include <mutex>

using app::RefCell;

struct Model {
  RefCell<int> Value;
  void set(int V) { *Value.borrow_mut() = V; }
  void maybe(bool Locked) {
    if (!Locked)
      *Value.borrow_mut() = 0;
  }
  app::RefMut<int> edit() { return Value.borrow_mut(); }
};

// What a callee borrows is borrowed at its call.
// CHECK-LABEL: {{^}}direct
// CHECK: Touch borrow mut M.Value
void direct(Model &M) { M.set(1); }

// … unless a constant argument rules it out.
// CHECK-LABEL: {{^}}ruledOut
// CHECK-NOT: Touch
// CHECK-LABEL: {{^}}ruledIn
// CHECK: Touch borrow mut M.Value
void ruledOut(Model &M) { M.maybe(true); }
void ruledIn(Model &M) { M.maybe(false); }

// A returned guard is kept by what the call initialises.
// CHECK-LABEL: {{^}}returned
// CHECK: Issue borrow mut M.Value by G
void returned(Model &M) { auto G = M.edit(); }

// Recursion ends.
// CHECK-LABEL: {{^}}recursive
// CHECK: Touch borrow mut M.Value
void recursive(Model &M, int N) {
  if (N > 0)
    recursive(M, N - 1);
  M.set(N);
}

// A class whose constructor locks and whose destructor unlocks is a guard.
// CHECK-LABEL: {{^}}ownGuard
// CHECK: Issue lock mut Mu by H
// CHECK: Drop by H
class Hold {
  std::mutex &Mu;

public:
  explicit Hold(std::mutex &M) : Mu(M) { Mu.lock(); }
  ~Hold() { Mu.unlock(); }
};
void ownGuard(std::mutex &Mu) { Hold H(Mu); }
