// The parent is looked at only where it is still there.
#include "node.h"

#include <iostream>

std::string path(const Node &Leaf) {
  if (auto Parent = Leaf.Parent.lock())
    return Parent->Name + "/" + Leaf.Name;
  return Leaf.Name;
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
