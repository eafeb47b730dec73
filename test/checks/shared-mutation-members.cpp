// RUN: %lint borrow-shared-mutation

// What the thread of an object uses while other methods run.

#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

void flush(int);

class Meter {
public:
  Meter() : Worker([this] { run(); }) {}
  ~Meter() {
    Stop = true;
    Worker.join();
  }

  void bad_add(int N) { Sum += N; }
  // expected-warning@-1 {{'Sum' is changed while the thread of this object reads it}}
  void bad_log(int N) { Lines.push_back(N); }
  // expected-warning@-1 {{'Lines' is changed while the thread of this object changes it}}
  int bad_rounds() const { return Rounds; }
  // expected-warning@-1 {{'Rounds' is read while the thread of this object changes it}}
  int ok_limit() const { return Limit; }
  void ok_atomic() { ++Total; }
  void ok_own_thing() { ++Calls; }

private:
  void run() {
    while (!Stop) {
      flush(Sum + Limit);  // expected-note {{the thread uses it here}}
      Lines.clear();  // expected-note {{the thread uses it here}}
      ++Rounds;  // expected-note {{the thread uses it here}}
    }
  }

  int Sum = 0, Limit = 10, Rounds = 0, Calls = 0;
  std::vector<int> Lines;
  std::atomic<int> Total{0};
  std::atomic<bool> Stop{false};
  std::thread Worker;
};

class Locked {
public:
  Locked() {
    Worker = std::thread([this] {
      while (!Stop) {
        std::lock_guard<std::mutex> L(M);
        flush(Sum);
      }
    });
  }
  ~Locked() {
    Stop = true;
    Worker.join();
  }
  void ok_add(int N) {
    std::lock_guard<std::mutex> L(M);
    Sum += N;
  }

private:
  std::mutex M;
  int Sum = 0;
  std::atomic<bool> Stop{false};
  std::thread Worker;
};

// Who calls may have waited.

class Stopped {
public:
  Stopped() : Worker([this] { Sum = 3; }) {}
  void stop() { Worker.join(); }
  int ok_sum() const { return Sum; }

private:
  int Sum = 0;
  std::thread Worker;
};

class Told {
public:
  Told()
      : Worker([this] {
          Sum = 3;
          Done = true;
        }) {}
  ~Told() { Worker.join(); }
  bool done() const { return Done; }
  int ok_sum() const { return Sum; }

private:
  int Sum = 0;
  std::atomic<bool> Done{false};
  std::thread Worker;
};

// The thread itself calls it.

class Runs {
public:
  Runs() : Worker([this] { ok_run(); }) {}
  ~Runs() { Worker.join(); }
  void ok_run() { step(); }
  void bad_setup() { ok_step(); }
  // expected-warning@-1 {{'Steps' is changed while the thread of this object changes it}}
  void ok_step() { ++Steps; }
  // expected-note@-1 {{used here, inside the callee}}
  // expected-note@-2 {{the thread uses it here}}

private:
  void step() {
    ok_step();
    ++Steps;
  }
  int Steps = 0;
  std::thread Worker;
};

// A thread that starts later may not run yet.

class Started {
public:
  ~Started() { Worker.join(); }
  void start() {
    Worker = std::thread([this] { ++Steps; });
  }
  void ok_prepare() { Steps = 1; }

private:
  int Steps = 0;
  std::thread Worker;
};

// What the thread uses by way of a function.
static void bump(long &N) { ++N; }  // expected-note {{the thread uses it here}}
class Pulse {
public:
  Pulse() : Worker([this] { run(); }) {}
  ~Pulse() {
    Stop = true;
    Worker.join();
  }
  void run() {
    while (!Stop)
      bump(Sum);
  }
  void bad_reset() { Sum = 0; }
  // expected-warning@-1 {{'Sum' is changed while the thread of this object changes it}}
  int ok_other() { return ++Other; }

private:
  std::atomic<bool> Stop{false};
  long Sum = 0;
  int Other = 0;
  std::thread Worker;
};
