// oracle: lsan
// GUI: a dialog's buttons call back into the dialog.
#include <functional>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

struct Button {
  std::string Text;
  std::function<void()> OnClick;
};

class Dialog : public std::enable_shared_from_this<Dialog> {
public:
  void build() {
    Buttons_.push_back({"ok", nullptr});
    Buttons_.back().OnClick = [Self = shared_from_this()] { /*BUG*/
      Self->Clicks_ += 1;
    };
    Buttons_.push_back({"help", [this] { Clicks_ += 10; }});
  }

  void click(const std::string &Text) {
    for (Button &B : Buttons_)
      if (B.Text == Text && B.OnClick)
        B.OnClick();
  }
  int clicks() const { return Clicks_; }

private:
  int Clicks_ = 0;
  std::vector<Button> Buttons_;
};

int main() {
  int Clicks = 0;
  {
    auto D = std::make_shared<Dialog>();
    D->build();
    D->click("ok");
    D->click("help");
    std::function<int()> Count = [D] { return D->clicks(); };
    Clicks = Count();
  }
  std::cout << Clicks << '\n';
  return Clicks == 11 ? 0 : 1;
}
