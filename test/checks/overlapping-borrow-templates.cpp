// RUN: %lint borrow-overlapping-borrow

// Findings in instantiations are reported once, at the template's line.

#include <cell.h>
#include <memory>
#include <rusty/rusty.hpp>
#include <string>
#include <utility>
#include <vector>

using app::RefCell;

template <class T> void bad_template(RefCell<T> &C) {
  auto A = C.borrow();  // expected-note {{first taken here}} expected-note {{kept by 'A'}}
  auto B = C.borrow_mut();
  // expected-warning@-1 {{mutable borrow of 'C' while it is already borrowed}}
}

template <class T> void ok_template(RefCell<T> &C) {
  {
    auto A = C.borrow();
  }
  auto B = C.borrow_mut();
}

// Never instantiated.
template <class T> void ok_uninstantiated(T &C) {
  auto A = C.borrow();
  auto B = C.borrow_mut();
}

void instantiate(RefCell<int> &C, RefCell<std::string> &D) {
  bad_template(C);
  bad_template(D);
  ok_template(C);
  ok_template(D);
}

// Anything that has the shape of a cell.
template <class C> void bad_any_cell(C &Cell) {
  auto A = Cell.borrow_mut();  // expected-note {{first taken here}} expected-note {{kept by 'A'}}
  auto B = Cell.borrow_mut();
  // expected-warning@-1 {{mutable borrow of 'Cell' while it is already mutably borrowed}}
}

void instantiateAny(RefCell<int> &C, const rusty::RefCell<int> &D) {
  bad_any_cell(C);
  bad_any_cell(D);
}

template <class T> class Stack {
  RefCell<std::vector<T>> Items;

public:
  void bad_push(T V) {
    auto G = Items.borrow();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
    if (G->empty())
      Items.borrow_mut()->push_back(V);
      // expected-warning@-1 {{mutable borrow of 'Items' while it is already borrowed}}
  }

  void ok_push(T V) {
    if (Items.borrow()->empty())
      Items.borrow_mut()->push_back(V);
  }

  std::size_t size() const { return Items.borrow()->size(); }
  // expected-note@-1 {{taken again here, inside the callee}}

  std::size_t bad_size() {
    auto G = Items.borrow_mut();
    // expected-note@-1 {{first taken here}}
    // expected-note@-2 {{kept by 'G'}}
    return size();
    // expected-warning@-1 {{this call makes a shared borrow of 'Items' while it is already mutably borrowed}}
  }
};

template class Stack<int>;
template class Stack<long>;

// Only one arm of if constexpr exists.
template <bool Copy> void readOrCopy(RefCell<int> &C) {
  if constexpr (Copy) {
    int V = *C.borrow();
    *C.borrow_mut() = V;
  } else {
    auto G = C.borrow();
    (void)*G;
  }
}

void ok_constexpr_branch(RefCell<int> &C) {
  readOrCopy<true>(C);
  readOrCopy<false>(C);
}

// Variadic templates and perfect forwarding.

template <class F, class... A> auto call(F &&Fn, A &&...Args) {
  return std::forward<F>(Fn)(std::forward<A>(Args)...);
}

void set(RefCell<int> &C, int V) { *C.borrow_mut() = V; }
// expected-note@-1 {{taken again here, inside the callee}}

void bad_forwarded(RefCell<int> &C) {
  auto G = C.borrow();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
  call(set, C, 1);
  // expected-warning@-1 {{this call makes a mutable borrow of 'C' while it is already borrowed}}
}

void ok_forwarded(RefCell<int> &C, RefCell<int> &D) {
  auto G = C.borrow();
  call(set, D, *G);
}

template <class... T> int sum(RefCell<T> &...Cs) {
  return (*Cs.borrow() + ... + 0);
}

// One cell twice, but readers only.
int ok_fold(RefCell<int> &C) { return sum(C, C); }

template <class G> void finish(G &&Guard) { app::drop(std::move(Guard)); }

void ok_forwarded_guard(RefCell<int> &C) {
  auto G = C.borrow_mut();
  finish(std::move(G));
  *C.borrow_mut() = 1;
}

// Macros.

#define WRITER(Cell) (Cell).borrow_mut()  // expected-note {{expanded from macro 'WRITER'}}
#define SET(Cell, Value)                                                       \
  do {                                                                         \
    auto Guard = (Cell).borrow_mut();                                          \
    *Guard = (Value);                                                          \
  } while (false)

void bad_macro(RefCell<int> &C) {
  auto G = WRITER(C);  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
  *WRITER(C) = *G;
  // expected-warning@-1 {{mutable borrow of 'C' while it is already mutably borrowed}}
}

void ok_macro(RefCell<int> &C) {
  SET(C, 1);
  SET(C, 2);
}

void bad_macro_argument(RefCell<int> &C) {
  SET(C, *C.borrow());
  // expected-warning@-1 {{shared borrow of 'C' while it is already mutably borrowed}}
  // expected-note@-2 {{first taken here}}
  // expected-note@-3 {{kept by 'Guard'}}
}

void ok_macro_argument(RefCell<int> &C) {
  int V = *C.borrow();
  SET(C, V);
}

// rusty's cells.

void bad_rusty(const rusty::RefCell<int> &C) {
  auto A = C.borrow();  // expected-note {{first taken here}} expected-note {{kept by 'A'}}
  *C.borrow_mut() = *A;  // expected-warning {{mutable borrow of 'C' while it is already borrowed}}
}

void ok_rusty(const rusty::RefCell<int> &C) {
  int V = *C.borrow();
  *C.borrow_mut() = V;
}

void bad_rusty_replace(const rusty::RefCell<int> &C) {
  auto A = C.borrow();  // expected-note {{first taken here}} expected-note {{kept by 'A'}}
  C.replace(*A);  // expected-warning {{mutable borrow of 'C' while it is already borrowed}}
}

void ok_rusty_asked(const rusty::RefCell<int> &C) {
  auto A = C.borrow();
  if (C.can_borrow_mut())
    *C.borrow_mut() = 1;
}

// Variables that are instantiated from partial specialisations.

template <typename T> constexpr int Size = 1;
template <typename T> constexpr int Size<T *> = 2;
int ok_variable() { return Size<int *> + Size<int>; }
