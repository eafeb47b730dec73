// RUN: %lint borrow-thread-capture

// Templates, macros, exceptions.

#include <future>
#include <stdexcept>
#include <thread>
#include <utility>

void step();

template <class T> void bad_template(T V) {  // expected-note {{'V' ends with its scope}}
  std::thread([&V] { ++V; }).detach();
  // expected-warning@-1 {{this thread may outlive 'V', which its closure refers to}}
}

template <class T> void ok_template(T V) {
  std::thread([V]() mutable { ++V; }).detach();
}

template <class Thread> void ok_uninstantiated(int V) {
  Thread([&V] { ++V; }).detach();
}

template <class T> struct Runner {
  void bad_member(T V) {  // expected-note {{'V' ends with its scope}}
    std::thread Th([&V] { ++V; });
    // expected-warning@-1 {{this thread may outlive 'V', which its closure refers to}}
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
// expected-note@-1 {{expanded from macro 'SPAWN'}}
#define GO(Body) std::thread([&] Body).detach()  // expected-note {{expanded from macro 'GO'}}

void bad_macro() {
  int X = 0;  // expected-note {{'X' ends with its scope}}
  SPAWN([&X] { ++X; });
  // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
}

void ok_macro() {
  int X = 0;
  SPAWN([X] { (void)X; });
}

void bad_macro_capture() {
  int X = 0;  // expected-note {{'X' ends with its scope}}
  GO({ ++X; });  // expected-warning {{this thread may outlive 'X', which its closure refers to}}
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
  int X = 0;  // expected-note {{'X' ends with its scope}}
  std::thread T([&X] { ++X; });
  // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
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
  std::jthread T;  // expected-note {{the thread is kept by 'T'}}
  try {
    int X = 0;  // expected-note {{'X' ends with its scope}}
    T = std::jthread([&X] { ++X; });
    // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
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
