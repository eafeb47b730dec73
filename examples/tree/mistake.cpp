// A weak pointer does not keep a parent alive: a leaf that outlives its branch
// asks nobody for a name.
#include "node.h"

#include <iostream>

std::string path(const Node &Leaf) {
  return Leaf.Parent.lock()->Name + "/" + Leaf.Name;
}

int main() {
  auto Leaf = std::make_shared<Node>("leaf");
  {
    auto Branch = std::make_shared<Node>("branch");
    adopt(Branch, Leaf);
    std::cout << path(*Leaf) << '\n';
  }
  std::cout << path(*Leaf) << '\n';
}
