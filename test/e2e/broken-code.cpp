// Code that does not compile is left to the compiler.
// RUN: not %tidy --checks='-*,borrow-*' %s -- -std=c++20 2>&1 | FileCheck %s
// CHECK: error: unknown type name 'Missing' [clang-diagnostic-error]
// CHECK-NOT: [borrow-

Missing broken(int Count) {
  auto Cell = undeclared(Count;
  return Cell.borrow_mut(
}
