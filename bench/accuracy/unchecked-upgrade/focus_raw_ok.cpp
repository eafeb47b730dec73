// oracle: asan
// GUI: the window manager sends keys to the widget that has the focus.
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#define RETURN_IF_GONE(Ptr)                                                    \
  do {                                                                         \
    if (!(Ptr))                                                                \
      return;                                                                  \
  } while (false)

class Widget {
public:
  virtual ~Widget() = default;
  virtual void key(char C) = 0;
};

class TextBox : public Widget {
public:
  void key(char C) override { Text += C; }
  std::string Text;
};

class WindowManager {
public:
  void focus(const std::shared_ptr<Widget> &W) { Focus_ = W; }

  void key(char C) {
    auto Target = Focus_.lock();
    RETURN_IF_GONE(Target);
    Target->key(C);
    Last_ = C;
  }

  void repeat(int N) {
    auto Target = Focus_.lock();
    RETURN_IF_GONE(Target);
    while (N-- > 0)
      Target->key(Last_);
  }
  bool owns(const Widget *W) const {
    const auto Held = Focus_.lock();
    return Held && Held.get() == W;
  }

private:
  std::weak_ptr<Widget> Focus_;
  char Last_ = ' ';
};

int main() {
  WindowManager Windows;
  auto Box = std::make_shared<TextBox>();
  Windows.focus(Box);
  Windows.key('a');
  Windows.repeat(2);
  std::cout << Box->Text << Windows.owns(Box.get()) << '\n';
  bool Typed = Box->Text == "aaa";
  Box.reset();
  Windows.key('b');
  return Typed ? 0 : 1;
}
