// oracle: asan
// Scheduler: timers call back into connections that may be closed by then.
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <string>

class TimerWheel {
public:
  void after(int Ticks, std::function<void()> F) {
    Due_.emplace(Now_ + Ticks, std::move(F));
  }
  void tick() {
    ++Now_;
    while (!Due_.empty() && Due_.begin()->first <= Now_)
      Due_.extract(Due_.begin()).mapped()();
  }

private:
  int Now_ = 0;
  std::multimap<int, std::function<void()>> Due_;
};

class Connection : public std::enable_shared_from_this<Connection> {
public:
  explicit Connection(std::string Peer) : Peer_(std::move(Peer)) {}

  void start(TimerWheel &Wheel) {
    std::weak_ptr<Connection> Weak = weak_from_this();
    Wheel.after(2, [Weak] {
      if (auto Self = Weak.lock())
        Self->ping();
    });
    Wheel.after(3, [Weak, &Wheel] {
      auto Self = Weak.lock();
      if (!Self)
        return;
      Self->ping();
      Self->start(Wheel);
    });
  }
  int pings() const { return Pings_; }

private:
  void ping() { std::cout << "ping " << Peer_ << ' ' << ++Pings_ << '\n'; }
  std::string Peer_;
  int Pings_ = 0;
};

int main() {
  TimerWheel Wheel;
  auto A = std::make_shared<Connection>("a");
  auto B = std::make_shared<Connection>("b");
  A->start(Wheel);
  B->start(Wheel);
  Wheel.tick();
  B.reset();
  Wheel.tick();
  Wheel.tick();
  return A->pings() == 2 ? 0 : 1;
}
