// RUN: %dump %s -- -std=c++20 %mock | FileCheck %s

#include <cassert>
#include <memory>

using Weak = std::weak_ptr<int>;

// CHECK-LABEL: pointer
// CHECK: Empty P of W
// CHECK-DAG: if P
// CHECK-DAG: if not P
int pointer(const Weak &W) {
  auto P = W.lock();
  return P != nullptr ? *P : 0;
}

// CHECK-LABEL: flag
// CHECK: SetFlag Ok = of P
// CHECK: if Ok
int flag(const Weak &W) {
  auto P = W.lock();
  bool Ok = !!P;
  return Ok ? *P : 0;
}

// Both operands of a true conjunction hold.
// CHECK-LABEL: conjunction
// CHECK: -> {{.*}} if P if K
int conjunction(const Weak &W, bool K) {
  auto P = W.lock();
  assert(P && K);
  return *P;
}

// CHECK-LABEL: count
// CHECK: if not P
int count(const Weak &W) {
  auto P = W.lock();
  if (P.use_count() == 0)
    return 0;
  return *P;
}

// CHECK-LABEL: order
// CHECK-DAG: if N < 2
// CHECK-DAG: if not N < 2
// CHECK-DAG: if N == -1
int order(const Weak &W, int N) {
  if (N > 1)
    return *W.lock();
  return N == -1 ? *W.lock() : 0;
}
