// RUN: %lint borrow-overlapping-borrow

#include <cell.h>
#include <vector>

using app::RefCell;

int bad_two_writers(RefCell<int> &C) {
  auto A = C.borrow_mut();  // expected-note {{first taken here}} expected-note {{kept by 'A'}}
  auto B = C.borrow_mut();
  // expected-warning@-1 {{mutable borrow of 'C' while it is already mutably borrowed}}
  *A = 1;
  *B = 2;
  return *A;
}

int ok_two_writers(RefCell<int> &C) {
  {
    auto A = C.borrow_mut();
    *A = 1;
  }
  auto B = C.borrow_mut();
  *B = 2;
  return *B;
}

int bad_two_writers_of_a_local() {
  RefCell<int> C(1);
  auto A = C.borrow_mut();  // expected-note {{first taken here}} expected-note {{kept by 'A'}}
  auto B = C.borrow_mut();
  // expected-warning@-1 {{mutable borrow of 'C' while it is already mutably borrowed}}
  return *A + *B;
}

int ok_two_writers_of_two_locals() {
  RefCell<int> C(1), D(1);
  auto A = C.borrow_mut();
  auto B = D.borrow_mut();
  return *A + *B;
}

int bad_reader_then_writer(RefCell<int> &C) {
  auto A = C.borrow();  // expected-note {{first taken here}} expected-note {{kept by 'A'}}
  auto B = C.borrow_mut();
  // expected-warning@-1 {{mutable borrow of 'C' while it is already borrowed}}
  *B = 2;
  return *A;
}

int bad_writer_then_reader(RefCell<int> &C) {
  auto A = C.borrow_mut();  // expected-note {{first taken here}} expected-note {{kept by 'A'}}
  auto B = C.borrow();
  // expected-warning@-1 {{shared borrow of 'C' while it is already mutably borrowed}}
  *A = 2;
  return *B;
}

int ok_two_readers(RefCell<int> &C) {
  auto A = C.borrow();
  auto B = C.borrow();
  return *A + *B;
}

int ok_readers_then_writer(RefCell<int> &C) {
  int Sum;
  {
    auto A = C.borrow();
    auto B = C.borrow();
    Sum = *A + *B;
  }
  *C.borrow_mut() = Sum;
  return Sum;
}

int bad_inner_scope(RefCell<int> &C, bool K) {
  auto A = C.borrow_mut();  // expected-note {{first taken here}} expected-note {{kept by 'A'}}
  if (K) {
    auto B = C.borrow_mut();
    // expected-warning@-1 {{mutable borrow of 'C' while it is already mutably borrowed}}
    *B = 2;
  }
  return *A;
}

int ok_inner_scope(RefCell<int> &C, bool K) {
  if (K) {
    auto B = C.borrow_mut();
    *B = 2;
  }
  auto A = C.borrow_mut();
  return *A;
}

int add(const int &A, int &B) { return A + B; }

int bad_same_full_expression(RefCell<int> &C) {
  return add(*C.borrow(), *C.borrow_mut());
  // expected-warning@-1 {{mutable borrow of 'C' while it is already borrowed}}
  // expected-note@-2 {{first taken here}}
  // expected-note@-3 {{kept by a temporary until the end of the full expression}}
}

int ok_same_full_expression(RefCell<int> &C) {
  int Copy = *C.borrow();
  return add(Copy, *C.borrow_mut());
}

int ok_same_full_expression_readers(RefCell<int> &C) {
  return *C.borrow() + *C.borrow();
}

int ok_one_statement_each(RefCell<int> &C) {
  *C.borrow_mut() = 1;
  *C.borrow_mut() += 1;
  return *C.borrow();
}

void bad_assign_through_both(RefCell<int> &C) {
  *C.borrow_mut() = *C.borrow();
  // expected-warning@-1 {{mutable borrow of 'C' while it is already borrowed}}
  // expected-note@-2 {{first taken here}}
  // expected-note@-3 {{kept by a temporary until the end of the full expression}}
}

void ok_assign_through_copy(RefCell<int> &C) {
  int Old = *C.borrow();
  *C.borrow_mut() = Old + 1;
}

void bad_range_for(RefCell<std::vector<int>> &C) {
  auto G = C.borrow();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
  for (int I : *G)
    C.borrow_mut()->push_back(I);
    // expected-warning@-1 {{mutable borrow of 'C' while it is already borrowed}}
}

void ok_range_for(RefCell<std::vector<int>> &C) {
  std::vector<int> Copy = *C.borrow();
  for (int I : Copy)
    C.borrow_mut()->push_back(I);
}

void bad_if_initialiser(RefCell<int> &C) {
  if (auto G = C.borrow(); *G > 0) {
  // expected-note@-1 {{first taken here}}
  // expected-note@-2 {{kept by 'G'}}
    *C.borrow_mut() = 0;  // expected-warning {{mutable borrow of 'C' while it is already borrowed}}
  }
}

void ok_if_condition(RefCell<int> &C) {
  if (*C.borrow() > 0) {
    *C.borrow_mut() = 0;
  }
}

// try_borrow succeeded: from here on the loan is there.

void bad_after_successful_try(RefCell<int> &C) {
  if (auto A = C.try_borrow_mut()) {
  // expected-note@-1 {{first taken here}}
  // expected-note@-2 {{kept by 'A'}}
    auto B = C.borrow_mut();
    // expected-warning@-1 {{mutable borrow of 'C' while it is already mutably borrowed}}
    **A = *B;
  }
}

void ok_after_successful_try(RefCell<int> &C) {
  if (auto A = C.try_borrow_mut())
    **A = 1;
  auto B = C.borrow_mut();
  *B = 2;
}

void bad_after_try_and_early_return(RefCell<int> &C) {
  auto A = C.try_borrow_mut();  // expected-note {{first taken here}} expected-note {{kept by 'A'}}
  if (!A)
    return;
  *C.borrow_mut() = **A;
  // expected-warning@-1 {{mutable borrow of 'C' while it is already mutably borrowed}}
}

void ok_after_try_and_early_return(RefCell<int> &C) {
  auto A = C.try_borrow_mut();
  if (!A)
    return;
  int V = **A;
  A.reset();
  *C.borrow_mut() = V;
}

// A second try does not abort: it says no, and is looked at.
int ok_try_while_borrowed(RefCell<int> &C) {
  auto A = C.borrow_mut();
  if (auto B = C.try_borrow_mut())
    return **B;
  return *A;
}

// Members: the same field of one object, two fields, two objects.

struct Account {
  RefCell<int> Balance;
  RefCell<std::vector<int>> History;
};

void bad_same_field(Account &A) {
  auto Now = A.Balance.borrow();
  // expected-note@-1 {{first taken here}}
  // expected-note@-2 {{kept by 'Now'}}
  auto New = A.Balance.borrow_mut();
  // expected-warning@-1 {{mutable borrow of 'A.Balance' while it is already borrowed}}
  *New = *Now + 1;
}

void ok_two_fields(Account &A) {
  auto Now = A.Balance.borrow();
  auto New = A.History.borrow_mut();
  New->push_back(*Now);
}

void ok_two_objects(Account &From, Account &To) {
  auto A = From.Balance.borrow_mut();
  auto B = To.Balance.borrow_mut();
  *B += *A;
  *A = 0;
}

// Shadowing: two variables of one name are two variables.

void bad_shadowed_guard(RefCell<int> &C, RefCell<int> &D) {
  auto G = C.borrow_mut();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
  {
    auto G = D.borrow_mut();
    *G = 1;
    *C.borrow_mut() = 2;
    // expected-warning@-1 {{mutable borrow of 'C' while it is already mutably borrowed}}
  }
  *G = 3;
}

void ok_shadowed_cell(RefCell<int> &C) {
  auto G = C.borrow_mut();
  {
    RefCell<int> C(2);
    *C.borrow_mut() = 3;
  }
  *G = 1;
}
