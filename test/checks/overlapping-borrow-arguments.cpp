// RUN: %lint borrow-overlapping-borrow,borrow-double-lock
// One object for two parameters.

#include <cell.h>
#include <mutex>

using Cell = app::RefCell<long>;

void move(Cell &From, Cell &To, long N) {
  auto Out = From.borrow_mut();  // expected-note {{taken first here, inside the callee}}
  auto In = To.borrow_mut();  // expected-note {{taken again here, inside the callee}}
  *Out -= N;
  *In += N;
}

void bad_itself(Cell &Mine) { move(Mine, Mine, 3); }
// expected-warning@-1 {{this call makes a mutable borrow of 'Mine' while it is already mutably borrowed}}
// expected-note@-2 {{first taken here}}
// expected-note@-3 {{kept by a temporary until the end of the full expression}}

void ok_two(Cell &Mine, Cell &Yours) { move(Mine, Yours, 3); }

void ok_elements(Cell *All, int I, int J) { move(All[I], All[J], 3); }

void moveInTurn(Cell &From, Cell &To, long N) {
  *From.borrow_mut() -= N;
  *To.borrow_mut() += N;
}

void ok_in_turn(Cell &Mine) { moveInTurn(Mine, Mine, 3); }

void moveUnlessSame(Cell &From, Cell &To, long N) {
  if (&From == &To)
    return;
  move(From, To, N);
  auto Out = From.borrow_mut();
  auto In = To.borrow_mut();
  *Out -= N;
  *In += N;
}

void ok_compared(Cell &Mine) { moveUnlessSame(Mine, Mine, 3); }

long both(const Cell &A, const Cell &B) {
  auto X = A.borrow();
  auto Y = B.borrow();
  return *X + *Y;
}

long ok_shared(Cell &Mine) { return both(Mine, Mine); }

class Account {
public:
  void give(Account &To, long N) {
    std::lock_guard<std::mutex> Mine(M);
    std::lock_guard<std::mutex> Others(To.M);
    // expected-note@-1 {{locked again here, inside the callee}}
    Cents -= N;
    To.Cents += N;
  }
  void giveAnother(Account &To, long N) {
    if (To.Id == Id)
      return;
    std::lock_guard<std::mutex> Mine(M);
    std::lock_guard<std::mutex> Others(To.M);
    Cents -= N;
    To.Cents += N;
  }

private:
  std::mutex M;
  long Cents = 0;
  int Id = 0;
};

void bad_lock(Account &A) { A.give(A, 1); }
// expected-warning@-1 {{this call locks 'A.M', which this thread holds already}}
// expected-note@-2 {{first locked here}}
// expected-note@-3 {{kept by a temporary until the end of the full expression}}

void ok_lock(Account &A, Account &B) { A.give(B, 1); }

void ok_lock_compared(Account &A) { A.giveAnother(A, 1); }

// What both checks say of one call.

std::mutex Gate;

void step(Cell &Mine, bool Alone) {
  if (Alone) {
    std::lock_guard<std::mutex> Lock(Gate);
    // expected-note@-1 {{locked again here, inside the callee}}
  } else {
    *Mine.borrow_mut() = 1;  // expected-note {{taken again here, inside the callee}}
  }
}

void bad_step(Cell &Mine, bool Alone) {
  std::lock_guard<std::mutex> Lock(Gate);
  // expected-note@-1 {{first locked here}}
  // expected-note@-2 {{kept by 'Lock'}}
  auto Read = Mine.borrow();
  // expected-note@-1 {{first taken here}}
  // expected-note@-2 {{kept by 'Read'}}
  step(Mine, Alone);
  // expected-warning@-1 {{this call locks 'Gate', which this thread holds already}}
  // expected-warning@-2 {{this call makes a mutable borrow of 'Mine' while it is already borrowed}}
}

void ok_step(Cell &Mine, bool Alone) { step(Mine, Alone); }
