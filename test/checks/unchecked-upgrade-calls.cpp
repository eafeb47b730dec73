// RUN: %lint borrow-unchecked-upgrade

#include <algorithm>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

struct Node {
  int Value = 0;
  void touch() { ++Value; }
};

using Weak = std::weak_ptr<Node>;
using Strong = std::shared_ptr<Node>;

bool more();

// Callees that dereference what they get.

int read(const Strong &P) { return P->Value; }  // expected-note 2 {{used here, inside the callee}}
int readByValue(Strong P) { return P->Value; }  // expected-note 2 {{used here, inside the callee}}
int readRaw(const Node *N) { return N->Value; }  // expected-note {{used here, inside the callee}}
int readReference(const Node &N) { return N.Value; }
int readDeep(const Strong &P) { return read(P); }
int readIfThere(const Strong &P) { return P ? P->Value : 0; }
int readUnknown(const Strong &P);

int bad_callee(const Weak &W) {
  return read(W.lock());
  // expected-warning@-1 {{this call uses the upgraded handle, which may be empty}}
  // expected-note@-2 {{upgraded from 'W' here}}
}

int ok_callee(const Weak &W) {
  auto P = W.lock();
  return P ? read(P) : 0;
}

int bad_callee_stored(const Weak &W) {
  auto P = W.lock();  // expected-note {{upgraded from 'W' here}}
  return readByValue(P);  // expected-warning {{this call uses 'P', which may be empty}}
}

int bad_callee_moved(const Weak &W) {
  auto P = W.lock();  // expected-note {{upgraded from 'W' here}}
  return readByValue(std::move(P));  // expected-warning {{this call uses 'P', which may be empty}}
}

int ok_callee_checks(const Weak &W) { return readIfThere(W.lock()); }
int ok_unknown_callee(const Weak &W) { return readUnknown(W.lock()); }

int bad_two_levels(const Weak &W) {
  auto P = W.lock();  // expected-note {{upgraded from 'W' here}}
  return readDeep(P);  // expected-warning {{this call uses 'P', which may be empty}}
}

int ok_two_levels(const Weak &W) {
  auto P = W.lock();
  if (!P)
    return 0;
  return readDeep(P);
}

int bad_raw_callee(const Weak &W) {
  auto P = W.lock();  // expected-note {{upgraded from 'W' here}}
  return readRaw(P.get());  // expected-warning {{this call uses 'P', which may be empty}}
}

int bad_reference_callee(const Weak &W) {
  auto P = W.lock();  // expected-note {{upgraded from 'W' here}}
  return readReference(*P);  // expected-warning {{'P' may be empty here: its object can be gone}}
}

int ok_reference_callee(const Weak &W) {
  auto P = W.lock();
  return P ? readReference(*P) : 0;
}

// Helpers that upgrade, and helpers that test.

Strong find(const Weak &W) { return W.lock(); }
// expected-note@-1 {{upgraded here, inside the callee}}
Strong findOrMake(const Weak &W) {
  if (auto P = W.lock())
    return P;
  return std::make_shared<Node>();
}
bool present(const Strong &P) { return P != nullptr; }
bool absent(const Strong &P) { return !P; }
bool always(const Strong &) { return true; }

int bad_helper_upgrades(const Weak &W) {
  return find(W)->Value;
  // expected-warning@-1 {{the upgraded handle may be empty here: its object can be gone}}
  // expected-note@-2 {{upgraded here}}
}

int ok_helper_upgrades(const Weak &W) {
  auto P = find(W);
  return P ? P->Value : 0;
}

int ok_helper_makes(const Weak &W) { return findOrMake(W)->Value; }

int ok_helper_tests(const Weak &W) {
  auto P = W.lock();
  if (!present(P))
    return 0;
  return P->Value;
}

int ok_helper_tests_absence(const Weak &W) {
  auto P = W.lock();
  if (absent(P))
    return 0;
  return P->Value;
}

int bad_helper_tests_nothing(const Weak &W) {
  auto P = W.lock();  // expected-note {{upgraded from 'W' here}}
  if (!always(P))
    return 0;
  return P->Value;  // expected-warning {{'P' may be empty here: its object can be gone}}
}

void require(const Strong &P) {
  if (!P)
    throw 1;
}

int ok_helper_throws(const Weak &W) {
  auto P = W.lock();
  require(P);
  return P->Value;
}

// Members.

class View {
  Weak Model;
  Strong Pinned;

public:
  View(Weak M) : Model(std::move(M)), Pinned(Model.lock()) {}

  int bad_member() {
    return Model.lock()->Value;
    // expected-warning@-1 {{the upgraded handle may be empty here: its object can be gone}}
    // expected-note@-2 {{upgraded from 'Model' here}}
  }

  int ok_member() {
    auto P = Model.lock();
    return P ? P->Value : 0;
  }

  int bad_member_assigned() {
    Pinned = Model.lock();  // expected-note {{upgraded from 'Model' here}}
    return Pinned->Value;
    // expected-warning@-1 {{'Pinned' may be empty here: its object can be gone}}
  }

  int ok_member_assigned() {
    Pinned = Model.lock();
    if (!Pinned)
      return 0;
    return Pinned->Value;
  }
};

struct BadInitialiser {
  int Value;
  explicit BadInitialiser(const Weak &W) : Value(W.lock()->Value) {}
  // expected-warning@-1 {{the upgraded handle may be empty here: its object can be gone}}
  // expected-note@-2 {{upgraded from 'W' here}}
};

struct OkInitialiser {
  Strong Owner;
  int Value;
  explicit OkInitialiser(const Weak &W)
      : Owner(W.lock()), Value(Owner ? Owner->Value : 0) {}
};

// Lambdas and algorithm predicates.

std::function<void()> bad_lambda(const Weak &W) {
  return [W] { W.lock()->touch(); };
  // expected-warning@-1 {{the upgraded handle may be empty here: its object can be gone}}
  // expected-note@-2 {{upgraded from 'W' here}}
}

std::function<void()> ok_lambda(const Weak &W) {
  return [W] {
    if (auto P = W.lock())
      P->touch();
  };
}

int bad_captured_upgrade(const Weak &W) {
  auto P = W.lock();  // expected-note {{upgraded from 'W' here}}
  auto Read = [&P] { return P->Value; };  // expected-note {{used here, inside the callee}}
  return Read();  // expected-warning {{this call uses 'P', which may be empty}}
}

int ok_captured_upgrade(const Weak &W) {
  auto P = W.lock();
  if (!P)
    return 0;
  auto Read = [&P] { return P->Value; };
  return Read();
}

bool bad_predicate(const std::vector<Weak> &Ws) {
  return std::any_of(Ws.begin(), Ws.end(), [](const Weak &W) {
    return W.lock()->Value > 0;
    // expected-warning@-1 {{the upgraded handle may be empty here: its object can be gone}}
    // expected-note@-2 {{upgraded from 'W' here}}
  });
}

bool ok_predicate(const std::vector<Weak> &Ws) {
  return std::any_of(Ws.begin(), Ws.end(), [](const Weak &W) {
    auto P = W.lock();
    return P && P->Value > 0;
  });
}

void bad_comparator(std::vector<Weak> &Ws) {
  std::sort(Ws.begin(), Ws.end(), [](const Weak &A, const Weak &B) {
    auto P = A.lock();
    auto Q = B.lock();  // expected-note {{upgraded from 'B' here}}
    return P && P->Value < Q->Value;
    // expected-warning@-1 {{'Q' may be empty here: its object can be gone}}
  });
}

void ok_comparator(std::vector<Weak> &Ws) {
  std::sort(Ws.begin(), Ws.end(), [](const Weak &A, const Weak &B) {
    auto P = A.lock();
    auto Q = B.lock();
    return P && Q && P->Value < Q->Value;
  });
}

void ok_erase_expired(std::vector<Weak> &Ws) {
  std::erase_if(Ws, [](const Weak &W) { return W.expired(); });
}

// Predicates that ask for more than presence.

bool isReady(const Strong &P) { return P && P->Value > 0; }
bool isIdle(const Strong &P) { return !P || P->Value == 0; }
bool isEither(const Strong &P) { return P || more(); }

int ok_conjunction(const Weak &W) {
  auto P = W.lock();
  return isReady(P) ? P->Value : 0;
}
int ok_disjunction(const Weak &W) {
  auto P = W.lock();
  if (isIdle(P))
    return 0;
  return P->Value;
}
int bad_conjunction(const Weak &W) {
  auto P = W.lock();  // expected-note {{upgraded from 'W' here}}
  return isReady(P) ? 0 : P->Value;
  // expected-warning@-1 {{'P' may be empty here: its object can be gone}}
}
int bad_either(const Weak &W) {
  auto P = W.lock();  // expected-note {{upgraded from 'W' here}}
  return isEither(P) ? P->Value : 0;
  // expected-warning@-1 {{'P' may be empty here: its object can be gone}}
}
int takenOver(Strong &&P) { return P->Value; }  // expected-note {{used here, inside the callee}}
int bad_temporary(const Weak &W) { return takenOver(W.lock()); }
// expected-warning@-1 {{this call uses the upgraded handle, which may be empty}}
// expected-note@-2 {{upgraded from 'W' here}}

// A cast handle is empty if the handle is.
struct Special : Node {
  int Extra = 0;
};
int bad_cast(const Weak &W) {
  auto P = std::static_pointer_cast<Special>(W.lock());  // expected-note {{upgraded from 'W' here}}
  return P->Extra;  // expected-warning {{'P' may be empty here: its object can be gone}}
}
int bad_dynamic_cast(const Weak &W) {
  auto P = W.lock();  // expected-note {{upgraded from 'W' here}}
  auto Q = std::dynamic_pointer_cast<Special>(P);
  return Q->Extra;  // expected-warning {{'Q' may be empty here: its object can be gone}}
}
int ok_cast(const Weak &W) {
  auto P = W.lock();
  if (!P)
    return 0;
  auto Q = std::static_pointer_cast<Special>(P);
  return Q->Extra;
}
int ok_cast_checked(const Weak &W) {
  auto Q = std::dynamic_pointer_cast<Special>(W.lock());
  return Q ? Q->Extra : 0;
}
int ok_cast_known(const Weak &W) {
  auto P = W.lock();
  if (auto Q = std::dynamic_pointer_cast<Special>(P))
    return Q->Extra + P->Value;
  return 0;
}

// A callee that is given a copy says nothing of the handle, unless it insists.
long owners(Strong P) { return P.use_count(); }
void insist(Strong P) {
  if (!P)
    throw "gone";
}
int bad_copied(const Weak &W) {
  auto P = W.lock();  // expected-note {{upgraded from 'W' here}}
  owners(P);
  return P->Value;  // expected-warning {{'P' may be empty here: its object can be gone}}
}
int ok_required(const Weak &W) {
  auto P = W.lock();
  insist(P);
  return P->Value;
}
