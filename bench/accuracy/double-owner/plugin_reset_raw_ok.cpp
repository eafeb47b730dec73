// oracle: asan
// Plugin host: the factory returns a raw pointer, two handles take it.
#include <iostream>
#include <memory>
#include <string>

class Filter {
public:
  explicit Filter(std::string Name) : Name_(std::move(Name)) {}
  std::string apply(const std::string &Text) {
    ++Uses_;
    return Name_ + "(" + Text + ")";
  }
  int uses() const { return Uses_; }

private:
  std::string Name_;
  int Uses_ = 0;
};

Filter *make(const std::string &Name) { return new Filter(Name); }

struct Slot {
  std::shared_ptr<Filter> Active;
  std::shared_ptr<Filter> Previous;
};

std::string swapIn(Slot &S, const std::string &Name) {
  Filter *New = make(Name);
  S.Previous = S.Active;
  S.Active.reset(New);
  if (!S.Previous)
    S.Previous = S.Active;
  return S.Previous->apply("x") + S.Active->apply("y");
}

int main() {
  Slot S;
  std::string First = swapIn(S, "blur");
  std::string Second = swapIn(S, "sharpen");
  std::unique_ptr<Filter> Own(make("own"));
  Own.reset(make("other"));
  std::cout << First << ' ' << Second << ' ' << Own->uses() << '\n';
  return First == "blur(x)blur(y)" ? 0 : 1;
}
