// RUN: %lint borrow-shared-mutation

// A running thread and its spawner, or two threads.

#include <atomic>
#include <condition_variable>
#include <functional>
#include <future>
#include <latch>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

struct Node {
  int Value = 0;
  std::string Name;
};

void use(int);
bool coin();

// The spawner.

int bad_both_write() {
  int N = 0;
  std::thread T([&N] { ++N; });  // expected-note {{the thread uses it here}}
  ++N;  // expected-warning {{'N' is changed while a running thread uses it}}
  T.join();
  return N;
}

int ok_after_join() {
  int N = 0;
  std::thread T([&N] { ++N; });
  T.join();
  ++N;
  return N;
}

int ok_before_start() {
  int N = 0;
  ++N;
  std::thread T([&N] { ++N; });
  T.join();
  return N;
}

int ok_both_read() {
  int N = 1;
  int A = 0;
  std::thread T([&N, &A] { A = N; });
  int B = N;
  T.join();
  return A + B;
}

void bad_read_while_written() {
  int N = 0;
  std::thread T([&] { N = 1; });
  // expected-warning@-1 {{'N' is changed by this thread while it is read outside}}
  use(N);  // expected-note {{read here}}
  T.join();
}

void ok_other_member() {
  Node N;
  std::thread T([&] { N.Value = 1; });
  N.Name = "b";
  T.join();
}

void bad_same_member() {
  Node N;
  std::thread T([&] { N.Value = 1; });  // expected-note {{the thread uses it here}}
  N.Value = 2;  // expected-warning {{'N.Value' is changed while a running thread uses it}}
  T.join();
}

void ok_by_copy() {
  int N = 0;
  std::thread T([N]() mutable { ++N; });
  ++N;
  T.join();
}

void ok_shadowed() {
  int N = 0;
  std::thread T([&] {
    int N = 1;
    ++N;
  });
  ++N;
  T.join();
}

void ok_atomic() {
  std::atomic<int> N{0};
  std::thread T([&] { ++N; });
  ++N;
  T.join();
}

void bad_early_return() {
  int N = 0;
  std::thread T([&] { ++N; });  // expected-note {{the thread uses it here}}
  if (coin()) {
    N = 2;  // expected-warning {{'N' is changed while a running thread uses it}}
    T.join();
    return;
  }
  T.join();
  N = 3;
}

void ok_joined_on_both_paths() {
  int N = 0;
  std::thread T([&] { ++N; });
  if (coin()) {
    T.join();
    N = 2;
    return;
  }
  T.join();
  N = 3;
}

void ok_started_on_one_path(bool Parallel) {
  int N = 0;
  std::thread T;
  if (Parallel)
    T = std::thread([&] { ++N; });
  if (!Parallel)
    ++N;
  if (T.joinable())
    T.join();
  ++N;
}

void bad_moved_handle() {
  int N = 0;
  std::thread T([&] { ++N; });  // expected-note {{the thread uses it here}}
  std::thread U = std::move(T);
  ++N;  // expected-warning {{'N' is changed while a running thread uses it}}
  U.join();
}

void ok_moved_handle() {
  int N = 0;
  std::thread T([&] { ++N; });
  std::thread U = std::move(T);
  U.join();
  ++N;
}

void bad_jthread() {
  std::string S;
  std::jthread T([&] { S += "a"; });  // expected-note {{the thread uses it here}}
  S.clear();  // expected-warning {{'S' is changed while a running thread uses it}}
}

void ok_jthread() {
  std::string S;
  {
    std::jthread T([&] { S += "a"; });
  }
  S.clear();
}

int bad_async() {
  int N = 0;
  auto F = std::async(std::launch::async, [&] { return ++N; });
  // expected-note@-1 {{the thread uses it here}}
  N = 2;  // expected-warning {{'N' is changed while a running thread uses it}}
  return F.get();
}

int ok_async() {
  int N = 0;
  auto F = std::async(std::launch::async, [&] { return ++N; });
  int R = F.get();
  N = 2;
  return R + N;
}

int ok_deferred() {
  int N = 0;
  auto F = std::async(std::launch::deferred, [&] { return ++N; });
  N = 2;
  return F.get();
}

// Functions, references, pointers, containers.

void count(int &N) { ++N; }
int get(const int &N) { return N; }  // expected-note {{used here, inside the callee}}
void fill(Node &N) { N.Value = 3; }  // expected-note {{used here, inside the callee}}

void bad_function() {
  int N = 0;
  std::thread T(count, std::ref(N));
  // expected-warning@-1 {{'N' is changed by this thread while it is read outside}}
  get(N);  // expected-note {{read here}}
  T.join();
}

void ok_function_copies() {
  int N = 0;
  std::thread T(get, N);
  ++N;
  T.join();
}

void bad_pointer() {
  Node N;
  Node *P = &N;
  std::thread T([P] { P->Value = 1; });  // expected-note {{the thread uses it here}}
  fill(N);  // expected-warning {{'N.Value' is changed while a running thread uses it}}
  T.join();
}

void bad_shared_pointee() {
  auto N = std::make_shared<Node>();
  std::thread T([N] { N->Value = 1; });  // expected-note {{the thread uses it here}}
  N->Value = 2;  // expected-warning {{'N->Value' is changed while a running thread uses it}}
  T.join();
}

void ok_shared_pointee() {
  auto N = std::make_shared<Node>();
  std::thread T([N] { N->Value = 1; });
  T.join();
  N->Value = 2;
}

void bad_container() {
  std::vector<int> V;
  std::thread T([&] { V.push_back(1); });  // expected-note {{the thread uses it here}}
  V.push_back(2);  // expected-warning {{'V' is changed while a running thread uses it}}
  T.join();
}

void ok_container_read() {
  const std::vector<int> V(3);
  std::thread T([&] { use(V.size()); });
  use(V.size());
  T.join();
}

void ok_elements() {
  int Sums[2] = {0, 0};
  std::thread T([&] { Sums[0] = 1; });
  Sums[1] = 2;
  T.join();
}

void bad_element() {
  int Sums[2] = {0, 0};
  std::thread T([&] { Sums[0] = 1; });  // expected-note {{the thread uses it here}}
  Sums[0] = 2;  // expected-warning {{'Sums[0]' is changed while a running thread uses it}}
  T.join();
}

// Locks.

void ok_common_lock() {
  int N = 0;
  std::mutex M;
  std::thread T([&] {
    std::lock_guard<std::mutex> L(M);
    ++N;
  });
  {
    std::lock_guard<std::mutex> L(M);
    ++N;
  }
  T.join();
}

void bad_one_side_locks() {
  int N = 0;
  std::mutex M;
  std::thread T([&] {
    std::lock_guard<std::mutex> L(M);
    ++N;  // expected-note {{the thread uses it here}}
  });
  use(N);  // expected-warning {{'N' is read while a running thread uses it}}
  T.join();
}

void bad_other_lock() {
  int N = 0;
  std::mutex A, B;
  std::thread T([&] {
    std::lock_guard<std::mutex> L(A);
    ++N;  // expected-note {{the thread uses it here}}
  });
  {
    std::lock_guard<std::mutex> L(B);
    ++N;  // expected-warning {{'N' is changed while a running thread uses it}}
  }
  T.join();
}

// Order without locks.

void ok_latch() {
  int N = 0;
  std::latch Ready(1);
  std::thread T([&] {
    Ready.wait();
    use(N);
  });
  N = 2;
  Ready.count_down();
  T.join();
}

void bad_latch_too_late() {
  int N = 0;
  std::latch Ready(1);
  std::thread T([&] {
    Ready.wait();
    use(N);  // expected-note {{the thread uses it here}}
  });
  Ready.count_down();
  N = 2;  // expected-warning {{'N' is changed while a running thread uses it}}
  T.join();
}

void ok_promise() {
  int N = 0;
  std::promise<void> Done;
  std::future<void> F = Done.get_future();
  std::thread T([&] {
    N = 2;
    Done.set_value();
  });
  F.wait();
  use(N);
  T.join();
}

void ok_flag() {
  int N = 0;
  std::atomic<bool> Ready{false};
  std::thread T([&] {
    while (!Ready.load())
      ;
    use(N);
  });
  N = 1;
  Ready.store(true);
  T.join();
}

void bad_stop_flag() {
  int N = 0;
  std::atomic<bool> Stop{false};
  std::thread T([&] {
    while (!Stop.load())
      ++N;  // expected-warning {{'N' is changed by this thread while it is read outside}}
  });
  use(N);  // expected-note {{read here}}
  Stop.store(true);
  T.join();
}

void ok_spin_until_done() {
  int N = 0;
  std::atomic<bool> Done{false};
  std::thread T([&] {
    N = 1;
    Done.store(true);
  });
  while (!Done.load())
    ;
  use(N);
  T.join();
}

void ok_condition() {
  bool Ready = false;
  int N = 0;
  std::mutex M;
  std::condition_variable C;
  std::thread T([&] {
    N = 1;
    std::lock_guard<std::mutex> L(M);
    Ready = true;
    C.notify_one();
  });
  {
    std::unique_lock<std::mutex> L(M);
    C.wait(L, [&] { return Ready; });
  }
  use(N);
  T.join();
}

// Several threads.

void bad_two_threads() {
  int N = 0;
  std::thread A([&] { ++N; });  // expected-note {{the other thread uses it here}}
  std::thread B([&] { ++N; });
  // expected-warning@-1 {{'N' is changed by this thread while another one changes it}}
  A.join();
  B.join();
}

void ok_one_after_the_other() {
  int N = 0;
  std::thread A([&] { ++N; });
  A.join();
  std::thread B([&] { ++N; });
  B.join();
}

void bad_loop() {
  int N = 0;
  std::vector<std::thread> Ts;
  for (int I = 0; I < 4; ++I)
    Ts.emplace_back([&] { ++N; });
    // expected-warning@-1 {{'N' is changed by this thread while another one changes it}}
    // expected-note@-2 {{threads that do so are started here in a loop}}
  for (auto &T : Ts)
    T.join();
}

void ok_loop_locks() {
  int N = 0;
  std::mutex M;
  std::vector<std::thread> Ts;
  for (int I = 0; I < 4; ++I)
    Ts.emplace_back([&] {
      std::lock_guard<std::mutex> L(M);
      ++N;
    });
  for (auto &T : Ts)
    T.join();
  ++N;
}

void ok_loop_elements() {
  std::vector<int> Sums(4);
  std::vector<std::thread> Ts;
  for (int I = 0; I < 4; ++I)
    Ts.emplace_back([&Sums, I] { Sums[I] = I; });
  for (auto &T : Ts)
    T.join();
}

void ok_loop_own_variable() {
  for (int I = 0; I < 4; ++I) {
    int N = 0;
    std::thread T([&] { ++N; });
    T.join();
  }
}

void ok_loop_references() {
  std::vector<Node> Nodes(4);
  std::vector<std::thread> Ts;
  for (Node &N : Nodes)
    Ts.emplace_back([&N] { N.Value = 1; });
  for (auto &T : Ts)
    T.join();
}

void ok_loop_pointers(std::vector<Node *> &Nodes) {
  std::vector<std::thread> Ts;
  for (Node *N : Nodes)
    Ts.emplace_back([N] { N->Value = 1; });
  for (auto &T : Ts)
    T.join();
}

void ok_loop_moved_in() {
  std::vector<std::thread> Ts;
  for (int I = 0; I < 4; ++I) {
    auto N = std::make_unique<Node>();
    Ts.emplace_back([N = std::move(N)] { N->Value = 1; });
  }
  for (auto &T : Ts)
    T.join();
}

void bad_named_closure() {
  int N = 0;
  auto Work = [&N] { ++N; };
  // expected-warning@-1 {{'N' is changed by this thread while another one changes it}}
  // expected-note@-2 {{the other thread uses it here}}
  std::thread A(Work);
  std::thread B(Work);
  A.join();
  B.join();
}

void ok_last_one() {
  std::atomic<int> Left{2};
  int Result = 0;
  auto Work = [&] {
    if (Left.fetch_sub(1) == 1)
      Result = 1;
  };
  std::thread A(Work);
  std::thread B(Work);
  A.join();
  B.join();
}

void ok_spin_lock() {
  std::atomic_flag Lock;
  int N = 0;
  auto Work = [&] {
    while (Lock.test_and_set())
      ;
    ++N;
    Lock.clear();
  };
  std::thread A(Work);
  std::thread B(Work);
  A.join();
  B.join();
}

// Members.

class Counter {
public:
  void bad_start() {
    Worker = std::thread([this] { ++N; });  // expected-note {{the thread uses it here}}
    N = 5;  // expected-warning {{'N' is changed while a running thread uses it}}
  }
  void ok_start() {
    N = 5;
    Worker = std::thread([this] { ++N; });
  }
  void bad_method() {
    Worker = std::thread(&Counter::run, this);  // expected-note {{the thread uses it here}}
    ++N;  // expected-warning {{'N' is changed while a running thread uses it}}
    Worker.join();
  }
  void ok_method() {
    Worker = std::thread(&Counter::run, this);
    add();
    Worker.join();
  }
  void start() {
    Worker = std::thread([this] { ++N; });
  }
  int bad_started_by_callee() {
    start();  // expected-note {{the thread uses it here}}
    int R = ++N;  // expected-warning {{'N' is changed while a running thread uses it}}
    Worker.join();
    return R;
  }
  int ok_started_by_callee() {
    start();
    Worker.join();
    return ++N;
  }

private:
  void run() {
    for (;;) {
      ++N;
      add();
    }
  }
  void add() {
    std::lock_guard<std::mutex> L(M);
    ++Locked;
  }
  std::thread Worker;
  std::mutex M;
  int N = 0;
  int Locked = 0;
};

class Log {
public:
  void add(int N) {
    std::lock_guard<std::mutex> L(M);
    Lines.push_back(N);
  }

private:
  std::mutex M;
  std::vector<int> Lines;
};

void ok_object_with_a_lock() {
  Log L;
  std::thread T([&] { L.add(1); });
  L.add(2);
  T.join();
}

class Plain {
public:
  void add(int N) { Lines.push_back(N); }  // expected-note {{used here, inside the callee}}

private:
  std::vector<int> Lines;
};

void bad_object_without_a_lock() {
  Plain P;
  std::thread T([&] { P.add(1); });  // expected-note {{the thread uses it here}}
  P.add(2);  // expected-warning {{'P.Lines' is changed while a running thread uses it}}
  T.join();
}

template <typename T> void bad_template(T Value) {
  T Sum = Value;
  std::thread Worker([&] { Sum += Value; });  // expected-note {{the thread uses it here}}
  Sum += Value;  // expected-warning {{'Sum' is changed while a running thread uses it}}
  Worker.join();
}
template void bad_template(int);

int Global = 0;
void countGlobal() { ++Global; }

void bad_global() {
  std::thread T(countGlobal);  // expected-note {{the thread uses it here}}
  ++Global;  // expected-warning {{'Global' is changed while a running thread uses it}}
  T.join();
}

#define COUNT(N) ++(N)  // expected-note {{expanded from macro 'COUNT'}}
void bad_macro() {
  int N = 0;
  std::thread T([&] { COUNT(N); });  // expected-note {{the thread uses it here}}
  COUNT(N);  // expected-warning {{'N' is changed while a running thread uses it}}
  T.join();
}

// The thread begins with a wait for what others make known.

struct Application {
  bool init();
  void run();
};

class Client {
public:
  Client(Application &App, int Id) {
    Thread = std::thread(&Client::ok_send, this);
    this->Id = Id;
    if (App.init())
      App.run();
  }
  ~Client() { Thread.join(); }

  void connected() {
    std::lock_guard<std::mutex> L(M);
    Connected = true;
    Changed.notify_one();
  }

private:
  void ok_send() {
    {
      std::unique_lock<std::mutex> L(M);
      while (!Connected)
        Changed.wait(L);
    }
    ++Id;
  }

  std::thread Thread;
  std::mutex M;
  std::condition_variable Changed;
  bool Connected = false;
  int Id = 0;
};

class PatientClient {
public:
  PatientClient(Application &App, int Id) {
    Thread = std::thread(&PatientClient::ok_send, this);
    this->Id = Id;
    if (App.init())
      App.run();
  }
  ~PatientClient() { Thread.join(); }

private:
  void ok_send() {
    std::unique_lock<std::mutex> L(M);
    if (!Changed.wait_for(L, std::chrono::seconds(6),
                          [this] { return Connected; }))
      return;
    ++Id;
  }

  std::thread Thread;
  std::mutex M;
  std::condition_variable Changed;
  bool Connected = false;
  int Id = 0;
};

class HastyClient {
public:
  HastyClient(Application &App, int Id) {
    Thread = std::thread(&HastyClient::send, this);  // expected-note {{the thread uses it here}}
    this->Id = Id;  // expected-warning {{'Id' is changed while a running thread uses it}}
    if (App.init())
      App.run();
  }
  ~HastyClient() { Thread.join(); }

private:
  void send() {
    ++Id;
    std::unique_lock<std::mutex> L(M);
    while (!Connected)
      Changed.wait(L);
  }

  std::thread Thread;
  std::mutex M;
  std::condition_variable Changed;
  bool Connected = false;
  int Id = 0;
};

// Which element an index means is known in one call only.

class Workers {
public:
  ~Workers() {
    for (std::thread &T : Threads)
      T.join();
  }

  void ok_element(int Id) {
    int &Mine = Counts[Id];
    Mine = 1;
    Threads.emplace_back([&Mine] { ++Mine; });
  }

private:
  std::vector<int> Counts;
  std::vector<std::thread> Threads;
};

void ok_two_elements() {
  Workers W;
  W.ok_element(1);
  W.ok_element(2);
}

// What a callee does before it starts the thread comes before the thread.

class Launcher {
public:
  ~Launcher() { Thread.join(); }

  void ok_launch(int Rate) {
    this->Rate = Rate;
    Thread = std::thread([this] { Sum += this->Rate; });
  }

private:
  int Rate = 0, Sum = 0;
  std::thread Thread;
};

void ok_launches() {
  Launcher L;
  L.ok_launch(3);
}

// What runs once is done before anybody goes on.

void ok_once() {
  std::once_flag Flag;
  int Loaded = 0;
  auto Load = [&] { std::call_once(Flag, [&] { ++Loaded; }); };
  std::thread A(Load);
  std::thread B(Load);
  A.join();
  B.join();
}

void bad_twice() {
  int Loaded = 0;
  auto Load = [&] { std::invoke([&] { ++Loaded; }); };
  // expected-warning@-1 {{'Loaded' is changed by this thread while another one changes it}}
  // expected-note@-2 {{the other thread uses it here}}
  std::thread A(Load);
  std::thread B(Load);
  A.join();
  B.join();
}
