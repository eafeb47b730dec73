// RUN: %lint borrow-unchecked-upgrade

#include <memory>
#include <utility>

struct Node {
  int Value = 0;
  std::weak_ptr<Node> Parent;
  std::shared_ptr<Node> Child;
  void touch() { ++Value; }
};

using Weak = std::weak_ptr<Node>;
using Strong = std::shared_ptr<Node>;

void use(const Strong &P);
void use(Node *P);

// Dereferenced at once.

void bad_arrow(const Weak &W) {
  W.lock()->touch();
  // expected-warning@-1 {{the upgraded handle may be empty here: its object can be gone}}
  // expected-note@-2 {{upgraded from 'W' here}}
}

void ok_arrow(const Weak &W) {
  if (auto P = W.lock())
    P->touch();
}

int bad_star(const Weak &W) {
  return (*W.lock()).Value;
  // expected-warning@-1 {{the upgraded handle may be empty here: its object can be gone}}
  // expected-note@-2 {{upgraded from 'W' here}}
}

int ok_star(const Weak &W) {
  auto P = W.lock();
  return P ? (*P).Value : 0;
}

Node &bad_reference(const Weak &W) {
  return *W.lock();
  // expected-warning@-1 {{the upgraded handle may be empty here: its object can be gone}}
  // expected-note@-2 {{upgraded from 'W' here}}
}

// Stored, then used.

int bad_stored(const Weak &W) {
  auto P = W.lock();  // expected-note {{upgraded from 'W' here}}
  return P->Value;  // expected-warning {{'P' may be empty here: its object can be gone}}
}

int ok_stored(const Weak &W) {
  auto P = W.lock();
  if (!P)
    return 0;
  return P->Value;
}

int bad_assigned(const Weak &W) {
  Strong P;
  P = W.lock();  // expected-note {{upgraded from 'W' here}}
  return P->Value;  // expected-warning {{'P' may be empty here: its object can be gone}}
}

int ok_assigned(const Weak &W) {
  Strong P;
  P = W.lock();
  if (P)
    return P->Value;
  return 0;
}

int bad_moved(const Weak &W) {
  auto P = W.lock();  // expected-note {{upgraded from 'W' here}}
  auto Q = std::move(P);
  return Q->Value;  // expected-warning {{'Q' may be empty here: its object can be gone}}
}

int ok_moved(const Weak &W) {
  auto P = W.lock();
  if (!P)
    return 0;
  auto Q = std::move(P);
  return Q->Value;
}

int bad_copied(const Weak &W) {
  auto P = W.lock();  // expected-note {{upgraded from 'W' here}}
  auto Q = P;
  return Q->Value;  // expected-warning {{'Q' may be empty here: its object can be gone}}
}

int ok_copied(const Weak &W) {
  auto P = W.lock();
  auto Q = P;
  return Q ? Q->Value : 0;
}

int bad_raw(const Weak &W) {
  auto P = W.lock();  // expected-note {{upgraded from 'W' here}}
  Node *Raw = P.get();
  return Raw->Value;  // expected-warning {{'Raw' may be empty here: its object can be gone}}
}

int ok_raw(const Weak &W) {
  auto P = W.lock();
  Node *Raw = P.get();
  return Raw ? Raw->Value : 0;
}

int bad_bound_to_reference(const Weak &W) {
  const auto &P = W.lock();  // expected-note {{upgraded from 'W' here}}
  return P->Value;
  // expected-warning@-1 {{the upgraded handle may be empty here: its object can be gone}}
}

int ok_bound_to_reference(const Weak &W) {
  const auto &P = W.lock();
  return P ? P->Value : 0;
}

// The owner is gone for certain.

int bad_expired_for_certain() {
  Weak W;
  {
    auto S = std::make_shared<Node>();
    W = S;
  }
  auto P = W.lock();  // expected-note {{upgraded from 'W' here}}
  return P->Value;  // expected-warning {{'P' may be empty here: its object can be gone}}
}

int ok_owner_in_scope() {
  auto S = std::make_shared<Node>();
  Weak W = S;
  auto P = W.lock();
  return P->Value;
}

int bad_owner_reset() {
  auto S = std::make_shared<Node>();
  Weak W = S;
  S.reset();
  return W.lock()->Value;
  // expected-warning@-1 {{the upgraded handle may be empty here: its object can be gone}}
  // expected-note@-2 {{upgraded from 'W' here}}
}

int ok_owner_parameter(const Strong &S) {
  if (!S)
    return 0;
  Weak W(S);
  return W.lock()->Value;
}

int bad_owner_reassigned() {
  auto S = std::make_shared<Node>();
  Weak W = S;
  S = std::make_shared<Node>();
  return W.lock()->Value;
  // expected-warning@-1 {{the upgraded handle may be empty here: its object can be gone}}
  // expected-note@-2 {{upgraded from 'W' here}}
}

// A weak pointer made from a temporary owner is born empty.

int bad_weak_from_temporary() {
  Weak W = std::make_shared<Node>();
  // expected-warning@-1 {{'W' is empty at once: nothing else owns its object}}
  if (auto P = W.lock())
    return P->Value;
  return -1;
}

int ok_weak_from_owner() {
  auto S = std::make_shared<Node>();
  Weak W = S;
  if (auto P = W.lock())
    return P->Value;
  return -1;
}

void bad_weak_assigned_temporary(Node &N) {
  N.Parent = std::make_shared<Node>();
  // expected-warning@-1 {{'N.Parent' is empty at once: nothing else owns its object}}
}

void ok_weak_assigned_owner(Node &N, const Strong &Parent) {
  N.Parent = Parent;
}

Strong lookUp(int Key);

// The temporary may be one of several owners.
void ok_weak_from_returned_owner(Node &N) { N.Parent = lookUp(1); }

// A raw pointer kept from an owner that dies with the expression is not empty:
// see borrow-dangling-borrow.

int ok_raw_from_temporary(const Weak &W) {
  Node *P = W.lock().get();
  return P ? P->Value : 0;
}

int ok_raw_in_expression(const Weak &W) {
  use(W.lock().get());
  auto P = W.lock();
  Node *Raw = P.get();
  return Raw ? Raw->Value : 0;
}

bool ok_raw_compared(const Weak &W, const Node *N) {
  return W.lock().get() == N;
}

// Presence is not asked for: nothing is dereferenced.

Strong ok_returned(const Weak &W) { return W.lock(); }
void ok_passed_on(const Weak &W) { use(W.lock()); }
bool ok_tested(const Weak &W) { return W.lock() != nullptr; }
long ok_counted(const Weak &W) { return W.lock().use_count(); }
void ok_stored_in_member(Node &N) { N.Child = N.Parent.lock(); }
bool ok_same(const Weak &W, const Strong &P) { return W.lock() == P; }

// Other owners are another matter.

int ok_not_upgraded(const Strong &P) { return P->Value; }
int ok_fresh() { return std::make_shared<Node>()->Value; }
