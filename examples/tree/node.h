// A tree whose nodes own their children and only know their parents.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

struct Node {
  explicit Node(std::string Name) : Name(std::move(Name)) {}

  std::string Name;
  std::weak_ptr<Node> Parent;
  std::vector<std::shared_ptr<Node>> Children;
};

inline void adopt(const std::shared_ptr<Node> &Parent,
                  const std::shared_ptr<Node> &Child) {
  Child->Parent = Parent;
  Parent->Children.push_back(Child);
}
