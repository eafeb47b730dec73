// oracle: abort
// Scene: a visitor measures the shapes and may ask the scene again.
#include "ref_cell.h"
#include <algorithm>
#include <functional>
#include <iostream>
#include <vector>

struct Shape {
  double X, Width;
};

class Scene {
public:
  void add(Shape S) { Shapes_.borrow_mut()->push_back(S); }

  void visit(const std::function<void(const Shape &)> &F) const {
    auto Shapes = Shapes_.borrow();
    std::for_each(Shapes->begin(), Shapes->end(), F);
  }

  double right() const {
    auto Shapes = Shapes_.borrow_mut(); /*BUG*/
    double Right = 0;
    for (auto It = Shapes->begin(); It != Shapes->end(); ++It)
      Right = std::max(Right, It->X + It->Width);
    return Right;
  }

  void shift(double By) {
    auto Shapes = Shapes_.borrow_mut();
    for (Shape &S : *Shapes)
      S.X += By;
  }

private:
  bb::RefCell<std::vector<Shape>> Shapes_;
};

int main() {
  Scene S;
  S.add({0, 2});
  S.add({5, 1});
  S.shift(1);
  double Share = S.right();
  S.visit([&](const Shape &Sh) { Share += Sh.Width / S.right(); });
  std::cout << Share << '\n';
  return Share > 7.4 && Share < 7.5 ? 0 : 1;
}
