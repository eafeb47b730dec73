// RUN: %lint borrow-double-owner

#include <boost/smart_ptr.hpp>
#include <memory>
#include <utility>
#include <vector>

struct Node {
  int Value = 0;
};

using Shared = std::shared_ptr<Node>;
using Unique = std::unique_ptr<Node>;

Node *next();
bool more();
void take(Unique P);
void take(Shared P);

void bad_twice() {
  Node *P = new Node;
  Shared A(P);  // expected-note {{the first owner is made here}}
  Shared B(P);  // expected-warning {{a second owner is made of the object that 'P' points to}}
}

void ok_twice() {
  Node *P = new Node;
  Shared A(P);
  Shared B(A);
}

void bad_sharedAndUnique() {
  Node *P = new Node;
  take(Unique(P));  // expected-note {{the first owner is made here}}
  take(Shared(P));  // expected-warning {{a second owner is made of the object that 'P' points to}}
}

void bad_alias() {
  Node *P = new Node;
  Node *Q = P;
  Shared A(P), B(Q);
  // expected-warning@-1 {{a second owner is made of the object that 'P' points to}}
  // expected-note@-2 {{the first owner is made here}}
}

void ok_reassigned() {
  Node *P = new Node;
  Shared A(P);
  P = new Node;
  Shared B(P);
}

// Handles of one object.

void bad_get(const Shared &S) {
  take(Shared(S.get()));  // expected-warning {{a second owner is made of the object that 'S' owns}}
}

void ok_get(const Shared &S) {
  take(S);
}

void bad_getThroughVariable(const Shared &S) {
  Node *P = S.get();
  Unique U(P);  // expected-warning {{a second owner is made of the object that 'S' owns}}
}

void ok_releasedAfter(Unique U) {
  Shared S(U.get());
  U.release();
}

void ok_release(Unique U) {
  Shared S(U.release());
}

void ok_releasedBetween() {
  Node *P = new Node;
  Unique U(P);
  U.release();
  Shared S(P);
}

void ok_aliasing(const Shared &S) {
  std::shared_ptr<int> A(S, &S->Value), B(S, &S->Value);
}

// Deleters.

struct Keep {
  void operator()(Node *) const {}
};

void ok_deleter(Node *P) {
  Shared A(P, [](Node *) {}), B(P, Keep());
  std::unique_ptr<Node, Keep> U(P), V(P);
}

void ok_intrusive(Node *P) {
  boost::intrusive_ptr<Node> A(P), B(P);
}

void bad_boost(Node *P) {
  boost::shared_ptr<Node> A(P);  // expected-note {{the first owner is made here}}
  boost::shared_ptr<Node> B(P);
  // expected-warning@-1 {{a second owner is made of the object that 'P' points to}}
}

// reset().

void bad_reset(Shared &A, Shared &B) {
  Node *P = next();
  A.reset(P);  // expected-note {{the first owner is made here}}
  if (!B)
    B.reset(P);  // expected-warning {{a second owner is made of the object that 'P' points to}}
}

void ok_reset(Shared &A, Shared &B) {
  Node *P = next();
  A.reset(P);
  if (!B)
    B = A;
}

// Paths.

void ok_branches(Node *P, bool First, Shared &A, Unique &B) {
  if (First)
    A.reset(P);
  else
    B.reset(P);
}

void ok_sameCondition(Node *P, bool First, Shared &A, Unique &B) {
  if (First)
    A.reset(P);
  more();
  if (!First)
    B.reset(P);
}

void bad_loop(Node *P, Shared (&All)[4]) {
  for (int I = 0; I < 4; ++I)
    All[I].reset(P);
    // expected-warning@-1 {{a second owner is made of the object that 'P' points to}}
    // expected-note@-2 {{made here in an earlier round of the loop}}
}

void ok_loop(Shared (&All)[4]) {
  for (int I = 0; I < 4; ++I) {
    Node *P = next();
    All[I].reset(P);
  }
}

void ok_loopOverPointers(const std::vector<Node *> &All) {
  for (Node *P : All)
    take(Shared(P));
}

void ok_earlyReturn(Node *P, Shared &A, Unique &B) {
  if (more()) {
    A.reset(P);
    return;
  }
  B.reset(P);
}

void bad_exception(Node *P, Shared &A, Shared &B) {
  try {
    A.reset(P);  // expected-note {{the first owner is made here}}
    more();
  } catch (...) {
    B.reset(P);  // expected-warning {{a second owner is made of the object that 'P' points to}}
  }
}

void ok_shadowed(Node *P) {
  Shared A(P);
  {
    Node *P = next();
    Shared B(P);
  }
}

// `this`.

class Session : public std::enable_shared_from_this<Session> {
public:
  void bad_this() {
    take(std::shared_ptr<Session>(this));
    // expected-warning@-1 {{a second owner is made of 'this', which its class shares through handles already}}
  }
  void ok_this() {
    take(shared_from_this());
  }
  void ok_deleterOfThis() {
    take(std::shared_ptr<Session>(this, [](Session *) {}));
  }
  void take(std::shared_ptr<Session> S);
};

class Plain {
public:
  void share() {
    Self.reset(this);  // expected-note 2 {{made here, inside the callee}}
  }

private:
  std::shared_ptr<Plain> Self;
};

void ok_ownsItself() {
  Plain *P = new Plain;
  P->share();
}

void bad_ownedAlready() {
  auto P = std::make_shared<Plain>();
  P->share();  // expected-warning {{a second owner is made of the object that 'P' owns}}
}

void bad_onTheStack() {
  Plain P;
  P.share();
  // expected-warning@-1 {{an owner is made of 'P', which ends with its scope or with the object around it}}
}

// Callees, members, lambdas, templates, macros.

class Scene {
public:
  explicit Scene(Node *N) : First(N) {}  // expected-note 2 {{made here, inside the callee}}
  void add(Node *N) {
    Unique Owner(N);  // expected-note 2 {{made here, inside the callee}}
    All.push_back(std::move(Owner));
  }

private:
  Unique First;
  std::vector<Unique> All;
};

void bad_callee(Scene &S) {
  Node *P = next();
  S.add(P);  // expected-note {{the first owner is made here}}
  S.add(P);  // expected-warning {{a second owner is made of the object that 'P' points to}}
}

void ok_callee(Scene &S) {
  S.add(next());
  S.add(next());
}

void bad_constructor(Node *P) {
  Scene A(P);  // expected-note {{the first owner is made here}}
  Scene B(P);  // expected-warning {{a second owner is made of the object that 'P' points to}}
}

struct Pair {
  Shared A, B;
};

struct BadPair {
  explicit BadPair(Node *P)
      : A(P),  // expected-note {{the first owner is made here}}
        B(P) {}  // expected-warning {{a second owner is made of the object that 'P' points to}}
  Shared A, B;
};

struct OkPair {
  explicit OkPair(Node *P) : A(P), B(A) {}
  Shared A, B;
};

void bad_lambda() {
  auto Own = [](Node *P) {
    Shared A(P);  // expected-note {{the first owner is made here}}
    Shared B(P);  // expected-warning {{a second owner is made of the object that 'P' points to}}
  };
  Own(next());
}

template <typename T> void bad_template(T *P) {
  std::shared_ptr<T> A(P);  // expected-note {{the first owner is made here}}
  std::shared_ptr<T> B(P);
  // expected-warning@-1 {{a second owner is made of the object that 'P' points to}}
}
template void bad_template(int *);
template void bad_template(Node *);

#define OWN(P) Shared(P)  // expected-note {{expanded from macro 'OWN'}}
void bad_macro(Node *P) {
  take(OWN(P));  // expected-note {{the first owner is made here}}
  take(OWN(P));  // expected-warning {{a second owner is made of the object that 'P' points to}}
}

class Holder {
public:
  void refill();
  void ok_refilled() {
    A.reset(Raw);
    refill();
    B.reset(Raw);
  }
  void bad_member() {
    A.reset(Raw);  // expected-note {{the first owner is made here}}
    B.reset(Raw);  // expected-warning {{a second owner is made of the object that 'Raw' points to}}
  }

private:
  Node *Raw = nullptr;
  Shared A, B;
};

// Handles that go into a container, or by value, as soon as they are made.

struct Window {
  void enlist(std::vector<std::shared_ptr<Window>> &To) {
    To.push_back(std::shared_ptr<Window>(this));  // expected-note {{made here, inside the callee}}
  }
};
void bad_enlisted(std::vector<std::shared_ptr<Window>> &All) {
  auto W = std::make_shared<Window>();
  W->enlist(All);  // expected-warning {{a second owner is made of the object that 'W' owns}}
}

class Owners {
public:
  void own(Node *N) { All.push_back(Shared(N)); }  // expected-note {{made here, inside the callee}}
  void bad_ownedTwice() {
    Node *N = next();
    own(N);  // expected-note {{the first owner is made here}}
    First = Shared(N);
    // expected-warning@-1 {{a second owner is made of the object that 'N' points to}}
  }
  void ok_ownedOnce() {
    Node *N = next();
    own(N);
    First = All.back();
  }

private:
  std::vector<Shared> All;
  Shared First;
};

void bad_assignedInLoop(std::vector<Shared> &All) {
  Node *N = next();
  for (Shared &S : All)
    S = Shared(N);
    // expected-warning@-1 {{a second owner is made of the object that 'N' points to}}
    // expected-note@-2 {{made here in an earlier round of the loop}}
}

void ok_assignedInLoop(std::vector<Shared> &All) {
  for (Shared &S : All) {
    Node *N = next();
    S = Shared(N);
  }
}

// A handle of the project's own: one that begins a count for each raw pointer,
// and one that counts in the object.

template <class T> class Rc {
  T *P;
  int *Count;

public:
  explicit Rc(T *Raw) : P(Raw), Count(new int(1)) {}
  Rc(const Rc &O) : P(O.P), Count(O.Count) { ++*Count; }
  ~Rc() {
    if (--*Count == 0) {
      delete P;
      delete Count;
    }
  }
  T *operator->() const { return P; }
};

template <class T> class InObject {
  T *P;

public:
  explicit InObject(T *Raw) : P(Raw) { ++P->Count; }
  InObject(const InObject &O) : P(O.P) { ++P->Count; }
  ~InObject() {
    if (--P->Count == 0)
      delete P;
  }
  T *operator->() const { return P; }
};

struct Image {
  int Count = 0;
};

void bad_counted(Image *P) {
  Rc<Image> A(P);  // expected-note {{the first owner is made here}}
  Rc<Image> B(P);  // expected-warning {{a second owner is made of the object that 'P' points to}}
}

void ok_counted(Image *P) {
  Rc<Image> A(P);
  Rc<Image> B(A);
}

void ok_inObject(Image *P) {
  InObject<Image> A(P);
  InObject<Image> B(P);
}
