// oracle: abort
// Bank: a joint account is a second handle to the same account.
#include "ref_cell.h"
#include <iostream>
#include <memory>
#include <string>

struct Account {
  std::string Owner;
  long Cents = 0;
};
using Handle = std::shared_ptr<bb::RefCell<Account>>;

Handle open(std::string Owner, long Cents) {
  return std::make_shared<bb::RefCell<Account>>(
      Account{std::move(Owner), Cents});
}

bool move(Account &From, Account &To, long Cents) {
  if (From.Cents < Cents)
    return false;
  From.Cents -= Cents;
  To.Cents += Cents;
  return true;
}

void report(const Account &A, const Account &B) {
  std::cout << A.Owner << ' ' << A.Cents << ", " << B.Owner << ' ' << B.Cents
            << '\n';
}

int main() {
  Handle Checking = open("ada", 1000);
  Handle Savings = open("ada/savings", 5000);
  Handle Joint = Checking; // ada and bob share it
  bool Moved = move(*Savings->borrow_mut(), *Checking->borrow_mut(), 500);
  report(*Checking->borrow(), *Joint->borrow());
  Moved &= move(*Checking->borrow_mut(), *Joint->borrow_mut(), 200); /*BUG*/
  report(*Checking->borrow(), *Savings->borrow());
  return Moved ? 0 : 1;
}
