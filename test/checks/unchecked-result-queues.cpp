// RUN: %lint borrow-unchecked-result

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>

// Queues of the project's own, told by their bodies.
template <class T> class Inbox {
public:
  void leave(T V) {
    std::lock_guard<std::mutex> Lock(M);
    Items.push_back(std::move(V));
    Ready.notify_one();
  }
  std::optional<T> waitForMail() {
    std::unique_lock<std::mutex> Lock(M);
    Ready.wait(Lock, [this] { return Closed || !Items.empty(); });
    return takeOne();  // expected-note 2 {{made here, inside the callee}}
  }
  std::optional<T> look() {
    std::lock_guard<std::mutex> Lock(M);
    return takeOne();  // expected-note {{made here, inside the callee}}
  }
  std::optional<T> newest() {
    std::lock_guard<std::mutex> Lock(M);
    return Items.empty() ? std::optional<T>() : std::optional<T>(Items.back());
  }

private:
  std::optional<T> takeOne() {
    if (Items.empty())
      return std::nullopt;
    std::optional<T> V(std::move(Items.front()));
    Items.pop_front();
    return V;
  }

  std::mutex M;
  std::condition_variable Ready;
  std::deque<T> Items;
  bool Closed = false;
};

struct Letter {
  int Stamps;
};
void use(int);

void bad_wait(Inbox<Letter> &In) {
  auto Mail = In.waitForMail();  // expected-note {{received here}}
  use(Mail->Stamps);
  // expected-warning@-1 {{'Mail' may be empty here: the channel can be empty or closed}}
}

void ok_wait(Inbox<Letter> &In) {
  auto Mail = In.waitForMail();
  if (!Mail)
    return;
  use(Mail->Stamps);
}

void bad_loop(Inbox<Letter> &In, int N) {
  while (N-- > 0) {
    auto Mail = In.look();  // expected-note {{received here}}
    use((*Mail).Stamps);
    // expected-warning@-1 {{'Mail' may be empty here: the channel can be empty or closed}}
  }
}

void ok_loop(Inbox<Letter> &In) {
  while (auto Mail = In.look())
    use(Mail->Stamps);
}

// What is not taken out is somebody else's subject.
void ok_newest(Inbox<Letter> &In) { use(In.newest()->Stamps); }

class Office {
public:
  std::optional<Letter> next() { return In.waitForMail(); }

private:
  Inbox<Letter> In;
};

void bad_wrapped(Office &O) { use(O.next()->Stamps); }
// expected-warning@-1 {{this result may be empty here: the channel can be empty or closed}}
// expected-note@-2 {{received here}}

void ok_wrapped(Office &O) {
  if (auto Mail = O.next())
    use(Mail->Stamps);
}

// The lock and the container are behind a handle.
struct Core {
  std::mutex M;
  std::deque<Letter> Items;
};
class Reader {
public:
  explicit Reader(std::shared_ptr<Core> C) : C(std::move(C)) {}
  std::optional<Letter> read() {
    std::lock_guard<std::mutex> Lock(C->M);
    if (C->Items.empty())
      return {};
    Letter L = C->Items.front();
    C->Items.pop_front();
    return L;
  }

private:
  std::shared_ptr<Core> C;
};

void bad_reader(Reader &R) { use(R.read()->Stamps); }
// expected-warning@-1 {{this result may be empty here: the channel can be empty or closed}}
// expected-note@-2 {{received here}}

void ok_reader(Reader &R) {
  auto L = R.read();
  use(L ? L->Stamps : 0);
}

// What is filled in is given by its address.
class Events {
public:
  bool next(int *Out) {
    std::lock_guard<std::mutex> Lock(M);
    if (Items.empty())
      return false;
    *Out = Items.front();
    Items.pop_front();
    return true;
  }
  // What is given is looked for.
  bool remove(int *Known) {
    std::lock_guard<std::mutex> Lock(M);
    if (Items.empty() || Items.front() != *Known)
      return false;
    Items.pop_front();
    return true;
  }

private:
  std::mutex M;
  std::deque<int> Items;
};

int bad_event(Events &E) {
  int Key;
  E.next(&Key);  // expected-warning {{nobody asks whether this succeeded: 'E' may be empty}}
  return Key;
}
int ok_event(Events &E) {
  int Key;
  if (E.next(&Key))
    return Key;
  return 0;
}
int ok_default(Events &E) {
  int Key = 0;
  E.next(&Key);
  return Key;
}
void ok_removed(Events &E) {
  int Key;
  E.remove(&Key);
  use(Key);
}
