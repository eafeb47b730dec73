// RUN: %lint borrow-overlapping-borrow

#include <algorithm>
#include <cell.h>
#include <functional>
#include <numeric>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

using app::RefCell;

using List = RefCell<std::vector<int>>;

// Lambdas: making one borrows nothing, calling it does.

void bad_lambda_called(RefCell<int> &C) {
  auto Reset = [&C] { *C.borrow_mut() = 0; };
  // expected-note@-1 {{taken again here, inside the callee}}
  auto G = C.borrow();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
  Reset();
  // expected-warning@-1 {{this call makes a mutable borrow of 'C' while it is already borrowed}}
}

void ok_lambda_called_later(RefCell<int> &C) {
  auto Reset = [&C] { *C.borrow_mut() = 0; };
  {
    auto G = C.borrow();
  }
  Reset();
}

void ok_lambda_made_only(RefCell<int> &C) {
  auto G = C.borrow();
  std::function<void()> Reset = [&C] { *C.borrow_mut() = 0; };
}

void bad_inside_lambda(RefCell<int> &C) {
  auto Work = [&C] {
    auto G = C.borrow();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
    *C.borrow_mut() = *G;
    // expected-warning@-1 {{mutable borrow of 'C' while it is already borrowed}}
  };
  Work();
}

void ok_inside_lambda(RefCell<int> &C) {
  auto Work = [&C] {
    int V = *C.borrow();
    *C.borrow_mut() = V;
  };
  Work();
}

void bad_immediate_lambda(RefCell<int> &C) {
  auto G = C.borrow_mut();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
  *G = [&] { return *C.borrow(); }();
  // expected-warning@-1 {{shared borrow of 'C' while it is already mutably borrowed}}
  // expected-note@-2 {{the closure is called here}}
}

void ok_immediate_lambda(RefCell<int> &C) {
  auto G = C.borrow_mut();
  *G = [&] { return *G; }();
}

void bad_generic_lambda(RefCell<int> &C) {
  auto Set = [](auto &Cell, int V) { *Cell.borrow_mut() = V; };
  // expected-note@-1 {{taken again here, inside the callee}}
  auto G = C.borrow();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
  Set(C, 1);
  // expected-warning@-1 {{this call makes a mutable borrow of 'C' while it is already borrowed}}
}

void ok_generic_lambda(RefCell<int> &C, RefCell<int> &D) {
  auto Set = [](auto &Cell, int V) { *Cell.borrow_mut() = V; };
  auto G = C.borrow();
  Set(D, *G);
}

struct Widget {
  RefCell<int> Size;

  void bad_captured_this() {
    auto Grow = [this] { ++*Size.borrow_mut(); };
    // expected-note@-1 {{taken again here, inside the callee}}
    auto G = Size.borrow();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
    Grow();
    // expected-warning@-1 {{this call makes a mutable borrow of 'Size' while it is already borrowed}}
  }

  void ok_captured_this(Widget &Other) {
    auto Grow = [this] { ++*Size.borrow_mut(); };
    auto G = Other.Size.borrow();
    Grow();
  }
};

// Functions that call their argument at once while they hold a guard.

struct Registry {
  List Items;

  template <class F> void each(F Fn) {
    auto G = Items.borrow();  // expected-note {{taken first here, inside the callee}}
    for (int I : *G)
      Fn(I);
  }

  template <class F> void eachOfCopy(F Fn) {
    std::vector<int> Copy = *Items.borrow();
    for (int I : Copy)
      Fn(I);
  }
};

void bad_callback_while_borrowed(Registry &R) {
  R.each([&R](int I) { R.Items.borrow_mut()->push_back(I); });
  // expected-warning@-1 {{mutable borrow of 'R.Items' while it is already borrowed}}
  // expected-note@-2 {{first taken here}}
  // expected-note@-3 {{kept by a temporary until the end of the full expression}}
  // expected-note@-4 {{the closure is called here}}
}

void ok_callback_over_copy(Registry &R) {
  R.eachOfCopy([&R](int I) { R.Items.borrow_mut()->push_back(I); });
}

void ok_callback_into_another(Registry &R, Registry &Other) {
  R.each([&Other](int I) { Other.Items.borrow_mut()->push_back(I); });
}

void bad_with_borrow(RefCell<int> &C) {
  C.with_borrow([&C](int V) { *C.borrow_mut() = V; });
  // expected-warning@-1 {{mutable borrow of 'C' while it is already borrowed}}
  // expected-note@-2 {{first taken here}}
  // expected-note@-3 {{kept by a temporary until the end of the full expression}}
  // expected-note@-4 {{the closure is called here}}
}

void ok_with_borrow(RefCell<int> &C) {
  int Copy = 0;
  C.with_borrow([&Copy](int V) { Copy = V; });
  *C.borrow_mut() = Copy;
}

void ok_with_borrow_reads(RefCell<int> &C) {
  C.with_borrow([&C](int V) { (void)(V == *C.borrow()); });
}

void callTwice(const std::function<void()> &Fn) {
  Fn();
  Fn();
}

void bad_std_function_argument(RefCell<int> &C) {
  auto G = C.borrow();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
  callTwice([&C] { ++*C.borrow_mut(); });
  // expected-warning@-1 {{mutable borrow of 'C' while it is already borrowed}}
  // expected-note@-2 {{the closure is called here}}
}

void ok_std_function_argument(RefCell<int> &C) {
  {
    auto G = C.borrow();
  }
  callTwice([&C] { ++*C.borrow_mut(); });
}

// Standard algorithms.

void bad_for_each(List &L) {
  auto G = L.borrow();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
  std::for_each(G->begin(), G->end(), [&L](int I) {  // expected-note {{the closure is called here}}
    L.borrow_mut()->push_back(I);
    // expected-warning@-1 {{mutable borrow of 'L' while it is already borrowed}}
  });
}

void ok_for_each(List &L) {
  std::vector<int> Copy = *L.borrow();
  std::for_each(Copy.begin(), Copy.end(),
                [&L](int I) { L.borrow_mut()->push_back(I); });
}

void bad_sort_comparator(List &L) {
  auto G = L.borrow_mut();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
  std::sort(G->begin(), G->end(), [&L](int A, int B) {
  // expected-note@-1 {{the closure is called here}}
    return A - L.borrow()->front() < B - L.borrow()->front();
    // expected-warning@-1 {{shared borrow of 'L' while it is already mutably borrowed}}
  });
}

void ok_sort_comparator(List &L) {
  auto G = L.borrow_mut();
  int Front = G->front();
  std::sort(G->begin(), G->end(),
            [Front](int A, int B) { return A - Front < B - Front; });
}

bool bad_any_of(List &L, RefCell<int> &Hits) {
  auto G = L.borrow();
  auto H = Hits.borrow();  // expected-note {{first taken here}} expected-note {{kept by 'H'}}
  return std::any_of(G->begin(), G->end(), [&](int I) {
  // expected-note@-1 {{the closure is called here}}
    return ++*Hits.borrow_mut() > I;
    // expected-warning@-1 {{mutable borrow of 'Hits' while it is already borrowed}}
  });
}

bool ok_any_of(List &L, RefCell<int> &Hits) {
  auto G = L.borrow();
  return std::any_of(G->begin(), G->end(),
                     [&](int I) { return ++*Hits.borrow_mut() > I; });
}

void bad_named_predicate(List &L) {
  auto Clear = [&L](int) { L.borrow_mut()->clear(); };
  // expected-note@-1 {{taken again here, inside the callee}}
  auto G = L.borrow();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
  std::for_each(G->begin(), G->end(), Clear);
  // expected-warning@-1 {{this call makes a mutable borrow of 'L' while it is already borrowed}}
}

// std::invoke.

void clear(List &L) { L.borrow_mut()->clear(); }
// expected-note@-1 {{taken again here, inside the callee}}

void bad_invoke(List &L) {
  auto G = L.borrow();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
  std::invoke(clear, L);
  // expected-warning@-1 {{this call makes a mutable borrow of 'L' while it is already borrowed}}
}

void ok_invoke(List &L) {
  {
    auto G = L.borrow();
  }
  std::invoke(clear, L);
}

void bad_invoke_lambda(RefCell<int> &C) {
  auto G = C.borrow();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
  std::invoke([&C] { *C.borrow_mut() = 1; });
  // expected-warning@-1 {{mutable borrow of 'C' while it is already borrowed}}
  // expected-note@-2 {{the closure is called here}}
}

void ok_invoke_lambda(RefCell<int> &C, RefCell<int> &D) {
  auto G = C.borrow();
  std::invoke([&D] { *D.borrow_mut() = 1; });
}

void bad_called_at_once(RefCell<int> &C) {
  auto Reset = [&C] { *C.borrow_mut() = 0; };
  // expected-note@-1 {{taken again here, inside the callee}}
  auto G = C.borrow();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
  [&] { Reset(); }();
  // expected-warning@-1 {{this call makes a mutable borrow of 'C' while it is already borrowed}}
  // expected-note@-2 {{the closure is called here}}
}

void ok_called_at_once(RefCell<int> &C) {
  auto Reset = [&C] { *C.borrow_mut() = 0; };
  [&] { Reset(); }();
  auto G = C.borrow();
}

template <class F> void apply(F Function) { Function(); }

void ok_guard_ends_in_closure(RefCell<int> &C) {
  auto G = C.borrow_mut();
  apply([&] { auto Mine = std::move(G); });
  *C.borrow_mut() = 1;
}

template <class G> void keepAWhile(G Guard) {}

void ok_borrowed_after_the_move(RefCell<int> &C) {
  auto G = C.borrow();
  apply([&] {
    keepAWhile(std::move(G));
    *C.borrow_mut() = 1;
  });
}

void bad_borrowed_before_the_move(RefCell<int> &C) {
  auto G = C.borrow();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
  apply([&] {
  // expected-warning@-1 {{this call makes a mutable borrow of 'C' while it is already borrowed}}
    *C.borrow_mut() = 1;  // expected-note {{taken again here, inside the callee}}
    keepAWhile(std::move(G));
  });
}

void bad_guard_used_in_closure(RefCell<int> &C) {
  auto G = C.borrow_mut();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
  apply([&] { *G = 1; });
  *C.borrow_mut() = 1;
  // expected-warning@-1 {{mutable borrow of 'C' while it is already mutably borrowed}}
}

// What the closure keeps is kept once.
void ok_guard_kept_by_closure(RefCell<int> &C) {
  std::optional<app::Ref<int>> Kept;
  auto Read = [&] {
    *C.borrow_mut() = 1;
    Kept = C.borrow();
  };
  apply(Read);
}

void bad_guard_kept_by_closure(RefCell<int> &C) {
  std::optional<app::Ref<int>> Kept;  // expected-note {{kept by 'Kept'}}
  auto Read = [&] {
    *C.borrow_mut() = 1;
    Kept = C.borrow();
  };
  apply(Read);  // expected-note {{first taken here}}
  *C.borrow_mut() = 2;  // expected-warning {{mutable borrow of 'C' while it is already borrowed}}
}

// A generic closure is called for each alternative.
class Sheet {
public:
  int bad_visit(const std::variant<int, char, long> &Of) {
    int Sum = 0;
    auto G = Cell.borrow_mut();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
    std::visit([&](const auto &V) { Sum = valueOf(V); }, Of);
    // expected-warning@-1 {{this call makes a shared borrow of 'Cell' while it is already mutably borrowed}}
    // expected-note@-2 {{the closure is called here}}
    return Sum + *G;
  }
  int ok_visit(const std::variant<int, char, long> &Of) {
    int Sum = 0;
    std::visit([&](const auto &V) { Sum = valueOf(V); }, Of);
    return Sum + *Cell.borrow();
  }

private:
  int valueOf(int V) { return V; }
  int valueOf(char V) { return V; }
  int valueOf(long) { return *Cell.borrow(); }
  // expected-note@-1 {{taken again here, inside the callee}}
  RefCell<int> Cell;
};

// expected-note@cell.h {{taken first here, inside the callee}}
