// oracle: asan
// GUI: a model tells its observers, which come and go on their own.
#include <iostream>
#include <memory>
#include <string>
#include <vector>

class Label {
public:
  explicit Label(std::string Name) : Name_(std::move(Name)) {}
  void refresh(int Value) { Text_ = Name_ + "=" + std::to_string(Value); }
  const std::string &text() const { return Text_; }

private:
  std::string Name_, Text_;
};

class Model {
public:
  void observe(const std::shared_ptr<Label> &L) { Observers_.push_back(L); }

  void set(int Value) {
    Value_ = Value;
    for (const auto &Observer : Observers_) {
      Observer.lock()->refresh(Value_); /*BUG*/
    }
  }

  void prune() {
    std::erase_if(Observers_, [](const auto &O) { return O.expired(); });
  }
  std::size_t observers() const { return Observers_.size(); }

private:
  int Value_ = 0;
  std::vector<std::weak_ptr<Label>> Observers_;
};

int main() {
  Model M;
  auto Speed = std::make_shared<Label>("speed");
  auto Fuel = std::make_shared<Label>("fuel");
  M.observe(Speed);
  M.observe(Fuel);
  M.set(1);
  Fuel.reset(); // its panel was closed
  M.set(2);
  M.prune();
  std::cout << Speed->text() << ' ' << M.observers() << '\n';
  return M.observers() == 1 ? 0 : 1;
}
