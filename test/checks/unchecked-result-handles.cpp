// RUN: %lint borrow-unchecked-result
// Results that are handles, results of the project's own, and those that come
// beside what is filled in.

#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <semaphore>

struct Job {
  int Id = 0;
};
void use(int);
void use(const Job &);
bool isGood(const std::optional<Job> &J);

// Handles

class Queue {
public:
  std::shared_ptr<Job> try_pop();
  bool try_pop(Job &Into);
  Job *tryTake();
  std::shared_ptr<Job> pop();
};

void bad_shared(Queue &Q) {
  auto J = Q.try_pop();  // expected-note {{received here}}
  use(J->Id);  // expected-warning {{'J' may be empty here: the channel can be empty or closed}}
}

void ok_shared(Queue &Q) {
  if (auto J = Q.try_pop())
    use(J->Id);
  auto K = Q.try_pop();
  if (K == nullptr)
    return;
  use(K->Id);
}

void bad_pointer(Queue &Q) {
  Job *J = Q.tryTake();  // expected-note {{received here}}
  use(J->Id);  // expected-warning {{'J' may be empty here: the channel can be empty or closed}}
}

void ok_pointer(Queue &Q) {
  Job *J = Q.tryTake();
  if (!J)
    return;
  use(J->Id);
}

/// It waits until there is one.
void ok_waits(Queue &Q) { use(Q.pop()->Id); }

class Tray {
public:
  std::unique_ptr<Job> next() {
    std::lock_guard<std::mutex> L(M);
    if (Jobs.empty())
      return nullptr;
    auto J = std::move(Jobs.front());
    Jobs.pop_front();
    return J;
  }
  std::unique_ptr<Job> last() {
    std::lock_guard<std::mutex> L(M);
    auto J = std::move(Jobs.back());
    Jobs.pop_back();
    return J;
  }
  bool fetch(Job &Into) {
    std::lock_guard<std::mutex> L(M);
    if (Jobs.empty())
      return false;
    Into = *Jobs.front();
    Jobs.pop_front();
    return true;
  }

private:
  std::mutex M;
  std::deque<std::unique_ptr<Job>> Jobs;
};

void bad_unique(Tray &T) {
  auto J = T.next();  // expected-note {{received here}}
  use(J->Id);  // expected-warning {{'J' may be empty here: the channel can be empty or closed}}
}

void ok_unique(Tray &T) {
  if (auto J = T.next())
    use(J->Id);
}

/// Nothing says that there may be none.
void ok_certain(Tray &T) { use(T.last()->Id); }

// What is filled in

void bad_filled(Queue &Q) {
  Job J;
  Q.try_pop(J);  // expected-warning {{nobody asks whether this succeeded: 'Q' may be empty}}
  use(J);
}

void bad_filled_own(Tray &T) {
  Job J;
  T.fetch(J);  // expected-warning {{nobody asks whether this succeeded: 'T' may be empty}}
  use(J);
}

void ok_filled(Queue &Q) {
  Job J;
  if (Q.try_pop(J))
    use(J);
}

void ok_filled_default(Queue &Q) {
  Job J{7};
  Q.try_pop(J);
  use(J);
}

void ok_filled_unused(Queue &Q) {
  Job J;
  while (Q.try_pop(J))
    ;
  Q.try_pop(J);
}

// Results of the project's own

template <class T> class Result {
public:
  Result(T V) : V(V), Ok(true) {}
  Result() = default;
  explicit operator bool() const { return Ok; }
  bool isFine() const { return Ok; }
  T &operator*() { return V; }
  T *operator->() { return &V; }

private:
  T V{};
  bool Ok = false;
};

class Pipe {
public:
  Result<Job> try_recv();
};

void bad_result(Pipe &P) {
  auto R = P.try_recv();  // expected-note {{received here}}
  use(R->Id);  // expected-warning {{'R' may be empty here: the channel can be empty or closed}}
}

void ok_result(Pipe &P) {
  auto R = P.try_recv();
  if (!R)
    return;
  use(R->Id);
}

void ok_result_method(Pipe &P) {
  auto R = P.try_recv();
  if (R.isFine())
    use(R->Id);
}

// Predicates

class Stream {
public:
  std::optional<Job> try_recv();
};

static bool isNew(const std::optional<Job> &J) {
  return J.has_value() && J->Id == 0;
}

void ok_predicate(Stream &S) {
  auto J = S.try_recv();
  if (isNew(J))
    use(J->Id);
}

void bad_predicate(Stream &S) {
  auto J = S.try_recv();  // expected-note {{received here}}
  if (!isNew(J))
    use(J->Id);  // expected-warning {{'J' may be empty here: the channel can be empty or closed}}
}

void ok_predicate_unseen(Stream &S) {
  auto J = S.try_recv();
  if (isGood(J))
    use(J->Id);
}

// Locks that may be poisoned

template <class T> class Mutex {
public:
  class Guard {
  public:
    Guard(std::unique_lock<std::mutex> L, T *V) : L(std::move(L)), V(V) {}
    T *operator->() const { return V; }

  private:
    std::unique_lock<std::mutex> L;
    T *V;
  };
  std::optional<Guard> lock() {
    std::unique_lock<std::mutex> L(M);
    if (Poisoned)
      return std::nullopt;
    return Guard(std::move(L), &Value);
  }

private:
  std::mutex M;
  bool Poisoned = false;
  T Value{};
};

void bad_poison(Mutex<Job> &M) {
  auto G = M.lock();  // expected-note {{tried here}}
  (*G)->Id = 1;  // expected-warning {{'G' may be empty here: the try can fail}}
}

void ok_poison(Mutex<Job> &M) {
  auto G = M.lock();
  if (!G)
    return;
  (*G)->Id = 1;
}

// Results that are kept and not looked at

class Counter {
public:
  void bad_kept() {
    bool Locked = M.try_lock();
    // expected-warning@-1 {{nobody asks whether this succeeded: 'M' may be locked}}
    ++N;
    M.unlock();
  }
  void ok_kept() {
    bool Locked = M.try_lock();
    if (!Locked)
      return;
    ++N;
    M.unlock();
  }
  void ok_kept_for_assert() {
    [[maybe_unused]] bool Locked = M.try_lock();
    ++N;
    M.unlock();
  }
  void bad_permit() {
    Permits.try_acquire();
    // expected-warning@-1 {{nobody asks whether this succeeded: 'Permits' may be locked}}
    ++N;
  }
  void ok_permit() {
    if (Permits.try_acquire())
      ++N;
  }
  bool ok_permit_returned() { return Permits.try_acquire(); }

private:
  std::mutex M;
  std::counting_semaphore<4> Permits{4};
  int N = 0;
};
