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
  auto A = C.borrow();
  auto B = C.borrow_mut(); // expected-warning {{}}
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
  auto A = Cell.borrow_mut();
  auto B = Cell.borrow_mut(); // expected-warning {{}}
}

void instantiateAny(RefCell<int> &C, const rusty::RefCell<int> &D) {
  bad_any_cell(C);
  bad_any_cell(D);
}

template <class T> class Stack {
  RefCell<std::vector<T>> Items;

public:
  void bad_push(T V) {
    auto G = Items.borrow();
    if (G->empty())
      Items.borrow_mut()->push_back(V); // expected-warning {{}}
  }

  void ok_push(T V) {
    if (Items.borrow()->empty())
      Items.borrow_mut()->push_back(V);
  }

  std::size_t size() const { return Items.borrow()->size(); }

  std::size_t bad_size() {
    auto G = Items.borrow_mut();
    return size(); // expected-warning {{}}
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

void bad_forwarded(RefCell<int> &C) {
  auto G = C.borrow();
  call(set, C, 1); // expected-warning {{}}
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

#define WRITER(Cell) (Cell).borrow_mut()
#define SET(Cell, Value)                                                       \
  do {                                                                         \
    auto Guard = (Cell).borrow_mut();                                          \
    *Guard = (Value);                                                          \
  } while (false)

void bad_macro(RefCell<int> &C) {
  auto G = WRITER(C);
  *WRITER(C) = *G; // expected-warning {{}}
}

void ok_macro(RefCell<int> &C) {
  SET(C, 1);
  SET(C, 2);
}

void bad_macro_argument(RefCell<int> &C) {
  SET(C, *C.borrow()); // expected-warning {{}}
}

void ok_macro_argument(RefCell<int> &C) {
  int V = *C.borrow();
  SET(C, V);
}

// rusty's cells.

void bad_rusty(const rusty::RefCell<int> &C) {
  auto A = C.borrow();
  *C.borrow_mut() = *A; // expected-warning {{}}
}

void ok_rusty(const rusty::RefCell<int> &C) {
  int V = *C.borrow();
  *C.borrow_mut() = V;
}

void bad_rusty_replace(const rusty::RefCell<int> &C) {
  auto A = C.borrow();
  C.replace(*A); // expected-warning {{}}
}

void ok_rusty_asked(const rusty::RefCell<int> &C) {
  auto A = C.borrow();
  if (C.can_borrow_mut())
    *C.borrow_mut() = 1;
}
