// RUN: %lint borrow-double-lock

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <thread>
#include <vector>

// Methods that lock and call each other.

class Account {
public:
  int balance() const {
    std::lock_guard<std::mutex> L(M);  // expected-note 2 {{locked again here, inside the callee}}
    return Cents;
  }

  bool bad_withdraw(int N) {
    std::lock_guard<std::mutex> L(M);
    // expected-note@-1 {{first locked here}}
    // expected-note@-2 {{kept by 'L'}}
    if (balance() < N)  // expected-warning {{this call locks 'M', which this thread holds already}}
      return false;
    Cents -= N;
    return true;
  }

  bool ok_withdraw(int N) {
    if (balance() < N)
      return false;
    std::lock_guard<std::mutex> L(M);
    Cents -= N;
    return true;
  }

  void bad_deep() {
    std::lock_guard<std::mutex> L(M);
    // expected-note@-1 {{first locked here}}
    // expected-note@-2 {{kept by 'L'}}
    report();  // expected-warning {{this call locks 'M', which this thread holds already}}
  }

  void ok_deep() {
    {
      std::lock_guard<std::mutex> L(M);
    }
    report();
  }

  void bad_transfer(Account &To, int N) {
    std::scoped_lock L(M, To.M);
    // expected-note@-1 {{first locked here}}
    // expected-note@-2 {{kept by 'L'}}
    Cents -= N;
    To.add(N);  // expected-warning {{this call locks 'To.M', which this thread holds already}}
  }

  void ok_transfer(Account &To, int N) {
    {
      std::lock_guard<std::mutex> L(M);
      Cents -= N;
    }
    To.add(N);
  }

  // Two accounts, two mutexes.
  void ok_other(Account &To, int N) {
    std::lock_guard<std::mutex> L(M);
    Cents -= N;
    To.add(N);
  }

  void add(int N) {
    std::lock_guard<std::mutex> L(M);  // expected-note {{locked again here, inside the callee}}
    Cents += N;
  }

private:
  void report() { log(balance()); }
  void log(int) {}

  mutable std::mutex M;
  int Cents = 0;
};

// Through references, pointers and owners.

struct Node {
  std::mutex M;
  std::unique_ptr<Node> Next;
  Node *Parent = nullptr;
  int Value = 0;
};

void bad_reference(Node &N) {
  std::mutex &Mine = N.M;
  std::lock_guard<std::mutex> A(Mine);
  // expected-note@-1 {{first locked here}}
  // expected-note@-2 {{kept by 'A'}}
  std::lock_guard<std::mutex> B(N.M);
  // expected-warning@-1 {{locking 'N.M', which this thread holds already}}
}

void ok_reference(Node &N, Node &Other) {
  std::mutex &Mine = N.M;
  std::lock_guard<std::mutex> A(Mine);
  std::lock_guard<std::mutex> B(Other.M);
}

void bad_owner(const std::shared_ptr<Node> &P) {
  Node &N = *P;
  std::lock_guard<std::mutex> A(N.M);
  // expected-note@-1 {{first locked here}}
  // expected-note@-2 {{kept by 'A'}}
  std::lock_guard<std::mutex> B(P->M);
  // expected-warning@-1 {{locking 'P->M', which this thread holds already}}
}

// Hand over hand.
int ok_hand_over_hand(Node &First) {
  int Sum = 0;
  std::unique_lock<std::mutex> L(First.M);
  for (Node *N = &First; N->Next; N = N->Next.get()) {
    std::unique_lock<std::mutex> Following(N->Next->M);
    L.swap(Following);
    Sum += N->Value;
  }
  return Sum;
}

int ok_hand_over_hand_moved(Node *N) {
  std::unique_lock<std::mutex> L(N->M);
  while (N->Next) {
    std::unique_lock<std::mutex> Following(N->Next->M);
    N = N->Next.get();
    L = std::move(Following);
  }
  return N->Value;
}

void ok_hand_over_hand_manual(Node *N) {
  N->M.lock();
  while (Node *Next = N->Next.get()) {
    Next->M.lock();
    N->M.unlock();
    N = Next;
  }
  N->M.unlock();
}

void ok_all_of_them(std::vector<Node *> &Nodes) {
  for (Node *N : Nodes)
    N->M.lock();
  for (Node *N : Nodes)
    N->M.unlock();
}

void ok_stripes(std::vector<std::unique_ptr<std::mutex>> &Stripes, int A, int B) {
  std::lock_guard<std::mutex> First(*Stripes[A]);
  std::lock_guard<std::mutex> Second(*Stripes[B]);
}

// The callee unlocks what its caller locked, and locks it again.

class Dispatcher {
public:
  void ok_run() {
    M.lock();
    while (Left > 0)
      deliver();
    M.unlock();
  }

  void ok_run_guard() {
    std::unique_lock<std::mutex> L(M);
    while (Left > 0)
      deliver(L);
  }

  void bad_run_guard() {
    std::unique_lock<std::mutex> L(M);
    // expected-note@-1 {{first locked here}}
    // expected-note@-2 {{kept by 'L'}}
    while (Left > 0)
      deliverLocked(L);
      // expected-warning@-1 {{this call locks 'M', which this thread holds already}}
  }

  void take() {
    std::lock_guard<std::mutex> L(M);  // expected-note {{locked again here, inside the callee}}
    --Left;
  }

private:
  void deliver() {
    M.unlock();
    take();
    M.lock();
  }

  void deliver(std::unique_lock<std::mutex> &L) {
    L.unlock();
    take();
    L.lock();
  }

  void deliverLocked(std::unique_lock<std::mutex> &L) {
    take();
    L.unlock();
    L.lock();
  }

  std::mutex M;
  int Left = 0;
};

// A helper returns the guard.

class Store {
public:
  int bad_get(const std::string &Key) {
    auto L = lock();  // expected-note {{first locked here}} expected-note {{kept by 'L'}}
    return size() + Values[Key];
    // expected-warning@-1 {{this call locks 'M', which this thread holds already}}
  }

  int ok_get(const std::string &Key) {
    int N = size();
    auto L = lock();
    return N + Values[Key];
  }

  int size() {
    auto L = lock();
    return static_cast<int>(Values.size());
  }

private:
  std::unique_lock<std::mutex> lock() {
    return std::unique_lock<std::mutex>(M);
    // expected-note@-1 {{locked again here, inside the callee}}
  }

  std::mutex M;
  std::map<std::string, int> Values;
};

// Recursion.

struct Directory {
  std::vector<Directory> Entries;
};

class Walker {
public:
  int bad_count(const Directory &D) {
    std::lock_guard<std::mutex> L(M);
    // expected-note@-1 {{first locked here}}
    // expected-note@-2 {{kept by 'L'}}
    // expected-note@-3 {{locked again here, inside the callee}}
    int N = 1;
    for (const Directory &Child : D.Entries)
      N += bad_count(Child);
      // expected-warning@-1 {{this call locks 'M', which this thread holds already}}
    return N;
  }

  int ok_count(const Directory &D) {
    std::lock_guard<std::mutex> L(M);
    return count(D);
  }

  int ok_recursive_mutex(const Directory &D) {
    std::lock_guard<std::recursive_mutex> L(R);
    int N = 1;
    for (const Directory &Child : D.Entries)
      N += ok_recursive_mutex(Child);
    return N;
  }

private:
  int count(const Directory &D) {
    int N = 1;
    for (const Directory &Child : D.Entries)
      N += count(Child);
    return N;
  }

  std::mutex M;
  std::recursive_mutex R;
};

// A class of one's own.

class RecursiveLock {
public:
  void lock() { Inner.lock(); }
  void unlock() { Inner.unlock(); }

private:
  std::recursive_mutex Inner;
};

class Spin {
public:
  void lock() { Inner.lock(); }
  void unlock() { Inner.unlock(); }

private:
  std::mutex Inner;
};

void ok_own_recursive(RecursiveLock &L) {
  std::lock_guard<RecursiveLock> A(L);
  std::lock_guard<RecursiveLock> B(L);
}

void bad_own(Spin &L) {
  std::lock_guard<Spin> A(L);  // expected-note {{first locked here}} expected-note {{kept by 'A'}}
  std::lock_guard<Spin> B(L);  // expected-warning {{locking 'L', which this thread holds already}}
}

// It knows its owner.
class Owned {
public:
  void lock() {
    if (Owner == std::this_thread::get_id()) {
      ++Depth;
      return;
    }
    Inner.lock();
    Owner = std::this_thread::get_id();
  }
  void unlock() { Inner.unlock(); }

private:
  std::mutex Inner;
  std::atomic<std::thread::id> Owner;
  int Depth = 0;
};

void ok_owned(Owned &L) {
  std::lock_guard<Owned> A(L);
  std::lock_guard<Owned> B(L);
}

// A spinlock.
class Flag {
public:
  void lock() {
    while (Taken.test_and_set()) {
    }
  }
  void unlock() { Taken.clear(); }

private:
  std::atomic_flag Taken;
};

void bad_spin(Flag &L) {
  std::lock_guard<Flag> A(L);  // expected-note {{first locked here}} expected-note {{kept by 'A'}}
  std::lock_guard<Flag> B(L);  // expected-warning {{locking 'L', which this thread holds already}}
}

// For code that one thread runs.
struct NoMutex {
  void lock() {}
  void unlock() {}
};

void ok_no_mutex(NoMutex &L) {
  std::lock_guard<NoMutex> A(L);
  std::lock_guard<NoMutex> B(L);
}

// Not a mutex: it counts nothing and nobody waits.
class Door {
public:
  void lock() { Locked = true; }
  void unlock() { Locked = false; }

private:
  bool Locked = false;
};

void ok_door(Door &D) {
  D.lock();
  D.lock();
}

// A constructor and its members.

struct Registry {
  Registry() {
    std::lock_guard<std::mutex> L(M);
    // expected-note@-1 {{first locked here}}
    // expected-note@-2 {{kept by 'L'}}
    bad_add(1);  // expected-warning {{this call locks 'M', which this thread holds already}}
  }
  void bad_add(int) { std::lock_guard<std::mutex> L(M); }
  // expected-note@-1 {{locked again here, inside the callee}}
  std::mutex M;
};

struct OkRegistry {
  OkRegistry() {
    {
      std::lock_guard<std::mutex> L(M);
    }
    add(1);
  }
  void add(int) { std::lock_guard<std::mutex> L(M); }
  std::mutex M;
};

// Several levels, virtual functions, owners, arrays.

class Base {
public:
  virtual ~Base() = default;
  virtual void refresh() = 0;

protected:
  std::mutex M;
};

class Leaf final : public Base {
public:
  void refresh() override { third(); }

  void bad_final() {
    std::lock_guard<std::mutex> L(M);
    // expected-note@-1 {{first locked here}}
    // expected-note@-2 {{kept by 'L'}}
    refresh();  // expected-warning {{this call locks 'M', which this thread holds already}}
  }

  void ok_final() {
    {
      std::lock_guard<std::mutex> L(M);
    }
    refresh();
  }

private:
  void first() { std::lock_guard<std::mutex> L(M); }
  // expected-note@-1 {{locked again here, inside the callee}}
  void second() { first(); }
  void third() { second(); }
};

class Branch : public Base {
public:
  void refresh() override { std::lock_guard<std::mutex> L(M); }
  // expected-note@-1 {{locked again here, inside the callee}}

  // Which function it is depends on the object.
  void ok_virtual() {
    std::lock_guard<std::mutex> L(M);
    refresh();
  }

  void bad_qualified() {
    std::lock_guard<std::mutex> L(M);
    // expected-note@-1 {{first locked here}}
    // expected-note@-2 {{kept by 'L'}}
    Branch::refresh();  // expected-warning {{this call locks 'M', which this thread holds already}}
  }
};

struct Shard {
  std::mutex M;
  int Value = 0;
  void add(int N) {
    std::lock_guard<std::mutex> L(M);  // expected-note 2 {{locked again here, inside the callee}}
    Value += N;
  }
};

class Sharded {
public:
  void bad_same(int I) {
    std::lock_guard<std::mutex> L(Shards[I].M);
    // expected-note@-1 {{first locked here}}
    // expected-note@-2 {{kept by 'L'}}
    Shards[I].add(1);
    // expected-warning@-1 {{this call locks 'Shards[I].M', which this thread holds already}}
  }

  void ok_same(int I) {
    {
      std::lock_guard<std::mutex> L(Shards[I].M);
    }
    Shards[I].add(1);
  }

  void ok_others(int I, int J) {
    std::lock_guard<std::mutex> L(Shards[I].M);
    Shards[J].add(1);
  }

  void ok_constant() {
    std::lock_guard<std::mutex> L(Shards[0].M);
    Shards[1].add(1);
  }

  void ok_next(int I) {
    std::lock_guard<std::mutex> L(Shards[I].M);
    ++I;
    Shards[I].add(1);
  }

  void bad_owner() {
    std::lock_guard<std::mutex> L(Main->M);
    // expected-note@-1 {{first locked here}}
    // expected-note@-2 {{kept by 'L'}}
    Main->add(1);
    // expected-warning@-1 {{this call locks 'Main->M', which this thread holds already}}
  }

  void ok_owner(std::shared_ptr<Shard> Other) {
    std::lock_guard<std::mutex> L(Main->M);
    Other->add(1);
  }

private:
  Shard Shards[8];
  std::shared_ptr<Shard> Main;
};

// A helper is called with the lock held, or locks itself, as it is told.

class Told {
public:
  void bad_told() {
    std::lock_guard<std::mutex> L(M);
    // expected-note@-1 {{first locked here}}
    // expected-note@-2 {{kept by 'L'}}
    update(true);  // expected-warning {{this call locks 'M', which this thread holds already}}
  }
  void ok_told() {
    std::lock_guard<std::mutex> L(M);
    update(false);
  }

private:
  void update(bool Lock) {
    std::unique_lock<std::mutex> L(M, std::defer_lock);
    if (Lock)
      L.lock();  // expected-note {{locked again here, inside the callee}}
    ++N;
  }

  std::mutex M;
  int N = 0;
};

// A try that the caller learns of.

class Tried {
public:
  bool enter() {
    if (!M.try_lock())
      return false;
    if (Full) {
      M.unlock();
      return false;
    }
    return true;
  }

  void ok_enter() {
    if (!enter()) {
      std::lock_guard<std::mutex> L(M);
      return;
    }
    M.unlock();
  }

private:
  std::mutex M;
  bool Full = false;
};

// Callbacks that run at once.

class Cache {
public:
  template <typename F> void each(F Visit) {
    std::lock_guard<std::mutex> L(M);
    for (auto &[Key, Value] : Values)
      Visit(Value);
  }

  int bad_total() {
    int Sum = 0;
    each([&](int V) { Sum += V + size(); });
    // expected-warning@-1 {{this call locks 'M', which this thread holds already}}
    // expected-note@-2 {{first locked here}}
    // expected-note@-3 {{kept by a temporary until the end of the full expression}}
    // expected-note@-4 {{the closure is called here}}
    return Sum;
  }

  int ok_total() {
    int Sum = 0, N = size();
    each([&](int V) { Sum += V + N; });
    return Sum;
  }

  int size() {
    std::lock_guard<std::mutex> L(M);  // expected-note {{locked again here, inside the callee}}
    return 1;
  }

  // It runs later, in another thread.
  std::thread ok_later() {
    std::lock_guard<std::mutex> L(M);
    return std::thread([this] { size(); });
  }

  std::function<int()> ok_stored() {
    std::lock_guard<std::mutex> L(M);
    return [this] { return size(); };
  }

private:
  std::mutex M;
  std::map<int, int> Values;
};

// Guards that go by value into the callee.

class Handed {
public:
  bool bad_set(int V) {
    std::unique_lock<std::mutex> L(M);  // expected-note {{first locked here}}
    Value = V;
    return appliesLocked(std::move(L));
    // expected-warning@-1 {{this call locks 'M', which this thread holds already}}
    // expected-note@-2 {{kept by a temporary until the end of the full expression}}
  }

  bool ok_set(int V) {
    std::unique_lock<std::mutex> L(M);
    Value = V;
    return applies(std::move(L));
  }

private:
  bool appliesLocked(std::unique_lock<std::mutex> L) {
    int Old = Value;
    return value() > Old;
  }

  bool applies(std::unique_lock<std::mutex> L) {
    int Old = Value;
    L.unlock();
    return value() > Old;
  }

  int value() {
    std::lock_guard<std::mutex> L(M);  // expected-note {{locked again here, inside the callee}}
    return Value;
  }

  std::mutex M;
  int Value = 0;
};

// Guards of the project's own, whose destructors unlock through a method.

template <typename Mutex> class ScopedLock {
public:
  ScopedLock(Mutex &M) { acquire(M); }
  ~ScopedLock() {
    if (Locked)
      release();
  }
  void acquire(Mutex &M) {
    Locked = &M;
    M.lock();  // expected-note {{locked again here, inside the callee}}
  }
  void release() {
    Locked->unlock();
    Locked = nullptr;
  }

private:
  Mutex *Locked = nullptr;
};

void bad_own_guard(std::mutex &Mu) {
  ScopedLock<std::mutex> A(Mu);
  // expected-note@-1 {{first locked here}}
  // expected-note@-2 {{kept by 'A'}}
  ScopedLock<std::mutex> B(Mu);
  // expected-warning@-1 {{this call locks 'Mu', which this thread holds already}}
}

void ok_own_guard(std::mutex &Mu, int N) {
  for (int I = 0; I < N; ++I)
    ScopedLock<std::mutex> A(Mu);
  ScopedLock<std::mutex> B(Mu);
}

class EitherLock {
public:
  EitherLock(std::shared_mutex &M, bool Writes) { acquire(M, Writes); }
  ~EitherLock() { Writing ? Mutex->unlock() : Mutex->unlock_shared(); }

private:
  void acquire(std::shared_mutex &M, bool Writes) {
    Mutex = &M;
    Writing = Writes;
    if (Writes)
      M.lock();
    else
      M.lock_shared();
  }

  std::shared_mutex *Mutex;
  bool Writing;
};

void ok_either(std::shared_mutex &Mu) {
  { EitherLock A(Mu, true); }
  EitherLock B(Mu, false);
}

// A base class of std changes nothing of the object.

class Sharing : public std::enable_shared_from_this<Sharing> {
public:
  void bad_weak_from_this() {
    std::lock_guard<std::mutex> A(M);
    // expected-note@-1 {{first locked here}}
    // expected-note@-2 {{kept by 'A'}}
    Self = weak_from_this();
    std::lock_guard<std::mutex> B(M);
    // expected-warning@-1 {{locking 'M', which this thread holds already}}
  }

  void ok_weak_from_this() {
    { std::lock_guard<std::mutex> A(M); }
    Self = weak_from_this();
    std::lock_guard<std::mutex> B(M);
  }

private:
  std::mutex M;
  std::weak_ptr<Sharing> Self;
};

// What is locked by others has lock and unlock too, but no destructor that
// unlocks.

class LockedByOwner {
public:
  explicit LockedByOwner(std::mutex &M) : M(M) {}
  void lock() { M.lock(); }
  void unlock() { M.unlock(); }

private:
  std::mutex &M;
};

class Owner : public std::mutex {
public:
  Owner() : A(*this), B(*this) {}

private:
  LockedByOwner A, B;
};

// The only object of a class is the one that a method of it is called on.
class Log {
public:
  static Log &instance() {
    static Log Only;
    return Only;
  }
  void write(int Line) {
    std::lock_guard<std::mutex> Lock(M);  // expected-note {{locked again here, inside the callee}}
    Last = Line;
  }
  void bad_rotate() {
    std::lock_guard<std::mutex> Lock(M);
    // expected-note@-1 {{first locked here}}
    // expected-note@-2 {{kept by 'Lock'}}
    Log::instance().write(0);
    // expected-warning@-1 {{this call locks 'M', which this thread holds already}}
  }
  void ok_rotate() {
    {
      std::lock_guard<std::mutex> Lock(M);
      Last = 1;
    }
    Log::instance().write(0);
  }

private:
  Log() = default;
  std::mutex M;
  int Last = 0;
};

// There may be others.
class Catalog {
public:
  static Catalog &main() {
    static Catalog Main;
    return Main;
  }
  void add(int Entry) {
    std::lock_guard<std::mutex> Lock(M);
    Last = Entry;
  }
  void ok_forward(int Entry) {
    std::lock_guard<std::mutex> Lock(M);
    Catalog::main().add(Entry);
  }

private:
  std::mutex M;
  int Last = 0;
};

// A scope guard that unlocks what its function has locked by hand.

class AtExit {
public:
  explicit AtExit(std::function<void()> F) : F(std::move(F)) {}
  ~AtExit() {
    if (F)
      F();
  }

private:
  std::function<void()> F;
};

class Depot {
public:
  bool ship(int N) {
    M.lock();
    AtExit Unlock([this] { M.unlock(); });
    if (N > Stock)
      return false;
    Stock -= N;
    return true;
  }
  void keep() {
    M.lock();
    AtExit Count([this] { ++Stock; });
  }
  int stock() {
    std::lock_guard<std::mutex> Lock(M);  // expected-note {{locked again here, inside the callee}}
    return Stock;
  }

private:
  std::mutex M;
  int Stock = 0;
};

int ok_unlocked_at_exit(Depot &D) {
  return D.ship(1) ? D.stock() : 0;
}

int bad_kept_at_exit(Depot &D) {
  D.keep();  // expected-note {{first locked here}}
  return D.stock();  // expected-warning {{this call locks 'D.M', which this thread holds already}}
}
