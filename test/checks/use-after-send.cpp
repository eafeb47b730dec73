// RUN: %lint borrow-use-after-send

#include "channel.h"
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

struct Order {
  int Id;
  std::vector<std::string> Lines;
};
struct Job {
  int Samples = 0;
};

std::string trim(std::string S);
bool read(std::string &S);
void log(const std::string &S);
void log(const std::unique_ptr<Job> &J);
void sink(std::unique_lock<std::mutex> L);

template <class T> struct Outbox {
  bool push(T &&Value);
  void send(T &&Value);
};

using Lines = app::Sender<std::string>;

// Sent, then read.

void bad_read(Lines &Tx) {
  std::string S = "a";
  Tx.send(std::move(S));  // expected-note {{moved here}}
  log(S);  // expected-warning {{'S' is used after it was moved away}}
}

void ok_read(Lines &Tx) {
  std::string S = "a";
  log(S);
  Tx.send(std::move(S));
}

void ok_copied(Lines &Tx) {
  std::string S = "a";
  Tx.send(S);
  log(S);
}

void bad_element(app::Sender<Order> &Tx, Order O) {
  Tx.send(std::move(O));  // expected-note {{moved here}}
  log(O.Lines.front());  // expected-warning {{'O' is used after it was moved away}}
}

void ok_plain_member(app::Sender<Order> &Tx, Order O) {
  Tx.send(std::move(O));
  log(std::to_string(O.Id));
}

void bad_pointer(app::Sender<std::unique_ptr<Job>> &Tx) {
  auto J = std::make_unique<Job>();
  Tx.send(std::move(J));  // expected-note {{moved here}}
  J->Samples = 2;  // expected-warning {{'J' is used after it was moved away}}
}

void ok_asked(app::Sender<std::unique_ptr<Job>> &Tx) {
  auto J = std::make_unique<Job>();
  Tx.send(std::move(J));
  log(J);
  if (J)
    J->Samples = 2;
}

// Another value before the next use.

void ok_assigned(Lines &Tx) {
  std::string S = "a";
  Tx.send(std::move(S));
  S = "b";
  log(S);
}

void ok_assigned_from_itself(std::string S) {
  S = trim(std::move(S));
  log(S);
}

void ok_cleared(Lines &Tx) {
  std::string S = "a";
  Tx.send(std::move(S));
  S.clear();
  log(S);
}

void bad_appended(app::Sender<std::vector<int>> &Tx) {
  std::vector<int> V;
  Tx.send(std::move(V));  // expected-note {{moved here}}
  V.push_back(1);  // expected-warning {{'V' is used after it was moved away}}
}

void ok_swapped(Lines &Tx, std::string Other) {
  std::string S = "a";
  Tx.send(std::move(S));
  std::swap(S, Other);
  log(S);
}

// Loops.

void bad_loop(Lines &Tx, std::string S) {
  while (true)
    Tx.send(std::move(S));
    // expected-warning@-1 {{'S' is used after it was moved away}}
    // expected-note@-2 {{moved here}}
}

void ok_refilled(Lines &Tx, std::string S) {
  while (read(S))
    Tx.send(std::move(S));
}

void ok_fresh(Lines &Tx) {
  for (int I = 0; I < 3; ++I) {
    std::string S = "a";
    Tx.send(std::move(S));
  }
}

void ok_elements(Lines &Tx, std::vector<std::string> &All) {
  for (auto &S : All)
    Tx.send(std::move(S));
  for (std::size_t I = 0; I < All.size(); ++I)
    Tx.send(std::move(All[I]));
}

// Branches.

void ok_returned(Lines &Tx, bool Now, std::string S) {
  if (Now) {
    Tx.send(std::move(S));
    return;
  }
  log(S);
}

void bad_join(Lines &Tx, bool Now, std::string S) {
  if (Now)
    Tx.send(std::move(S));  // expected-note {{moved here}}
  log(S);  // expected-warning {{'S' is used after it was moved away}}
}

void ok_same_condition(Lines &Tx, bool Now, std::string S) {
  if (Now)
    Tx.send(std::move(S));
  if (!Now)
    log(S);
}

void ok_handed_back(Outbox<std::string> &Out, std::string S) {
  if (!Out.push(std::move(S)))
    log(S);
}

void ok_thrown(Lines &Tx, std::string S) {
  try {
    Tx.send(std::move(S));
  } catch (...) {
    throw;
  }
}

// Shadowed.

void ok_shadowed(Lines &Tx, std::string S) {
  {
    std::string S = "inner";
    Tx.send(std::move(S));
  }
  log(S);
}

// Captures.

void bad_captured() {
  std::vector<int> V{1};
  std::thread T([V = std::move(V)] { (void)V.size(); });  // expected-note {{moved here}}
  int First = V[0];  // expected-warning {{'V' is used after it was moved away}}
  (void)First;
  T.join();
}

void ok_captured() {
  std::vector<int> V{1};
  int First = V[0];
  std::thread T([V = std::move(V)] { (void)V.size(); });
  (void)First;
  T.join();
}

void bad_thread_argument(std::string S) {
  std::thread T([](std::string) {}, std::move(S));  // expected-note {{moved here}}
  log(S);  // expected-warning {{'S' is used after it was moved away}}
  T.join();
}

// Guards.

std::mutex M;

void bad_guard() {
  std::unique_lock<std::mutex> L(M);
  sink(std::move(L));  // expected-note {{moved here}}
  L.unlock();  // expected-warning {{'L' is used after it was moved away}}
}

void ok_guard() {
  std::unique_lock<std::mutex> L(M);
  sink(std::move(L));
  if (L.owns_lock())
    (void)0;
  L = std::unique_lock<std::mutex>(M);
  L.unlock();
}

// Members, constructors, templates, macros.

class Shop {
public:
  explicit Shop(Lines Tx, std::string Name)
      : Tx(std::move(Tx)), Name(std::move(Name)) {}
  void bad_member() {
    Tx.send(std::move(Name));  // expected-note {{moved here}}
    log(Name);  // expected-warning {{'Name' is used after it was moved away}}
  }
  void ok_member() {
    Tx.send(std::move(Name));
    rename();
    log(Name);
  }
  void rename();

private:
  Lines Tx;
  std::string Name;
};

template <class T> void bad_template(app::Sender<T> &Tx, T Value) {
  Tx.send(std::move(Value));  // expected-note {{moved here}}
  log(Value);  // expected-warning {{'Value' is used after it was moved away}}
}
template void bad_template(Lines &, std::string);

#define SEND(C, V) C.send(std::move(V))

void bad_macro(Lines &Tx, std::string S) {
  SEND(Tx, S);  // expected-note {{moved here}}
  log(S);  // expected-warning {{'S' is used after it was moved away}}
}

void ok_macro(Lines &Tx, std::string S) {
  log(S);
  SEND(Tx, S);
}

// A callee that sends what it gets by reference is not looked into.

void publish(Lines &Tx, std::string &S) { Tx.send(std::move(S)); }

void fn_callee(Lines &Tx, std::string S) {
  publish(Tx, S);
  log(S);
}

// The next round of a loop.

struct Batch {
  std::vector<int> Items;
};

void bad_next_round(app::Sender<Batch> &Tx, const std::vector<int> &Values) {
  Batch Current;
  for (int V : Values) {
    Current.Items.push_back(V);  // expected-warning {{'Current' is used after it was moved away}}
    if (Current.Items.size() >= 8)
      Tx.send(std::move(Current));  // expected-note {{moved here}}
  }
}

void ok_next_round(app::Sender<Batch> &Tx, const std::vector<int> &Values) {
  Batch Current;
  for (int V : Values) {
    Current.Items.push_back(V);
    if (Current.Items.size() >= 8) {
      Tx.send(std::move(Current));
      Current = Batch();
    }
  }
}

// Channels whose only receiver is gone.

void bad_receiver_gone() {
  auto [Tx, Rx] = app::channel<int>();
  {
    auto Inner = std::move(Rx);
    Inner.try_recv();
  }
  Tx.send(1);
  // expected-warning@-1 {{nobody receives what is sent on 'Tx': its only receiver is gone}}
}

void ok_receiver_lives() {
  auto [Tx, Rx] = app::channel<int>();
  auto Inner = std::move(Rx);
  Inner.try_recv();
  Tx.send(1);
}

class Listener {
public:
  explicit Listener(app::Receiver<int> In) : In(std::move(In)) {}
  bool ask() { return In.try_recv().has_value(); }

private:
  app::Receiver<int> In;
};

void bad_listener_gone() {
  auto [Tx, Rx] = app::channel<int>();
  {
    Listener L(std::move(Rx));
    Tx.send(1);
    L.ask();
  }
  Tx.send(2);
  // expected-warning@-1 {{nobody receives what is sent on 'Tx': its only receiver is gone}}
}

void ok_listener_lives() {
  auto [Tx, Rx] = app::channel<int>();
  Listener L(std::move(Rx));
  {
    Tx.send(1);
    L.ask();
  }
  Tx.send(2);
}

void ok_perhaps_gone(bool Test) {
  auto [Tx, Rx] = app::channel<int>();
  if (Test) {
    auto Inner = std::move(Rx);
    Inner.try_recv();
  }
  Tx.send(1);
}

std::vector<Listener> Listeners;

void ok_moved_on() {
  auto [Tx, Rx] = app::channel<int>();
  {
    Listener L(std::move(Rx));
    Listeners.push_back(std::move(L));
  }
  Tx.send(1);
}

void ok_given_to_thread() {
  auto [Tx, Rx] = app::channel<int>();
  std::thread T;
  {
    auto Inner = std::move(Rx);
    T = std::thread([Mine = std::move(Inner)]() mutable { Mine.recv(); });
  }
  Tx.send(1);
  T.join();
}

// By rvalue reference into a function that moves it on, and handles of a
// derived class.

struct Shape {
  virtual ~Shape();
  int Sides;
};
struct Square : Shape {};

class Board {
public:
  void put(Batch &&B) {
    std::lock_guard<std::mutex> Lock(M);
    Batches.push_back(std::move(B));
  }
  void look(Batch &&B) const { (void)B.Items.size(); }
  bool offer(Batch &&B) {
    std::lock_guard<std::mutex> Lock(M);
    if (Full)
      return false;
    Batches.push_back(std::move(B));
    return true;
  }
  void draw(std::unique_ptr<Shape> S) {
    std::lock_guard<std::mutex> Lock(M);
    Shapes.push_back(std::move(S));
  }

private:
  std::mutex M;
  bool Full = false;
  std::vector<Batch> Batches;
  std::vector<std::unique_ptr<Shape>> Shapes;
};

int bad_put(Board &To, Batch B) {
  To.put(std::move(B));  // expected-note {{moved here}}
  return B.Items.front();  // expected-warning {{'B' is used after it was moved away}}
}

int ok_looked_at(Board &To, Batch B) {
  To.look(std::move(B));
  return B.Items.front();
}

int ok_not_taken(Board &To, Batch B) {
  if (!To.offer(std::move(B)))
    return B.Items.front();
  return 0;
}

int bad_derived(Board &To) {
  auto S = std::make_unique<Square>();
  To.draw(std::move(S));  // expected-note {{moved here}}
  return S->Sides;  // expected-warning {{'S' is used after it was moved away}}
}

int ok_derived(Board &To) {
  auto S = std::make_unique<Square>();
  int Sides = S->Sides;
  To.draw(std::move(S));
  return Sides;
}

// Each half of what a call returns is moved for itself.

std::pair<std::string, std::vector<int>> load(int Id);

std::size_t bad_binding(app::Sender<std::vector<int>> &To) {
  auto [Name, Rows] = load(1);
  To.send(std::move(Rows));  // expected-note {{moved here}}
  return Name.size() + Rows.size();  // expected-warning {{'Rows' is used after it was moved away}}
}

std::size_t ok_other_binding(app::Sender<std::vector<int>> &To) {
  auto [Name, Rows] = load(1);
  To.send(std::move(Rows));
  return Name.size();
}

void ok_binding_per_round(app::Sender<std::string> &To,
                          std::vector<std::pair<int, std::string>> All) {
  for (auto [Id, Text] : All) {
    log(Text);
    To.send(std::move(Text));
  }
}

void bad_range(app::Sender<std::vector<std::string>> &To,
               std::vector<std::string> Batch) {
  To.send(std::move(Batch));  // expected-note {{moved here}}
  for (const std::string &Line : Batch)
  // expected-warning@-1 {{'Batch' is used after it was moved away}}
    log(Line);
}

void ok_range(app::Sender<std::vector<std::string>> &To,
              std::vector<std::string> Batch) {
  To.send(std::move(Batch));
  Batch.clear();
  for (const std::string &Line : Batch)
    log(Line);
}

// What an optional holds is moved, the optional is not.

std::size_t bad_held(app::Sender<std::string> &To,
                     std::optional<std::string> Text) {
  if (!Text)
    return 0;
  To.send(std::move(*Text));  // expected-note {{moved here}}
  return Text->size();  // expected-warning {{'*Text' is used after it was moved away}}
}

void ok_held(app::Sender<std::string> &To, app::Receiver<std::string> &From) {
  while (auto Text = From.recv()) {
    log(*Text);
    To.send(std::move(*Text));
  }
}

std::size_t ok_held_anew(app::Sender<std::string> &To,
                         std::optional<std::string> Text) {
  To.send(std::move(*Text));
  *Text = "new";
  std::size_t Size = Text->size();
  To.send(std::move(*Text));
  Text->clear();
  Size += Text->size();
  To.send(std::move(*Text));
  return Text ? Size : 0;
}

// A variant or optional is made from what is moved.

struct Entry {
  std::string Text;
};
using Event = std::variant<Entry, Job>;

int bad_into_variant(app::Sender<Event> &Tx, Entry E) {
  Tx.send(std::move(E));  // expected-note {{moved here}}
  return E.Text.size();  // expected-warning {{'E' is used after it was moved away}}
}

int ok_into_variant(app::Sender<Event> &Tx, Entry E) {
  int Size = E.Text.size();
  Tx.send(std::move(E));
  return Size;
}

// A receiver that only tries.

template <class T> struct Poller {
  Poller(Poller &&);
  ~Poller();
  std::optional<T> try_recv();
};

template <class T> struct Feeder {
  void send(T Value);
};

template <class T> std::pair<Feeder<T>, Poller<T>> polled();

void bad_polled() {
  auto [Tx, Rx] = polled<int>();
  {
    auto Mine = std::move(Rx);
    Mine.try_recv();
  }
  Tx.send(1);
  // expected-warning@-1 {{nobody receives what is sent on 'Tx': its only receiver is gone}}
}

void ok_polled() {
  auto [Tx, Rx] = polled<int>();
  Tx.send(1);
  {
    auto Mine = std::move(Rx);
    Mine.try_recv();
  }
}

// Forwarded to who only looks.

class Archive {
public:
  template <class B> void look(B &&Value) { size(std::forward<B>(Value)); }
  template <class B> void store(B &&Value) { keep(std::forward<B>(Value)); }

private:
  void size(Batch &&B) {
    std::lock_guard<std::mutex> Lock(M);
    Size += B.Items.size();
  }
  void keep(Batch &&B) {
    std::lock_guard<std::mutex> Lock(M);
    Batches.push_back(std::move(B));
  }

  std::mutex M;
  std::size_t Size = 0;
  std::vector<Batch> Batches;
};

int ok_forwarded(Archive &To, Batch B) {
  To.look(std::move(B));
  return B.Items.front();
}

int bad_forwarded(Archive &To, Batch B) {
  To.store(std::move(B));  // expected-note {{moved here}}
  return B.Items.front();  // expected-warning {{'B' is used after it was moved away}}
}
