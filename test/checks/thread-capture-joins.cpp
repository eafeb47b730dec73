// RUN: %lint borrow-thread-capture

// Threads that end before what they borrow.

#include <atomic>
#include <condition_variable>
#include <future>
#include <latch>
#include <list>
#include <memory>
#include <mutex>
#include <semaphore>
#include <thread>
#include <utility>
#include <vector>

// jthread joins in its destructor: after or before the data's end?

void ok_jthread_after_data() {
  int X = 0;
  std::jthread T([&X] { ++X; });
}

void bad_jthread_before_data() {
  std::jthread T;  // expected-note {{the thread is kept by 'T'}}
  int X = 0;  // expected-note {{'X' ends with its scope}}
  T = std::jthread([&X] { ++X; });
  // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
}

void ok_jthread_before_data_joined() {
  std::jthread T;
  int X = 0;
  T = std::jthread([&X] { ++X; });
  T.join();
}

void bad_jthread_detached() {
  int X = 0;  // expected-note {{'X' ends with its scope}}
  std::jthread T([&X] { ++X; });
  // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
  T.detach();
}

std::jthread bad_jthread_returned() {
  int X = 0;  // expected-note {{'X' ends with its scope}}
  return std::jthread([&X] { ++X; });
  // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
}

void bad_jthread_outer_scope() {
  std::jthread T;  // expected-note {{the thread is kept by 'T'}}
  {
    int X = 0;  // expected-note {{'X' ends with its scope}}
    T = std::jthread([&X] { ++X; });
    // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
  }
}

void ok_jthread_temporary() {
  int X = 0;
  std::jthread([&X] { ++X; });
}

// Vectors of threads.

void ok_joined_in_loop() {
  int X = 0;
  std::vector<std::thread> Ts;
  for (int I = 0; I < 4; ++I)
    Ts.emplace_back([&X] { (void)X; });
  for (auto &T : Ts)
    T.join();
}

void bad_detached_in_loop() {
  int X = 0;  // expected-note {{'X' ends with its scope}}
  std::vector<std::thread> Ts;
  for (int I = 0; I < 4; ++I)
    Ts.emplace_back([&X] { (void)X; });
    // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
  for (auto &T : Ts)
    T.detach();
}

void ok_joined_by_index() {
  int X = 0;
  std::vector<std::thread> Ts(4);
  for (std::size_t I = 0; I < Ts.size(); ++I)
    Ts[I] = std::thread([&X] { (void)X; });
  for (std::size_t I = 0; I < Ts.size(); ++I)
    if (Ts[I].joinable())
      Ts[I].join();
}

void bad_loop_variable() {
  std::vector<std::thread> Ts;  // expected-note {{the thread is kept by 'Ts'}}
  for (int I = 0; I < 4; ++I)  // expected-note {{'I' ends with its scope}}
    Ts.emplace_back([&I] { (void)I; });
    // expected-warning@-1 {{this thread may outlive 'I', which its closure refers to}}
  for (auto &T : Ts)
    T.join();
}

void ok_loop_variable_copied() {
  std::vector<std::thread> Ts;
  for (int I = 0; I < 4; ++I)
    Ts.emplace_back([I] { (void)I; });
  for (auto &T : Ts)
    T.join();
}

void ok_joined_in_body_of_loop() {
  for (int I = 0; I < 4; ++I) {
    std::thread T([&I] { (void)I; });
    T.join();
  }
}

void ok_vector_of_jthreads() {
  int X = 0;
  std::vector<std::jthread> Ts;
  for (int I = 0; I < 4; ++I)
    Ts.emplace_back([&X] { (void)X; });
}

void bad_vector_of_jthreads() {
  std::vector<std::jthread> Ts;  // expected-note {{the thread is kept by 'Ts'}}
  int X = 0;  // expected-note {{'X' ends with its scope}}
  for (int I = 0; I < 4; ++I)
    Ts.emplace_back([&X] { (void)X; });
    // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
}

void ok_vector_of_jthreads_cleared() {
  std::vector<std::jthread> Ts;
  int X = 0;
  for (int I = 0; I < 4; ++I)
    Ts.emplace_back([&X] { (void)X; });
  Ts.clear();
}

void ok_array_of_threads() {
  int X = 0;
  std::thread Ts[] = {std::thread([&X] { ++X; }), std::thread([] {})};
  for (std::thread &T : Ts)
    T.join();
}

// Futures.

void ok_future_in_scope() {
  int X = 0;
  auto F = std::async(std::launch::async, [&X] { ++X; });
}

void ok_future_got() {
  std::future<void> F;
  int X = 0;
  F = std::async(std::launch::async, [&X] { ++X; });
  F.get();
}

void bad_future_before_data() {
  std::future<void> F;  // expected-note {{the thread is kept by 'F'}}
  int X = 0;  // expected-note {{'X' ends with its scope}}
  F = std::async(std::launch::async, [&X] { ++X; });
  // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
}

// The future of async waits when it is thrown away.
void ok_future_discarded() {
  int X = 0;
  (void)std::async(std::launch::async, [&X] { ++X; });
}

std::future<int> bad_future_returned() {
  int X = 0;  // expected-note {{'X' ends with its scope}}
  return std::async(std::launch::async, [&X] { return ++X; });
  // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
}

std::future<int> ok_future_returned() {
  int X = 0;
  return std::async(std::launch::async, [X] { return X + 1; });
}

std::future<int> bad_deferred_returned(int X) {  // expected-note {{'X' ends with its scope}}
  return std::async(std::launch::deferred, [&X] { return ++X; });
  // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
}

void bad_future_stored(std::vector<std::future<void>> &Fs) {
// expected-note@-1 {{the thread is kept by 'Fs'}}
  int X = 0;  // expected-note {{'X' ends with its scope}}
  Fs.push_back(std::async([&X] { ++X; }));
  // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
}

void ok_futures_waited() {
  std::vector<std::future<void>> Fs;
  int X = 0;
  for (int I = 0; I < 4; ++I)
    Fs.push_back(std::async([&X] { (void)X; }));
  for (auto &F : Fs)
    F.wait();
}

// Detached threads that are waited for.

void ok_latch() {
  int X = 0;
  static std::latch Done(1);
  std::thread([&] {
    ++X;
    Done.count_down();
  }).detach();
  Done.wait();
}

void bad_latch_not_waited_for() {
  int X = 0;  // expected-note {{'X' ends with its scope}}
  static std::latch Done(1);
  std::thread([&] {
  // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
    ++X;
    Done.count_down();
  })
      .detach();
}

void ok_promise() {
  int X = 0;
  std::promise<void> P;
  auto F = P.get_future();
  std::thread([&X, P = std::move(P)]() mutable {
    ++X;
    P.set_value();
  }).detach();
  F.wait();
}

void ok_semaphore() {
  int X = 0;
  static std::binary_semaphore Done(0);
  std::thread([&X] {
    ++X;
    Done.release();
  }).detach();
  Done.acquire();
}

// A group that is waited for, whose methods return it.

class Group {
public:
  template <class F> Group &run(F &&Task) {
    Threads.emplace_back(std::forward<F>(Task));
    return *this;
  }
  void wait() {
    for (std::thread &T : Threads)
      T.join();
    Threads.clear();
  }

private:
  std::vector<std::thread> Threads;
};

int ok_group_chained() {
  Group G;
  int A = 0, B = 0;
  G.run([&] { A = 1; }).run([&] { B = 1; });
  G.wait();
  return A + B;
}

void bad_group_chained(Group &G) {  // expected-note 2 {{the thread is kept by 'G.Threads'}}
  int A = 0, B = 0;
  // expected-note@-1 {{'A' ends with its scope}}
  // expected-note@-2 {{'B' ends with its scope}}
  G.run([] {}).run([&] { A = 1; });
  // expected-warning@-1 {{this thread may outlive 'A', which its closure refers to}}
  G.run([&] { B = 1; });
  // expected-warning@-1 {{this thread may outlive 'B', which its closure refers to}}
}
