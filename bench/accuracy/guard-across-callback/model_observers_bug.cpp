// oracle: timeout
// GUI model: an observer reads the model while it is told of a change.
#include <functional>
#include <iostream>
#include <mutex>
#include <string>
#include <vector>

class Model {
public:
  using Observer = std::function<void(const std::string &)>;

  void observe(Observer O) {
    std::lock_guard<std::mutex> Lock(M_);
    Observers_.push_back(std::move(O));
  }

  void rename(const std::string &Name) {
      std::lock_guard<std::mutex> Lock(M_);
      if (Name == Name_)
        return;
      Name_ = Name;
    for (const Observer &O : Observers_)
      O(Name); /*BUG*/
  }

  std::string name() const {
    std::lock_guard<std::mutex> Lock(M_);
    return Name_;
  }

private:
  mutable std::mutex M_;
  std::string Name_;
  std::vector<Observer> Observers_;
};

int main() {
  Model M;
  std::string Title;
  M.observe([&](const std::string &) { Title = "Title: " + M.name(); });
  M.rename("draft");
  std::cout << Title << '\n';
  return Title == "Title: draft" ? 0 : 1;
}
