// RUN: %lint borrow-unguarded-access

#include <map>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <thread>
#include <vector>

// Each call locks, but another thread may come between them.
class Counter {
public:
  int get() {
    std::lock_guard<std::mutex> Lock(M);
    return Value;  // expected-note 3 {{read here, inside the callee}}
  }
  void set(int N) {
    std::lock_guard<std::mutex> Lock(M);
    Value = N;  // expected-note 3 {{written here, inside the callee}}
  }
  void add(int N) {
    std::lock_guard<std::mutex> Lock(M);
    Value += N;
  }
  void bad_set_get() { set(get() + 1); }
  // expected-warning@-1 {{'Value' is written from a value that may be old: 'M' was given back since it was read}}
  // expected-note@-2 {{read here}}
  void ok_add() { add(1); }
  void bad_by_variable() {
    int Old = get();  // expected-note {{read here}}
    if (Old < 10)
      set(Old * 2);
      // expected-warning@-1 {{'Value' is written from a value that may be old: 'M' was given back since it was read}}
  }
  void ok_other_value(int New) {
    int Old = get();
    if (Old < 10)
      set(New);
  }
  void ok_computed();

private:
  std::mutex M;
  int Value = 0;
};

int computed(int);
void Counter::ok_computed() { set(computed(get())); }

void bad_from_outside(Counter &C) { C.set(C.get() + 1); }
// expected-warning@-1 {{'C.Value' is written from a value that may be old: 'C.M' was given back since it was read}}
// expected-note@-2 {{read here}}
void ok_two_objects(Counter &From, Counter &To) { To.set(From.get() + 1); }

class Account {
public:
  void bad_two_scopes(int By) {
    int Old;
    {
      std::lock_guard<std::mutex> Lock(M);
      Old = Balance;  // expected-note {{read here}}
    }
    Old += By;
    std::lock_guard<std::mutex> Lock(M);
    Balance = Old;
    // expected-warning@-1 {{'Balance' is written from a value that may be old: 'M' was given back since it was read}}
  }
  void ok_one_scope(int By) {
    std::lock_guard<std::mutex> Lock(M);
    int Old = Balance;
    Old += By;
    Balance = Old;
  }
  void ok_looked_again(int By) {
    int Old;
    {
      std::lock_guard<std::mutex> Lock(M);
      Old = Balance;
    }
    std::lock_guard<std::mutex> Lock(M);
    if (Balance == Old)
      Balance = Old + By;
  }
  void ok_taken_out() {
    int Old;
    {
      std::lock_guard<std::mutex> Lock(M);
      Old = Balance;
      Balance = 0;
    }
    std::lock_guard<std::mutex> Lock(M);
    Balance = Old;
  }
  void bad_unlocked_between(int By) {
    std::unique_lock<std::mutex> Lock(M);
    int New = Balance + By;  // expected-note {{read here}}
    Lock.unlock();
    Lock.lock();
    Balance = New;
    // expected-warning@-1 {{'Balance' is written from a value that may be old: 'M' was given back since it was read}}
  }
  void ok_unlocked_after(int By) {
    std::unique_lock<std::mutex> Lock(M);
    int New = Balance + By;
    Balance = New;
    Lock.unlock();
  }
  void ok_shadowed(int By) {
    int Old = 0;
    {
      std::lock_guard<std::mutex> Lock(M);
      int Old = Balance;
      (void)Old;
    }
    std::lock_guard<std::mutex> Lock(M);
    Balance = Old + By;
  }

private:
  std::mutex M;
  int Balance = 0;
};

// A copy that is changed and written back.
class Names {
public:
  std::vector<std::string> all() {
    std::lock_guard<std::mutex> Lock(M);
    return Items;  // expected-note {{read here, inside the callee}}
  }
  void replace(std::vector<std::string> New) {
    std::lock_guard<std::mutex> Lock(M);
    Items = std::move(New);  // expected-note {{written here, inside the callee}}
  }
  void add(std::string Name) {
    std::lock_guard<std::mutex> Lock(M);
    Items.push_back(std::move(Name));
  }
  void bad_add(std::string Name) {
    auto Copy = all();  // expected-note {{read here}}
    Copy.push_back(std::move(Name));
    replace(std::move(Copy));
    // expected-warning@-1 {{'Items' is written from a value that may be old: 'M' was given back since it was read}}
  }
  void ok_add(std::string Name) { add(std::move(Name)); }

private:
  std::mutex M;
  std::vector<std::string> Items;
};

// One thread alone writes: what it has read does not grow old.
class Clock {
public:
  Clock() : Ticker([this] { ok_run(); }) {}
  int now() {
    std::lock_guard<std::mutex> Lock(M);
    return Time;
  }
  bool stopped() {
    std::lock_guard<std::mutex> Lock(M);
    return Stop;
  }

private:
  void ok_run() {
    while (!stopped()) {
      int Old;
      {
        std::lock_guard<std::mutex> Lock(M);
        Old = Time;
      }
      std::lock_guard<std::mutex> Lock(M);
      Time = Old + 1;
    }
  }

  std::mutex M;
  int Time = 0;
  bool Stop = false;
  std::thread Ticker;
};

// The same closure on several threads.
void bad_closures() {
  std::mutex M;
  int Total = 0;
  std::vector<std::thread> All;
  for (int I = 0; I < 4; ++I)
    All.emplace_back([&] {
      int Old;
      {
        std::lock_guard<std::mutex> Lock(M);
        Old = Total;  // expected-note {{read here}}
      }
      std::lock_guard<std::mutex> Lock(M);
      Total = Old + 1;
      // expected-warning@-1 {{'Total' is written from a value that may be old: 'M' was given back since it was read}}
    });
  for (auto &T : All)
    T.join();
}

void ok_closures() {
  std::mutex M;
  int Total = 0;
  std::vector<std::thread> All;
  for (int I = 0; I < 4; ++I)
    All.emplace_back([&] {
      std::lock_guard<std::mutex> Lock(M);
      int Old = Total;
      Total = Old + 1;
    });
  for (auto &T : All)
    T.join();
}

// Locked by the caller all the time.
class Recursive {
public:
  int get() {
    std::lock_guard<std::recursive_mutex> Lock(M);
    return Value;  // expected-note {{read here, inside the callee}}
  }
  void set(int N) {
    std::lock_guard<std::recursive_mutex> Lock(M);
    Value = N;  // expected-note {{written here, inside the callee}}
  }
  void ok_locked() {
    std::lock_guard<std::recursive_mutex> Lock(M);
    set(get() + 1);
  }
  void bad_outside() { set(get() + 1); }
  // expected-warning@-1 {{'Value' is written from a value that may be old: 'M' was given back since it was read}}
  // expected-note@-2 {{read here}}

private:
  std::recursive_mutex M;
  int Value = 0;
};

template <typename T> class Box {
public:
  T get() {
    std::lock_guard<std::mutex> Lock(M);
    return Value;  // expected-note {{read here, inside the callee}}
  }
  void set(T N) {
    std::lock_guard<std::mutex> Lock(M);
    Value = N;  // expected-note {{written here, inside the callee}}
  }
  void bad_twice() { set(get() + get()); }
  // expected-warning@-1 {{'Value' is written from a value that may be old: 'M' was given back since it was read}}
  // expected-note@-2 {{read here}}

private:
  std::mutex M;
  T Value;
};
template class Box<int>;

class Switch {
public:
  bool isOn() const {
    std::lock_guard<std::mutex> Lock(M);
    return On;  // expected-note {{read here, inside the callee}}
  }
  void setOn(bool New) {
    std::lock_guard<std::mutex> Lock(M);
    On = New;  // expected-note {{written here, inside the callee}}
  }
  void bad_toggle() { setOn(!isOn()); }
  // expected-warning@-1 {{'On' is written from a value that may be old: 'M' was given back since it was read}}
  // expected-note@-2 {{read here}}
  void ok_toggle() {
    std::lock_guard<std::mutex> Lock(M);
    On = !On;
  }

private:
  mutable std::mutex M;
  bool On = false;
};

// What is decided by an old value is not followed.
class fn_Decided {
public:
  bool full() const {
    std::lock_guard<std::mutex> Lock(M);
    return Used >= 8;
  }
  void put() {
    std::lock_guard<std::mutex> Lock(M);
    ++Used;
  }
  void fn_decided() {
    if (!full())
      put();
  }

private:
  mutable std::mutex M;
  int Used = 0;
};

// Elements of containers.
class Stock {
public:
  int find(const std::string &Name) const {
    std::lock_guard<std::mutex> Lock(M);
    auto It = Items.find(Name);
    return It == Items.end() ? 0 : It->second;  // expected-note {{read here, inside the callee}}
  }
  int get(const std::string &Name) {
    std::lock_guard<std::mutex> Lock(M);
    return Items[Name];  // expected-note {{read here, inside the callee}}
  }
  void set(const std::string &Name, int N) {
    std::lock_guard<std::mutex> Lock(M);
    Items[Name] = N;  // expected-note 2 {{written here, inside the callee}}
  }
  void bad_found(const std::string &Name) {
    int Old = find(Name);  // expected-note {{read here}}
    set(Name, Old + 1);
    // expected-warning@-1 {{'Items[Name]' is written from a value that may be old: 'M' was given back since it was read}}
  }
  void bad_at_once(const std::string &Name) { set(Name, get(Name) + 1); }
  // expected-warning@-1 {{'Items[Name]' is written from a value that may be old: 'M' was given back since it was read}}
  // expected-note@-2 {{read here}}
  void ok_inside(const std::string &Name) {
    std::lock_guard<std::mutex> Lock(M);
    ++Items[Name];
  }
  void ok_other(const std::string &From, const std::string &To) {
    set(To, get(From));
  }
  void bad_scopes(const std::string &Name) {
    int Old;
    {
      std::lock_guard<std::mutex> Lock(M);
      Old = Items.at(Name);  // expected-note {{read here}}
    }
    std::lock_guard<std::mutex> Lock(M);
    Items.at(Name) = Old + 1;
    // expected-warning@-1 {{'Items[Name]' is written from a value that may be old: 'M' was given back since it was read}}
  }
  void ok_looked(const std::string &Name) {
    int Old = get(Name);
    std::lock_guard<std::mutex> Lock(M);
    auto It = Items.find(Name);
    if (It != Items.end() && It->second == Old)
      It->second = Old + 1;
  }

private:
  mutable std::mutex M;
  std::map<std::string, int> Items;
};

// A value that is made from itself.
class Tokens {
public:
  void bad_refill(double Seconds) {
    double T;
    {
      std::lock_guard<std::mutex> Lock(M);
      T = Left;  // expected-note {{read here}}
    }
    T = Rate + T * Seconds;
    std::lock_guard<std::mutex> Lock(M);
    Left = T;
    // expected-warning@-1 {{'Left' is written from a value that may be old: 'M' was given back since it was read}}
  }
  bool take() {
    std::lock_guard<std::mutex> Lock(M);
    Left -= 1;
    return Left > 0;
  }

private:
  const double Rate = 1;
  double Left = 1;
  std::mutex M;
};

// One more lock keeps others away meanwhile.
class Leaf {
public:
  std::string name() const {
    std::lock_guard<std::mutex> Lock(M);
    return Name;  // expected-note {{read here, inside the callee}}
  }
  void rename(std::string To) {
    std::lock_guard<std::mutex> Lock(M);
    Name = To;  // expected-note {{written here, inside the callee}}
  }

private:
  mutable std::mutex M;
  std::string Name;
};

class Branch {
public:
  void ok_under_its_own_lock(Leaf &L) {
    std::lock_guard<std::mutex> Lock(M);
    L.rename(L.name() + "x");
  }
  void bad_reader(Leaf &L) {
    std::shared_lock<std::shared_mutex> Lock(Readers);
    L.rename(L.name() + "x");
    // expected-warning@-1 {{'L.Name' is written from a value that may be old: 'L.M' was given back since it was read}}
    // expected-note@-2 {{read here}}
  }

private:
  std::mutex M;
  std::shared_mutex Readers;
};
