// RUN: %lint borrow-overlapping-borrow

#include <cell.h>
#include <coroutine>

using app::RefCell;

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
    void return_value(int) {}
    void unhandled_exception() {}
  };
};

Task bad_coroutine(RefCell<int> &C) {
  auto G = C.borrow();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
  co_await std::suspend_always{};
  *C.borrow_mut() = *G;  // expected-warning {{mutable borrow of 'C' while it is already borrowed}}
}

Task ok_coroutine(RefCell<int> &C) {
  int V;
  {
    auto G = C.borrow();
    V = *G;
  }
  co_await std::suspend_always{};
  *C.borrow_mut() = V;
}

Task ok_early_co_return(RefCell<int> &C, bool K) {
  if (K) {
    auto G = C.borrow();
    co_return;
  }
  *C.borrow_mut() = 1;
}

Task ok_falls_off_the_end(RefCell<int> &C) {
  co_await std::suspend_always{};
  auto G = C.borrow_mut();
  *G = 1;
}

Generator bad_generator(RefCell<int> &C) {
  auto G = C.borrow();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
  co_yield *G;
  co_return C.replace(1);
  // expected-warning@-1 {{mutable borrow of 'C' while it is already borrowed}}
}

Generator ok_generator(RefCell<int> &C) {
  co_yield *C.borrow();
  co_return C.replace(1);
}

Generator ok_loop(RefCell<int> &C) {
  for (int I = 0; I < 3; ++I) {
    co_yield *C.borrow();
    ++*C.borrow_mut();
  }
  co_return 0;
}
