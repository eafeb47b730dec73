// oracle: abort
// Game inventory: a generator walks the items while the player uses them.
#include "ref_cell.h"
#include "task.h"
#include <iostream>
#include <string>
#include <vector>

struct Item {
  std::string Name;
  int Charges;
};

class Inventory {
public:
  void add(std::string Name, int Charges) {
    Items_.borrow_mut()->push_back({std::move(Name), Charges});
  }
  bool use(const std::string &Name) {
    auto Items = Items_.borrow_mut();
    for (Item &I : *Items)
      if (I.Name == Name && I.Charges > 0) {
        --I.Charges;
        return true;
      }
    return false;
  }
  bb::Generator<std::string> usable() const {
    std::vector<Item> Items = *Items_.borrow();
    for (const Item &I : Items)
      if (I.Charges > 0)
        co_yield I.Name;
    ++*Walks_.borrow_mut();
  }
  int walks() const { return *Walks_.borrow(); }

private:
  bb::RefCell<std::vector<Item>> Items_;
  bb::RefCell<int> Walks_{0};
};

int main() {
  Inventory Bag;
  Bag.add("torch", 2);
  Bag.add("rope", 0);
  Bag.add("wand", 1);
  int Used = 0;
  auto Usable = Bag.usable();
  while (auto Name = Usable.next())
    Used += Bag.use(*Name);
  std::cout << Used << ' ' << Bag.walks() << '\n';
  return Used == 2 && Bag.walks() == 1 ? 0 : 1;
}
