// oracle: asan
// Message broker: looks whether the subscriber lives, then flushes, then uses
// it. Flushing may drop subscribers.
#include <iostream>
#include <memory>
#include <string>
#include <vector>

struct Subscriber {
  std::string Name;
  int Errors = 0;
  std::vector<std::string> Got;
};

class Broker {
public:
  std::weak_ptr<Subscriber> add(std::string Name) {
    Owned_.push_back(std::make_shared<Subscriber>(Subscriber{std::move(Name)}));
    return Owned_.back();
  }

  void flush() {
    std::erase_if(Owned_, [](const auto &S) { return S->Errors > 1; });
    ++Flushes_;
  }

  bool deliver(const std::weak_ptr<Subscriber> &To, const std::string &Text) {
    if (!To.expired()) {
      flush();
      To.lock()->Got.push_back(Text); /*BUG*/
      return true;
    }
    return false;
  }

  bool fail(const std::weak_ptr<Subscriber> &Whom) {
    if (Whom.expired())
      return false;
    auto S = Whom.lock();
    return S && ++S->Errors > 1;
  }

  int flushes() const { return Flushes_; }

private:
  std::vector<std::shared_ptr<Subscriber>> Owned_;
  int Flushes_ = 0;
};

int main() {
  Broker B;
  auto Ann = B.add("ann");
  auto Bo = B.add("bo");
  bool Good = B.deliver(Ann, "hi") && !B.fail(Bo) && B.fail(Bo);
  std::cout << B.flushes() << '\n' << std::flush;
  Good &= !B.deliver(Bo, "are you there?");
  std::cout << B.flushes() << '\n';
  return Good ? 0 : 1;
}
