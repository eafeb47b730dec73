// RUN: %lint borrow-unchecked-upgrade

// Weak handles of Boost, Qt and rusty; unwrap, expect and value.

#include <QtCore/QObject>
#include <QtCore/QSharedPointer>
#include <boost/smart_ptr.hpp>
#include <memory>
#include <optional>
#include <rusty/rusty.hpp>

struct Node {
  int Value = 0;
};

// Boost.

int bad_boost(const boost::weak_ptr<Node> &W) {
  return W.lock()->Value;
  // expected-warning@-1 {{the upgraded handle may be empty here: its object can be gone}}
  // expected-note@-2 {{upgraded from 'W' here}}
}

int ok_boost(const boost::weak_ptr<Node> &W) {
  if (auto P = W.lock())
    return P->Value;
  return 0;
}

int ok_boost_bang(const boost::weak_ptr<Node> &W) {
  boost::shared_ptr<Node> P = W.lock();
  if (!P)
    return 0;
  return P->Value;
}

int bad_boost_expired(const boost::weak_ptr<Node> &W) {
  if (W.expired())
    return 0;
  return W.lock()->Value;
  // expected-warning@-1 {{the upgraded handle may be empty here: its object can be gone}}
  // expected-note@-2 {{upgraded from 'W' here}}
}

int bad_boost_noexcept(const boost::weak_ptr<Node> &W) noexcept {
  return boost::shared_ptr<Node>(W)->Value;
  // expected-warning@-1 {{this upgrade of 'W' throws if its object is gone, in a function that must not}}
}

// Qt.

int bad_qt_lock(const QWeakPointer<Node> &W) {
  return W.lock()->Value;
  // expected-warning@-1 {{the upgraded handle may be empty here: its object can be gone}}
  // expected-note@-2 {{upgraded from 'W' here}}
}

int bad_qt_strong_ref(const QWeakPointer<Node> &W) {
  auto P = W.toStrongRef();  // expected-note {{upgraded from 'W' here}}
  return P->Value;  // expected-warning {{'P' may be empty here: its object can be gone}}
}

int ok_qt_is_null(const QWeakPointer<Node> &W) {
  auto P = W.toStrongRef();
  if (P.isNull())
    return 0;
  return P->Value;
}

int ok_qt_bool(const QWeakPointer<Node> &W) {
  if (auto P = W.lock())
    return P->Value;
  return 0;
}

int ok_qt_data(const QWeakPointer<Node> &W) {
  auto P = W.toStrongRef();
  if (!P.data())
    return 0;
  return P->Value;
}

int ok_qt_assert(const QWeakPointer<Node> &W) {
  auto P = W.toStrongRef();
  Q_ASSERT(P);
  return P->Value;
}

int bad_qt_weak_tested(const QWeakPointer<Node> &W) {
  if (W.isNull())
    return 0;
  return W.toStrongRef()->Value;
  // expected-warning@-1 {{the upgraded handle may be empty here: its object can be gone}}
  // expected-note@-2 {{upgraded from 'W' here}}
}

// rusty.

using rusty::Arc;
using rusty::sync::Weak;

int bad_unwrap(const Weak<Node> &W) {
  return W.upgrade().unwrap()->Value;
  // expected-warning@-1 {{the upgraded handle may be empty here: its object can be gone}}
  // expected-note@-2 {{upgraded from 'W' here}}
}

int ok_unwrap(const Weak<Node> &W) {
  auto P = W.upgrade();
  if (P.is_none())
    return 0;
  return P.unwrap()->Value;
}

int bad_expect(const Weak<Node> &W) {
  auto P = W.upgrade();  // expected-note {{upgraded from 'W' here}}
  return P.expect("gone")->Value;
  // expected-warning@-1 {{'P' may be empty here: its object can be gone}}
}

int ok_expect(const Weak<Node> &W) {
  auto P = W.upgrade();
  if (!P.is_some())
    return 0;
  return P.expect("there")->Value;
}

int ok_option_bool(const Weak<Node> &W) {
  if (auto P = W.upgrade())
    return P.unwrap()->Value;
  return 0;
}

int ok_owner_in_scope(const Arc<Node> &Owner) {
  Weak<Node> W = rusty::sync::downgrade(Owner);
  return W.upgrade().unwrap()->Value;
}

// A weak handle of one's own, in the style of Rust.

template <class T> class Handle {
  std::weak_ptr<T> Inner;

public:
  explicit Handle(const std::shared_ptr<T> &P) : Inner(P) {}
  std::optional<std::shared_ptr<T>> upgrade() const {
    if (auto P = Inner.lock())
      return P;
    return std::nullopt;
  }
};

int bad_value(const Handle<Node> &H) {
  return H.upgrade().value()->Value;
  // expected-warning@-1 {{the upgraded handle may be empty here: its object can be gone}}
  // expected-note@-2 {{upgraded from 'H' here}}
}

int ok_value(const Handle<Node> &H) {
  auto P = H.upgrade();
  if (!P.has_value())
    return 0;
  return P.value()->Value;
}

int bad_optional_star(const Handle<Node> &H) {
  auto P = H.upgrade();  // expected-note {{upgraded from 'H' here}}
  return (*P)->Value;  // expected-warning {{'P' may be empty here: its object can be gone}}
}

int ok_optional_star(const Handle<Node> &H) {
  auto P = H.upgrade();
  if (P)
    return (*P)->Value;
  return 0;
}

int ok_optional_nullopt(const Handle<Node> &H) {
  auto P = H.upgrade();
  if (P == std::nullopt)
    return 0;
  return (*P)->Value;
}
