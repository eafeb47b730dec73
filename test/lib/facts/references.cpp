// RUN: %dump %s -- -std=c++20 %mock | FileCheck %s

#include <cell.h>
#include <mutex>
#include <vector>

using Cell = app::RefCell<std::vector<int>>;

// CHECK-LABEL: temporary
// CHECK: Issue borrow mut C by [[TMP:tmp[0-9]+]]
// CHECK: Refer to [[TMP]] V
// CHECK-NEXT: Drop by [[TMP]]
// CHECK: Mention V
int temporary(Cell &C) {
  auto &V = *C.borrow_mut();
  return V.size();
}

// CHECK-LABEL: passedOn
// CHECK: Refer to G V
// CHECK: Refer First of V
// CHECK: Refer {{.*}} of First
const int *passedOn(Cell &C) {
  auto G = C.borrow();
  auto &V = *G;
  auto *First = &V.front();
  return First;
}

struct Hits {
  std::mutex M;
  std::vector<int> All;
  void add() { All.push_back(1); }
  // CHECK-LABEL: Hits::all
  // CHECK: Expose All
  std::vector<int> &all() {
    std::lock_guard<std::mutex> L(M);
    return All;
  }
  // CHECK-LABEL: Hits::tries
  // CHECK: Ignore M
  void tries() {
    M.try_lock();
    M.unlock();
  }
};
