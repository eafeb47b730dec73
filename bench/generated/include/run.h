// The types of program.h, instrumented. A conflict is recorded with the lines
// of all active functions and the run goes on, as it would without the check:
// a conflict that needs another one before it is told apart by Ended.
#pragma once
#include <cstdio>
#include <functional>
#include <new>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace rt {

/// How often one entry is run with other choices before it is given up.
constexpr int MaxRuns = 2000;

struct Run {
  std::vector<std::pair<int, int>> Choices; // what was chosen, of how many
  size_t Next = 0;
  std::vector<int> Lines; // the current line of each active function
  bool Ended = false;     // the program would have stopped by now
  int Locks = 0, Writers = 0;
  unsigned Number = 0;
  std::set<std::string> Log;
  std::set<int> Reached;
};
inline Run R;

inline int choose(int Of) {
  if (R.Next == R.Choices.size())
    R.Choices.push_back({0, Of});
  return R.Choices[R.Next++].first;
}

inline void record(const char *Check, bool Ends = true) {
  std::string Line = std::string(R.Ended ? "later " : "first ") + Check;
  for (int L : R.Lines)
    Line += " " + std::to_string(L);
  R.Log.insert(Line);
  R.Ended |= Ends;
}

/// Shall a try do what it can't do? What follows says nothing about misses.
inline bool pretend() {
  bool Does = choose(2);
  R.Ended |= Does;
  return Does;
}

inline bool succeeds(bool Can) { return pretend() != Can; }

struct Frame {
  Frame() { R.Lines.push_back(0); }
  ~Frame() { R.Lines.pop_back(); }
};
inline void at(int Line) {
  R.Lines.back() = Line;
  R.Reached.insert(Line);
}

/// Runs Entry with every sequence of choices.
template <class F> void explore(const char *Name, F Entry) {
  R.Choices.clear();
  for (int Runs = 0;; ++Runs) {
    if (Runs == MaxRuns) {
      std::printf("capped %s\n", Name);
      return;
    }
    R.Next = 0;
    R.Ended = false;
    R.Locks = R.Writers = 0;
    R.Lines.clear();
    ++R.Number;
    Entry();
    while (!R.Choices.empty() &&
           R.Choices.back().first + 1 == R.Choices.back().second)
      R.Choices.pop_back();
    if (R.Choices.empty())
      return;
    ++R.Choices.back().first;
  }
}

inline int report() {
  for (const std::string &Line : R.Log)
    std::puts(Line.c_str());
  for (int Line : R.Reached)
    std::printf("reached - %d\n", Line);
  return 0;
}

/// How something is lent out; a global one starts anew in each run. It is never
/// freed, so that guards may outlive what they guard.
struct Lent {
  int Readers = 0, Writers = 0;
  unsigned Number = R.Number;
  Lent *now() {
    if (Number != R.Number)
      Readers = Writers = 0, Number = R.Number;
    return this;
  }
};

inline void use(int) {}
inline bool ask() { return choose(2); }
inline int upTo(int Most) { return choose(Most + 1); }
template <class T> void drop(T) {}
template <class F> void apply(F Function) { Function(); }
template <class F> void applyTo(const F &Function) { Function(); }

using ::std::move;

struct nullopt_t {};
inline constexpr nullopt_t nullopt;

template <class T> class optional {
public:
  optional() = default;
  optional(nullopt_t) {}
  optional(T &&V) { emplace(move(V)); }
  optional(optional &&Other) {
    if (Other.Value)
      emplace(move(*Other.Value));
  }
  optional &operator=(optional &&Other) {
    if (!Other.Value)
      reset();
    else if (Value)
      *Value = move(*Other.Value);
    else
      emplace(move(*Other.Value));
    return *this;
  }
  optional &operator=(nullopt_t) {
    reset();
    return *this;
  }
  ~optional() { reset(); }
  void reset() {
    if (Value)
      ::std::exchange(Value, nullptr)->~T();
  }
  void emplace(T &&V) {
    reset();
    Value = new (Storage) T(move(V));
  }
  bool has_value() const { return Value; }
  explicit operator bool() const { return Value; }
  T &operator*() const { return *Value; }

private:
  alignas(T) char Storage[sizeof(T)];
  T *Value = nullptr;
};

inline int Scrap;

template <class T> class Ref {
public:
  explicit Ref(Lent *Cell) : Cell(Cell) {
    if (Cell)
      ++Cell->Readers;
  }
  Ref(Ref &&Other) : Cell(::std::exchange(Other.Cell, nullptr)) {}
  Ref &operator=(Ref &&Other) {
    end();
    Cell = ::std::exchange(Other.Cell, nullptr);
    return *this;
  }
  ~Ref() { end(); }
  const T &operator*() const { return Scrap; }

private:
  void end() {
    if (Cell)
      --Cell->Readers;
  }
  Lent *Cell;
};

template <class T> class RefMut {
public:
  explicit RefMut(Lent *Cell) : Cell(Cell) {
    if (Cell)
      ++Cell->Writers, ++R.Writers;
  }
  RefMut(RefMut &&Other) : Cell(::std::exchange(Other.Cell, nullptr)) {}
  RefMut &operator=(RefMut &&Other) {
    end();
    Cell = ::std::exchange(Other.Cell, nullptr);
    return *this;
  }
  ~RefMut() { end(); }
  T &operator*() const { return Scrap; }

private:
  void end() {
    if (Cell)
      --Cell->Writers, --R.Writers;
  }
  Lent *Cell;
};

template <class T> class RefCell {
public:
  explicit RefCell(T = T()) {}
  RefCell(const RefCell &) = delete;
  RefCell &operator=(const RefCell &) = delete;
  Ref<T> borrow() const {
    if (S->now()->Writers)
      record("overlapping-borrow");
    return Ref<T>(S);
  }
  RefMut<T> borrow_mut() const {
    if (S->now()->Writers || S->Readers)
      record("overlapping-borrow");
    return RefMut<T>(S);
  }
  optional<Ref<T>> try_borrow() const {
    if (!succeeds(S->now()->Writers == 0))
      return nullopt;
    return Ref<T>(S);
  }
  optional<RefMut<T>> try_borrow_mut() const {
    if (!succeeds(S->now()->Writers == 0 && S->Readers == 0))
      return nullopt;
    return RefMut<T>(S);
  }
  T replace(T) const { return *borrow_mut(); }

private:
  Lent *S = new Lent;
};

template <class T> class Channel {
public:
  void send(T) { waits(); }
  T recv() {
    waits();
    return T();
  }

private:
  void waits() {
    if (R.Locks || R.Writers)
      record("guard-across-send", false);
  }
};

class mutex {
public:
  ~mutex() { R.Locks -= S->now()->Writers + S->Readers; }
  void lock() {
    if (S->now()->Writers || S->Readers)
      record("double-lock");
    take();
  }
  void unlock() {
    if (S->now()->Writers == 0)
      return record("missing-unlock");
    --S->Writers, --R.Locks;
  }
  bool try_lock() {
    bool Free = !S->now()->Writers && !S->Readers;
    if (Free ? choose(2) : !pretend())
      return false;
    take();
    return true;
  }

protected:
  void take() { ++S->now()->Writers, ++R.Locks; }
  Lent *S = new Lent;
};

class recursive_mutex : public mutex {
public:
  void lock() { take(); }
  bool try_lock() {
    if (choose(2))
      return false;
    take();
    return true;
  }
};

class shared_mutex : public mutex {
public:
  void lock_shared() {
    if (S->now()->Writers)
      record("double-lock");
    ++S->Readers, ++R.Locks;
  }
  void unlock_shared() {
    if (S->now()->Readers == 0)
      return record("missing-unlock");
    --S->Readers, --R.Locks;
  }
};

struct defer_lock_t {};
inline constexpr defer_lock_t defer_lock;
struct try_to_lock_t {};
inline constexpr try_to_lock_t try_to_lock;
struct adopt_lock_t {};
inline constexpr adopt_lock_t adopt_lock;

template <class M> class lock_guard {
public:
  explicit lock_guard(M &Mutex) : Mutex(Mutex) { Mutex.lock(); }
  lock_guard(M &Mutex, adopt_lock_t) : Mutex(Mutex) {}
  lock_guard(const lock_guard &) = delete;
  ~lock_guard() { Mutex.unlock(); }

private:
  M &Mutex;
};

template <class M1, class M2 = M1> class scoped_lock {
public:
  scoped_lock(M1 &First, M2 &Second) : First(First), Second(Second) {
    First.lock();
    Second.lock();
  }
  scoped_lock(const scoped_lock &) = delete;
  ~scoped_lock() {
    Second.unlock();
    First.unlock();
  }

private:
  M1 &First;
  M2 &Second;
};

template <class M> struct Exclusive {
  static void lock(M &Mutex) { Mutex.lock(); }
  static void unlock(M &Mutex) { Mutex.unlock(); }
};
template <class M> struct Shared {
  static void lock(M &Mutex) { Mutex.lock_shared(); }
  static void unlock(M &Mutex) { Mutex.unlock_shared(); }
};

template <class M, class How> class Lock {
public:
  Lock() = default;
  explicit Lock(M &Mutex) : Mutex(&Mutex) { lock(); }
  Lock(M &Mutex, defer_lock_t) : Mutex(&Mutex) {}
  Lock(M &Mutex, adopt_lock_t) : Mutex(&Mutex), Owns(true) {}
  Lock(M &Mutex, try_to_lock_t) : Mutex(&Mutex), Owns(Mutex.try_lock()) {}
  Lock(Lock &&Other)
      : Mutex(::std::exchange(Other.Mutex, nullptr)),
        Owns(::std::exchange(Other.Owns, false)) {}
  Lock &operator=(Lock &&Other) {
    end();
    Mutex = ::std::exchange(Other.Mutex, nullptr);
    Owns = ::std::exchange(Other.Owns, false);
    return *this;
  }
  ~Lock() { end(); }
  void lock() {
    if (!Mutex)
      return record("other");
    if (Owns)
      return record("double-lock");
    How::lock(*Mutex);
    Owns = true;
  }
  void unlock() {
    if (!Owns)
      return record("missing-unlock");
    end();
  }
  bool try_lock() {
    if (!Mutex || Owns) {
      record("other");
      return false;
    }
    return Owns = Mutex->try_lock();
  }
  bool owns_lock() const { return Owns; }
  explicit operator bool() const { return Owns; }

private:
  void end() {
    if (::std::exchange(Owns, false))
      How::unlock(*Mutex);
  }
  M *Mutex = nullptr;
  bool Owns = false;
};
template <class M> using unique_lock = Lock<M, Exclusive<M>>;
template <class M> using shared_lock = Lock<M, Shared<M>>;

/// What the handles of one object know of it. With Elsewhere it has an owner
/// that may go at any time.
struct Count {
  int Strong = 0;
  bool Elsewhere = false;
  bool isGone() {
    if (!Strong && Elsewhere)
      Elsewhere = choose(2) == 0;
    return !Strong && !Elsewhere;
  }
};

template <class T> class weak_ptr;

template <class T> class shared_ptr {
public:
  shared_ptr() = default;
  shared_ptr(T *Object, Count *C, bool Upgraded)
      : Object(Object), C(C), Upgraded(Upgraded) {
    if (C)
      ++C->Strong;
  }
  shared_ptr(const shared_ptr &Other)
      : shared_ptr(Other.Object, Other.C, Other.Upgraded) {}
  shared_ptr(shared_ptr &&Other)
      : Object(::std::exchange(Other.Object, nullptr)),
        C(::std::exchange(Other.C, nullptr)),
        Upgraded(::std::exchange(Other.Upgraded, false)) {}
  shared_ptr &operator=(shared_ptr Other) {
    ::std::swap(Object, Other.Object);
    ::std::swap(C, Other.C);
    ::std::swap(Upgraded, Other.Upgraded);
    return *this;
  }
  ~shared_ptr() {
    if (C)
      --C->Strong;
  }
  void reset() { *this = shared_ptr(); }
  T *get() const { return Object; }
  explicit operator bool() const { return Object; }
  bool operator==(decltype(nullptr)) const { return !Object; }
  T &operator*() const {
    if (Object)
      return *Object;
    record(Upgraded ? "unchecked-upgrade" : "other");
    return *new T();
  }
  T *operator->() const { return &**this; }

private:
  friend class weak_ptr<T>;
  T *Object = nullptr;
  Count *C = nullptr;
  bool Upgraded = false;
};

template <class T> class weak_ptr {
public:
  /// To an object that others own.
  weak_ptr() : Object(new T()), C(new Count{0, true}) {}
  weak_ptr(const shared_ptr<T> &S) : Object(S.Object), C(S.C) {}
  shared_ptr<T> lock() const {
    if (expired())
      return shared_ptr<T>(nullptr, nullptr, true);
    return shared_ptr<T>(Object, C, true);
  }
  bool expired() const { return C->isGone(); }

private:
  T *Object;
  Count *C;
};

template <class T> shared_ptr<T> make_shared(int V) {
  return shared_ptr<T>(new T(V), new Count, false);
}

template <class F> using function = ::std::function<F>;

} // namespace rt

#define std rt
using namespace rt;
