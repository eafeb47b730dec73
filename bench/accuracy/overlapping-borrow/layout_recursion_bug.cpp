// oracle: abort
// GUI: a layout pass walks nested boxes with a scratch buffer. The cell is
// the project's own type.
#include <iostream>
#include <stdexcept>
#include <vector>

template <class T> class Scratch {
public:
  class Edit {
  public:
    explicit Edit(Scratch &S) : S_(S) {
      if (S.Busy_)
        throw std::logic_error("scratch buffer is in use");
      S.Busy_ = true;
    }
    Edit(const Edit &) = delete;
    ~Edit() { S_.Busy_ = false; }
    T *operator->() { return &S_.Value_; }
    T &operator*() { return S_.Value_; }

  private:
    Scratch &S_;
  };
  Edit edit() { return Edit(*this); }

private:
  T Value_{};
  bool Busy_ = false;
};

struct Box {
  int Width = 0;
  std::vector<Box> Children;
};

class Layouter {
public:
  int measure(const Box &B) {
    auto Widths = Widths_.edit();
    Widths->clear();
    int Total = B.Width;
    for (const Box &Child : B.Children)
      Widths->push_back(measure(Child)); /*BUG*/
    for (int W : *Widths)
      Total += W;
    ++*Visits_.edit();
    return Total;
  }
  int visits() { return *Visits_.edit(); }

private:
  Scratch<std::vector<int>> Widths_;
  Scratch<int> Visits_;
};

int main() {
  Box Window{10, {{20, {{5, {}}}}, {30, {}}}};
  Layouter L;
  int Width = L.measure(Window);
  std::cout << Width << ' ' << L.visits() << '\n';
  return Width == 65 ? 0 : 1;
}
