// RUN: %lint borrow-thread-capture

// `this` and threads that are members.

#include <cstdlib>
#include <atomic>
#include <functional>
#include <future>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

class Detaching {
  int Data = 0;
  void run();

public:
  void bad_this() {
    std::thread([this] { ++Data; }).detach();
    // expected-warning@-1 {{this thread may outlive '*this', which its closure refers to}}
  }

  void bad_this_by_default() {
    std::thread([&] { ++Data; }).detach();
    // expected-warning@-1 {{this thread may outlive '*this', which its closure refers to}}
  }

  void bad_this_by_copy_default() {
    std::thread([=, this] { ++Data; }).detach();
    // expected-warning@-1 {{this thread may outlive '*this', which its closure refers to}}
  }

  void ok_copy_of_object() {
    std::thread([*this]() mutable { ++Data; }).detach();
  }

  void ok_copy_of_member() {
    std::thread([D = Data] { (void)D; }).detach();
  }

  void bad_reference_to_member() {
    std::thread([&D = Data] { ++D; }).detach();
    // expected-warning@-1 {{this thread may outlive '*this', which its closure refers to}}
  }

  void bad_member_function() {
    std::thread(&Detaching::run, this).detach();
    // expected-warning@-1 {{this thread may outlive '*this', which its closure refers to}}
  }

  void bad_bound_member_function() {
    std::thread(std::bind(&Detaching::run, this)).detach();
    // expected-warning@-1 {{this thread may outlive '*this', which its closure refers to}}
  }

  void ok_joined() {
    std::thread T([this] { ++Data; });
    T.join();
  }
};

class Session : public std::enable_shared_from_this<Session> {
  int Data = 0;
  void run();

public:
  void ok_shared_from_this() {
    std::thread([Self = shared_from_this()] { ++Self->Data; }).detach();
  }

  // The second capture keeps the first alive.
  void ok_this_and_shared_from_this() {
    std::thread([this, Self = shared_from_this()] { ++Data; }).detach();
  }

  void ok_weak_from_this() {
    std::thread([Weak = weak_from_this()] {
      if (auto Self = Weak.lock())
        ++Self->Data;
    }).detach();
  }

  void ok_member_function_of_shared() {
    std::thread(&Session::run, shared_from_this()).detach();
  }

  void bad_this() {
    std::thread([this] { ++Data; }).detach();
    // expected-warning@-1 {{this thread may outlive '*this', which its closure refers to}}
  }
};

void bad_member_function_of_local() {
  struct Job {
    void run() {}
  } J;  // expected-note {{'J' ends with its scope}}
  std::thread(&Job::run, &J).detach();
  // expected-warning@-1 {{this thread may outlive 'J', which its closure refers to}}
}

void ok_member_function_of_copy() {
  struct Job {
    void run() {}
  } J;
  std::thread(&Job::run, J).detach();
}

// A member thread joined by the destructor.

class OkWorker {
  std::atomic<bool> Stop{false};
  std::thread Thread;
  void run();

public:
  OkWorker() : Thread([this] { run(); }) {}
  ~OkWorker() {
    Stop = true;
    Thread.join();
  }
};

class OkRestartable {
  std::atomic<bool> Stop{false};
  std::thread Thread;
  void run();

public:
  void start() {
    Thread = std::thread([this] { run(); });
  }
  void stop() {
    Stop = true;
    if (Thread.joinable())
      Thread.join();
  }
  ~OkRestartable() { stop(); }
};

// Whether a destructor joins or detaches is not compared with what the
// constructor starts.
class FnWorker {
  int Data = 0;
  std::thread Thread;

public:
  FnWorker()
      : Thread([this] { ++Data; })
  {}
  ~FnWorker() { Thread.detach(); }
};

class OkJoiningMember {
  int Data = 0;
  std::jthread Thread;

public:
  OkJoiningMember() : Thread([this] { ++Data; }) {}
};

class OkPool {
  std::atomic<bool> Stop{false};
  std::vector<std::thread> Threads;
  void run();

public:
  explicit OkPool(int N) {
    for (int I = 0; I < N; ++I)
      Threads.emplace_back([this] { run(); });
  }
  ~OkPool() {
    Stop = true;
    for (auto &T : Threads)
      T.join();
  }
};

class FnPool {
  std::vector<std::thread> Threads;
  int Data = 0;

public:
  void start() {
    Threads.emplace_back([this] { ++Data; });
  }
  ~FnPool() {
    for (auto &T : Threads)
      T.detach();
  }
};

// A local in a thread that the object keeps.

struct Keeper {
  std::vector<std::thread> Threads;
  std::thread Single;

  void bad_local_stored() {
    int X = 0;  // expected-note {{'X' ends with its scope}}
    Threads.emplace_back([&X] { ++X; });
    // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
  }

  void ok_local_stored() {
    int X = 0;
    Threads.emplace_back([X] { (void)X; });
  }

  void bad_local_assigned() {
    int X = 0;  // expected-note {{'X' ends with its scope}}
    Single = std::thread([&X] { ++X; });
    // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
  }

  void ok_local_assigned() {
    int X = 0;
    Single = std::thread([&X] { ++X; });
    Single.join();
  }

  ~Keeper() {
    for (auto &T : Threads)
      T.join();
    if (Single.joinable())
      Single.join();
  }
};

struct BadParameterInitialiser {
  std::jthread Thread;
  explicit BadParameterInitialiser(int N)  // expected-note {{'N' ends with its scope}}
      : Thread([&N] { ++N; })
      // expected-warning@-1 {{this thread may outlive 'N', which its closure refers to}}
  {}
};

struct OkParameterInitialiser {
  std::jthread Thread;
  explicit OkParameterInitialiser(int N) : Thread([N] { (void)N; }) {}
};

// An object that can't end outlives each thread.

class ok_Environment {
public:
  ~ok_Environment() { std::abort(); }
  void start() { std::thread([this] { ++Runs; }).detach(); }

private:
  int Runs = 0;
};

class ok_Registry {
public:
  ~ok_Registry() = delete;
  void start() { std::thread([this] { ++Runs; }).detach(); }

private:
  int Runs = 0;
};

class bad_Environment {
public:
  ~bad_Environment() { Runs = 0; }
  void start() { std::thread([this] { ++Runs; }).detach(); }
  // expected-warning@-1 {{this thread may outlive '*this', which its closure refers to}}

private:
  int Runs = 0;
};

// The thread of a method is returned, and refers to the object.

class Poller {
public:
  std::thread start() {
    return std::thread([this] { ++Ticks; });
  }
  std::future<int> ask() {
    return std::async(std::launch::async, [this] { return int(Ticks); });
  }
  std::thread startCopy() {
    return std::thread([T = int(Ticks)] { (void)T; });
  }

private:
  std::atomic<int> Ticks{0};
};

std::thread bad_returned_of_local() {
  Poller P;  // expected-note {{'P' ends with its scope}}
  return P.start();
  // expected-warning@-1 {{this thread may outlive 'P', which its closure refers to}}
}

std::thread ok_returned_of_local() {
  Poller P;
  return P.startCopy();
}

void bad_declared_later() {
  std::thread T;  // expected-note {{the thread is kept by 'T'}}
  {
    Poller P;  // expected-note {{'P' ends with its scope}}
    T = P.start();  // expected-warning {{this thread may outlive 'P', which its closure refers to}}
  }
  T.join();
}

void ok_declared_later() {
  std::thread T;
  {
    Poller P;
    T = P.start();
    T.join();
  }
}

void ok_joined(int Count) {
  Poller P;
  std::vector<std::thread> Threads;
  for (int I = 0; I < Count; ++I)
    Threads.push_back(P.start());
  for (std::thread &T : Threads)
    T.join();
}

int ok_got() {
  Poller P;
  auto Asked = P.ask();
  return Asked.get();
}

std::thread ok_given(Poller &P) { return P.start(); }

std::thread ok_shared(const std::shared_ptr<Poller> &P) { return P->start(); }

class ok_Owner {
public:
  ok_Owner() : Worker(P.start()) {}
  ~ok_Owner() { Worker.join(); }
  void again() {
    Worker.join();
    Worker = P.start();
  }

private:
  Poller P;
  std::thread Worker;
};
