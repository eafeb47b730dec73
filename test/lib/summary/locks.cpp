// RUN: %dump %s -- -std=c++20 %mock | FileCheck %s

#include <mutex>
#include <stdexcept>

std::mutex M;

void enter() { M.lock(); }
bool tryEnter() { return M.try_lock(); }
void leave() { M.unlock(); }
void check(int K) {
  if (K < 0)
    throw std::invalid_argument("negative");
}
void give(std::unique_lock<std::mutex> &L) { L.unlock(); }

// CHECK-LABEL: {{^}}calls
// CHECK: Settle M left held in enter
// CHECK: Raise in check
// CHECK: Settle M left free in leave
// CHECK: Settle M of this expression left untouched held, held if true, untouched if false in tryEnter
// CHECK: if this expression
void calls(int K) {
  enter();
  check(K);
  leave();
  if (tryEnter())
    leave();
}

// CHECK-LABEL: {{^}}guards
// CHECK: Settle by L left free in give
// CHECK: Abandon by L
void guards() {
  std::unique_lock<std::mutex> L(M);
  give(L);
  L.lock();
  L.release();
}
