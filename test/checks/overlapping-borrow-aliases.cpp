// RUN: %lint borrow-overlapping-borrow

#include <array>
#include <cell.h>
#include <functional>
#include <memory>
#include <rusty/rusty.hpp>
#include <vector>

using app::RefCell;
using Cell = RefCell<int>;

// Shared owners: a copy denotes the same cell, a new one does not.

int bad_shared_copy() {
  auto A = std::make_shared<Cell>(1);
  auto B = A;
  auto X = A->borrow_mut();  // expected-note {{first taken here}} expected-note {{kept by 'X'}}
  auto Y = B->borrow_mut();
  // expected-warning@-1 {{mutable borrow of '*A' while it is already mutably borrowed}}
  return *X + *Y;
}

int ok_shared_other() {
  auto A = std::make_shared<Cell>(1);
  auto B = std::make_shared<Cell>(1);
  auto X = A->borrow_mut();
  auto Y = B->borrow_mut();
  return *X + *Y;
}

int ok_shared_reassigned() {
  auto A = std::make_shared<Cell>(1);
  auto B = A;
  auto X = A->borrow_mut();
  B = std::make_shared<Cell>(2);
  auto Y = B->borrow_mut();
  return *X + *Y;
}

// A handle that gets another value is not followed.
int fn_shared_assigned() {
  auto A = std::make_shared<Cell>(1);
  auto B = std::make_shared<Cell>(2);
  B = A;
  auto X = A->borrow_mut();
  auto Y = B->borrow_mut();
  return *X + *Y;
}

int ok_shared_parameters(std::shared_ptr<Cell> A, std::shared_ptr<Cell> B) {
  auto X = A->borrow_mut();
  auto Y = B->borrow_mut();
  return *X + *Y;
}

int bad_clone(const rusty::Rc<rusty::RefCell<int>> &A) {
  auto B = A.clone();
  auto X = A->borrow_mut();  // expected-note {{first taken here}} expected-note {{kept by 'X'}}
  auto Y = B->borrow_mut();
  // expected-warning@-1 {{mutable borrow of '*A' while it is already mutably borrowed}}
  return *X + *Y;
}

int ok_clone(const rusty::Rc<rusty::RefCell<int>> &A) {
  auto B = A.clone();
  {
    auto X = A->borrow_mut();
  }
  auto Y = B->borrow_mut();
  return *Y;
}

// References and pointers.

void bad_reference(Cell &C) {
  Cell &R = C;
  auto A = R.borrow();  // expected-note {{first taken here}} expected-note {{kept by 'A'}}
  *C.borrow_mut() = *A;  // expected-warning {{mutable borrow of 'C' while it is already borrowed}}
}

void bad_pointer(Cell &C) {
  Cell *P = &C;
  auto A = C.borrow();  // expected-note {{first taken here}} expected-note {{kept by 'A'}}
  *P->borrow_mut() = *A;  // expected-warning {{mutable borrow of 'C' while it is already borrowed}}
}

void ok_pointer_reassigned(Cell &C, Cell &D) {
  Cell *P = &C;
  auto A = P->borrow();
  P = &D;
  *P->borrow_mut() = *A;
}

void fn_pointer_reassigned_back(Cell &C, Cell &D) {
  Cell *P = &D;
  auto A = C.borrow();
  P = &C;
  *P->borrow_mut() = *A;
}

void bad_dereferenced(Cell *P) {
  auto A = P->borrow();  // expected-note {{first taken here}} expected-note {{kept by 'A'}}
  *(*P).borrow_mut() = *A;
  // expected-warning@-1 {{mutable borrow of '*P' while it is already borrowed}}
}

void bad_reference_wrapper(Cell &C) {
  auto R = std::ref(C);
  auto A = C.borrow();  // expected-note {{first taken here}} expected-note {{kept by 'A'}}
  *R.get().borrow_mut() = *A;
  // expected-warning@-1 {{mutable borrow of 'C' while it is already borrowed}}
}

void ok_reference_wrapper(Cell &C, Cell &D) {
  auto R = std::ref(C);
  auto A = D.borrow();
  *R.get().borrow_mut() = *A;
}

void bad_as_const(Cell &C) {
  auto A = std::as_const(C).borrow();
  // expected-note@-1 {{first taken here}}
  // expected-note@-2 {{kept by 'A'}}
  *C.borrow_mut() = *A;  // expected-warning {{mutable borrow of 'C' while it is already borrowed}}
}

void bad_unique(std::unique_ptr<Cell> P) {
  auto A = P->borrow();  // expected-note {{first taken here}} expected-note {{kept by 'A'}}
  *P.get()->borrow_mut() = *A;
  // expected-warning@-1 {{mutable borrow of '*P' while it is already borrowed}}
}

void ok_two_uniques(std::unique_ptr<Cell> P, std::unique_ptr<Cell> Q) {
  auto A = P->borrow();
  *Q->borrow_mut() = *A;
}

// Members to any depth, globals, accessors.

struct Leaf {
  Cell Value;
};
struct Branch {
  Leaf Left, Right;
};
struct Root {
  Branch Inner;
  std::shared_ptr<Branch> Far;
  Leaf &left() { return Inner.Left; }
  Leaf &right() { return Inner.Right; }
  Cell &value() { return Inner.Left.Value; }
};

void bad_deep_member(Root &R) {
  auto A = R.Inner.Left.Value.borrow();
  // expected-note@-1 {{first taken here}}
  // expected-note@-2 {{kept by 'A'}}
  *R.Inner.Left.Value.borrow_mut() = *A;
  // expected-warning@-1 {{mutable borrow of 'R.Inner.Left.Value' while it is already borrowed}}
}

void ok_deep_sibling(Root &R) {
  auto A = R.Inner.Left.Value.borrow();
  *R.Inner.Right.Value.borrow_mut() = *A;
}

void bad_through_shared_member(Root &R) {
  auto A = R.Far->Left.Value.borrow();
  // expected-note@-1 {{first taken here}}
  // expected-note@-2 {{kept by 'A'}}
  *R.Far->Left.Value.borrow_mut() = *A;
  // expected-warning@-1 {{mutable borrow of 'R.Far->Left.Value' while it is already borrowed}}
}

void ok_near_and_far(Root &R) {
  auto A = R.Inner.Left.Value.borrow();
  *R.Far->Left.Value.borrow_mut() = *A;
}

void bad_accessor(Root &R) {
  auto A = R.left().Value.borrow();
  // expected-note@-1 {{first taken here}}
  // expected-note@-2 {{kept by 'A'}}
  *R.value().borrow_mut() = *A;
  // expected-warning@-1 {{mutable borrow of 'R.Inner.Left.Value' while it is already borrowed}}
}

void ok_accessor(Root &R) {
  auto A = R.left().Value.borrow();
  *R.right().Value.borrow_mut() = *A;
}

Cell Global;
Cell OtherGlobal;

void bad_global() {
  auto A = Global.borrow();  // expected-note {{first taken here}} expected-note {{kept by 'A'}}
  *Global.borrow_mut() = *A;
  // expected-warning@-1 {{mutable borrow of 'Global' while it is already borrowed}}
}

void ok_global() {
  auto A = Global.borrow();
  *OtherGlobal.borrow_mut() = *A;
}

// Structured bindings and elements.

void bad_binding(Branch &B) {
  auto &[Left, Right] = B;
  auto A = Left.Value.borrow();  // expected-note {{first taken here}} expected-note {{kept by 'A'}}
  *B.Left.Value.borrow_mut() = *A;
  // expected-warning@-1 {{mutable borrow of 'B.Left.Value' while it is already borrowed}}
}

void ok_binding(Branch &B) {
  auto &[Left, Right] = B;
  auto A = Left.Value.borrow();
  *B.Right.Value.borrow_mut() = *A;
}

void bad_constant_index(Cell (&Cs)[2]) {
  auto A = Cs[0].borrow();  // expected-note {{first taken here}} expected-note {{kept by 'A'}}
  *Cs[0].borrow_mut() = *A;
  // expected-warning@-1 {{mutable borrow of 'Cs[0]' while it is already borrowed}}
}

void ok_constant_indices(Cell (&Cs)[2]) {
  auto A = Cs[0].borrow_mut();
  auto B = Cs[1].borrow_mut();
  *A = *B;
}

void ok_std_array_indices(std::array<Cell, 2> &Cs) {
  auto A = Cs[0].borrow_mut();
  auto B = Cs[1].borrow_mut();
  *A = *B;
}

void ok_unknown_indices(std::vector<Cell> &Cs, int I, int J) {
  auto A = Cs[I].borrow_mut();
  auto B = Cs[J].borrow_mut();
  *A = *B;
}

void bad_same_index(std::vector<Cell> &Cs, int I) {
  auto A = Cs[I].borrow();  // expected-note {{first taken here}} expected-note {{kept by 'A'}}
  *Cs[I].borrow_mut() = *A;
  // expected-warning@-1 {{mutable borrow of 'Cs[I]' while it is already borrowed}}
}

void ok_index_changed(std::vector<Cell> &Cs, int I) {
  auto A = Cs[I].borrow();
  ++I;
  *Cs[I].borrow_mut() = *A;
}

// Members that the constructor gives the same cell.

using Book = std::shared_ptr<RefCell<int>>;

class Audit {
public:
  explicit Audit(Book B) : Kept(std::move(B)) {}
  void note() { *Kept->borrow_mut() = 0; }
  // expected-note@-1 2 {{taken again here, inside the callee}}

private:
  Book Kept;
};
class Teller {
public:
  Teller() : Own(std::make_shared<RefCell<int>>(0)), Log(Own) {}
  void bad_pay() {
    auto G = Own->borrow_mut();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
    Log.note();
    // expected-warning@-1 {{this call makes a mutable borrow of '*Own' while it is already mutably borrowed}}
    *G = 1;
  }
  void ok_pay() {
    {
      auto G = Own->borrow_mut();
      *G = 1;
    }
    Log.note();
  }
  const Audit &log() const { return Log; }

private:
  Book Own;
  Audit Log;
};
class GivenBoth {
public:
  explicit GivenBoth(const Book &B) : Log(B), Own(B) {}
  void bad_pay() {
    auto G = Own->borrow_mut();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
    Log.note();
    // expected-warning@-1 {{this call makes a mutable borrow of '*Own' while it is already mutably borrowed}}
    *G = 1;
  }

private:
  Audit Log;
  Book Own;
};
// Another one may be put in.
class Replaced {
public:
  explicit Replaced(Book B) : Own(B), Log(B) {}
  void turn(Book B) { Own = std::move(B); }
  void ok_pay() {
    auto G = Own->borrow_mut();
    Log.note();
    *G = 1;
  }

private:
  Book Own;
  Audit Log;
};
class Renewed {
public:
  explicit Renewed(Book B) : Own(B), Log(B) {}
  void turn(Book B) { Log = Audit(std::move(B)); }
  void ok_pay() {
    auto G = Own->borrow_mut();
    Log.note();
    *G = 1;
  }

private:
  Book Own;
  Audit Log;
};
class TwoWays {
public:
  TwoWays() : Own(std::make_shared<RefCell<int>>(0)), Log(Own) {}
  explicit TwoWays(Book B) : Own(std::make_shared<RefCell<int>>(0)), Log(B) {}
  void ok_pay() {
    auto G = Own->borrow_mut();
    Log.note();
    *G = 1;
  }

private:
  Book Own;
  Audit Log;
};
// A part that refers to the cell beside it.
class Cursor {
public:
  explicit Cursor(RefCell<int> &C) : C(C) {}
  int at() const { return *C.borrow(); }  // expected-note {{taken again here, inside the callee}}

private:
  RefCell<int> &C;
};
class Page {
public:
  Page() : Cell(0), Other(0), Here(Cell), There(Other) {}
  int bad_move() {
    auto G = Cell.borrow_mut();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
    *G = Here.at();
    // expected-warning@-1 {{this call makes a shared borrow of 'Cell' while it is already mutably borrowed}}
    return *G;
  }
  int ok_move() {
    auto G = Cell.borrow_mut();
    *G = There.at();
    return *G;
  }

private:
  RefCell<int> Cell, Other;
  Cursor Here, There;
};
