// oracle: timeout
// Notifier: a message waits for its confirmation, which comes afterwards.
#include <future>
#include <iostream>
#include <string>

class Notifier {
public:
  explicit Notifier(std::shared_future<bool> Confirmed)
      : Confirmed_(std::move(Confirmed)) {}

  std::string deliver(const std::string &Text) const {
    return Confirmed_.get() ? "delivered " + Text : "dropped " + Text;
  }

  static int size(const std::string &Text) {
    auto Size = std::async(std::launch::async, [&] { return Text.size(); });
    return static_cast<int>(Size.get());
  }

private:
  std::shared_future<bool> Confirmed_;
};

int main() {
  std::promise<bool> Confirm;
  Notifier N(Confirm.get_future().share());
  std::string Text = "backup done";
  int Size = Notifier::size(Text);
  std::async(std::launch::async, [&] { N.deliver(Text); }); /*BUG*/
  Confirm.set_value(true);
  std::string Result = N.deliver(Text);
  std::cout << Size << ' ' << Result << '\n';
  return Result == "delivered backup done" ? 0 : 1;
}
