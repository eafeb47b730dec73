// oracle: abort
// GUI menu: an entry may change the menu while the menu is open.
#include "ref_cell.h"
#include <functional>
#include <iostream>
#include <string>
#include <vector>

struct Menu {
  bb::RefCell<std::vector<std::string>> Entries;
  bb::RefCell<std::vector<std::string>> Later;
};

bool rename(Menu &M, std::size_t I, const std::string &Text) {
  auto Entries = M.Entries.try_borrow_mut();
  (*Entries)->at(I) = Text; /*BUG*/
  return true;
}

std::size_t show(const Menu &M, const std::function<void(std::size_t)> &Pick) {
  auto Entries = M.Entries.borrow();
  for (std::size_t I = 0; I < Entries->size(); ++I)
    if ((*Entries)[I] == "recent")
      Pick(I);
  return Entries->size();
}

int main() {
  Menu M;
  *M.Entries.borrow_mut() = {"open", "recent", "quit"};
  bool First = rename(M, 0, "load");
  bool Second = true;
  std::size_t N =
      show(M, [&](std::size_t I) { Second = rename(M, I, "recent (1)"); });
  if (auto Later = M.Later.try_borrow(); Later && !(*Later)->empty())
    std::cout << (*Later)->front() << '\n';
  std::cout << First << Second << ' ' << N << '\n';
  return First && !Second ? 0 : 1;
}
