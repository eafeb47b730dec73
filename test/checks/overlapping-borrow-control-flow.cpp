// RUN: %lint borrow-overlapping-borrow

#include <cell.h>
#include <cstdlib>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

using app::Ref;
using app::RefCell;
using app::RefMut;

void step();
bool ready();
[[noreturn]] void fail();

// Loops.

void ok_fresh_in_each_round(RefCell<int> &C) {
  for (int I = 0; I < 3; ++I) {
    auto G = C.borrow_mut();
    *G += I;
  }
}

void bad_kept_over_back_edge(RefCell<int> &C) {
  std::optional<RefMut<int>> Last;  // expected-note {{kept by 'Last'}}
  for (int I = 0; I < 3; ++I)
    Last.emplace(C.borrow_mut());
    // expected-warning@-1 {{mutable borrow of 'C' while it is already mutably borrowed}}
    // expected-note@-2 {{first taken here, in an earlier round}}
}

void ok_released_before_back_edge(RefCell<int> &C) {
  std::optional<RefMut<int>> Last;
  for (int I = 0; I < 3; ++I) {
    Last.emplace(C.borrow_mut());
    Last.reset();
  }
}

void bad_collected(RefCell<int> &C) {
  std::vector<RefMut<int>> Gs;  // expected-note {{kept by 'Gs'}}
  while (ready())
    Gs.push_back(C.borrow_mut());
    // expected-warning@-1 {{mutable borrow of 'C' while it is already mutably borrowed}}
    // expected-note@-2 {{first taken here, in an earlier round}}
}

void ok_collected_from_many(std::vector<RefCell<int>> &Cs) {
  std::vector<RefMut<int>> Gs;
  for (auto &C : Cs)
    Gs.push_back(C.borrow_mut());
}

struct Node {
  RefCell<int> Value;
  Node *Next = nullptr;
};

int ok_list_walk(Node *N) {
  int Sum = 0;
  for (; N; N = N->Next) {
    auto G = N->Value.borrow_mut();
    Sum += *G;
  }
  return Sum;
}

void ok_hand_over_hand(Node *N) {
  while (N && N->Next) {
    auto A = N->Value.borrow();
    *N->Next->Value.borrow_mut() = *A;
    N = N->Next;
  }
}

void bad_second_round(RefCell<int> &C) {
  std::optional<Ref<int>> Seen;  // expected-note {{kept by 'Seen'}}
  for (int I = 0; I < 3; ++I) {
    *C.borrow_mut() = I;  // expected-warning {{mutable borrow of 'C' while it is already borrowed}}
    Seen = C.borrow();  // expected-note {{first taken here}}
  }
}

// break and continue run destructors.
void ok_break(RefCell<int> &C) {
  for (int I = 0; I < 3; ++I) {
    auto G = C.borrow();
    if (*G == I)
      break;
    if (*G > I)
      continue;
  }
  *C.borrow_mut() = 1;
}

// Early returns, joins.

int bad_early_return(RefCell<int> &C, bool K) {
  auto G = C.borrow();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
  if (!K)
    return *G;
  return C.replace(0);  // expected-warning {{mutable borrow of 'C' while it is already borrowed}}
}

int ok_early_return(RefCell<int> &C, bool K) {
  if (!K) {
    auto G = C.borrow();
    return *G;
  }
  return C.replace(0);
}

void bad_one_branch(RefCell<int> &C, bool K) {
  std::optional<RefMut<int>> G;  // expected-note {{kept by 'G'}}
  if (K)
    G.emplace(C.borrow_mut());  // expected-note {{first taken here}}
  *C.borrow_mut() = 1;
  // expected-warning@-1 {{mutable borrow of 'C' while it is already mutably borrowed}}
}

void ok_branch_scopes(RefCell<int> &C, bool K) {
  if (K) {
    auto G = C.borrow_mut();
    *G = 1;
  } else {
    auto G = C.borrow_mut();
    *G = 2;
  }
  *C.borrow_mut() = 3;
}

// The same unchanged condition, tested twice.

void ok_opposite_conditions(RefCell<int> &C, bool K) {
  std::optional<RefMut<int>> G;
  if (K)
    G.emplace(C.borrow_mut());
  step();
  if (!K)
    *C.borrow_mut() = 1;
}

void bad_same_condition(RefCell<int> &C, bool K) {
  std::optional<RefMut<int>> G;  // expected-note {{kept by 'G'}}
  if (K)
    G.emplace(C.borrow_mut());  // expected-note {{first taken here}}
  step();
  if (K)
    *C.borrow_mut() = 1;
    // expected-warning@-1 {{mutable borrow of 'C' while it is already mutably borrowed}}
}

void bad_condition_changed(RefCell<int> &C, bool K) {
  std::optional<RefMut<int>> G;  // expected-note {{kept by 'G'}}
  if (K)
    G.emplace(C.borrow_mut());  // expected-note {{first taken here}}
  K = ready();
  if (!K)
    *C.borrow_mut() = 1;
    // expected-warning@-1 {{mutable borrow of 'C' while it is already mutably borrowed}}
}

void ok_tested_guard(RefCell<int> &C, bool K) {
  std::optional<RefMut<int>> G;
  if (K)
    G.emplace(C.borrow_mut());
  if (!G)
    *C.borrow_mut() = 1;
}

void ok_bool_remembers(RefCell<int> &C, int N) {
  std::optional<RefMut<int>> G;
  bool Borrowed = N > 3;
  if (Borrowed)
    G.emplace(C.borrow_mut());
  if (Borrowed)
    return;
  *C.borrow_mut() = 1;
}

void ok_moved_if(RefCell<int> &C, bool K) {
  auto G = C.borrow_mut();
  if (K)
    app::drop(std::move(G));
  if (K)
    *C.borrow_mut() = 1;
}

// What an optional gets takes the place of what it had, after it was made.

void ok_replaced(RefCell<int> &C, RefCell<int> &Other) {
  std::optional<RefMut<int>> G;
  while (ready()) {
    G.emplace(C.borrow_mut());
    G.emplace(Other.borrow_mut());
  }
}

void bad_replaced_by_itself(RefCell<int> &C) {
  std::optional<RefMut<int>> G;  // expected-note {{kept by 'G'}}
  while (ready())
    G.emplace(C.borrow_mut());
    // expected-warning@-1 {{mutable borrow of 'C' while it is already mutably borrowed}}
    // expected-note@-2 {{first taken here, in an earlier round}}
}

// goto, noreturn, switch.

void ok_goto(RefCell<int> &C) {
  {
    auto G = C.borrow();
    if (*G > 0)
      goto Out;
  }
Out:
  *C.borrow_mut() = 1;
}

void ok_dead_end(RefCell<int> &C, bool K) {
  std::optional<RefMut<int>> G;
  if (K) {
    G.emplace(C.borrow_mut());
    fail();
  }
  *C.borrow_mut() = 1;
}

void ok_switch(RefCell<int> &C, int K) {
  switch (K) {
  case 0: {
    auto G = C.borrow();
    break;
  }
  default:
    *C.borrow_mut() = 1;
  }
  *C.borrow_mut() = 2;
}

// Exceptions: what the try block declares is gone in the handler.

void bad_handler(RefCell<int> &C) {
  auto G = C.borrow();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
  try {
    step();
  } catch (const std::runtime_error &) {
    *C.borrow_mut() = 1;  // expected-warning {{mutable borrow of 'C' while it is already borrowed}}
  }
}

void ok_handler(RefCell<int> &C) {
  try {
    auto G = C.borrow();
    step();
  } catch (const std::runtime_error &) {
    *C.borrow_mut() = 1;
  }
}

void ok_thrown_and_caught(RefCell<int> &C) {
  try {
    auto G = C.borrow();
    if (*G > 0)
      throw std::runtime_error("positive");
  } catch (const std::runtime_error &) {
    *C.borrow_mut() = 1;
  }
  *C.borrow_mut() = 2;
}

// A loop is taken to run perhaps not at all.
void fp_ended_by_a_loop(RefCell<int> &C) {
  auto G = C.borrow_mut();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
  for (int I = 0; I < 2; ++I)
    auto Mine = std::move(G);
  *C.borrow_mut() = 1;
  // expected-warning@-1 {{mutable borrow of 'C' while it is already mutably borrowed}}
}
