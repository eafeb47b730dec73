// RUN: %lint borrow-guard-across-callback

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

std::mutex M;
int Count;

struct Listener {
  virtual ~Listener() = default;
  virtual void changed(int) = 0;
  virtual int wants() const = 0;
};

// A kept function object.

class Subject {
public:
  void bad_member() {
    std::lock_guard<std::mutex> L(Mutex);
    // expected-note@-1 {{locked here}}
    // expected-note@-2 {{kept by 'L'}}
    Changed(++Value);
    // expected-warning@-1 {{calling unknown code through 'Changed' while 'Mutex' is held}}
  }
  void ok_member() {
    std::function<void(int)> Call;
    int Now;
    {
      std::lock_guard<std::mutex> L(Mutex);
      Now = ++Value;
      Call = Changed;
    }
    Call(Now);
  }
  void bad_list() {
    std::lock_guard<std::mutex> L(Mutex);
    // expected-note@-1 {{locked here}}
    // expected-note@-2 {{kept by 'L'}}
    for (auto &Call : All)
      Call(Value);
      // expected-warning@-1 {{calling unknown code through 'Call' while 'Mutex' is held}}
  }
  void ok_list() {
    std::vector<std::function<void(int)>> Copy;
    {
      std::lock_guard<std::mutex> L(Mutex);
      Copy = All;
    }
    for (auto &Call : Copy)
      Call(1);
  }
  void bad_listener(Listener &Who) {
    std::unique_lock<std::mutex> L(Mutex);
    // expected-note@-1 {{locked here}}
    // expected-note@-2 {{kept by 'L'}}
    Who.changed(Value);
    // expected-warning@-1 {{calling unknown code through 'Who' while 'Mutex' is held}}
  }
  void ok_listener(Listener &Who) {
    std::unique_lock<std::mutex> L(Mutex);
    int Now = Value;
    L.unlock();
    Who.changed(Now);
  }
  // An interface that is asked, not told.
  void ok_asked(Listener &Who) {
    std::unique_lock<std::mutex> L(Mutex);
    Value = Who.wants();
  }
  void bad_helper() {
    std::lock_guard<std::mutex> L(Mutex);
    // expected-note@-1 {{locked here}}
    // expected-note@-2 {{kept by 'L'}}
    notify();
    // expected-warning@-1 {{this call calls unknown code through 'Changed' while 'Mutex' is held}}
  }
  void ok_helper() {
    { std::lock_guard<std::mutex> L(Mutex); }
    notify();
  }

private:
  void notify() { Changed(Value); }  // expected-note {{called here, inside the callee}}

  std::mutex Mutex;
  int Value = 0;
  std::function<void(int)> Changed;
  std::vector<std::function<void(int)>> All;
};

// A function parameter.

void bad_parameter(const std::function<void()> &F) {
  std::lock_guard<std::mutex> L(M);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  F();  // expected-warning {{calling unknown code through 'F' while 'M' is held}}
}

void ok_parameter(const std::function<void()> &F) {
  { std::lock_guard<std::mutex> L(M); }
  F();
}

void bad_pointer(void (*F)(int)) {
  std::lock_guard<std::mutex> L(M);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  F(Count);  // expected-warning {{calling unknown code through 'F' while 'M' is held}}
}

void ok_pointer(void (*F)(int)) {
  int Now;
  {
    std::lock_guard<std::mutex> L(M);
    Now = Count;
  }
  F(Now);
}

template <typename Visitor> void bad_visit(Visitor V) {
  std::lock_guard<std::mutex> L(M);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  V(Count);  // expected-warning {{calling unknown code through 'V' while 'M' is held}}
}

template <typename Visitor> void ok_visit(Visitor V) {
  int Now;
  {
    std::lock_guard<std::mutex> L(M);
    Now = Count;
  }
  V(Now);
}

template <typename F> void each(F Do) { Do(1); }

void instantiate() {
  bad_visit([](int) {});
  ok_visit([](int) {});
}

// The closure is written here.

void ok_known() {
  auto Increment = [](int By) { Count += By; };
  std::lock_guard<std::mutex> L(M);
  Increment(1);
  each(Increment);
  each([](int By) { Count += By; });
}

void bad_on_one_path(const std::function<void()> &F, bool Fast) {
  std::unique_lock<std::mutex> L(M);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  if (Fast)
    L.unlock();
  F();  // expected-warning {{calling unknown code through 'F' while 'M' is held}}
}

void ok_on_every_path(const std::function<void()> &F, bool Fast) {
  std::unique_lock<std::mutex> L(M);
  if (Fast)
    ++Count;
  L.unlock();
  F();
}
