// oracle: asan
// Compiler: a symbol is looked up, then the table grows.
#include "ref_cell.h"
#include <iostream>
#include <string>
#include <vector>

struct Symbol {
  std::string Name;
  int Uses = 0;
};

class Scope {
public:
  void declare(std::string Name) {
    Symbols_.borrow_mut()->push_back({std::move(Name)});
  }

  int shadow(std::size_t Index) {
    Symbol &Old = (*Symbols_.borrow_mut())[Index]; /*BUG*/
    declare(Old.Name + "'");
    return ++Old.Uses;
  }

  std::size_t size() const { return Symbols_.borrow()->size(); }
  std::string last() const {
    auto Symbols = Symbols_.borrow();
    const Symbol &S = Symbols->back();
    return S.Name;
  }

private:
  bb::RefCell<std::vector<Symbol>> Symbols_;
};

int main() {
  Scope S;
  S.declare("x");
  S.declare("y");
  int Uses = S.shadow(0);
  std::cout << Uses << ' ' << S.last() << ' ' << S.size() << '\n';
  return S.last() == "x'" ? 0 : 1;
}
