// RUN: %lint borrow-endless-receive

// A receiver that waits for senders which never go.

#include "channel.h"
#include <atomic>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

bool stop();
void use(int);
void publish(app::Sender<int> &Tx);
void look(const app::Sender<int> &Tx);

int bad_sender_alive() {
  auto [Tx, Rx] = app::channel<int>();  // expected-note {{the sender is declared here}}
  std::thread T([Tx2 = Tx.clone()]() mutable { Tx2.send(1); });
  int Sum = 0;
  while (auto V = Rx.recv())
  // expected-warning@-1 {{this never ends: it receives as long as the sender 'Tx' lives}}
    Sum += *V;
  T.join();
  return Sum;
}

int bad_receiver_moved_out() {
  auto Ends = app::channel<int>();  // expected-note {{the sender is declared here}}
  app::Receiver<int> Rx = std::move(Ends.second);
  app::Sender<int> &Tx = Ends.first;
  std::thread T([Tx2 = Tx.clone()]() mutable { Tx2.send(1); });
  int Sum = 0;
  while (auto V = Rx.recv())
  // expected-warning@-1 {{this never ends: it receives as long as the sender 'Ends.first' lives}}
    Sum += *V;
  T.join();
  return Sum;
}

int bad_received_twice() {
  auto [Tx, Rx] = app::channel<int>();  // expected-note {{the sender is declared here}}
  std::thread T([Tx2 = Tx.clone()]() mutable { Tx2.send(1); });
  int Sum = 0;
  for (auto V = Rx.recv(); V; V = Rx.recv())
  // expected-warning@-1 {{this never ends: it receives as long as the sender 'Tx' lives}}
    Sum += *V;
  T.join();
  return Sum;
}

int ok_received_twice() {
  auto [Tx, Rx] = app::channel<int>();
  std::thread T([Tx2 = std::move(Tx)]() mutable { Tx2.send(1); });
  int Sum = 0;
  for (auto V = Rx.recv(); V; V = Rx.recv())
    Sum += *V;
  T.join();
  return Sum;
}

int ok_both_moved_out() {
  auto Ends = app::channel<int>();
  app::Receiver<int> Rx = std::move(Ends.second);
  std::thread T([Tx = std::move(Ends.first)]() mutable { Tx.send(1); });
  int Sum = 0;
  while (auto V = Rx.recv())
    Sum += *V;
  T.join();
  return Sum;
}

int ok_sender_moved() {
  auto [Tx, Rx] = app::channel<int>();
  std::thread T([Tx2 = std::move(Tx)]() mutable { Tx2.send(1); });
  int Sum = 0;
  while (auto V = Rx.recv())
    Sum += *V;
  T.join();
  return Sum;
}

int ok_sender_dropped() {
  auto [Tx, Rx] = app::channel<int>();
  std::thread T([Tx2 = Tx.clone()]() mutable { Tx2.send(1); });
  { auto Gone = std::move(Tx); }
  int Sum = 0;
  while (auto V = Rx.recv())
    Sum += *V;
  T.join();
  return Sum;
}

int bad_clone_alive() {
  auto [Tx, Rx] = app::channel<int>();
  auto Second = Tx.clone();  // expected-note {{the sender is declared here}}
  std::thread T([Tx2 = std::move(Tx)]() mutable { Tx2.send(1); });
  int Sum = 0;
  while (auto V = Rx.recv())
  // expected-warning@-1 {{this never ends: it receives as long as the sender 'Second' lives}}
    Sum += *V;
  T.join();
  return Sum;
}

int ok_clone_in_scope() {
  auto [Tx, Rx] = app::channel<int>();
  {
    auto Second = Tx.clone();
    Second.send(1);
    std::thread([Tx2 = std::move(Tx)]() mutable { Tx2.send(1); }).detach();
  }
  int Sum = 0;
  while (auto V = Rx.recv())
    Sum += *V;
  return Sum;
}

int ok_break() {
  auto [Tx, Rx] = app::channel<int>();
  Tx.send(1);
  int Sum = 0;
  while (auto V = Rx.recv()) {
    Sum += *V;
    if (Sum > 3)
      break;
  }
  return Sum;
}

int ok_stop_flag() {
  auto [Tx, Rx] = app::channel<int>();
  Tx.send(1);
  int Sum = 0;
  while (!stop()) {
    auto V = Rx.recv();
    if (!V)
      return Sum;
    Sum += *V;
  }
  return Sum;
}

int bad_break_at_the_end() {
  auto [Tx, Rx] = app::channel<int>();  // expected-note {{the sender is declared here}}
  Tx.send(1);
  int Sum = 0;
  for (;;) {
    auto V = Rx.recv();
    // expected-warning@-1 {{this never ends: it receives as long as the sender 'Tx' lives}}
    if (!V)
      break;
    Sum += *V;
  }
  return Sum;
}

int ok_dropped_in_loop() {
  auto [Tx, Rx] = app::channel<int>();
  std::optional<app::Sender<int>> Own;
  Own.emplace(std::move(Tx));
  Own->send(1);
  int Sum = 0;
  while (auto V = Rx.recv()) {
    Sum += *V;
    Own.reset();
  }
  return Sum;
}

int bad_optional() {
  auto [Tx, Rx] = app::channel<int>();
  std::optional<app::Sender<int>> Own;  // expected-note {{the sender is declared here}}
  Own.emplace(std::move(Tx));
  Own->send(1);
  int Sum = 0;
  while (auto V = Rx.recv())
  // expected-warning@-1 {{this never ends: it receives as long as the sender 'Own' lives}}
    Sum += *V;
  return Sum;
}

int ok_optional_reset() {
  auto [Tx, Rx] = app::channel<int>();
  std::optional<app::Sender<int>> Own;
  Own.emplace(std::move(Tx));
  Own->send(1);
  Own.reset();
  int Sum = 0;
  while (auto V = Rx.recv())
    Sum += *V;
  return Sum;
}

int ok_moved_on_one_path(bool B) {
  auto [Tx, Rx] = app::channel<int>();
  Tx.send(1);
  if (B)
    auto Gone = std::move(Tx);
  int Sum = 0;
  while (auto V = Rx.recv())
    Sum += *V;
  return Sum;
}

int bad_pair() {
  auto P = app::channel<int>();  // expected-note {{the sender is declared here}}
  P.first.send(1);
  int Sum = 0;
  while (auto V = P.second.recv())
  // expected-warning@-1 {{this never ends: it receives as long as the sender 'P.first' lives}}
    Sum += *V;
  return Sum;
}

int bad_by_reference() {
  auto [Tx, Rx] = app::channel<int>();  // expected-note {{the sender is declared here}}
  std::thread T([&Tx = Tx] { Tx.send(1); });
  int Sum = 0;
  while (auto V = Rx.recv())
  // expected-warning@-1 {{this never ends: it receives as long as the sender 'Tx' lives}}
    Sum += *V;
  T.join();
  return Sum;
}

void ok_unknown_function() {
  auto [Tx, Rx] = app::channel<int>();
  publish(Tx);
  while (auto V = Rx.recv())
    use(*V);
}

void bad_const_reference() {
  auto [Tx, Rx] = app::channel<int>();  // expected-note {{the sender is declared here}}
  look(Tx);
  while (auto V = Rx.recv())
  // expected-warning@-1 {{this never ends: it receives as long as the sender 'Tx' lives}}
    use(*V);
}

// In a callee, and in a thread that is joined.

int sum(app::Receiver<int> &Rx) {
  int Sum = 0;
  while (auto V = Rx.recv())
    Sum += *V;
  return Sum;
}

int first(app::Receiver<int> &Rx) {
  while (auto V = Rx.recv())
    return *V;
  return 0;
}

int bad_callee() {
  auto [Tx, Rx] = app::channel<int>();  // expected-note {{the sender is declared here}}
  Tx.send(1);
  return sum(Rx);
  // expected-warning@-1 {{this never ends: it receives as long as the sender 'Tx' lives}}
}

int ok_callee_returns() {
  auto [Tx, Rx] = app::channel<int>();
  Tx.send(1);
  return first(Rx);
}

int ok_callee_after_drop() {
  auto [Tx, Rx] = app::channel<int>();
  Tx.send(1);
  { auto Gone = std::move(Tx); }
  return sum(Rx);
}

void bad_joined() {
  auto [Tx, Rx] = app::channel<int>();  // expected-note {{the sender is declared here}}
  std::thread T([In = std::move(Rx)]() mutable {
    while (auto V = In.recv())
      use(*V);
  });
  Tx.send(1);
  T.join();
  // expected-warning@-1 {{this join never returns: the thread receives as long as the sender 'Tx' lives}}
}

void ok_joined_after_drop() {
  auto [Tx, Rx] = app::channel<int>();
  std::thread T([In = std::move(Rx)]() mutable {
    while (auto V = In.recv())
      use(*V);
  });
  Tx.send(1);
  { auto Gone = std::move(Tx); }
  T.join();
}

void ok_detached() {
  auto [Tx, Rx] = app::channel<int>();
  std::thread T([In = std::move(Rx)]() mutable {
    while (auto V = In.recv())
      use(*V);
  });
  Tx.send(1);
  T.detach();
}

// Nothing was sent.

void bad_nothing_sent() {
  auto [Tx, Rx] = app::channel<int>();  // expected-note {{the sender is declared here}}
  Rx.recv();
  // expected-warning@-1 {{this receive never returns: nothing was sent, and the only sender is 'Tx'}}
}

void ok_sent() {
  auto [Tx, Rx] = app::channel<int>();
  Tx.send(1);
  Rx.recv();
}

void ok_given_away() {
  auto [Tx, Rx] = app::channel<int>();
  std::thread T([Tx2 = Tx.clone()]() mutable { Tx2.send(1); });
  Rx.recv();
  T.join();
}

void ok_given_by_reference() {
  auto [Tx, Rx] = app::channel<int>();
  look(Tx);
  Rx.recv();
}

void ok_gone() {
  auto [Tx, Rx] = app::channel<int>();
  { auto Gone = std::move(Tx); }
  Rx.recv();
}

template <typename T> T bad_template() {
  auto [Tx, Rx] = app::channel<T>();  // expected-note {{the sender is declared here}}
  Tx.send(T());
  T Sum = T();
  while (auto V = Rx.recv())
  // expected-warning@-1 {{this never ends: it receives as long as the sender 'Tx' lives}}
    Sum += *V;
  return Sum;
}
template int bad_template();


// Loops that ask without a pause.

int bad_spin(app::Receiver<int> &Rx) {
  for (;;)
    if (auto V = Rx.try_recv())
    // expected-warning@-1 {{this loop asks 'Rx' again and again without a pause}}
      return *V;
}

int ok_spin_yields(app::Receiver<int> &Rx) {
  for (;;) {
    if (auto V = Rx.try_recv())
      return *V;
    std::this_thread::yield();
  }
}

void handle(int);
void otherWork();

void bad_spin_until(app::Receiver<int> &Rx, std::atomic<bool> &Stop) {
  while (!Stop)
    if (auto V = Rx.try_recv())
    // expected-warning@-1 {{this loop asks 'Rx' again and again without a pause}}
      handle(*V);
}

int bad_spin_counts_received(app::Receiver<int> &Rx, int Wanted) {
  int Sum = 0;
  for (int Got = 0; Got < Wanted;)
    if (auto V = Rx.try_recv()) {
    // expected-warning@-1 {{this loop asks 'Rx' again and again without a pause}}
      Sum += *V;
      ++Got;
    }
  return Sum;
}

int ok_spin_counts_tries(app::Receiver<int> &Rx, int Wanted) {
  int Sum = 0, Tries = 0;
  while (Tries < Wanted) {
    if (auto V = Rx.try_recv())
      Sum += *V;
    ++Tries;
  }
  int Left = Wanted;
  while (Left-- > 0)
    if (auto V = Rx.try_recv())
      Sum += *V;
  return Sum;
}

void ok_spin_sleeps(app::Receiver<int> &Rx, std::atomic<bool> &Stop) {
  while (!Stop)
    if (auto V = Rx.try_recv())
      handle(*V);
    else
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

void bad_spin_continues(app::Receiver<int> &Rx) {
  while (true) {
    auto V = Rx.try_recv();
    // expected-warning@-1 {{this loop asks 'Rx' again and again without a pause}}
    if (!V)
      continue;
    handle(*V);
  }
}

void ok_spin_ends(app::Receiver<int> &Rx) {
  while (true) {
    auto V = Rx.try_recv();
    if (!V)
      break;
    handle(*V);
  }
}

// Something has come if what counts says so.

struct Tickets {
  bool take();
  bool open() const;
};
struct Counted {
  int bad_spin() {
    if (!Count.open())
      return 0;
    for (;;)
      if (auto V = Rx.try_recv())
      // expected-warning@-1 {{this loop asks 'Rx' again and again without a pause}}
        return *V;
  }
  int ok_spin() {
    if (!Count.take())
      return 0;
    for (;;)
      if (auto V = Rx.try_recv())
        return *V;
  }
  Tickets Count;
  app::Receiver<int> Rx;
};

void ok_drains(app::Receiver<int> &Rx) {
  while (auto V = Rx.try_recv())
    handle(*V);
}

void ok_works_meanwhile(app::Receiver<int> &Rx, std::atomic<bool> &Stop) {
  while (!Stop) {
    if (auto V = Rx.try_recv())
      handle(*V);
    otherWork();
  }
}

int ok_tries_some_times(app::Receiver<int> &Rx) {
  for (int I = 0; I < 100; ++I)
    if (auto V = Rx.try_recv())
      return *V;
  return 0;
}

int ok_until_then(app::Receiver<int> &Rx, long Deadline) {
  long Now = 0;
  while (Now < Deadline) {
    if (auto V = Rx.try_recv())
      return *V;
    ++Now;
  }
  return 0;
}

int bad_future(int N) {
  auto [Tx, Rx] = app::channel<int>();  // expected-note {{the sender is declared here}}
  auto Sum = std::async([In = std::move(Rx)]() mutable {
    int Total = 0;
    while (auto V = In.recv())
      Total += *V;
    return Total;
  });
  Tx.send(N);
  return Sum.get();
  // expected-warning@-1 {{this join never returns: the thread receives as long as the sender 'Tx' lives}}
}

int ok_future(int N) {
  auto [Tx, Rx] = app::channel<int>();
  auto Sum = std::async([In = std::move(Rx)]() mutable {
    int Total = 0;
    while (auto V = In.recv())
      Total += *V;
    return Total;
  });
  {
    auto Last = std::move(Tx);
    Last.send(N);
  }
  return Sum.get();
}

// A sender that the object of the thread keeps.

class Telemetry {
public:
  Telemetry() {
    auto [Tx, Rx] = app::channel<int>();
    Out.emplace(std::move(Tx));
    Worker = std::thread([In = std::move(Rx)]() mutable {
      while (auto V = In.recv())
        handle(*V);
    });
  }
  ~Telemetry() { Worker.join(); }
  // expected-warning@-1 {{this join never returns: the thread receives as long as the sender 'Out' lives}}

private:
  std::optional<app::Sender<int>> Out;
  std::thread Worker;
};

class Meter {
public:
  Meter() {
    auto [Tx, Rx] = app::channel<int>();
    Out = std::make_unique<app::Sender<int>>(std::move(Tx));
    Worker = std::thread([In = std::move(Rx)]() mutable {
      while (auto V = In.recv())
        handle(*V);
    });
  }
  ~Meter() { stop(); }

private:
  void stop() {
    if (Worker.joinable())
      Worker.join();
      // expected-warning@-1 {{this join never returns: the thread receives as long as the sender 'Out' lives}}
  }
  std::unique_ptr<app::Sender<int>> Out;
  std::thread Worker;
};

// The receiver is a member too.
class Gauge {
public:
  Gauge() {
    auto [Tx, Rx] = app::channel<int>();
    Out.emplace(std::move(Tx));
    In = std::move(Rx);
    Worker = std::thread([this] {
      while (auto V = In.recv())
        handle(*V);
    });
  }
  ~Gauge() { Worker.join(); }
  // expected-warning@-1 {{this join never returns: the thread receives as long as the sender 'Out' lives}}

private:
  std::optional<app::Sender<int>> Out;
  app::Receiver<int> In{nullptr};
  std::thread Worker;
};

class EndedFirst {
public:
  EndedFirst() {
    auto [Tx, Rx] = app::channel<int>();
    Out.emplace(std::move(Tx));
    Worker = std::thread([In = std::move(Rx)]() mutable {
      while (auto V = In.recv())
        handle(*V);
    });
  }
  ~EndedFirst() {
    Out.reset();
    Worker.join(); // ok
  }

private:
  std::optional<app::Sender<int>> Out;
  std::thread Worker;
};

class EndedByClose {
public:
  EndedByClose() {
    auto [Tx, Rx] = app::channel<int>();
    Out.emplace(std::move(Tx));
    Worker = std::thread([In = std::move(Rx)]() mutable {
      while (auto V = In.recv())
        handle(*V);
    });
  }
  void close() { Out.reset(); }
  ~EndedByClose() { Worker.join(); } // ok

private:
  std::optional<app::Sender<int>> Out;
  std::thread Worker;
};

class EndedByMessage {
public:
  EndedByMessage() {
    auto [Tx, Rx] = app::channel<int>();
    Out.emplace(std::move(Tx));
    Worker = std::thread([In = std::move(Rx)]() mutable {
      while (auto V = In.recv())
        if (*V < 0)
          return;
    });
  }
  ~EndedByMessage() {
    Out->send(-1);
    Worker.join(); // ok
  }

private:
  std::optional<app::Sender<int>> Out;
  std::thread Worker;
};

// What came is assigned to a variable that the loop tests.

std::optional<int> bad_spin_assigned(app::Receiver<int> &Rx) {
  std::optional<int> Got;
  while (!Got)
    Got = Rx.try_recv();
    // expected-warning@-1 {{this loop asks 'Rx' again and again without a pause}}
  return Got;
}

std::optional<int> bad_spin_assigned_do(app::Receiver<int> &Rx) {
  std::optional<int> Got;
  do {
    Got = Rx.try_recv();
    // expected-warning@-1 {{this loop asks 'Rx' again and again without a pause}}
  } while (!Got.has_value());
  return Got;
}

std::optional<int> ok_spin_assigned(app::Receiver<int> &Rx) {
  std::optional<int> Got;
  while (!Got) {
    Got = Rx.try_recv();
    if (!Got)
      std::this_thread::yield();
  }
  return Got;
}

int ok_assigned_until_empty(app::Receiver<int> &Rx) {
  int Sum = 0;
  std::optional<int> Got = 0;
  do {
    Got = Rx.try_recv();
    if (Got)
      Sum += *Got;
  } while (Got);
  return Sum;
}

// A queue that is one object: what closes it, and when a receive gives nothing,
// differs from one class to the next.

class Box {
public:
  void put(int Value);
  void close();
  std::optional<int> take();
};

int fn_never_closed() {
  Box Sums;
  std::thread Worker([&Sums] { Sums.put(1); });
  Worker.join();
  int All = 0;
  while (auto Sum = Sums.take())
    All += *Sum;
  return All;
}
