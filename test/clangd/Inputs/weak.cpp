#include <memory>
struct Node {
  void changed();
};
struct Leaf {
  void touch() {
    parent.lock()->changed();
  }
  std::weak_ptr<Node> parent;
};
