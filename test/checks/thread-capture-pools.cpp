// RUN: %lint borrow-thread-capture

// Pools of one's own, parallel loops over references, references that a callee
// hands to its thread.

#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

class Pool {
  std::mutex Mutex;
  std::deque<std::function<void()>> Tasks;
  std::vector<std::thread> Threads;

public:
  void enqueue(std::function<void()> Task) {
    std::lock_guard<std::mutex> L(Mutex);
    Tasks.push_back(std::move(Task));
  }
  ~Pool() {
    for (auto &T : Threads)
      T.join();
  }
};

void bad_pool_of_the_caller(Pool &P) {  // expected-note {{the thread is kept by 'P'}}
  int X = 0;  // expected-note {{'X' ends with its scope}}
  P.enqueue([&X] { ++X; });
  // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
}

void ok_pool_of_the_caller(Pool &P) {
  static int X = 0;
  P.enqueue([] { ++X; });
}

void ok_pool_after_data() {
  int X = 0;
  Pool P;
  P.enqueue([&X] { ++X; });
}

void bad_pool_before_data() {
  Pool P;  // expected-note {{the thread is kept by 'P'}}
  int X = 0;  // expected-note {{'X' ends with its scope}}
  P.enqueue([&X] { ++X; });
  // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
}

// The reference ends with each round, what it refers to does not.

void ok_parallel_loop(const std::vector<std::string> &Words) {
  std::vector<std::future<void>> Fs;
  for (const auto &W : Words)
    Fs.push_back(std::async(std::launch::async, [&W] { (void)W; }));
  for (auto &F : Fs)
    F.wait();
}

void bad_parallel_loop_over_copies(const std::vector<int> &Numbers) {
  std::vector<std::thread> Ts;  // expected-note {{the thread is kept by 'Ts'}}
  for (int N : Numbers)  // expected-note {{'N' ends with its scope}}
    Ts.push_back(std::thread([&N] { ++N; }));
    // expected-warning@-1 {{this thread may outlive 'N', which its closure refers to}}
  for (auto &T : Ts)
    T.join();
}

void bad_element_of_a_local() {
  std::vector<int> Numbers{1, 2};  // expected-note {{'Numbers' ends with its scope}}
  for (int &N : Numbers)
    std::thread([&N] { ++N; }).detach();
    // expected-warning@-1 {{this thread may outlive 'Numbers', which its closure refers to}}
}

// A callee that hands its reference parameter to a thread.

void start(int &X) {
  std::thread([&X] { ++X; }).detach();
}

void bad_callee_starts() {
  int X = 0;  // expected-note {{'X' ends with its scope}}
  start(X);  // expected-warning {{this thread may outlive 'X', which its closure refers to}}
}

void ok_callee_starts(int &X) { start(X); }

std::thread started(int &X) {
  return std::thread([&X] { ++X; });
}

void ok_callee_returns_thread() {
  int X = 0;
  std::thread T = started(X);
  T.join();
}

std::thread bad_callee_returns_thread() {
  int X = 0;  // expected-note {{'X' ends with its scope}}
  return started(X);
  // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
}
