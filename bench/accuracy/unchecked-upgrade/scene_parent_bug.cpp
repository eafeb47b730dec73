// oracle: asan
// Scene graph: a node's place in the world comes from its parents.
#include <iostream>
#include <memory>
#include <vector>

class Node : public std::enable_shared_from_this<Node> {
public:
  explicit Node(double X) : X_(X) {}

  std::shared_ptr<Node> addChild(double X) {
    auto Child = std::make_shared<Node>(X);
    Child->Parent_ = weak_from_this();
    Children_.push_back(Child);
    return Child;
  }

  double worldX() const {
    auto Parent = Parent_.lock();
    return Parent->worldX() + X_; /*BUG*/
  }

  int depth() const {
    int D = 0;
    auto P = Parent_.lock();
    while (P) {
      ++D;
      P = P->Parent_.lock();
    }
    return D;
  }

  std::shared_ptr<Node> root() {
    auto Parent = Parent_.lock();
    return Parent ? Parent->root() : shared_from_this();
  }

private:
  double X_;
  std::weak_ptr<Node> Parent_;
  std::vector<std::shared_ptr<Node>> Children_;
};

int main() {
  auto Root = std::make_shared<Node>(1);
  auto Arm = Root->addChild(2);
  auto Hand = Arm->addChild(3);
  std::cout << Hand->depth() << ' ' << (Hand->root() == Root) << '\n';
  double X = Hand->worldX();
  std::cout << X << '\n';
  return X == 6 ? 0 : 1;
}
