// RUN: %lint borrow-detached-thread

#include <thread>

void work();

void bad_detached() {
  std::thread T(work);
  T.detach();  // expected-warning {{this thread is detached: nobody can wait for it}}
}

void ok_joined() {
  std::thread T(work);
  T.join();
}

void bad_temporary() { std::thread(work).detach(); }
// expected-warning@-1 {{this thread is detached: nobody can wait for it}}

void ok_temporary() { std::thread(work).join(); }

void letGo(std::thread &T) { T.detach(); }
// expected-warning@-1 {{this thread is detached: nobody can wait for it}}

void ok_by_callee() {
  std::thread T(work);
  letGo(T);
}
