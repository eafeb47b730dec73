// RUN: %lint borrow-overlapping-borrow

#include <cell.h>
#include <functional>
#include <vector>

using app::RefCell;
using app::RefMut;

using List = RefCell<std::vector<int>>;

// One, two, three levels down; free functions.

void append(List &L, int V) { L.borrow_mut()->push_back(V); }
// expected-note@-1 4 {{taken again here, inside the callee}}
void appendTwice(List &L, int V) {
  append(L, V);
  append(L, V);
}
void fill(List &L) { appendTwice(L, 1); }
bool isEmpty(const List &L) { return L.borrow()->empty(); }
bool mayAppend(List &L) { return isEmpty(L); }

void bad_callee(List &L) {
  auto G = L.borrow();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
  append(L, G->front());
  // expected-warning@-1 {{this call makes a mutable borrow of 'L' while it is already borrowed}}
}

void ok_callee(List &L) {
  int V = L.borrow()->front();
  append(L, V);
}

void bad_two_levels(List &L) {
  auto G = L.borrow();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
  appendTwice(L, G->front());
  // expected-warning@-1 {{this call makes a mutable borrow of 'L' while it is already borrowed}}
}

void ok_two_levels(List &L, List &Other) {
  auto G = L.borrow();
  appendTwice(Other, G->front());
}

void bad_three_levels(List &L) {
  auto G = L.borrow_mut();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
  fill(L);
  // expected-warning@-1 {{this call makes a mutable borrow of 'L' while it is already mutably borrowed}}
}

void ok_three_levels(List &L) {
  auto G = L.borrow();
  if (mayAppend(L))
    return;
}

void bad_argument_guard(List &L) {
  append(L, L.borrow()->front());
  // expected-warning@-1 {{this call makes a mutable borrow of 'L' while it is already borrowed}}
  // expected-note@-2 {{first taken here}}
  // expected-note@-3 {{kept by a temporary until the end of the full expression}}
}

// A callee that returns early on one path still borrows on the other.

void normalise(List &L) {
  if (L.borrow()->empty())
    return;
  L.borrow_mut()->pop_back();  // expected-note {{taken again here, inside the callee}}
}

void bad_callee_on_one_path(List &L) {
  auto G = L.borrow();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
  normalise(L);
  // expected-warning@-1 {{this call makes a mutable borrow of 'L' while it is already borrowed}}
}

void ok_callee_on_one_path(List &L) {
  {
    auto G = L.borrow();
  }
  normalise(L);
}

// Members of this.

class Inventory {
  List Items;
  RefCell<int> Count;

  void recount() { *Count.borrow_mut() = int(Items.borrow()->size()); }
  // expected-note@-1 2 {{taken again here, inside the callee}}
  int count() const { return *Count.borrow(); }

public:
  void bad_member(int V) {
    auto G = Items.borrow_mut();
    // expected-note@-1 {{first taken here}}
    // expected-note@-2 {{kept by 'G'}}
    G->push_back(V);
    recount();
    // expected-warning@-1 {{this call makes a shared borrow of 'Items' while it is already mutably borrowed}}
  }

  void ok_member(int V) {
    {
      auto G = Items.borrow_mut();
      G->push_back(V);
    }
    recount();
  }

  int ok_readers_in_member() {
    auto G = Count.borrow();
    return *G + count();
  }

  int ok_other_field() {
    auto G = Items.borrow_mut();
    return count();
  }

  void bad_other_object(Inventory &Other) {
    auto G = Other.Items.borrow_mut();
    // expected-note@-1 {{first taken here}}
    // expected-note@-2 {{kept by 'G'}}
    Other.recount();
    // expected-warning@-1 {{this call makes a shared borrow of 'Other.Items' while it is already mutably borrowed}}
  }

  void ok_other_object(Inventory &Other) {
    auto G = Other.Items.borrow_mut();
    recount();
  }
};

// Recursion.

int bad_recursion(RefCell<int> &C, int N) {
  auto G = C.borrow_mut();
  // expected-note@-1 {{first taken here}}
  // expected-note@-2 {{kept by 'G'}}
  // expected-note@-3 {{taken again here, inside the callee}}
  if (N == 0)
    return *G;
  return bad_recursion(C, N - 1);
  // expected-warning@-1 {{this call makes a mutable borrow of 'C' while it is already mutably borrowed}}
}

int ok_recursion(RefCell<int> &C, int N) {
  {
    auto G = C.borrow_mut();
    if (N == 0)
      return *G;
  }
  return ok_recursion(C, N - 1);
}

struct Tree {
  RefCell<int> Weight;
  std::vector<Tree *> Children;
};

int ok_recursion_into_children(Tree &T) {
  auto G = T.Weight.borrow_mut();
  for (Tree *Child : T.Children)
    *G += ok_recursion_into_children(*Child);
  return *G;
}

int oddStep(RefCell<int> &C, int N);
int bad_even(RefCell<int> &C, int N) {
  auto G = C.borrow_mut();
  // expected-note@-1 {{first taken here}}
  // expected-note@-2 {{kept by 'G'}}
  // expected-note@-3 {{taken again here, inside the callee}}
  return N == 0 ? *G : oddStep(C, N - 1);
  // expected-warning@-1 {{this call makes a mutable borrow of 'C' while it is already mutably borrowed}}
}
int oddStep(RefCell<int> &C, int N) { return N == 0 ? 0 : bad_even(C, N - 1); }

int oddStepApart(RefCell<int> &C, int N);
int ok_even(RefCell<int> &C, int N) {
  int V = *C.borrow_mut();
  return N == 0 ? V : oddStepApart(C, N - 1);
}
int oddStepApart(RefCell<int> &C, int N) {
  return N == 0 ? 0 : ok_even(C, N - 1);
}

// A function that hands a guard out.

RefMut<int> writer(RefCell<int> &C) {
  auto G = C.borrow_mut();
  ++*G;
  return G;
}

void bad_returned_guard(RefCell<int> &C) {
  auto G = writer(C);  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
  *C.borrow_mut() = 1;
  // expected-warning@-1 {{mutable borrow of 'C' while it is already mutably borrowed}}
}

void ok_returned_guard(RefCell<int> &C) {
  writer(C);
  *C.borrow_mut() = 1;
}

// Methods of the cell that borrow inside.

int bad_replace(RefCell<int> &C) {
  auto G = C.borrow();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
  return C.replace(*G + 1);
  // expected-warning@-1 {{mutable borrow of 'C' while it is already borrowed}}
}

int ok_replace(RefCell<int> &C) {
  int V = *C.borrow();
  return C.replace(V + 1);
}

int bad_take(RefCell<int> &C) {
  auto G = C.borrow();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
  return C.take();  // expected-warning {{mutable borrow of 'C' while it is already borrowed}}
}

int ok_take(RefCell<int> &C) { return C.take(); }

void bad_swap(RefCell<int> &C, RefCell<int> &D) {
  auto G = D.borrow();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
  C.swap(D);  // expected-warning {{mutable borrow of 'D' while it is already borrowed}}
}

void bad_swap_with_itself(RefCell<int> &C) {
  C.swap(C);
  // expected-warning@-1 {{mutable borrow of 'C' while it is already mutably borrowed}}
  // expected-note@-2 {{first taken here, in an earlier round}}
  // expected-note@-3 {{kept by a temporary until the end of the full expression}}
}

void ok_swap(RefCell<int> &C, RefCell<int> &D) { C.swap(D); }

int bad_get(RefCell<int> &C) {
  auto G = C.borrow_mut();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
  return C.get();
  // expected-warning@-1 {{this call makes a shared borrow of 'C' while it is already mutably borrowed}}
}

int ok_get(RefCell<int> &C) {
  auto G = C.borrow();
  return C.get() + *G;
}

// Unknown code is trusted.

void unknown(RefCell<int> &C);
struct Visitor {
  virtual ~Visitor();
  virtual void visit(RefCell<int> &C) = 0;
};

void ok_unknown_callee(RefCell<int> &C, Visitor &V, void (*F)(RefCell<int> &)) {
  auto G = C.borrow_mut();
  unknown(C);
  V.visit(C);
  F(C);
}



// A guard that is returned on two ways is one guard.

bool ready();
RefMut<int> either(RefCell<int> &C) {
  if (ready())
    return C.borrow_mut();
  *C.borrow_mut() = 1;
  return C.borrow_mut();
}

void ok_returned_on_two_ways(RefCell<int> &C) {
  auto G = either(C);
  *G = 1;
}

void bad_returned_on_two_ways(RefCell<int> &C) {
  auto G = either(C);  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
  *C.borrow_mut() = 1;
  // expected-warning@-1 {{mutable borrow of 'C' while it is already mutably borrowed}}
}

// expected-note@cell.h {{taken again here, inside the callee}}
