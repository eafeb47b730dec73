// RUN: %lint borrow-thread-across-throw

#include <chrono>
#include <stdexcept>
#include <thread>

void work();
void mayThrow();
void neverThrows() noexcept;
[[noreturn]] void endProgram();
extern "C" void ofC();

void bad_unseen() {
  std::thread T(work);  // expected-note {{started here}}
  mayThrow();  // expected-warning {{this call may throw while the thread of 'T' runs}}
  T.join();
}

void ok_noexcept() {
  std::thread T(work);
  neverThrows();
  T.join();
}

void ok_joined_before() {
  std::thread T(work);
  T.join();
  mayThrow();
}

void ok_joins_itself() {
  std::jthread T(work);
  mayThrow();
}

void ok_of_c() {
  std::thread T(work);
  ofC();
  T.join();
}

void bad_first_of_two(int N) {
  std::thread T(work);  // expected-note {{started here}}
  for (int I = 0; I < N; ++I)
    mayThrow();
  mayThrow();  // expected-warning {{this call may throw while the thread of 'T' runs}}
  T.join();
}

void ok_caught() {
  std::thread T(work);
  try {
    mayThrow();
  } catch (...) {
  }
  T.join();
}

void bad_handle_in_try() {
  try {
    std::thread T(work);  // expected-note {{started here}}
    mayThrow();  // expected-warning {{this call may throw while the thread of 'T' runs}}
    T.join();
  } catch (...) {
  }
}

// A body that is seen and throws is borrow-unjoined-thread's.
void throws() { throw std::runtime_error("no"); }
void ok_seen() {
  std::thread T(work);
  throws();
  T.join();
}

// So is a thread that nobody ever joins.
void ok_never_joined() {
  std::thread T(work);
  mayThrow();
}

void ok_given(bool Stop) {
  std::thread T(work);
  if (Stop)
    endProgram();
  T.join();
}

// The exception ends the program, and so does the handle.
int main() {
  std::thread T(work);
  mayThrow();
  T.join();
}

// Where nothing runs, nothing is at risk.

void bad_while_running(bool Parallel) {
  if (Parallel) {
    std::thread T(work);  // expected-note {{started here}}
    mayThrow();  // expected-warning {{this call may throw while the thread of 'T' runs}}
    T.join();
  }
}

void ok_not_while_running(bool Parallel) {
  std::thread T = Parallel ? std::thread(work) : std::thread();
  if (!Parallel)
    mayThrow();
  if (Parallel)
    T.join();
}
