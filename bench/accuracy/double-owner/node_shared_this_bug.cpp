// oracle: asan
// Chat: a session registers itself with the room that it enters.
#include <iostream>
#include <memory>
#include <string>
#include <vector>

class Session;

class Room {
public:
  void enter(std::shared_ptr<Session> S) { Sessions_.push_back(std::move(S)); }
  std::size_t size() const { return Sessions_.size(); }
  void clear() { Sessions_.clear(); }

private:
  std::vector<std::shared_ptr<Session>> Sessions_;
};

class Session : public std::enable_shared_from_this<Session> {
public:
  explicit Session(std::string User) : User_(std::move(User)) {}

  void join(Room &R) {
    R.enter(std::shared_ptr<Session>(this)); /*BUG*/
    ++Rooms_;
  }
  std::weak_ptr<Session> handle() { return weak_from_this(); }
  std::string user() const { return User_ + "/" + std::to_string(Rooms_); }

private:
  std::string User_;
  int Rooms_ = 0;
};

int main() {
  Room Lobby;
  auto Ann = std::make_shared<Session>("ann");
  Ann->join(Lobby);
  std::weak_ptr<Session> Handle = Ann->handle();
  std::cout << Lobby.size() << '\n';
  Lobby.clear();
  std::cout << Ann->user() << '\n';
  Ann.reset();
  return Handle.expired() ? 0 : 1;
}
