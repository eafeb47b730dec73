// RUN: %lint borrow-unchecked-upgrade

// What was there a moment ago need not be there now; constructors that throw.

#include <memory>

struct Node {
  int Value = 0;
  std::weak_ptr<Node> Parent;
  void touch();
};

using Weak = std::weak_ptr<Node>;
using Strong = std::shared_ptr<Node>;

void unknown();

// expired() says nothing about the next moment.

int bad_expired_then_lock(const Weak &W) {
  if (!W.expired())
    return W.lock()->Value;
    // expected-warning@-1 {{the upgraded handle may be empty here: its object can be gone}}
    // expected-note@-2 {{upgraded from 'W' here}}
  return 0;
}

int ok_lock_once(const Weak &W) {
  if (auto P = W.lock())
    return P->Value;
  return 0;
}

int bad_use_count_then_lock(const Weak &W) {
  if (W.use_count() == 0)
    return 0;
  auto P = W.lock();  // expected-note {{upgraded from 'W' here}}
  return P->Value;  // expected-warning {{'P' may be empty here: its object can be gone}}
}

int bad_expired_early_return(const Weak &W) {
  if (W.expired())
    return 0;
  auto P = W.lock();  // expected-note {{upgraded from 'W' here}}
  return P->Value;  // expected-warning {{'P' may be empty here: its object can be gone}}
}

int ok_expired_early_return(const Weak &W) {
  if (W.expired())
    return 0;
  auto P = W.lock();
  return P ? P->Value : 0;
}

int bad_lock_tested_then_locked_again(const Weak &W) {
  if (W.lock())
    return W.lock()->Value;
    // expected-warning@-1 {{the upgraded handle may be empty here: its object can be gone}}
    // expected-note@-2 {{upgraded from 'W' here}}
  return 0;
}

int bad_lock_again_after_call(const Weak &W) {
  if (auto P = W.lock())
    P->touch();
  unknown();
  return W.lock()->Value;
  // expected-warning@-1 {{the upgraded handle may be empty here: its object can be gone}}
  // expected-note@-2 {{upgraded from 'W' here}}
}

// As long as an owner is held, the same weak pointer upgrades.

int ok_lock_again_while_held(const Weak &W) {
  auto P = W.lock();
  if (!P)
    return 0;
  return W.lock()->Value + P->Value;
}

int ok_expired_while_held(const Weak &W) {
  auto P = W.lock();
  if (W.expired())
    return 0;
  return P->Value;
}

int bad_lock_again_after_reset(const Weak &W) {
  auto P = W.lock();
  if (!P)
    return 0;
  P.reset();
  return W.lock()->Value;
  // expected-warning@-1 {{the upgraded handle may be empty here: its object can be gone}}
  // expected-note@-2 {{upgraded from 'W' here}}
}

int bad_weak_reassigned(Weak W, const Weak &V) {
  auto P = W.lock();
  if (!P)
    return 0;
  W = V;
  return W.lock()->Value;
  // expected-warning@-1 {{the upgraded handle may be empty here: its object can be gone}}
  // expected-note@-2 {{upgraded from 'W' here}}
}

int bad_used_after_reset(const Weak &W) {
  auto P = W.lock();
  if (!P)
    return 0;
  P = W.lock();
  P = P->Parent.lock();  // expected-note {{upgraded from 'P->Parent' here}}
  return P->Value;  // expected-warning {{'P' may be empty here: its object can be gone}}
}

// Wrong variable, wrong branch.

int bad_wrong_variable(const Weak &W, const Weak &V) {
  auto P = W.lock();
  auto Q = V.lock();  // expected-note {{upgraded from 'V' here}}
  if (!P)
    return 0;
  return Q->Value;  // expected-warning {{'Q' may be empty here: its object can be gone}}
}

int ok_right_variable(const Weak &W, const Weak &V) {
  auto P = W.lock();
  auto Q = V.lock();
  if (!Q)
    return 0;
  return Q->Value;
}

int bad_wrong_weak(const Weak &W, const Weak &V) {
  if (auto P = W.lock())
    return V.lock()->Value;
    // expected-warning@-1 {{the upgraded handle may be empty here: its object can be gone}}
    // expected-note@-2 {{upgraded from 'V' here}}
  return 0;
}

int bad_wrong_branch(const Weak &W) {
  auto P = W.lock();  // expected-note {{upgraded from 'W' here}}
  if (!P)
    return P->Value;  // expected-warning {{'P' may be empty here: its object can be gone}}
  return 0;
}

int bad_else_branch(const Weak &W) {
  if (auto P = W.lock())  // expected-note {{upgraded from 'W' here}}
    return P->Value;
  else
    return P->Parent.lock() ? 1 : 0;
    // expected-warning@-1 {{'P' may be empty here: its object can be gone}}
}

int ok_else_branch(const Weak &W, const Weak &V) {
  if (auto P = W.lock())
    return P->Value;
  else if (auto Q = V.lock())
    return Q->Value;
  else
    return 0;
}

// std::shared_ptr(weak) throws: no way out of a noexcept function.

int bad_throwing_in_noexcept(const Weak &W) noexcept {
  return std::shared_ptr<Node>(W)->Value;
  // expected-warning@-1 {{this upgrade of 'W' throws if its object is gone, in a function that must not}}
}

int ok_throwing(const Weak &W) { return std::shared_ptr<Node>(W)->Value; }

int ok_throwing_caught(const Weak &W) noexcept {
  try {
    return std::shared_ptr<Node>(W)->Value;
  } catch (const std::bad_weak_ptr &) {
    return 0;
  }
}

int ok_throwing_while_held(const Weak &W) noexcept {
  auto P = W.lock();
  if (!P)
    return 0;
  Strong Q(W);
  return Q->Value;
}

struct BadDestructor {
  Weak Owner;
  ~BadDestructor() {
    Strong P(Owner);
    // expected-warning@-1 {{this upgrade of 'Owner' throws if its object is gone, in a function that must not}}
    P->touch();
  }
};

struct OkDestructor {
  Weak Owner;
  ~OkDestructor() {
    if (Strong P = Owner.lock())
      P->touch();
  }
};

struct OkThrowingDestructor {
  Weak Owner;
  ~OkThrowingDestructor() noexcept(false) {
    Strong P(Owner);
    P->touch();
  }
};

// An object managed by shared owners exists while its member runs, so
// shared_from_this() is no upgrade of the kind meant here.

struct Session : std::enable_shared_from_this<Session> {
  int Value = 0;
  int ok_shared_from_this() { return shared_from_this()->Value; }
  int ok_weak_from_this() {
    auto W = weak_from_this();
    if (auto P = W.lock())
      return P->Value;
    return 0;
  }
};
