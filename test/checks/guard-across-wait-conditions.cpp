// RUN: %lint borrow-guard-across-wait

// A condition variable may wake without a reason, so what is waited for has to
// be tested again.

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <pthread.h>
#include <queue>

std::mutex M;
std::condition_variable Changed;
bool Ready;
std::queue<int> Items;

void use(int);

void bad_no_test() {
  std::unique_lock<std::mutex> L(M);
  Changed.wait(L);
  // expected-warning@-1 {{this wait may end without a reason, and nothing is tested after it}}
  Ready = false;
}

void ok_predicate() {
  std::unique_lock<std::mutex> L(M);
  Changed.wait(L, [] { return Ready; });
  Ready = false;
}

void ok_loop() {
  std::unique_lock<std::mutex> L(M);
  while (!Ready)
    Changed.wait(L);
  Ready = false;
}

void ok_do_loop() {
  std::unique_lock<std::mutex> L(M);
  do
    Changed.wait(L);
  while (!Ready);
  Ready = false;
}

int bad_if() {
  std::unique_lock<std::mutex> L(M);
  if (Items.empty())
    Changed.wait(L);
    // expected-warning@-1 {{this wait may end without a reason, and nothing is tested after it}}
  int V = Items.front();
  Items.pop();
  return V;
}

int ok_while() {
  std::unique_lock<std::mutex> L(M);
  while (Items.empty())
    Changed.wait(L);
  int V = Items.front();
  Items.pop();
  return V;
}

// The loop around starts a new turn with a new lock.
void bad_worker() {
  for (;;) {
    std::unique_lock<std::mutex> L(M);
    if (Items.empty())
      Changed.wait(L);
      // expected-warning@-1 {{this wait may end without a reason, and nothing is tested after it}}
    int V = Items.front();
    Items.pop();
    L.unlock();
    use(V);
  }
}

void ok_worker() {
  for (;;) {
    std::unique_lock<std::mutex> L(M);
    while (Items.empty())
      Changed.wait(L);
    int V = Items.front();
    Items.pop();
    L.unlock();
    use(V);
  }
}

void ok_tested_after() {
  std::unique_lock<std::mutex> L(M);
  Changed.wait(L);
  if (!Ready)
    return;
  Ready = false;
}

void ok_loop_holds_the_lock(bool &Stop) {
  std::unique_lock<std::mutex> L(M);
  while (!Stop) {
    Changed.wait(L);
    Ready = false;
  }
}

// Who has the lock tests.
void ok_helper(std::unique_lock<std::mutex> &L) { Changed.wait(L); }

void ok_for_some_time() {
  std::unique_lock<std::mutex> L(M);
  Changed.wait_for(L, std::chrono::seconds(1));
  Ready = false;
}

class Gate {
public:
  void bad_pass() {
    std::unique_lock<std::mutex> L(Mutex);
    Opened.wait(L);
    // expected-warning@-1 {{this wait may end without a reason, and nothing is tested after it}}
    ++Passed;
  }
  void ok_pass() {
    std::unique_lock<std::mutex> L(Mutex);
    Opened.wait(L, [this] { return Open; });
    ++Passed;
  }

private:
  std::mutex Mutex;
  std::condition_variable Opened;
  bool Open = false;
  int Passed = 0;
};

// Conditions that take the guard and give it back, as in Rust.

class Condvar {
public:
  std::unique_lock<std::mutex> wait(std::unique_lock<std::mutex> L) {
    while (!Ready)
      Condition.wait(L);  // expected-note {{waits here, inside the callee}}
    return L;
  }

  bool Ready = false;

private:
  std::condition_variable Condition;
};

void ok_given(Condvar &C, std::mutex &Mu) {
  std::unique_lock<std::mutex> L(Mu);
  L = C.wait(std::move(L));
  C.Ready = false;
}

void bad_other_guard(Condvar &C, std::mutex &Mu, std::mutex &Other) {
  std::lock_guard<std::mutex> Kept(Other);
  // expected-note@-1 {{locked here}}
  // expected-note@-2 {{kept by 'Kept'}}
  std::unique_lock<std::mutex> L(Mu);
  L = C.wait(std::move(L));
  // expected-warning@-1 {{this call waits for 'C.Condition' while 'Other' is held}}
}

// By reference, down to the mutex itself.

class PosixCondvar {
public:
  template <typename Lock, typename Predicate>
  void wait(Lock &L, Predicate Done) {
    while (!Done())
      pthread_cond_wait(&Condition, L.mutex()->native_handle());
      // expected-note@-1 {{waits here, inside the callee}}
  }

private:
  pthread_cond_t Condition;
};

void ok_posix(PosixCondvar &C, std::mutex &Mu, bool &Ready) {
  std::unique_lock<std::mutex> L(Mu);
  C.wait(L, [&] { return Ready; });
}

void bad_posix(PosixCondvar &C, std::mutex &Mu, std::mutex &Other,
               bool &Ready) {
  std::lock_guard<std::mutex> Kept(Other);
  // expected-note@-1 {{locked here}}
  // expected-note@-2 {{kept by 'Kept'}}
  std::unique_lock<std::mutex> L(Mu);
  C.wait(L, [&] { return Ready; });
  // expected-warning@-1 {{this call waits for 'C.Condition' while 'Other' is held}}
}

struct Slot {
  pthread_mutex_t Lock;
  pthread_cond_t Filled;
  int Full, Value;
};

int bad_of_parameter(Slot *S) {
  pthread_mutex_lock(&S->Lock);
  if (!S->Full)
    pthread_cond_wait(&S->Filled, &S->Lock);
    // expected-warning@-1 {{this wait may end without a reason, and nothing is tested after it}}
  int Value = S->Value;
  pthread_mutex_unlock(&S->Lock);
  return Value;
}

int ok_of_parameter(Slot *S) {
  pthread_mutex_lock(&S->Lock);
  while (!S->Full)
    pthread_cond_wait(&S->Filled, &S->Lock);
  int Value = S->Value;
  pthread_mutex_unlock(&S->Lock);
  return Value;
}

void ok_locked_by_caller(Slot *S) {
  pthread_cond_wait(&S->Filled, &S->Lock);
  pthread_mutex_unlock(&S->Lock);
}

// A method that is given the lock to release is no end of a queue, though its
// object keeps values.

class Load {
public:
  void ok_run(int Calls) {
    std::unique_lock<std::mutex> L(Acknowledged);
    send(L, Calls);
  }
  void bad_run(int Calls) {
    std::lock_guard<std::mutex> Kept(M);
    // expected-note@-1 {{locked here}}
    // expected-note@-2 {{kept by 'Kept'}}
    std::unique_lock<std::mutex> L(Acknowledged);
    send(L, Calls);  // expected-warning {{this call waits for 'All' while 'M' is held}}
  }

private:
  void send(std::unique_lock<std::mutex> &L, int Calls) {
    Results.push(Calls);
    All.wait(L, [this] { return Done; });  // expected-note {{waits here, inside the callee}}
  }

  std::mutex M, Acknowledged;
  std::condition_variable All;
  bool Done = false;
  std::queue<int> Results;
};

void ok_handle(pthread_cond_t &C, std::mutex &Mu) {
  std::lock_guard<std::mutex> L(Mu);
  while (!Ready)
    pthread_cond_wait(&C, Mu.native_handle());
}

void bad_handle(pthread_cond_t &C, std::mutex &Mu, std::mutex &Other) {
  std::lock_guard<std::mutex> L(Mu);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  while (!Ready)
    pthread_cond_wait(&C, Other.native_handle());
    // expected-warning@-1 {{waiting for 'C' while 'Mu' is held}}
}

// A condition variable that knows its mutex: its wait takes over the lock that
// the caller has, and leaves it.

class OwnMutex {
public:
  void Lock() { Mu.lock(); }
  void Unlock() { Mu.unlock(); }

private:
  friend class OwnCondVar;
  std::mutex Mu;
};

class OwnCondVar {
public:
  explicit OwnCondVar(OwnMutex *Mu) : Mu(Mu) {}
  void Wait() {
    std::unique_lock<std::mutex> L(Mu->Mu, std::adopt_lock);
    C.wait(L);  // expected-note 2 {{waits here, inside the callee}}
    L.release();
  }

private:
  std::condition_variable C;
  OwnMutex *const Mu;
};

class OwnLock {
public:
  explicit OwnLock(OwnMutex *Mu) : Mu(Mu) { this->Mu->Lock(); }
  ~OwnLock() { this->Mu->Unlock(); }

private:
  OwnMutex *const Mu;
};

class Database {
public:
  Database() : Idle(&Mu) {}
  void ok_close() {
    Mu.Lock();
    while (Busy)
      Idle.Wait();
    Mu.Unlock();
  }
  void ok_finish() {
    OwnLock L(&Mu);
    while (Busy)
      Idle.Wait();
  }
  void bad_finish() {
    OwnLock Kept(&Files);  // expected-note {{locked here}} expected-note {{kept by 'Kept'}}
    OwnLock L(&Mu);
    while (Busy)
      Idle.Wait();  // expected-warning {{this call waits for 'Idle.C' while 'Files' is held}}
  }

private:
  OwnMutex Mu, Files;
  OwnCondVar Idle;
  bool Busy = true;
};

struct Shared {
  OwnMutex Mu;
  OwnCondVar Changed{&Mu};
  bool Done = false;
};

void ok_unnamed(Shared &S) {
  S.Mu.Lock();
  while (!S.Done)
    S.Changed.Wait();
  S.Mu.Unlock();
}

void bad_unnamed(Shared &S, OwnMutex &Other) {
  OwnLock Kept(&Other);  // expected-note {{locked here}} expected-note {{kept by 'Kept'}}
  S.Mu.Lock();
  while (!S.Done)
    S.Changed.Wait();
    // expected-warning@-1 {{this call waits for 'S.Changed.C' while 'Other' is held}}
  S.Mu.Unlock();
}
