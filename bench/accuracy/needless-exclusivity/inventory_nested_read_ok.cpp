// oracle: abort
// Inventory: a report reads the items while the total is computed.
#include "ref_cell.h"
#include <iostream>
#include <map>
#include <string>

class Inventory {
public:
  void add(const std::string &Item, int Count) {
    auto Items = Items_.borrow_mut();
    (*Items)[Item] += Count;
  }

  int total() const {
    int Sum = 0;
    auto Items = Items_.borrow();
    for (const auto &[Item, Count] : *Items)
      Sum += Count;
    return Sum;
  }

  std::string report() const {
    auto Items = Items_.borrow();
    std::string Out;
    for (const auto &[Item, Count] : *Items)
      Out += Item + " " + std::to_string(100 * Count / total()) + "% ";
    return Out;
  }

private:
  bb::RefCell<std::map<std::string, int>> Items_;
};

int main() {
  Inventory I;
  I.add("rope", 1);
  I.add("torch", 3);
  std::cout << I.total() << '\n' << std::flush;
  std::cout << I.report() << '\n';
  return I.report() == "rope 25% torch 75% " ? 0 : 1;
}
