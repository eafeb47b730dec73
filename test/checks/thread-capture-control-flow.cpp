// RUN: %lint borrow-thread-capture

#include <functional>
#include <future>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

void step();
bool ready();
[[noreturn]] void fail();

// Paths: detached on one of them is detached.

void bad_detached_on_one_path(bool K) {
  int X = 0;  // expected-note {{'X' ends with its scope}}
  std::thread T([&X] { ++X; });
  // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
  if (K)
    T.join();
  else
    T.detach();
}

void ok_joined_on_both_paths(bool K) {
  int X = 0;
  std::thread T([&X] { ++X; });
  if (K) {
    step();
    T.join();
  } else {
    T.join();
  }
}

void bad_early_return(bool K) {
  int X = 0;  // expected-note {{'X' ends with its scope}}
  std::thread T([&X] { ++X; });
  // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
  if (K) {
    T.detach();
    return;
  }
  T.join();
}

void ok_early_return(bool K) {
  int X = 0;
  std::thread T([&X] { ++X; });
  if (K) {
    T.join();
    return;
  }
  T.join();
}

// Not joined on a path ends the program there: another check's business.
void ok_terminates(bool K) {
  int X = 0;
  std::thread T([&X] { ++X; });
  if (K)
    return;
  T.join();
}

// Whoever detaches only what it did not start with a reference is right.
void ok_same_condition_twice(bool K) {
  int X = 0;
  std::thread T;
  if (K)
    T = std::thread([&X] { ++X; });
  else
    T = std::thread([] {});
  if (K)
    T.join();
  else
    T.detach();
}

void ok_joinable_then_join() {
  int X = 0;
  std::thread T([&X] { ++X; });
  if (T.joinable())
    T.join();
}

void ok_dead_end(bool K) {
  int X = 0;
  std::thread T([&X] { ++X; });
  if (K) {
    T.detach();
    fail();
  }
  T.join();
}

// Moving the handle.

void ok_moved_and_joined() {
  int X = 0;
  std::thread T([&X] { ++X; });
  std::thread U = std::move(T);
  U.join();
}

void bad_moved_and_detached() {
  int X = 0;  // expected-note {{'X' ends with its scope}}
  std::thread T([&X] { ++X; });
  // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
  std::thread U = std::move(T);
  U.detach();
}

void bad_moved_into_vector(std::vector<std::thread> &Ts) {
// expected-note@-1 {{the thread is kept by 'Ts'}}
  int X = 0;  // expected-note {{'X' ends with its scope}}
  std::thread T([&X] { ++X; });
  // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
  Ts.push_back(std::move(T));
}

void ok_moved_into_local_vector() {
  int X = 0;
  std::thread T([&X] { ++X; });
  std::vector<std::thread> Ts;
  Ts.push_back(std::move(T));
  Ts.front().join();
}

// Helpers that join or detach.

void finish(std::thread &T) { T.join(); }
void finishByValue(std::thread T) { T.join(); }
void finishAll(std::vector<std::thread> &Ts) {
  for (auto &T : Ts)
    T.join();
}
void forget(std::thread &T) { T.detach(); }
template <class F> void spawnDetached(F Fn) { std::thread(Fn).detach(); }

void ok_helper_joins() {
  int X = 0;
  std::thread T([&X] { ++X; });
  finish(T);
}

void ok_helper_joins_by_value() {
  int X = 0;
  std::thread T([&X] { ++X; });
  finishByValue(std::move(T));
}

void ok_helper_joins_all() {
  int X = 0;
  std::vector<std::thread> Ts;
  Ts.emplace_back([&X] { ++X; });
  finishAll(Ts);
}

void bad_helper_detaches() {
  int X = 0;  // expected-note {{'X' ends with its scope}}
  std::thread T([&X] { ++X; });
  // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
  forget(T);
}

void bad_helper_spawns() {
  int X = 0;  // expected-note {{'X' ends with its scope}}
  spawnDetached([&X] { ++X; });
  // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
}

void ok_helper_spawns() {
  int X = 0;
  spawnDetached([X] { (void)X; });
}

// A guard that joins.

struct Joiner {
  std::thread &Thread;
  ~Joiner() {
    if (Thread.joinable())
      Thread.join();
  }
};

void ok_joiner() {
  int X = 0;
  std::thread T([&X] { ++X; });
  Joiner J{T};
  step();
}

// Loops and shadowing.

void ok_shadowed() {
  int X = 0;
  std::thread T([&X] { ++X; });
  {
    int X = 1;
    std::thread T([X] { (void)X; });
    T.detach();
  }
  T.join();
}

void bad_shadowed() {
  static int X = 0;
  {
    int X = 1;  // expected-note {{'X' ends with its scope}}
    std::thread([&X] { ++X; }).detach();
    // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
  }
  ++X;
}

// Lambdas inside lambdas.

void bad_inside_lambda() {
  auto Start = [] {
    int X = 0;  // expected-note {{'X' ends with its scope}}
    std::thread([&X] { ++X; }).detach();
    // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
  };
  Start();
}

void ok_inside_lambda() {
  auto Start = [] {
    int X = 0;
    std::thread([&X] { ++X; }).join();
  };
  Start();
}
