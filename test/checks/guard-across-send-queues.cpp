// RUN: %lint borrow-guard-across-send

// What blocks and what doesn't; condition variables release their lock.

#include <atomic>
#include <channel.h>
#include <condition_variable>
#include <mutex>
#include <queue>
#include <semaphore>
#include <utility>
#include <vector>

std::mutex M;
int Count;

// A bounded queue waits for room.

void bad_blocking_push(app::BlockingQueue<int> &Q) {
  std::lock_guard<std::mutex> L(M);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  Q.push(++Count);  // expected-warning {{this call sends on 'Q' while 'M' is held}}
}

void ok_blocking_push(app::BlockingQueue<int> &Q) {
  int V;
  {
    std::lock_guard<std::mutex> L(M);
    V = ++Count;
  }
  Q.push(V);
}

void bad_blocking_pop(app::BlockingQueue<int> &Q) {
  std::lock_guard<std::mutex> L(M);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  Count = Q.pop();  // expected-warning {{this call receives from 'Q' while 'M' is held}}
}

void ok_try_push(app::BlockingQueue<int> &Q) {
  std::lock_guard<std::mutex> L(M);
  if (!Q.try_push(++Count))
    --Count;
}

void ok_try_pop(app::BlockingQueue<int> &Q) {
  std::lock_guard<std::mutex> L(M);
  Count = Q.try_pop().value_or(0);
}

// An unbounded queue does not wait in push, but it does in pop.

void ok_unbounded_push(app::UnboundedQueue<int> &Q) {
  std::lock_guard<std::mutex> L(M);
  Q.push(++Count);
}

void bad_unbounded_pop(app::UnboundedQueue<int> &Q) {
  std::lock_guard<std::mutex> L(M);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  Count = Q.pop();  // expected-warning {{this call receives from 'Q' while 'M' is held}}
}

void ok_unbounded_pop(app::UnboundedQueue<int> &Q) {
  int V = Q.pop();
  std::lock_guard<std::mutex> L(M);
  Count = V;
}

// Containers are no channels.

void ok_std_queue(std::queue<int> &Q, std::vector<int> &V) {
  std::lock_guard<std::mutex> L(M);
  Q.push(1);
  Q.pop();
  V.push_back(1);
}

// Queues of one's own: their bodies tell.

class Mailbox {
  std::mutex Mutex;
  std::condition_variable Changed;
  std::queue<int> Letters;
  bool Closed = false;

public:
  // The wait gives the lock back while it lasts.
  int ok_take() {
    std::unique_lock<std::mutex> L(Mutex);
    Changed.wait(L, [this] { return !Letters.empty(); });
    int V = Letters.front();
    Letters.pop();
    return V;
  }

  int ok_take_in_loop() {
    std::unique_lock<std::mutex> L(Mutex);
    while (Letters.empty() && !Closed)
      Changed.wait(L);
    return Letters.empty() ? 0 : Letters.front();
  }

  void put(int V) {
    std::unique_lock<std::mutex> L(Mutex);
    while (Letters.size() > 8)
      Changed.wait(L);  // expected-note {{waits here, inside the callee}}
    Letters.push(V);
    Changed.notify_one();
  }

  void drop(int V) {
    std::lock_guard<std::mutex> L(Mutex);
    if (Letters.size() <= 8)
      Letters.push(V);
  }
};

void bad_own_queue(Mailbox &B) {
  std::lock_guard<std::mutex> L(M);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  B.put(++Count);  // expected-warning {{this call sends on 'B' while 'M' is held}}
}

void ok_own_queue(Mailbox &B) {
  int V;
  {
    std::lock_guard<std::mutex> L(M);
    V = ++Count;
  }
  B.put(V);
}

void ok_own_queue_drops(Mailbox &B) {
  std::lock_guard<std::mutex> L(M);
  B.drop(++Count);
}

class Slots {
  std::counting_semaphore<> Free{8};
  std::counting_semaphore<> Full{0};
  std::mutex Mutex;
  std::queue<int> Items;

public:
  void push(int V) {
    Free.acquire();  // expected-note {{waits here, inside the callee}}
    {
      std::lock_guard<std::mutex> L(Mutex);
      Items.push(V);
    }
    Full.release();
  }
  bool try_push(int V) {
    if (!Free.try_acquire())
      return false;
    std::lock_guard<std::mutex> L(Mutex);
    Items.push(V);
    return true;
  }
};

void bad_semaphore_queue(Slots &S) {
  std::lock_guard<std::mutex> L(M);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  S.push(++Count);  // expected-warning {{this call sends on 'S' while 'M' is held}}
}

void ok_semaphore_queue(Slots &S) {
  std::lock_guard<std::mutex> L(M);
  S.try_push(++Count);
}

// A project's own channel whose bodies are elsewhere, annotated.

class Pipe {
public:
  [[clang::annotate("borrow::channel_send")]] void put(int V);
  [[clang::annotate("borrow::channel_recv")]] int get();
  void peek();
};

void bad_annotated_send(Pipe &P) {
  std::lock_guard<std::mutex> L(M);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  P.put(++Count);  // expected-warning {{sending on 'P' while 'M' is held}}
}

void bad_annotated_recv(Pipe &P) {
  std::lock_guard<std::mutex> L(M);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  Count = P.get();  // expected-warning {{receiving from 'P' while 'M' is held}}
}

void ok_not_annotated(Pipe &P) {
  std::lock_guard<std::mutex> L(M);
  P.peek();
}

void ok_annotated(Pipe &P) {
  int V = P.get();
  {
    std::lock_guard<std::mutex> L(M);
    Count = V;
  }
  P.put(V);
}

// A function called send that is no channel's.

struct Socket {
  int send(const char *Data, int Length);
};
struct Mailer {
  void send(int);
};

void ok_other_send(Socket &S, Mailer &P) {
  std::lock_guard<std::mutex> L(M);
  S.send("x", 1);
  P.send(1);
}



// Bounded if somebody wants it so.

template <typename T> class LimitedQueue {
public:
  explicit LimitedQueue(std::size_t Limit = 0) : Limit(Limit) {}

  void push(T V) {
    std::unique_lock<std::mutex> L(Mutex);
    NotFull.wait(L, [this] { return Limit == 0 || Items.size() < Limit; });
    Items.push_back(std::move(V));
  }

private:
  const std::size_t Limit;
  std::mutex Mutex;
  std::condition_variable NotFull;
  std::deque<T> Items;
};

template <typename T> class FullQueue {
public:
  void push(T V) {
    std::unique_lock<std::mutex> L(Mutex);
    NotFull.wait(L, [this] { return Closed || Items.size() < Limit; });
    // expected-note@-1 {{waits here, inside the callee}}
    Items.push_back(std::move(V));
  }

private:
  const std::size_t Limit = 8;
  bool Closed = false;
  std::mutex Mutex;
  std::condition_variable NotFull;
  std::deque<T> Items;
};

void ok_unlimited(LimitedQueue<int> &Q, std::mutex &Mu) {
  std::lock_guard<std::mutex> L(Mu);
  Q.push(1);
}

void bad_limited(FullQueue<int> &Q, std::mutex &Mu) {
  std::lock_guard<std::mutex> L(Mu);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  Q.push(1);  // expected-warning {{this call sends on 'Q' while 'Mu' is held}}
}

// Whether it has a limit is known where it is made.
void fn_limit_given(std::mutex &Mu) {
  LimitedQueue<int> Q(8);
  std::lock_guard<std::mutex> L(Mu);
  Q.push(1);
}


// expected-note@channel.h 3 {{waits here, inside the callee}}
