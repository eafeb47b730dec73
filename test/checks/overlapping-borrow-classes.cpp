// RUN: %lint borrow-overlapping-borrow

// Constructors, destructors, operators and virtual calls that borrow.

#include <cell.h>
#include <functional>
#include <vector>

using app::RefCell;
using app::RefMut;

// Constructor initialisers: the guard is a member.

struct Session {
  RefMut<int> Guard;
  int Start;
  explicit Session(RefCell<int> &C) : Guard(C.borrow_mut()), Start(*Guard) {}
  // expected-note@-1 {{taken again here, inside the callee}}
};

void bad_member_guard(RefCell<int> &C) {
  Session A(C);  // expected-note {{first taken here}} expected-note {{kept by 'A'}}
  Session B(C);
  // expected-warning@-1 {{this call makes a mutable borrow of 'C' while it is already mutably borrowed}}
}

void ok_member_guard(RefCell<int> &C) {
  {
    Session A(C);
  }
  Session B(C);
}

struct BadInitialisers {
  RefMut<int> First;
  RefMut<int> Second;
  explicit BadInitialisers(RefCell<int> &C)
      : First(C.borrow_mut()), Second(C.borrow_mut())
      // expected-warning@-1 {{mutable borrow of 'C' while it is already mutably borrowed}}
      // expected-note@-2 {{first taken here}}
  {}
};

struct OkInitialisers {
  RefMut<int> First;
  RefMut<int> Second;
  OkInitialisers(RefCell<int> &C, RefCell<int> &D)
      : First(C.borrow_mut()), Second(D.borrow_mut()) {}
};

struct OkTemporaryInitialisers {
  int First;
  int Second;
  explicit OkTemporaryInitialisers(RefCell<int> &C)
      : First(*C.borrow_mut()), Second(*C.borrow_mut()) {}
};

struct BadBody {
  RefMut<int> Guard;
  explicit BadBody(RefCell<int> &C) : Guard(C.borrow_mut()) {  // expected-note {{first taken here}}
    *C.borrow_mut() = 1;
    // expected-warning@-1 {{mutable borrow of 'C' while it is already mutably borrowed}}
  }
};

struct OkBody {
  RefMut<int> Guard;
  explicit OkBody(RefCell<int> &C) : Guard(C.borrow_mut()) { *Guard = 1; }
};

RefCell<int> Shared;

struct BadDefaultInitialiser {
  RefMut<int> Guard = Shared.borrow_mut();  // expected-note {{first taken here}}
  BadDefaultInitialiser() {
    *Shared.borrow_mut() = 1;
    // expected-warning@-1 {{mutable borrow of 'Shared' while it is already mutably borrowed}}
  }
};

struct OkDefaultInitialiser {
  int Value = *Shared.borrow_mut();
  OkDefaultInitialiser() { *Shared.borrow_mut() = Value; }
};

// A constructor that borrows for its own time only.

struct Snapshot {
  int Value;
  explicit Snapshot(const RefCell<int> &C) : Value(*C.borrow()) {}
  // expected-note@-1 {{taken again here, inside the callee}}
};

int bad_constructor_borrows(RefCell<int> &C) {
  auto G = C.borrow_mut();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
  Snapshot S(C);
  // expected-warning@-1 {{this call makes a shared borrow of 'C' while it is already mutably borrowed}}
  return S.Value;
}

int ok_constructor_borrows(RefCell<int> &C) {
  Snapshot S(C);
  auto G = C.borrow_mut();
  return S.Value + *G;
}

// Destructors.

struct ResetOnExit {
  RefCell<int> &Cell;
  explicit ResetOnExit(RefCell<int> &C) : Cell(C) {}
  ~ResetOnExit() { *Cell.borrow_mut() = 0; }
  // expected-note@-1 3 {{taken again here, inside the callee}}
};

void bad_destructor(RefCell<int> &C) {
  auto G = C.borrow_mut();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
  // clang-format off
  { ResetOnExit R(C); }
  // expected-warning@-1 {{this call makes a mutable borrow of 'C' while it is already mutably borrowed}}
  // clang-format on
  *G = 1;
}

void ok_destructor(RefCell<int> &C) {
  ResetOnExit R(C);
  auto G = C.borrow_mut();
  *G = 1;
}

void bad_temporary_destructor(RefCell<int> &C) {
  auto G = C.borrow_mut();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
  ResetOnExit{C};
  // expected-warning@-1 {{this call makes a mutable borrow of 'C' while it is already mutably borrowed}}
  *G = 1;
}

void ok_temporary_destructor(RefCell<int> &C) {
  ResetOnExit{C};
  auto G = C.borrow_mut();
  *G = 1;
}

void bad_delete(RefCell<int> &C) {
  auto *R = new ResetOnExit(C);
  auto G = C.borrow_mut();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
  delete R;
  // expected-warning@-1 {{this call makes a mutable borrow of 'C' while it is already mutably borrowed}}
}

void ok_delete(RefCell<int> &C) {
  auto *R = new ResetOnExit(C);
  {
    auto G = C.borrow_mut();
  }
  delete R;
}

// A destructor's own body runs before its members' destructors.

struct BadFlush {
  RefCell<int> Cell;
  ~BadFlush() {
    auto G = Cell.borrow_mut();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
    *Cell.borrow_mut() = 0;
    // expected-warning@-1 {{mutable borrow of 'Cell' while it is already mutably borrowed}}
  }
};

struct OkFlush {
  RefCell<int> Cell;
  ~OkFlush() {
    auto G = Cell.borrow_mut();
    *G = 0;
  }
};

// Operators.

struct Counter {
  RefCell<int> Value;
  Counter &operator+=(int N) {
    *Value.borrow_mut() += N;  // expected-note {{taken again here, inside the callee}}
    return *this;
  }
  bool operator==(const Counter &O) const {
    return *Value.borrow() == *O.Value.borrow();
  }
  int operator()() const { return *Value.borrow(); }
  // expected-note@-1 {{taken again here, inside the callee}}
  int operator[](int N) const { return *Value.borrow() + N; }
};

void bad_operator(Counter &C) {
  auto G = C.Value.borrow();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
  C += *G;
  // expected-warning@-1 {{this call makes a mutable borrow of 'C.Value' while it is already borrowed}}
}

void ok_operator(Counter &C) {
  int N = *C.Value.borrow();
  C += N;
}

int bad_call_operator(Counter &C) {
  auto G = C.Value.borrow_mut();
  // expected-note@-1 {{first taken here}}
  // expected-note@-2 {{kept by 'G'}}
  return C() + 1;
  // expected-warning@-1 {{this call makes a shared borrow of 'C.Value' while it is already mutably borrowed}}
}

int ok_call_operator(Counter &C) {
  auto G = C.Value.borrow();
  return C() + C[1] + *G;
}

bool ok_compare_with_itself(Counter &C) { return C == C; }

// Virtual calls: only with one certain target.

struct Shape {
  RefCell<int> Area;
  virtual ~Shape() = default;
  virtual void update() { *Area.borrow_mut() = 0; }
  // expected-note@-1 2 {{taken again here, inside the callee}}
};

struct Square final : Shape {
  void update() override { *Area.borrow_mut() = 4; }
  // expected-note@-1 {{taken again here, inside the callee}}
};

void bad_final_class(Square &S) {
  auto G = S.Area.borrow();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
  S.update();
  // expected-warning@-1 {{this call makes a mutable borrow of 'S.Area' while it is already borrowed}}
}

void bad_qualified_call(Shape &S) {
  auto G = S.Area.borrow();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
  S.Shape::update();
  // expected-warning@-1 {{this call makes a mutable borrow of 'S.Area' while it is already borrowed}}
}

void bad_known_object() {
  Shape S;
  auto G = S.Area.borrow();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
  S.update();
  // expected-warning@-1 {{this call makes a mutable borrow of 'S.Area' while it is already borrowed}}
}

void ok_any_override(Shape &S) {
  auto G = S.Area.borrow();
  S.update();
}

void ok_final_class(Square &S) {
  {
    auto G = S.Area.borrow();
  }
  S.update();
}
