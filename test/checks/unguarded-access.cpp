// RUN: %lint borrow-unguarded-access

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

class Counter {
public:
  explicit Counter(int Start) { Value = Start; }
  ~Counter() { Value = 0; }
  void add(int N) {
    std::lock_guard<std::mutex> Lock(M);
    Value += N;  // expected-note {{written here while 'M' is held}}
  }
  void reset() {
    std::lock_guard<std::mutex> Lock(M);
    Value = 0;
  }
  int bad_get() const { return Value; }  // expected-warning {{'Value' is read without 'M'}}
  int ok_get() const {
    std::lock_guard<std::mutex> Lock(M);
    return Value;
  }
  bool ok_atomic() const { return Done; }
  int ok_constant() const { return Limit; }

private:
  mutable std::mutex M;
  int Value = 0;
  std::atomic<bool> Done{false};
  const int Limit = 3;
};

class Log {
public:
  void add(int Line) {
    std::unique_lock<std::mutex> Lock(M);
    Lines.push_back(Line);  // expected-note {{written here while 'M' is held}}
    trim();
    Ready.wait(Lock, [this] { return !Lines.empty(); });
  }
  void clear() {
    std::unique_lock<std::mutex> Lock(M);
    Lines.clear();
    trim();
  }
  void bad_after_unlock(int Line) {
    std::unique_lock<std::mutex> Lock(M);
    Lines.push_back(Line);
    Lock.unlock();
    Lines.push_back(Line);  // expected-warning {{'Lines' is written without 'M'}}
  }
  void ok_before_unlock(int Line) {
    std::unique_lock<std::mutex> Lock(M);
    Lines.push_back(Line);
    Lines.push_back(Line);
    Lock.unlock();
  }
  bool ok_early(bool Quick) {
    if (Quick)
      return false;
    std::unique_lock<std::mutex> Lock(M);
    return Lines.empty();
  }
  int sizeLocked() const { return Lines.size(); }

private:
  void trim() {
    while (Lines.size() > 10)
      Lines.pop_back();
  }

  std::mutex M;
  std::condition_variable Ready;
  std::vector<int> Lines;
};

class Helper {
public:
  void set(int N) {
    std::lock_guard<std::mutex> Lock(M);
    store(N);  // expected-note {{written here while 'M' is held}}
  }
  void reset() {
    std::lock_guard<std::mutex> Lock(M);
    store(0);
  }
  void bad_forgets(int N) { store(N); }  // expected-warning {{'Value' is written without 'M'}}

private:
  void store(int N) { Value = N; }  // expected-note {{written here, inside the callee}}

  std::mutex M;
  int Value = 0;
};

class Lobby {
public:
  void join() {
    std::scoped_lock Lock(PlayersM);
    ++Players;  // expected-note {{written here while 'PlayersM' is held}}
  }
  void leave() {
    std::scoped_lock Lock(PlayersM);
    --Players;
  }
  void bad_other_lock() {
    std::scoped_lock Lock(ChatM);
    Players = 0;  // expected-warning {{'Players' is written without 'PlayersM'}}
  }
  void ok_right_lock() {
    std::scoped_lock Lock(PlayersM);
    Players = 0;
  }

private:
  std::mutex PlayersM, ChatM;
  int Players = 0;
};

std::mutex Gate;
int Passed;
void bad_global() {
  std::unique_lock<std::mutex> Lock(Gate);
  ++Passed;  // expected-note {{written here while 'Gate' is held}}
  Lock.unlock();
  ++Passed;  // expected-warning {{'Passed' is written without 'Gate'}}
}
int Entered;
void ok_global() {
  std::unique_lock<std::mutex> Lock(Gate);
  ++Entered;
  ++Entered;
}

template <typename T> class Slot {
public:
  void put(T New) {
    std::lock_guard<std::mutex> Lock(M);
    Value = New;  // expected-note {{written here while 'M' is held}}
  }
  void clear() {
    std::lock_guard<std::mutex> Lock(M);
    Value = T();
  }
  T bad_peek() const { return Value; }  // expected-warning {{'Value' is read without 'M'}}

private:
  std::mutex M;
  T Value{};
};
int ok_uses() {
  Slot<int> S;
  S.put(1);
  S.clear();
  return S.bad_peek();
}

class Worker {
public:
  void ok_start() {
    Steps = 0;
    Runner = std::thread([this] {
      std::lock_guard<std::mutex> Lock(M);
      ++Steps;
    });
  }
  void step() {
    std::lock_guard<std::mutex> Lock(M);
    ++Steps;
  }
  int ok_stop() {
    Runner.join();
    return Steps;
  }

private:
  std::mutex M;
  std::thread Runner;
  int Steps = 0;
};

// The only writer may read without a lock.
class OneWriter {
public:
  void ok_write() {
    if (Value < 10) {
      std::lock_guard<std::mutex> Lock(M);
      ++Value;
    }
  }
  int read() {
    std::lock_guard<std::mutex> Lock(M);
    return Value;
  }
  int read_again() {
    std::lock_guard<std::mutex> Lock(M);
    return Value;
  }

private:
  std::mutex M;
  int Value = 0;
};

// A forwarding reference takes anything: that is no write.
template <typename... Ts> int forwarded(Ts &&...) { return 0; }
class Forwards {
public:
  int ok_peek() const { return Name; }
  int first() {
    std::lock_guard<std::mutex> Lock(M);
    return forwarded(Name, 1);
  }
  int second() {
    std::lock_guard<std::mutex> Lock(M);
    return forwarded(1, Name);
  }

private:
  std::mutex M;
  int Name = 0;
};

// As many functions go without the lock: nothing says that it guards the data.
class fn_Undecided {
public:
  void set(int N) {
    std::lock_guard<std::mutex> Lock(M);
    Value = N;
  }
  int get() const { return Value; }

private:
  std::mutex M;
  int Value = 0;
};

// Objects with a lock of their own, reached by elements and by what is returned.
struct Player {
  std::mutex Lock;
  int Health = 0;
};
class World {
public:
  Player &player(int I) { return *Players.at(I); }
  void hit(int I) {
    Player &P = player(I);
    std::lock_guard<std::mutex> L(P.Lock);
    P.Health -= 1;  // expected-note {{written here while 'P.Lock' is held}}
  }
  void heal() {
    for (auto &P : Players) {
      std::lock_guard<std::mutex> L(P->Lock);
      P->Health += 1;
    }
  }
  bool bad_dead(int I) {
    Player &P = player(I);
    return P.Health <= 0;  // expected-warning {{'P.Health' is read without 'P.Lock'}}
  }
  bool ok_dead(int I) {
    Player &P = player(I);
    std::lock_guard<std::mutex> L(P.Lock);
    return P.Health <= 0;
  }
  void ok_new(int Health) {
    auto P = std::make_unique<Player>();
    P->Health = Health;
    Players.push_back(std::move(P));
  }

private:
  std::vector<std::unique_ptr<Player>> Players;
};

// A class that hides atomics is made for several threads: here the lock is for
// those that push alone.
template <typename T, typename Index> class Ring {
public:
  void push(T Value) {
    Items[End % 64] = Value;
    End = End + 1;
  }
  bool empty() const { return Begin == End; }

private:
  T Items[64];
  Index Begin = 0, End = 0;
};
template <typename Index> class Feed {
public:
  void add(int Item) {
    std::lock_guard<std::mutex> Lock(M);
    Waiting.push(Item);  // expected-note {{written here while 'M' is held}}
  }
  void addTwice(int Item) {
    std::lock_guard<std::mutex> Lock(M);
    Waiting.push(Item);
    Waiting.push(Item);
  }
  bool empty() const { return Waiting.empty(); }
  // expected-warning@-1 {{'Waiting' is read without 'M'}}

private:
  std::mutex M;
  Ring<int, Index> Waiting;
};
bool ok_hidden_atomics(Feed<std::atomic<int>> &F) {
  F.add(1);
  F.addTwice(2);
  return F.empty();
}
bool bad_plain_indices(Feed<int> &F) {
  F.add(1);
  F.addTwice(2);
  return F.empty();
}
