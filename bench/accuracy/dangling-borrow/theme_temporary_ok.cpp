// oracle: asan
// GUI: a painter reads the theme, which a plugin may replace meanwhile.
#include <algorithm>
#include <functional>
#include <iostream>
#include <memory>
#include <string>

struct Theme {
  std::string Font = "a font with a very long name, Regular";
  int Size = 10;
};

class Themes {
public:
  void set(std::shared_ptr<Theme> T) { Current_ = std::move(T); }
  std::weak_ptr<Theme> current() const { return Current_; }

private:
  std::shared_ptr<Theme> Current_ = std::make_shared<Theme>();
};

class Painter {
public:
  explicit Painter(const Themes &T) : Theme_(T.current()) {}

  std::size_t paint(const std::function<void()> &BeforePaint) {
    if (Theme_.expired())
      return 0;
    const auto Held = Theme_.lock();
    if (!Held)
      return 0;
    const Theme &T = *Held;
    BeforePaint();
    return std::count(T.Font.begin(), T.Font.end(), ' ') + T.Size;
  }

private:
  std::weak_ptr<Theme> Theme_;
};

int main() {
  Themes All;
  Painter P(All);
  std::size_t Plain = P.paint([] {});
  std::size_t Painted = P.paint([&] { All.set(std::make_shared<Theme>()); });
  std::cout << Plain << ' ' << Painted << ' ' << P.paint([] {}) << '\n';
  return Plain == Painted ? 0 : 1;
}
