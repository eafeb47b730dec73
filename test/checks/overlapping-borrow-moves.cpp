// RUN: %lint borrow-overlapping-borrow

#include <cell.h>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

using app::Ref;
using app::RefCell;
using app::RefMut;

void consume(RefMut<int> G);
void inspect(const RefMut<int> &G);

void bad_moved_to_another(RefCell<int> &C) {
  auto A = C.borrow_mut();  // expected-note {{first taken here}}
  auto B = std::move(A);  // expected-note {{kept by 'B'}}
  *C.borrow_mut() = *B;
  // expected-warning@-1 {{mutable borrow of 'C' while it is already mutably borrowed}}
}

void ok_moved_to_inner_scope(RefCell<int> &C) {
  auto A = C.borrow_mut();
  {
    auto B = std::move(A);
    *B = 1;
  }
  *C.borrow_mut() = 2;
}

void bad_not_dropped(RefCell<int> &C) {
  auto G = C.borrow_mut();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
  inspect(G);
  *C.borrow_mut() = 1;
  // expected-warning@-1 {{mutable borrow of 'C' while it is already mutably borrowed}}
}

void ok_dropped(RefCell<int> &C) {
  auto G = C.borrow_mut();
  app::drop(std::move(G));
  *C.borrow_mut() = 1;
}

void ok_consumed_by_value(RefCell<int> &C) {
  auto G = C.borrow_mut();
  consume(std::move(G));
  *C.borrow_mut() = 1;
}

void bad_consumed_on_one_path(RefCell<int> &C, bool K) {
  auto G = C.borrow_mut();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
  if (K)
    consume(std::move(G));
  *C.borrow_mut() = 1;
  // expected-warning@-1 {{mutable borrow of 'C' while it is already mutably borrowed}}
}

void ok_consumed_on_both_paths(RefCell<int> &C, bool K) {
  auto G = C.borrow_mut();
  if (K)
    consume(std::move(G));
  else
    app::drop(std::move(G));
  *C.borrow_mut() = 1;
}

void ok_released(RefCell<int> &C) {
  auto G = C.borrow_mut();
  G.release();
  *C.borrow_mut() = 1;
}

RefMut<int> ok_returned(RefCell<int> &C) {
  auto G = C.borrow_mut();
  *G = 1;
  return G;
}

// Assignment releases what the guard held before, after the right-hand side.

void bad_reassigned_from_same_cell(RefCell<int> &C) {
  auto G = C.borrow_mut();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
  G = C.borrow_mut();
  // expected-warning@-1 {{mutable borrow of 'C' while it is already mutably borrowed}}
}

void ok_reassigned_from_other_cell(RefCell<int> &C, RefCell<int> &D) {
  auto G = C.borrow_mut();
  G = D.borrow_mut();
  *C.borrow_mut() = *G;
}

void bad_swapped(RefCell<int> &C, RefCell<int> &D) {
  auto A = C.borrow_mut();  // expected-note {{kept by 'A'}}
  auto B = D.borrow_mut();  // expected-note {{first taken here}}
  std::swap(A, B);
  app::drop(std::move(B));
  *D.borrow_mut() = *A;
  // expected-warning@-1 {{mutable borrow of 'D' while it is already mutably borrowed}}
}

void ok_swapped(RefCell<int> &C, RefCell<int> &D) {
  auto A = C.borrow_mut();
  auto B = D.borrow_mut();
  std::swap(A, B);
  app::drop(std::move(B));
  *C.borrow_mut() = *A;
}

// Guards in an optional.

void bad_in_optional(RefCell<int> &C) {
  std::optional<RefMut<int>> G(C.borrow_mut());
  // expected-note@-1 {{first taken here}}
  // expected-note@-2 {{kept by 'G'}}
  *C.borrow_mut() = 1;
  // expected-warning@-1 {{mutable borrow of 'C' while it is already mutably borrowed}}
}

void ok_optional_reset(RefCell<int> &C) {
  std::optional<RefMut<int>> G(C.borrow_mut());
  G.reset();
  *C.borrow_mut() = 1;
}

void ok_optional_assigned_nullopt(RefCell<int> &C) {
  std::optional<RefMut<int>> G = C.borrow_mut();
  G = std::nullopt;
  *C.borrow_mut() = 1;
}

void bad_emplaced_in_optional(RefCell<int> &C) {
  std::optional<RefMut<int>> G;  // expected-note {{kept by 'G'}}
  G.emplace(C.borrow_mut());  // expected-note {{first taken here}}
  *C.borrow_mut() = 1;
  // expected-warning@-1 {{mutable borrow of 'C' while it is already mutably borrowed}}
}

void ok_optional_still_empty(RefCell<int> &C) {
  std::optional<RefMut<int>> G;
  *C.borrow_mut() = 1;
  G = C.borrow_mut();
}

// Guards in a pair, a struct, an array, a structured binding.

void bad_in_pair(RefCell<int> &C, RefCell<int> &D) {
  auto P = std::make_pair(C.borrow_mut(), D.borrow());
  // expected-note@-1 {{first taken here}}
  // expected-note@-2 {{kept by 'P'}}
  *C.borrow_mut() = *P.second;
  // expected-warning@-1 {{mutable borrow of 'C' while it is already mutably borrowed}}
}

void ok_other_half_of_pair(RefCell<int> &C, RefCell<int> &D) {
  auto P = std::make_pair(C.borrow_mut(), D.borrow());
  *P.first = *D.borrow();
}

struct Both {
  RefMut<int> First;
  Ref<int> Second;
};

void bad_in_struct(RefCell<int> &C, RefCell<int> &D) {
  Both B{C.borrow_mut(), D.borrow()};
  // expected-note@-1 {{first taken here}}
  // expected-note@-2 {{kept by 'B'}}
  *B.First = *C.borrow();
  // expected-warning@-1 {{shared borrow of 'C' while it is already mutably borrowed}}
}

void ok_moved_out_of_struct(RefCell<int> &C, RefCell<int> &D) {
  Both B{C.borrow_mut(), D.borrow()};
  app::drop(std::move(B.First));
  *C.borrow_mut() = *B.Second;
}

void bad_structured_binding(RefCell<int> &C, RefCell<int> &D) {
  auto [A, B] = Both{C.borrow_mut(), D.borrow()};
  // expected-note@-1 {{first taken here}}
  // expected-note@-2 {{kept by ''}}
  *A = *C.borrow() + *B;
  // expected-warning@-1 {{shared borrow of 'C' while it is already mutably borrowed}}
}

void ok_structured_binding(RefCell<int> &C, RefCell<int> &D) {
  {
    auto [A, B] = Both{C.borrow_mut(), D.borrow()};
    *A = *B;
  }
  *D.borrow_mut() = *C.borrow();
}

void bad_in_array(RefCell<int> &C, RefCell<int> &D) {
  RefMut<int> Gs[] = {C.borrow_mut(), D.borrow_mut()};
  // expected-note@-1 {{first taken here}}
  // expected-note@-2 {{kept by 'Gs'}}
  *Gs[0] = *D.borrow();
  // expected-warning@-1 {{shared borrow of 'D' while it is already mutably borrowed}}
}

void ok_in_array(RefCell<int> &C, RefCell<int> &D) {
  RefMut<int> Gs[] = {C.borrow_mut(), D.borrow_mut()};
  *Gs[0] = *Gs[1];
}

// Guards in a container, in a closure, on the heap.

void bad_in_vector(RefCell<int> &C) {
  std::vector<RefMut<int>> Gs;  // expected-note {{kept by 'Gs'}}
  Gs.push_back(C.borrow_mut());  // expected-note {{first taken here}}
  *C.borrow_mut() = 1;
  // expected-warning@-1 {{mutable borrow of 'C' while it is already mutably borrowed}}
}

void ok_vector_cleared(RefCell<int> &C) {
  std::vector<RefMut<int>> Gs;
  Gs.push_back(C.borrow_mut());
  Gs.clear();
  *C.borrow_mut() = 1;
}

void bad_in_closure(RefCell<int> &C) {
  auto F = [G = C.borrow_mut()] { return *G; };
  // expected-note@-1 {{first taken here}}
  // expected-note@-2 {{kept by 'F'}}
  *C.borrow_mut() = F();
  // expected-warning@-1 {{mutable borrow of 'C' while it is already mutably borrowed}}
}

void ok_closure_gone(RefCell<int> &C) {
  int V = [G = C.borrow_mut()] { return *G; }();
  *C.borrow_mut() = V;
}

void bad_on_heap(RefCell<int> &C) {
  auto *G = new RefMut<int>(C.borrow_mut());
  // expected-note@-1 {{first taken here}}
  // expected-note@-2 {{kept by an object on the heap}}
  *C.borrow_mut() = 1;
  // expected-warning@-1 {{mutable borrow of 'C' while it is already mutably borrowed}}
  delete G;
}

void ok_on_heap_deleted(RefCell<int> &C) {
  auto *G = new RefMut<int>(C.borrow_mut());
  delete G;
  *C.borrow_mut() = 1;
}

void bad_in_unique_ptr(RefCell<int> &C) {
  auto G = std::make_unique<RefMut<int>>(C.borrow_mut());
  // expected-note@-1 {{first taken here}}
  // expected-note@-2 {{kept by 'G'}}
  *C.borrow_mut() = 1;
  // expected-warning@-1 {{mutable borrow of 'C' while it is already mutably borrowed}}
}

void ok_unique_ptr_reset(RefCell<int> &C) {
  auto G = std::make_unique<RefMut<int>>(C.borrow_mut());
  G.reset();
  *C.borrow_mut() = 1;
}

// A handle whose deleter ends the borrow.

class Ledger {
public:
  struct EndWrite {
    bool *Written;
    void operator()(int *) const { *Written = false; }
  };
  std::unique_ptr<int, EndWrite> borrow_mut() {
    if (Written)
      throw "already borrowed";
    Written = true;
    return {&Total, EndWrite{&Written}};
  }

private:
  int Total = 0;
  bool Written = false;
};

int bad_deleter(Ledger &L) {
  auto First = L.borrow_mut();
  // expected-note@-1 {{first taken here}}
  // expected-note@-2 {{kept by 'First'}}
  *First = 1;
  auto Second = L.borrow_mut();
  // expected-warning@-1 {{mutable borrow of 'L' while it is already mutably borrowed}}
  return *Second;
}

int ok_deleter(Ledger &L) {
  auto First = L.borrow_mut();
  *First = 1;
  First.reset();
  auto Second = L.borrow_mut();
  return *Second;
}

int ok_deleter_moved(Ledger &L) {
  auto First = L.borrow_mut();
  {
    auto Taken = std::move(First);
    *Taken = 1;
  }
  auto Second = L.borrow_mut();
  return *Second;
}
