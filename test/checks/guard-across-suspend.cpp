// RUN: %lint borrow-guard-across-suspend

#include <cell.h>
#include <coroutine>
#include <mutex>
#include <utility>

struct Task {
  struct promise_type {
    Task get_return_object() { return {}; }
    std::suspend_never initial_suspend() { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
};

struct Generator {
  struct promise_type {
    Generator get_return_object() { return {}; }
    std::suspend_always initial_suspend() { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(int) { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
};

struct AsyncMutex {
  struct Scope {
    explicit Scope(AsyncMutex &);
    ~Scope();
  };
  struct Lock {
    bool await_ready();
    void await_suspend(std::coroutine_handle<>);
    Scope await_resume();
  };
  Lock scoped_lock_async();
};

std::mutex M;
int Count;

Task bad_lock() {
  std::lock_guard<std::mutex> L(M);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  co_await std::suspend_always{};
  // expected-warning@-1 {{this coroutine may be suspended while 'M' is held}}
  ++Count;
}

Task ok_lock() {
  {
    std::lock_guard<std::mutex> L(M);
    ++Count;
  }
  co_await std::suspend_always{};
}

Task bad_by_hand() {
  M.lock();  // expected-note {{locked here}}
  co_await std::suspend_always{};
  // expected-warning@-1 {{this coroutine may be suspended while 'M' is held}}
  M.unlock();
}

Task ok_by_hand() {
  M.lock();
  M.unlock();
  co_await std::suspend_always{};
}

Task bad_cell(app::RefCell<int> &C) {
  auto G = C.borrow_mut();  // expected-note {{borrowed here}} expected-note {{kept by 'G'}}
  co_await std::suspend_always{};
  // expected-warning@-1 {{this coroutine may be suspended while 'C' is borrowed}}
  *G = 1;
}

Task ok_cell(app::RefCell<int> &C) {
  co_await std::suspend_always{};
  auto G = C.borrow_mut();
  *G = 1;
}

Task bad_shared_borrow(app::RefCell<int> &C) {
  auto G = C.borrow();  // expected-note {{borrowed here}} expected-note {{kept by 'G'}}
  co_await std::suspend_always{};
  // expected-warning@-1 {{this coroutine may be suspended while 'C' is borrowed}}
  Count = *G;
}

Task ok_copied(app::RefCell<int> &C) {
  Count = *C.borrow();
  co_await std::suspend_always{};
}

Generator bad_yield() {
  for (;;) {
    std::unique_lock<std::mutex> L(M);
    // expected-note@-1 {{locked here}}
    // expected-note@-2 {{kept by 'L'}}
    co_yield ++Count;  // expected-warning {{this coroutine may be suspended while 'M' is held}}
  }
}

Generator ok_yield() {
  for (;;) {
    int V;
    {
      std::unique_lock<std::mutex> L(M);
      V = ++Count;
    }
    co_yield V;
  }
}

Task ok_unlocked() {
  std::unique_lock<std::mutex> L(M);
  ++Count;
  L.unlock();
  co_await std::suspend_always{};
}

Task bad_on_one_path(bool Fast) {
  std::unique_lock<std::mutex> L(M);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  if (Fast)
    L.unlock();
  co_await std::suspend_always{};
  // expected-warning@-1 {{this coroutine may be suspended while 'M' is held}}
}

Task ok_moved() {
  std::unique_lock<std::mutex> L(M);
  { auto Gone = std::move(L); }
  co_await std::suspend_always{};
}

Task ok_early() {
  {
    std::lock_guard<std::mutex> L(M);
    if (Count)
      co_return;
  }
  co_await std::suspend_always{};
}

// A lock that is waited for by suspending may be held by a suspended coroutine.
Task ok_async_mutex(AsyncMutex &A) {
  auto L = co_await A.scoped_lock_async();
  co_await std::suspend_always{};
}

Task callee() {
  co_await std::suspend_always{};
}

// Who calls a coroutine and doesn't await it goes on.
void ok_starts() {
  std::lock_guard<std::mutex> L(M);
  callee();
}

class Service {
public:
  Task bad_member() {
    std::lock_guard<std::mutex> L(Mutex);
    // expected-note@-1 {{locked here}}
    // expected-note@-2 {{kept by 'L'}}
    co_await std::suspend_always{};
    // expected-warning@-1 {{this coroutine may be suspended while 'Mutex' is held}}
  }
  Task ok_member() {
    { std::lock_guard<std::mutex> L(Mutex); }
    co_await std::suspend_always{};
  }

private:
  std::mutex Mutex;
};

void closures() {
  auto bad = [](int) -> Task {
    std::lock_guard<std::mutex> L(M);
    // expected-note@-1 {{locked here}}
    // expected-note@-2 {{kept by 'L'}}
    co_await std::suspend_always{};
    // expected-warning@-1 {{this coroutine may be suspended while 'M' is held}}
  };
  auto ok = [](int) -> Task {
    co_await std::suspend_always{};
    std::lock_guard<std::mutex> L(M);
  };
  bad(1);
  ok(1);
}

// Results of what is awaited.

struct Number {
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  int await_resume();
};
void use(int);

Task bad_result_kept() {
  std::lock_guard<std::mutex> L(M);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  int N = co_await Number{};
  // expected-warning@-1 {{this coroutine may be suspended while 'M' is held}}
  use(N);
}

Task ok_result_kept() {
  int N = co_await Number{};
  std::lock_guard<std::mutex> L(M);
  use(N);
}

Task bad_result_used() {
  std::lock_guard<std::mutex> L(M);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  use(1 + co_await Number{});
  // expected-warning@-1 {{this coroutine may be suspended while 'M' is held}}
}

Task bad_result_tested() {
  std::lock_guard<std::mutex> L(M);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  if (co_await Number{})  // expected-warning {{this coroutine may be suspended while 'M' is held}}
    ++Count;
}
