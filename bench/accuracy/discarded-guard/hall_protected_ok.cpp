// oracle: tsan
// Smart home: a project's own lock function returns a guard.
#include <iostream>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

class Section {
public:
  class Entered {
  public:
    explicit Entered(std::mutex &M) : M_(&M) { M_->lock(); }
    Entered(Entered &&Other) noexcept : M_(Other.M_) { Other.M_ = nullptr; }
    ~Entered() {
      if (M_)
        M_->unlock();
    }

  private:
    std::mutex *M_;
  };
  Entered enter() { return Entered(M_); }

private:
  std::mutex M_;
};

class Hall {
public:
  void report(const std::string &Event) {
    auto Inside = S_.enter();
    Events_.push_back(Event);
  }
  std::size_t events() {
    auto Inside = S_.enter();
    return Events_.size();
  }
  // Waits until nobody is inside.
  void settle() { auto Last = S_.enter(); }

private:
  Section S_;
  std::vector<std::string> Events_;
};

int main() {
  Hall H;
  std::thread Door([&H] {
    for (int I = 0; I < 50; ++I)
      H.report("door");
  });
  for (int I = 0; I < 50; ++I)
    H.report("light");
  Door.join();
  H.settle();
  std::cout << H.events() << '\n';
  return H.events() == 100 ? 0 : 1;
}
