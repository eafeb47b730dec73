// oracle: abort
// Ledger: whatever way post() ends, its outcome goes into the audit trail.
#include "ref_cell.h"
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

template <class F> class OnExit {
public:
  explicit OnExit(F Action) : Action_(std::move(Action)) {}
  OnExit(const OnExit &) = delete;
  ~OnExit() { Action_(); }

private:
  F Action_;
};

class Ledger {
public:
  void post(long Cents) {
    std::string Outcome = "refused";
    auto Balance = Balance_.borrow_mut();
    auto Trail = Trail_.borrow_mut();
    OnExit Note([&] { Trail_.borrow_mut()->push_back(Outcome); }); /*BUG*/
    Trail->push_back("post " + std::to_string(Cents));
    if (*Balance + Cents < 0)
      throw std::runtime_error("overdrawn");
    *Balance += Cents;
    Outcome = "done";
  } /*BUG*/

  long balance() const { return *Balance_.borrow(); }
  std::size_t entries() const { return Trail_.borrow()->size(); }

private:
  bb::RefCell<long> Balance_{0};
  bb::RefCell<std::vector<std::string>> Trail_;
};

int main() {
  Ledger L;
  L.post(300);
  try {
    L.post(-500);
  } catch (const std::runtime_error &E) {
    std::cout << E.what() << '\n';
  }
  std::cout << L.balance() << ' ' << L.entries() << '\n';
  return L.entries() == 4 ? 0 : 1;
}
