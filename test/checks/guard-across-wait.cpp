// RUN: %lint borrow-guard-across-wait

#include <cell.h>
#include <chrono>
#include <condition_variable>
#include <future>
#include <latch>
#include <mutex>
#include <queue>
#include <semaphore>
#include <shared_mutex>
#include <thread>
#include <utility>
#include <vector>

using namespace std::chrono;

std::mutex M, Other;
std::condition_variable Changed;
bool Ready;
int Count;

// Each way to wait.

void bad_join(std::thread &T) {
  std::lock_guard<std::mutex> L(M);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  ++Count;
  T.join();  // expected-warning {{joining 'T' while 'M' is held}}
}

void ok_join(std::thread &T) {
  {
    std::lock_guard<std::mutex> L(M);
    ++Count;
  }
  T.join();
}

int bad_future(std::future<int> &F) {
  std::unique_lock<std::mutex> L(M);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  return F.get();  // expected-warning {{joining 'F' while 'M' is held}}
}

int ok_future(std::future<int> &F) {
  std::unique_lock<std::mutex> L(M);
  L.unlock();
  return F.get();
}

void bad_latch(std::latch &Done) {
  std::scoped_lock L(M);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  Done.wait();  // expected-warning {{waiting for 'Done' while 'M' is held}}
}

void ok_latch(std::latch &Done) {
  { std::scoped_lock L(M); }
  Done.wait();
}

void bad_semaphore(std::counting_semaphore<4> &Free) {
  std::scoped_lock L(M);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  Free.acquire();  // expected-warning {{waiting for 'Free' while 'M' is held}}
}

void ok_semaphore(std::counting_semaphore<4> &Free) {
  Free.acquire();
  std::scoped_lock L(M);
}

void bad_sleep() {
  M.lock();  // expected-note {{locked here}}
  std::this_thread::sleep_for(seconds(1));  // expected-warning {{sleeping while 'M' is held}}
  M.unlock();
}

void ok_sleep() {
  M.lock();
  M.unlock();
  std::this_thread::sleep_for(seconds(1));
}

// A condition variable gives back the lock that it is given, and no other.

void bad_second_lock() {
  std::lock_guard<std::mutex> Outer(Other);
  // expected-note@-1 {{locked here}}
  // expected-note@-2 {{kept by 'Outer'}}
  std::unique_lock<std::mutex> L(M);
  Changed.wait(L, [] { return Ready; });
  // expected-warning@-1 {{waiting for 'Changed' while 'Other' is held}}
}

void ok_own_lock() {
  std::unique_lock<std::mutex> L(M);
  Changed.wait(L, [] { return Ready; });
}

// Control flow.

void bad_on_one_path(std::thread &T, bool Fast) {
  std::unique_lock<std::mutex> L(M);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  if (Fast)
    L.unlock();
  T.join();  // expected-warning {{joining 'T' while 'M' is held}}
}

void ok_on_every_path(std::thread &T, bool Fast) {
  std::unique_lock<std::mutex> L(M);
  if (Fast)
    ++Count;
  L.unlock();
  T.join();
}

void ok_early_return(std::thread &T) {
  {
    std::lock_guard<std::mutex> L(M);
    if (Ready)
      return;
  }
  T.join();
}

void bad_loop(std::thread (&All)[3]) {
  std::lock_guard<std::mutex> L(M);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  for (auto &T : All)
    T.join();  // expected-warning {{joining 'T' while 'M' is held}}
}

void ok_loop(std::thread (&All)[3]) {
  for (auto &T : All)
    T.join();
  std::lock_guard<std::mutex> L(M);
}

void ok_moved(std::thread &T) {
  std::unique_lock<std::mutex> L(M);
  { auto Gone = std::move(L); }
  T.join();
}

void ok_try_failed(std::thread &T) {
  std::unique_lock<std::mutex> L(M, std::try_to_lock);
  if (!L)
    T.join();
}

void ok_shadowed(std::thread &T) {
  if (Ready) {
    std::lock_guard<std::mutex> L(M);
  }
  T.join();
}

// A cell belongs to one thread: nobody waits for it.
void ok_cell(app::RefCell<int> &C) {
  auto G = C.borrow_mut();
  std::this_thread::sleep_for(seconds(1));
  *G = 1;
}

// Classes, helpers, closures, templates.

class Worker {
public:
  void bad_stop() {
    std::lock_guard<std::mutex> L(Mutex);
    // expected-note@-1 {{locked here}}
    // expected-note@-2 {{kept by 'L'}}
    Stop = true;
    if (Thread.joinable())
      Thread.join();  // expected-warning {{joining 'Thread' while 'Mutex' is held}}
  }
  void ok_stop() {
    {
      std::lock_guard<std::mutex> L(Mutex);
      Stop = true;
    }
    if (Thread.joinable())
      Thread.join();
  }
  void bad_calls() {
    std::lock_guard<std::mutex> L(Mutex);
    // expected-note@-1 {{locked here}}
    // expected-note@-2 {{kept by 'L'}}
    finish();  // expected-warning {{this call joins 'Thread' while 'Mutex' is held}}
  }
  void ok_calls() {
    std::unique_lock<std::mutex> L(Mutex);
    Stop = true;
    L.unlock();
    finish();
  }
  void bad_in_closure() {
    auto Pause = [] { std::this_thread::sleep_for(seconds(1)); };
    // expected-note@-1 {{waits here, inside the callee}}
    std::lock_guard<std::mutex> L(Mutex);
    // expected-note@-1 {{locked here}}
    // expected-note@-2 {{kept by 'L'}}
    Pause();  // expected-warning {{this call sleeps while 'Mutex' is held}}
  }
  void ok_in_closure() {
    auto Pause = [] { std::this_thread::sleep_for(seconds(1)); };
    { std::lock_guard<std::mutex> L(Mutex); }
    Pause();
  }
  // The closure runs on another thread.
  void ok_in_thread() {
    std::lock_guard<std::mutex> L(Mutex);
    Thread = std::thread([] { std::this_thread::sleep_for(seconds(1)); });
  }

private:
  void finish() { Thread.join(); }  // expected-note {{waits here, inside the callee}}

  std::mutex Mutex;
  std::thread Thread;
  bool Stop = false;
};

template <typename T> T bad_template(std::future<T> &F) {
  std::lock_guard<std::mutex> L(M);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  return F.get();  // expected-warning {{joining 'F' while 'M' is held}}
}

template <typename T> T ok_template(std::future<T> &F) {
  T V = F.get();
  std::lock_guard<std::mutex> L(M);
  return V;
}

void instantiate(std::future<int> &F, std::future<long> &G) {
  bad_template(F);
  bad_template(G);
  ok_template(F);
}

#define WAIT(T) (T).join()  // expected-note {{expanded from macro 'WAIT'}}

void bad_macro(std::thread &T) {
  std::lock_guard<std::mutex> L(M);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  WAIT(T);  // expected-warning {{joining 'T' while 'M' is held}}
}

void ok_macro(std::thread &T) {
  WAIT(T);
  std::lock_guard<std::mutex> L(M);
}

// A joining thread waits when it dies, which is before or after the guard.

// fn_: what a destructor waits for is not an effect yet.
void fn_jthread() {
  std::lock_guard<std::mutex> L(M);
  std::jthread T([] { std::lock_guard<std::mutex> Inner(M); });
}

void ok_jthread() {
  std::jthread T([] { std::lock_guard<std::mutex> Inner(M); });
  std::lock_guard<std::mutex> L(M);
}

// A future that is asked first is not waited for.

int ok_ready(std::vector<std::future<int>> &All) {
  std::lock_guard<std::mutex> L(M);
  int Sum = 0;
  for (auto &F : All)
    if (F.wait_for(seconds(0)) == std::future_status::ready)
      Sum += F.get();
  return Sum;
}

int bad_not_ready(std::vector<std::future<int>> &All) {
  std::lock_guard<std::mutex> L(M);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  int Sum = 0;
  for (auto &F : All)
    Sum += F.get();  // expected-warning {{joining 'F' while 'M' is held}}
  return Sum;
}

// Nobody else can want a lock that only this function takes.

void ok_own_mutex(std::condition_variable &C, const int &Left) {
  std::mutex Own;
  std::thread T([&C] { C.notify_one(); });
  std::unique_lock<std::mutex> L(Own);
  C.wait(L, [&Left] { return Left == 0; });
  T.join();
}

void bad_lent_mutex(std::condition_variable &C, const int &Left) {
  std::mutex Lent;
  std::thread T([&] {
    std::lock_guard<std::mutex> L(Lent);
    C.notify_one();
  });
  std::unique_lock<std::mutex> L(Lent);
  // expected-note@-1 {{locked here}}
  // expected-note@-2 {{kept by 'L'}}
  C.wait(L, [&Left] { return Left == 0; });
  T.join();  // expected-warning {{joining 'T' while 'Lent' is held}}
}
