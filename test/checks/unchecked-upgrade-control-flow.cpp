// RUN: %lint borrow-unchecked-upgrade

#include <functional>
#include <map>
#include <memory>
#include <vector>

struct Node {
  int Value = 0;
  std::weak_ptr<Node> Parent;
  std::vector<std::weak_ptr<Node>> Children;
};

using Weak = std::weak_ptr<Node>;
using Strong = std::shared_ptr<Node>;

void step();

// Loops.

int bad_range_for(const std::vector<Weak> &Ws) {
  int Sum = 0;
  for (const Weak &W : Ws)
    Sum += W.lock()->Value;
    // expected-warning@-1 {{the upgraded handle may be empty here: its object can be gone}}
    // expected-note@-2 {{upgraded from 'W' here}}
  return Sum;
}

int ok_range_for(const std::vector<Weak> &Ws) {
  int Sum = 0;
  for (const Weak &W : Ws)
    if (auto P = W.lock())
      Sum += P->Value;
  return Sum;
}

int ok_continue(const std::vector<Weak> &Ws) {
  int Sum = 0;
  for (const Weak &W : Ws) {
    auto P = W.lock();
    if (!P)
      continue;
    Sum += P->Value;
  }
  return Sum;
}

int bad_walk_up(Strong N) {
  int Depth = 0;
  while (N->Value != 0) {  // expected-warning {{'N' may be empty here: its object can be gone}}
    N = N->Parent.lock();  // expected-note {{upgraded from 'N->Parent' here}}
    ++Depth;
  }
  return Depth;
}

int ok_walk_up(Strong N) {
  int Depth = 0;
  for (; N; N = N->Parent.lock())
    ++Depth;
  return Depth;
}

int bad_locked_at_the_end_of_the_loop(const Weak &W, int N) {
  auto P = W.lock();  // expected-note {{upgraded from 'W' here}}
  if (!P)
    return 0;
  int Sum = 0;
  for (int I = 0; I < N; ++I) {
    Sum += P->Value;  // expected-warning {{'P' may be empty here: its object can be gone}}
    P.reset();
    step();
    P = W.lock();
  }
  return Sum;
}

int ok_locked_at_the_end_of_the_loop(const Weak &W, int N) {
  auto P = W.lock();
  int Sum = 0;
  for (int I = 0; P && I < N; ++I) {
    Sum += P->Value;
    P.reset();
    step();
    P = W.lock();
  }
  return Sum;
}

// Joins.

int bad_one_branch_checks(const Weak &W, bool K) {
  auto P = W.lock();  // expected-note {{upgraded from 'W' here}}
  if (K) {
    if (!P)
      return 0;
  }
  return P->Value;  // expected-warning {{'P' may be empty here: its object can be gone}}
}

int ok_both_branches_check(const Weak &W, bool K) {
  auto P = W.lock();
  if (K) {
    if (!P)
      return 0;
  } else if (!P) {
    return 1;
  }
  return P->Value;
}

int bad_one_branch_upgrades(const Weak &W, bool K) {
  Strong P = std::make_shared<Node>();
  if (K)
    P = W.lock();  // expected-note {{upgraded from 'W' here}}
  return P->Value;  // expected-warning {{'P' may be empty here: its object can be gone}}
}

int ok_same_condition_twice(const Weak &W, bool K) {
  Strong P = std::make_shared<Node>();
  if (K)
    P = W.lock();
  step();
  if (!K)
    return P->Value;
  return 0;
}

int bad_condition_changed(const Weak &W, bool K) {
  Strong P = std::make_shared<Node>();
  if (K)
    P = W.lock();  // expected-note {{upgraded from 'W' here}}
  K = false;
  if (!K)
    return P->Value;  // expected-warning {{'P' may be empty here: its object can be gone}}
  return 0;
}

// The last operand decides: in `K && !P` P is present where K holds.

int ok_second_operand(const Weak &W, bool K) {
  auto P = W.lock();
  if (K && !P)
    return 0;
  return K ? P->Value : 1;
}

int bad_second_operand(const Weak &W, bool K) {
  auto P = W.lock();  // expected-note {{upgraded from 'W' here}}
  if (K && !P)
    return 0;
  return P->Value;  // expected-warning {{'P' may be empty here: its object can be gone}}
}

// switch, goto, do.

int bad_switch(const Weak &W, int K) {
  auto P = W.lock();  // expected-note {{upgraded from 'W' here}}
  switch (K) {
  case 0:
    if (!P)
      return 0;
    [[fallthrough]];
  case 1:
    return P->Value;  // expected-warning {{'P' may be empty here: its object can be gone}}
  }
  return 0;
}

int ok_goto(const Weak &W) {
  auto P = W.lock();
  if (!P)
    goto Gone;
  return P->Value;
Gone:
  return 0;
}

int ok_do(Weak W) {
  int Sum = 0;
  Strong P = W.lock();
  if (!P)
    return 0;
  do {
    Sum += P->Value;
    P = P->Parent.lock();
  } while (P);
  return Sum;
}

// Shadowing.

int bad_shadowed(const Weak &W, const Weak &V) {
  auto P = W.lock();  // expected-note {{upgraded from 'W' here}}
  if (auto P = V.lock())
    step();
  return P->Value;  // expected-warning {{'P' may be empty here: its object can be gone}}
}

int ok_shadowed(const Weak &W, const Weak &V) {
  auto P = W.lock();
  if (auto P = V.lock())
    return P->Value;
  return P ? P->Value : 0;
}

// Exceptions: the handler runs without the check.

int bad_handler(const Weak &W) {
  auto P = W.lock();  // expected-note {{upgraded from 'W' here}}
  try {
    step();
    if (!P)
      return 0;
  } catch (...) {
    return P->Value;  // expected-warning {{'P' may be empty here: its object can be gone}}
  }
  return P->Value;
}

int ok_handler(const Weak &W) {
  auto P = W.lock();
  if (!P)
    return 0;
  try {
    step();
  } catch (...) {
    return P->Value;
  }
  return P->Value;
}
