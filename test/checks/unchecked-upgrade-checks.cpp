// RUN: %lint borrow-unchecked-upgrade

// The common ways to look whether the owner is still there.

#include <cassert>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <utility>

struct Node {
  int Value = 0;
  bool Ready = false;
  std::shared_ptr<Node> next();
};

using Weak = std::weak_ptr<Node>;
using Strong = std::shared_ptr<Node>;

[[noreturn]] void fail(const char *Message);
void log(const char *Message);

int ok_bang_return(const Weak &W) {
  auto P = W.lock();
  if (!P)
    return 0;
  return P->Value;
}

int bad_bang_log(const Weak &W) {
  auto P = W.lock();  // expected-note {{upgraded from 'W' here}}
  if (!P)
    log("gone");
  return P->Value;  // expected-warning {{'P' may be empty here: its object can be gone}}
}

int ok_equals_nullptr(const Weak &W) {
  auto P = W.lock();
  if (P == nullptr)
    return 0;
  return P->Value;
}

int ok_nullptr_equals(const Weak &W) {
  auto P = W.lock();
  if (nullptr == P)
    return 0;
  return P->Value;
}

int ok_not_equals_nullptr(const Weak &W) {
  auto P = W.lock();
  if (P != nullptr)
    return P->Value;
  return 0;
}

int ok_get(const Weak &W) {
  auto P = W.lock();
  if (P.get() == nullptr)
    return 0;
  return P->Value;
}

int ok_get_bool(const Weak &W) {
  auto P = W.lock();
  if (!P.get())
    return 0;
  return P->Value;
}

int ok_use_count(const Weak &W) {
  auto P = W.lock();
  if (P.use_count() == 0)
    return 0;
  return P->Value;
}

int ok_static_cast(const Weak &W) {
  auto P = W.lock();
  if (static_cast<bool>(P))
    return P->Value;
  return 0;
}

int ok_explicit_operator(const Weak &W) {
  auto P = W.lock();
  return P.operator bool() ? P->Value : 0;
}

bool ok_and(const Weak &W) {
  auto P = W.lock();
  return P && P->Ready;
}

bool bad_and_after(const Weak &W) {
  auto P = W.lock();  // expected-note {{upgraded from 'W' here}}
  return P->Ready && P;  // expected-warning {{'P' may be empty here: its object can be gone}}
}

bool ok_or(const Weak &W) {
  auto P = W.lock();
  return !P || P->Ready;
}

bool bad_or(const Weak &W) {
  auto P = W.lock();  // expected-note {{upgraded from 'W' here}}
  return P || P->Ready;  // expected-warning {{'P' may be empty here: its object can be gone}}
}

bool bad_wrong_and(const Weak &W) {
  auto P = W.lock();  // expected-note {{upgraded from 'W' here}}
  return !P && P->Ready;  // expected-warning {{'P' may be empty here: its object can be gone}}
}

int ok_if_initialiser(const Weak &W) {
  if (auto P = W.lock(); P)
    return P->Value;
  return 0;
}

int bad_if_initialiser(const Weak &W, bool K) {
  if (auto P = W.lock(); K)  // expected-note {{upgraded from 'W' here}}
    return P->Value;  // expected-warning {{'P' may be empty here: its object can be gone}}
  return 0;
}

int ok_assignment_in_condition(const Weak &W) {
  Strong P;
  if (!(P = W.lock()))
    return 0;
  return P->Value;
}

int ok_while_lock(Weak W) {
  int Sum = 0;
  while (auto P = W.lock()) {
    Sum += P->Value;
    W = P->next();
  }
  return Sum;
}

int ok_wait_until_there(const Weak &W) {
  Strong P;
  while (!(P = W.lock()))
    log("waiting");
  return P->Value;
}

int ok_bool_alias(const Weak &W) {
  auto P = W.lock();
  bool Alive = P != nullptr;
  if (!Alive)
    return 0;
  return P->Value;
}

int bad_bool_of_another(const Weak &W, const Weak &V) {
  auto P = W.lock();  // expected-note {{upgraded from 'W' here}}
  auto Q = V.lock();
  bool Alive = Q != nullptr;
  if (!Alive)
    return 0;
  return P->Value;  // expected-warning {{'P' may be empty here: its object can be gone}}
}

int ok_assert(const Weak &W) {
  auto P = W.lock();
  assert(P);
  return P->Value;
}

int ok_assert_with_message(const Weak &W) {
  auto P = W.lock();
  assert(P && "the owner outlives us");
  return P->Value;
}

int bad_assert_of_another(const Weak &W, const Strong &Q) {
  auto P = W.lock();  // expected-note {{upgraded from 'W' here}}
  assert(Q);
  return P->Value;  // expected-warning {{'P' may be empty here: its object can be gone}}
}

int ok_noreturn(const Weak &W) {
  auto P = W.lock();
  if (!P)
    fail("gone");
  return P->Value;
}

int ok_abort(const Weak &W) {
  auto P = W.lock();
  if (!P)
    std::abort();
  return P->Value;
}

int ok_throw(const Weak &W) {
  auto P = W.lock();
  if (!P)
    throw std::runtime_error("gone");
  return P->Value;
}

int ok_new_one_instead(const Weak &W) {
  auto P = W.lock();
  if (!P)
    P = std::make_shared<Node>();
  return P->Value;
}

int ok_value_or(const Weak &W, const Strong &Default) {
  auto P = W.lock();
  auto Q = P ? P : std::make_shared<Node>();
  return Q->Value;
}

int ok_unreachable(const Weak &W) {
  auto P = W.lock();
  if (!P)
    __builtin_unreachable();
  return P->Value;
}

int ok_assume(const Weak &W) {
  auto P = W.lock();
  Node *Raw = P.get();
  __builtin_assume(Raw != nullptr);
  return Raw->Value;
}

bool ok_several(const Weak &W, const Weak &V) {
  auto P = W.lock();
  auto Q = V.lock();
  if (!P || !Q)
    return false;
  return P->Ready && Q->Ready;
}

bool bad_several(const Weak &W, const Weak &V) {
  auto P = W.lock();  // expected-note {{upgraded from 'W' here}}
  auto Q = V.lock();
  if (!P && !Q)
    return false;
  return P->Ready;  // expected-warning {{'P' may be empty here: its object can be gone}}
}

// Branch hints.

#define UNLIKELY(Condition) __builtin_expect(!!(Condition), 0)
#define LIKELY(Condition) (__builtin_expect((Condition), 1))

int ok_unlikely(std::weak_ptr<Node> W) {
  auto P = W.lock();
  if (UNLIKELY(!P))
    return 0;
  return P->Value;
}

int ok_likely(std::weak_ptr<Node> W) {
  auto P = W.lock();
  return LIKELY(P != nullptr) ? P->Value : 0;
}

int bad_likely(std::weak_ptr<Node> W) {
  auto P = W.lock();  // expected-note {{upgraded from 'W' here}}
  return LIKELY(P == nullptr) ? P->Value : 0;
  // expected-warning@-1 {{'P' may be empty here: its object can be gone}}
}
