// oracle: asan
// Web server: a handler keeps a raw pointer while the session may end.
#include <iostream>
#include <map>
#include <memory>
#include <string>

struct Session {
  std::string User;
  int Hits = 0;
};

class Server {
public:
  std::weak_ptr<Session> login(int Id, const std::string &User) {
    Sessions_[Id] = std::make_shared<Session>(Session{User});
    return Sessions_[Id];
  }
  void logout(int Id) { Sessions_.erase(Id); }

  std::string handle(const std::weak_ptr<Session> &Cookie, int Id, bool Last) {
    std::shared_ptr<Session> S = Cookie.lock();
    if (!S)
      return "please log in";
    ++S->Hits;
    if (Last)
      logout(Id);
    return "hello " + S->User + " " + std::to_string(S->Hits);
  }

  int hits(const std::weak_ptr<Session> &Cookie) const {
    auto Owner = Cookie.lock();
    Session *S = Owner.get();
    return S ? S->Hits : -1;
  }

private:
  std::map<int, std::shared_ptr<Session>> Sessions_;
};

int main() {
  Server S;
  auto Cookie = S.login(1, "ann with a name that is long enough");
  std::cout << S.handle(Cookie, 1, false) << ' ' << S.hits(Cookie) << '\n';
  std::string Bye = S.handle(Cookie, 1, true);
  std::cout << Bye << '\n' << S.handle(Cookie, 1, false) << '\n';
  return S.hits(Cookie) == -1 ? 0 : 1;
}
