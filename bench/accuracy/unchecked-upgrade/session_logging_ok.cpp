// oracle: asan
// Chat server: room keeps weak handles of sessions, helpers print them.
#include <iostream>
#include <map>
#include <memory>
#include <string>

struct Session {
  std::string User;
  int Messages = 0;
};

std::string describe(const std::shared_ptr<Session> &S) {
  return S->User + "/" + std::to_string(S->Messages);
}

std::string describeOr(const std::shared_ptr<Session> &S, std::string Other) {
  if (!S)
    return Other;
  return describe(S);
}

class Room {
public:
  void enter(int Id, const std::shared_ptr<Session> &S) { Members_[Id] = S; }

  bool say(int Id) {
    auto It = Members_.find(Id);
    if (It == Members_.end())
      return false;
    auto S = It->second.lock();
    if (S == nullptr) {
      Members_.erase(It);
      return false;
    }
    ++S->Messages;
    return true;
  }

  std::string who(int Id) const {
    auto S = Members_.at(Id).lock();
    return describeOr(S, "gone");
  }

private:
  std::map<int, std::weak_ptr<Session>> Members_;
};

int main() {
  Room R;
  auto Ann = std::make_shared<Session>(Session{"ann"});
  auto Bo = std::make_shared<Session>(Session{"bo"});
  R.enter(1, Ann);
  R.enter(2, Bo);
  R.say(1);
  std::cout << R.who(1) << '\n' << std::flush;
  Bo.reset();
  std::cout << R.who(2) << '\n';
  return R.say(2) ? 1 : 0;
}
