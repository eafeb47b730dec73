// RUN: %lint borrow-unchecked-upgrade --fixed %t.cpp
// RUN: FileCheck %s --check-prefix=FIX --input-file=%t.cpp

// The fix-its, applied: each compiles and removes its finding.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

struct Node {
  int Value = 0;
  std::string Name;
  std::weak_ptr<Node> Parent;
  void touch() { ++Value; }
  void take(std::shared_ptr<Node> Other);
  bool isLeaf() const { return Value == 0; }
};

using Weak = std::weak_ptr<Node>;

void use(int);
void use(Node &);

// Used in the expression that upgrades it.

void bad_statement(const Weak &W) {
  W.lock()->touch();
  // expected-warning@-1 {{the upgraded handle may be empty here: its object can be gone}}
  // expected-note@-2 {{upgraded from 'W' here}}
  // FIX: if (auto strong = W.lock()) strong->touch();
}

void bad_second_operand(Node &N, const Weak &W) {
  use(W.lock()->Value);
  // expected-warning@-1 {{the upgraded handle may be empty here: its object can be gone}}
  // expected-note@-2 {{upgraded from 'W' here}}
  N.Value = W.lock()->Value;
  // expected-warning@-1 {{the upgraded handle may be empty here: its object can be gone}}
  // expected-note@-2 {{upgraded from 'W' here}}
  // FIX: if (auto strong = W.lock()) use(strong->Value);
  // FIX: if (auto strong = W.lock()) N.Value = strong->Value;
}

void bad_name_taken(const Weak &W, int strong) {
  W.lock()->Value = strong;
  // expected-warning@-1 {{the upgraded handle may be empty here: its object can be gone}}
  // expected-note@-2 {{upgraded from 'W' here}}
  // FIX: if (auto strong2 = W.lock()) strong2->Value = strong;
}

void bad_declared(const Weak &W) {
  int V = W.lock()->Value;
  // expected-warning@-1 {{the upgraded handle may be empty here: its object can be gone}}
  // expected-note@-2 {{upgraded from 'W' here}}
  use(V);
  // FIX: auto strong = W.lock();
  // FIX-NEXT: if (!strong)
  // FIX-NEXT: return;
  // FIX-NEXT: int V = strong->Value;
}

int bad_returned(const Weak &W) {
  return W.lock()->Value;
  // expected-warning@-1 {{the upgraded handle may be empty here: its object can be gone}}
  // expected-note@-2 {{upgraded from 'W' here}}
  // FIX: auto strong = W.lock();
  // FIX-NEXT: if (!strong)
  // FIX-NEXT: return {};
  // FIX-NEXT: return strong->Value;
}

bool bad_condition(const Weak &W, int Limit) {
  if (W.lock()->Value > Limit)
  // expected-warning@-1 {{the upgraded handle may be empty here: its object can be gone}}
  // expected-note@-2 {{upgraded from 'W' here}}
    return true;
  return false;
  // FIX: if (auto strong = W.lock(); strong && (strong->Value > Limit))
}

void bad_loop(const std::vector<Weak> &All) {
  for (const Weak &W : All) {
    std::string Name = W.lock()->Name;
    // expected-warning@-1 {{the upgraded handle may be empty here: its object can be gone}}
    // expected-note@-2 {{upgraded from 'W' here}}
    use(Name.size());
  }
  // FIX: auto strong = W.lock();
  // FIX-NEXT: if (!strong)
  // FIX-NEXT: continue;
  // FIX-NEXT: std::string Name = strong->Name;
}

// Kept in a variable.

void bad_used_once(const Weak &W) {
  auto P = W.lock();  // expected-note {{upgraded from 'W' here}}
  P->touch();  // expected-warning {{'P' may be empty here: its object can be gone}}
  // FIX: if (P) P->touch();
}

void bad_used_twice(const Weak &W) {
  auto P = W.lock();  // expected-note {{upgraded from 'W' here}}
  P->touch();  // expected-warning {{'P' may be empty here: its object can be gone}}
  use(*P);
  // FIX: if (!P)
  // FIX-NEXT: return;
}

int bad_used_for_result(const Weak &W) {
  std::shared_ptr<Node> P = W.lock();  // expected-note {{upgraded from 'W' here}}
  return P->Value;  // expected-warning {{'P' may be empty here: its object can be gone}}
  // FIX: if (!P)
  // FIX-NEXT: return {};
}

void bad_assigned(const Weak &W) {
  std::shared_ptr<Node> P;
  P = W.lock();  // expected-note {{upgraded from 'W' here}}
  P->touch();  // expected-warning {{'P' may be empty here: its object can be gone}}
  // FIX: if (!P)
  // FIX-NEXT: return;
}

void bad_in_loop(const std::vector<Weak> &All) {
  int Sum = 0;
  for (const Weak &W : All) {
    auto P = W.lock();  // expected-note {{upgraded from 'W' here}}
    Sum += P->Value;  // expected-warning {{'P' may be empty here: its object can be gone}}
    P->touch();
  }
  use(Sum);
  // FIX: if (!P)
  // FIX-NEXT: continue;
}

void bad_in_lambda(const Weak &W) {
  auto Task = [W] {
    auto P = W.lock();  // expected-note {{upgraded from 'W' here}}
    P->touch();  // expected-warning {{'P' may be empty here: its object can be gone}}
  };
  Task();
  // FIX: if (P) P->touch();
}
