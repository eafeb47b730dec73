// RUN: %lint borrow-thread-capture

// Templates, macros, exceptions.

#include <future>
#include <stdexcept>
#include <thread>
#include <utility>

void step();

template <class T> void bad_template(T V) {
  std::thread([&V] { ++V; }).detach(); // expected-warning {{}}
}

template <class T> void ok_template(T V) {
  std::thread([V]() mutable { ++V; }).detach();
}

template <class Thread> void ok_uninstantiated(int V) {
  Thread([&V] { ++V; }).detach();
}

template <class T> struct Runner {
  void bad_member(T V) {
    std::thread Th([&V] { ++V; }); // expected-warning {{}}
    Th.detach();
  }
  void ok_member(T V) {
    std::thread Th([&V] { ++V; });
    Th.join();
  }
};

template struct Runner<int>;
template struct Runner<long>;

template <bool Join> void okIfJoined() {
  int X = 0;
  if constexpr (Join) {
    std::thread T([&X] { ++X; });
    T.join();
  } else {
    std::thread T([X] { (void)X; });
    T.detach();
  }
}

void instantiate() {
  bad_template(1);
  bad_template(1L);
  ok_template(1);
  okIfJoined<true>();
  okIfJoined<false>();
}

#define SPAWN(...) std::thread(__VA_ARGS__).detach()
#define GO(Body) std::thread([&] Body).detach()

void bad_macro() {
  int X = 0;
  SPAWN([&X] { ++X; }); // expected-warning {{}}
}

void ok_macro() {
  int X = 0;
  SPAWN([X] { (void)X; });
}

void bad_macro_capture() {
  int X = 0;
  GO({ ++X; }); // expected-warning {{}}
}

void ok_macro_capture() {
  int X = 0;
  GO({ step(); });
  ++X;
}

// An exception past a joinable thread ends the program: nothing dangles.

void ok_may_throw() {
  int X = 0;
  std::thread T([&X] { ++X; });
  step();
  T.join();
}

void ok_joined_in_handler() {
  int X = 0;
  std::thread T([&X] { ++X; });
  try {
    step();
  } catch (...) {
    T.join();
    throw;
  }
  T.join();
}

void bad_detached_in_handler() {
  int X = 0;
  std::thread T([&X] { ++X; }); // expected-warning {{}}
  try {
    step();
  } catch (const std::runtime_error &) {
    T.detach();
    return;
  }
  T.join();
}

// A jthread is joined when the exception passes.
void ok_jthread_may_throw() {
  int X = 0;
  std::jthread T([&X] { ++X; });
  step();
}

// The try block's own local dies first.
void bad_local_of_try_block() {
  std::jthread T;
  try {
    int X = 0;
    T = std::jthread([&X] { ++X; }); // expected-warning {{}}
    step();
  } catch (...) {
  }
}

void ok_local_outside_of_try_block() {
  int X = 0;
  std::jthread T;
  try {
    T = std::jthread([&X] { ++X; });
    step();
  } catch (...) {
  }
}
