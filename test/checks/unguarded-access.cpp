// RUN: %lint borrow-unguarded-access

#include <asio.hpp>
#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <pthread.h>
#include <queue>
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

// A lock that is there for one datum alone.
class Sole {
public:
  void set(int N) {
    std::lock_guard<std::mutex> Lock(M);
    Value = N;  // expected-note {{written here while 'M' is held}}
  }
  int bad_get() const { return Value; }  // expected-warning {{'Value' is read without 'M'}}

private:
  std::mutex M;
  int Value = 0;
};

// Who reads it does so when the threads have ended.
class Tally {
public:
  void add() {
    std::lock_guard<std::mutex> Lock(M);
    ++Words;
  }
  int ok_words() const { return Words; }

private:
  std::mutex M;
  int Words = 0;
};

int count() {
  Tally All;
  std::thread Worker([&] { All.add(); });
  Worker.join();
  return All.ok_words();
}

void fill(Tally &All) {
  std::thread Worker([&] { All.add(); });
  Worker.join();
}
int filled() {
  Tally All;
  fill(All);
  return All.ok_words();
}

// As many functions go without the lock: nothing says that it guards the data.
class fn_Undecided {
public:
  void set(int N) {
    std::lock_guard<std::mutex> Lock(M);
    Value = N;
    ++Changes;
  }
  int get() const { return Value; }

private:
  std::mutex M;
  int Value = 0, Changes = 0;
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
bool countPlainly(Feed<int> &F) {
  F.add(1);
  F.addTwice(2);
  return F.empty();
}

// A pool of the project's own: what its methods do is in their bodies.
class Pool {
public:
  explicit Pool(unsigned N) {
    for (unsigned I = 0; I < N; ++I)
      Workers.emplace_back([this] { run(); });  // expected-note {{written here while 'M' is held}}
  }
  void post(std::function<void()> Task) {
    std::lock_guard<std::mutex> Lock(M);
    Tasks.push(std::move(Task));
  }
  std::size_t bad_pending() const { return Tasks.size(); }
  // expected-warning@-1 {{'Tasks' is read without 'M'}}
  std::size_t ok_pending() const {
    std::lock_guard<std::mutex> Lock(M);
    return Tasks.size();
  }

private:
  void run() {
    for (;;) {
      std::function<void()> Task;
      {
        std::unique_lock<std::mutex> Lock(M);
        Changed.wait(Lock, [this] { return !Tasks.empty(); });
        Task = std::move(Tasks.front());
        Tasks.pop();
      }
      Task();
    }
  }

  mutable std::mutex M;
  std::condition_variable Changed;
  std::queue<std::function<void()>> Tasks;
  std::vector<std::thread> Workers;
};

// Who makes the lock has the object alone.
struct Stack {
  pthread_mutex_t M;
  int Used;
};

void ok_init(Stack *S) {
  pthread_mutex_init(&S->M, nullptr);
  S->Used = 0;
}
void push(Stack *S) {
  pthread_mutex_lock(&S->M);
  ++S->Used;  // expected-note {{written here while 'S->M' is held}}
  pthread_mutex_unlock(&S->M);
}
void pop(Stack *S) {
  pthread_mutex_lock(&S->M);
  --S->Used;
  pthread_mutex_unlock(&S->M);
}
int bad_used(Stack *S) { return S->Used; }  // expected-warning {{'S->Used' is read without 'S->M'}}

// A thread changes without the lock what another function reads with it.
class Scanner {
public:
  void start() { Worker = std::thread(&Scanner::bad_run, this); }
  std::vector<int> found() {
    std::lock_guard<std::mutex> Lock(M);
    return Found;  // expected-note {{read here while 'M' is held}}
  }

private:
  void bad_run() {
    for (int I = 0; I < 8; ++I) {
      {
        std::lock_guard<std::mutex> Lock(M);
        if (Stop)
          return;
      }
      Found.push_back(I);  // expected-warning {{'Found' is written without 'M'}}
    }
  }

  std::mutex M;
  std::thread Worker;
  bool Stop = false;
  std::vector<int> Found;
};

// What the thread has made is read when it says so.
class Loader {
public:
  void start() { Worker = std::thread(&Loader::ok_run, this); }
  std::vector<int> wait() {
    std::unique_lock<std::mutex> Lock(M);
    Changed.wait(Lock, [this] { return Done; });
    return Data;
  }
  std::vector<int> now() {
    std::lock_guard<std::mutex> Lock(M);
    if (Done)
      return Data;
    return {};
  }
  std::vector<int> joined() {
    Worker.join();
    std::lock_guard<std::mutex> Lock(M);
    return Data;
  }

private:
  void ok_run() {
    Data.push_back(1);
    std::lock_guard<std::mutex> Lock(M);
    Done = true;
  }

  std::mutex M;
  std::condition_variable Changed;
  std::thread Worker;
  bool Done = false;
  std::vector<int> Data;
};

// One thread alone has it, under the lock and without.
class Renderer {
public:
  void start() { Worker = std::thread(&Renderer::ok_run, this); }

private:
  void ok_run() {
    for (;;) {
      {
        std::lock_guard<std::mutex> Lock(M);
        if (Quit)
          return;
        ++Frames;
      }
      ++Frames;
    }
  }

  std::mutex M;
  std::thread Worker;
  bool Quit = false;
  int Frames = 0;
};

// A callee that locks by hand if it succeeds.

class Ledger {
public:
  bool acquire(int Id) {
    M.lock();
    if (Id < 0) {
      M.unlock();
      return false;
    }
    return true;
  }
  void release() { M.unlock(); }
  void ok_add(int Id, int Cents) {
    if (!acquire(Id))
      return;
    Total += Cents;  // expected-note {{written here while 'M' is held}}
    release();
  }
  void bad_add(int Id, int Cents) {
    if (!acquire(Id)) {
      Total += Cents;  // expected-warning {{'Total' is written without 'M'}}
      return;
    }
    release();
  }
  int total() {
    std::lock_guard<std::mutex> Lock(M);
    return Total;
  }
  void clear() {
    std::lock_guard<std::mutex> Lock(M);
    Total = 0;
  }

private:
  std::mutex M;
  int Total = 0;
};

// Whatever has locked it, who adopts a lock holds it.
class Pair {
public:
  void add(int V) {
    std::lock_guard<std::mutex> L(First);
    Data.push_back(V);  // expected-note {{written here while 'First' is held}}
  }
  void drop() {
    std::lock_guard<std::mutex> L(First);
    Data.pop_back();
  }
  bool ok_adopted() {
    if (std::try_lock(First, Second) != -1)
      return false;
    std::lock_guard<std::mutex> A(First, std::adopt_lock);
    std::lock_guard<std::mutex> B(Second, std::adopt_lock);
    Data.clear();
    return true;
  }
  void bad_after_adopted() {
    {
      std::lock_guard<std::mutex> A(First, std::adopt_lock);
      Data.clear();
    }
    Data.clear();  // expected-warning {{'Data' is written without 'First'}}
  }

private:
  std::mutex First, Second;
  std::vector<int> Data;
};

// An object that is its own lock.
class Spinning {
public:
  void lock() { Inner.lock(); }
  void unlock() { Inner.unlock(); }
  void inc() {
    std::lock_guard<Spinning> Lock(*this);
    ++Count;
  }
  int fn_get() const { return Count; }

private:
  std::mutex Inner;
  int Count = 0;
};

int ok_spin(Spinning &S) {
  S.inc();
  return S.fn_get();
}

// An object that holds the lock from its constructor on.

class Base {
public:
  class Change {
  public:
    explicit Change(Base &B) : B(B) { B.M.lock(); }
    void ok_set(int To) { B.Value = To; }
    void commit() { B.M.unlock(); }

  private:
    Base &B;
  };
  int value() {
    std::lock_guard<std::mutex> Lock(M);
    return Value;
  }
  void add(int N) {
    std::lock_guard<std::mutex> Lock(M);
    Value += N;  // expected-note {{written here while 'M' is held}}
  }
  void bad_reset() { Value = 0; }  // expected-warning {{'Value' is written without 'M'}}

private:
  std::mutex M;
  int Value = 0;
};

// Locks of two objects that are tried at once.

class Board {
public:
  bool ok_both(Board &Other) {
    int Failed = std::try_lock(M, Other.M);
    if (Failed != -1)
      return false;
    Posts = Other.Posts;
    M.unlock();
    Other.M.unlock();
    return true;
  }
  void post(int N) {
    std::lock_guard<std::mutex> Lock(M);
    Posts += N;
  }
  int posts() {
    std::lock_guard<std::mutex> Lock(M);
    return Posts;
  }

private:
  std::mutex M;
  int Posts = 0;
};

// A socket lets one thread send while another receives.

class Link {
public:
  explicit Link(asio::io_context &Io) : Socket(Io) {}
  void first(int N) {
    std::lock_guard<std::mutex> Lock(M);
    Socket.send(N);
    Socket.send(-N);
  }
  void second(int N) {
    std::lock_guard<std::mutex> Lock(M);
    Socket.send(N);
  }
  void ok_listen(int &Into) { Socket.receive(Into); }

private:
  std::mutex M;
  asio::ip::udp::socket Socket;
};

class Line {
public:
  explicit Line(asio::io_context &Io) : Socket(Io) {}
  void first(int N) {
    std::lock_guard<std::mutex> Lock(M);
    Socket.send(N);
    Socket.close();  // expected-note {{written here while 'M' is held}}
  }
  void second(int N) {
    std::lock_guard<std::mutex> Lock(M);
    Socket.send(N);
  }
  void bad_listen(int &Into) { Socket.receive(Into); }
  // expected-warning@-1 {{'Socket' is read without 'M'}}

private:
  std::mutex M;
  asio::ip::udp::socket Socket;
};

// Questions to a member: what is constant in it needs no lock.

class Arena {
public:
  std::size_t blockSize() const { return BlockSize; }
  std::size_t used() { return Blocks.size(); }
  void allocate(int N) { Blocks.push_back(N); }

private:
  const std::size_t BlockSize = 64;
  std::vector<int> Blocks;
};

class SharedArena {
public:
  void allocate(int N) {
    std::lock_guard<std::mutex> Lock(M);
    Blocks.allocate(N);  // expected-note {{written here while 'M' is held}}
  }
  void allocateTwice(int N) {
    std::lock_guard<std::mutex> Lock(M);
    Blocks.allocate(N);
    Blocks.allocate(N);
  }
  std::size_t ok_blockSize() { return Blocks.blockSize(); }
  std::size_t bad_used() { return Blocks.used(); }
  // expected-warning@-1 {{'Blocks' is read without 'M'}}

private:
  std::mutex M;
  Arena Blocks;
};

// A question alone does not make data shared.

class Directories {
public:
  void *file() { return File.get(); }

private:
  std::unique_ptr<int> File;
};

class Catalog {
public:
  void *ok_main() { return All.file(); }
  void *first() {
    std::lock_guard<std::mutex> Lock(M);
    return All.file();
  }
  void *second() {
    std::lock_guard<std::mutex> Lock(M);
    return All.file();
  }

private:
  std::mutex M;
  Directories All;
};
