// RUN: %lint borrow-missing-unlock

#include <condition_variable>
#include <mutex>
#include <shared_mutex>
#include <stdexcept>
#include <string>
#include <vector>

std::mutex M, N;
std::recursive_mutex R;
std::shared_mutex Sh;
int Count;

bool ready();
void step();

// Leaving early.

int bad_return(bool K) {
  M.lock();  // expected-note {{locked here}}
  if (K)
    return 1;  // expected-warning {{'M' stays locked on this path}}
  ++Count;
  M.unlock();  // expected-note {{unlocked here on another path}}
  return 0;
}

int ok_return(bool K) {
  M.lock();
  if (K) {
    M.unlock();
    return 1;
  }
  ++Count;
  M.unlock();
  return 0;
}

int ok_guard(bool K) {
  std::lock_guard<std::mutex> L(M);
  return K;
}

void bad_loop(const std::vector<int> &V) {
  for (int I : V) {
    M.lock();  // expected-note {{locked here}}
    if (I < 0)
      continue;  // expected-warning {{'M' stays locked on this path}}
    Count += I;
    M.unlock();  // expected-note {{unlocked here on another path}}
  }
}

void ok_loop(const std::vector<int> &V) {
  for (int I : V) {
    M.lock();
    if (I < 0) {
      M.unlock();
      continue;
    }
    Count += I;
    M.unlock();
  }
}

void bad_break(const std::vector<int> &V) {
  for (int I : V) {
    M.lock();  // expected-note {{locked here}}
    Count += I;
    if (Count > 100)
      break;  // expected-warning {{'M' stays locked on this path}}
    M.unlock();  // expected-note {{unlocked here on another path}}
  }
}

void ok_break(const std::vector<int> &V) {
  M.lock();
  for (int I : V) {
    Count += I;
    if (Count > 100)
      break;
  }
  M.unlock();
}

void ok_break_locked() {
  for (;;) {
    M.lock();
    if (Count > 0)
      break;
    M.unlock();
    step();
  }
  --Count;
  M.unlock();
}

int bad_switch(int K) {
  M.lock();  // expected-note {{locked here}}
  switch (K) {
  case 0:
    M.unlock();
    return 0;
  case 1:
    return 1;  // expected-warning {{'M' stays locked on this path}}
  default:
    break;
  }
  M.unlock();  // expected-note {{unlocked here on another path}}
  return 2;
}

int ok_switch(int K) {
  M.lock();
  switch (K) {
  case 0:
    M.unlock();
    return 0;
  case 1:
    M.unlock();
    return 1;
  default:
    break;
  }
  M.unlock();
  return 2;
}

void bad_goto(bool K) {
  M.lock();  // expected-note {{locked here}}
  if (K)
    goto done;  // expected-warning {{'M' stays locked on this path}}
  ++Count;
  M.unlock();  // expected-note {{unlocked here on another path}}
done:
  step();
}

void ok_goto(bool K) {
  M.lock();
  if (K)
    goto done;
  ++Count;
done:
  M.unlock();
}

void bad_no_else(bool K) {
  M.lock();  // expected-note {{locked here}}
  if (K) {
    ++Count;
    M.unlock();
  }
}  // expected-warning {{'M' stays locked on this path}}

void ok_else(bool K) {
  M.lock();
  if (K) {
    ++Count;
    M.unlock();
  } else {
    M.unlock();
  }
}

int bad_last_return(const std::vector<int> &V) {
  M.lock();  // expected-note {{locked here}}
  for (int I : V)
    if (I > Count) {
      M.unlock();
      return I;
    }
  return -1;  // expected-warning {{'M' stays locked on this path}}
}

int bad_condition(bool A, bool B) {
  M.lock();  // expected-note {{locked here}}
  if (A && B)
    return 1;  // expected-warning {{'M' stays locked on this path}}
  M.unlock();  // expected-note {{unlocked here on another path}}
  return 0;
}

// Two locks.
int bad_second(bool K) {
  M.lock();  // expected-note {{locked here}}
  N.lock();
  if (K) {
    N.unlock();
    return 1;  // expected-warning {{'M' stays locked on this path}}
  }
  N.unlock();
  M.unlock();  // expected-note {{unlocked here on another path}}
  return 0;
}

int ok_second(bool K) {
  M.lock();
  N.lock();
  if (K) {
    N.unlock();
    M.unlock();
    return 1;
  }
  N.unlock();
  M.unlock();
  return 0;
}

int bad_shared(bool K) {
  Sh.lock_shared();  // expected-note {{locked here}}
  if (K)
    return Count;  // expected-warning {{'Sh' stays locked on this path}}
  Sh.unlock_shared();  // expected-note {{unlocked here on another path}}
  return 0;
}

int ok_shared(bool K) {
  Sh.lock_shared();
  if (K) {
    Sh.unlock_shared();
    return Count;
  }
  Sh.unlock_shared();
  return 0;
}

int bad_recursive(bool K) {
  R.lock();  // expected-note {{locked here}}
  if (K)
    return 1;  // expected-warning {{'R' stays locked on this path}}
  R.unlock();  // expected-note {{unlocked here on another path}}
  return 0;
}

void ok_recursive_twice() {
  R.lock();
  R.lock();
  R.unlock();
  R.unlock();
}

// Tries.

int bad_try(bool K) {
  if (!M.try_lock())  // expected-note {{locked here}}
    return -1;
  if (K)
    return 1;  // expected-warning {{'M' stays locked on this path}}
  M.unlock();  // expected-note {{unlocked here on another path}}
  return 0;
}

int ok_try(bool K) {
  if (!M.try_lock())
    return -1;
  if (K) {
    M.unlock();
    return 1;
  }
  M.unlock();
  return 0;
}

void ok_try_flag() {
  bool Locked = M.try_lock();
  step();
  if (Locked)
    M.unlock();
}

// The same condition twice.

void ok_flag(bool Lock) {
  if (Lock)
    M.lock();
  step();
  if (Lock)
    M.unlock();
}

int bad_flag(bool Lock, bool K) {
  if (Lock)
    M.lock();  // expected-note {{locked here}}
  if (K)
    return 1;  // expected-warning {{'M' stays locked on this path}}
  if (Lock)
    M.unlock();  // expected-note {{unlocked here on another path}}
  return 0;
}

void ok_done() {
  bool Done = false;
  M.lock();
  if (Count > 0) {
    M.unlock();
    Done = true;
  }
  step();
  if (!Done)
    M.unlock();
}

void ok_size(const std::vector<int> &V) {
  if (V.size() > 1)
    M.lock();
  step();
  if (V.size() > 1)
    M.unlock();
}

// Exceptions.

void check(int K) {
  if (K < 0)
    throw std::invalid_argument("negative");  // expected-note 2 {{the exception is thrown here}}
}

void checkAll(const std::vector<int> &V) {
  for (int I : V)
    check(I);
}

bool isFine(int K) {
  try {
    check(K);
  } catch (const std::invalid_argument &) {
    return false;
  }
  return true;
}

void bad_throw(int K) {
  M.lock();  // expected-note {{locked here}}
  if (K < 0)
    throw std::invalid_argument("negative");  // expected-warning {{'M' stays locked on this path}}
  Count += K;
  M.unlock();  // expected-note {{unlocked here on another path}}
}

void ok_throw(int K) {
  M.lock();
  if (K < 0) {
    M.unlock();
    throw std::invalid_argument("negative");
  }
  Count += K;
  M.unlock();
}

void bad_callee_throws(const std::vector<int> &V) {
  M.lock();  // expected-note {{locked here}}
  checkAll(V);  // expected-warning {{'M' stays locked if this call throws}}
  Count += V[0];
  M.unlock();  // expected-note {{unlocked here on another path}}
}

void ok_callee_throws(const std::vector<int> &V) {
  checkAll(V);
  M.lock();
  Count += V[0];
  M.unlock();
}

void ok_callee_catches(int K) {
  M.lock();
  if (isFine(K))
    Count += K;
  M.unlock();
}

void bad_caught(int K) {
  try {
    M.lock();  // expected-note {{locked here}}
    check(K);  // expected-warning {{'M' stays locked if this call throws}}
    Count += K;
    M.unlock();  // expected-note {{unlocked here on another path}}
  } catch (const std::invalid_argument &) {
    ++Count;
  }
}

void ok_caught(int K) {
  M.lock();
  try {
    check(K);
    Count += K;
  } catch (const std::invalid_argument &) {
    ++Count;
  }
  M.unlock();
}

void ok_rethrown(int K) {
  M.lock();
  try {
    check(K);
  } catch (...) {
    M.unlock();
    throw;
  }
  M.unlock();
}

// What the standard library may throw is not known to be thrown.
int ok_at(const std::vector<int> &V) {
  M.lock();
  int Result = V.at(1);
  M.unlock();
  return Result;
}

// Left locked on purpose.

void ok_lock_only() {
  M.lock();
  ++Count;
}

std::mutex Handed;

bool ok_acquire() {
  Handed.lock();
  if (Count == 0) {
    Handed.unlock();
    return false;
  }
  return true;
}

int ok_handed(bool K) {
  Handed.lock();
  if (K)
    return 1;
  Handed.unlock();
  return 0;
}

void ok_handed_back() { Handed.unlock(); }

std::mutex Told;

bool ok_told() {
  Told.lock();
  if (ready())
    return true;
  Told.unlock();
  return false;
}

bool bad_told() {
  Told.lock();  // expected-note {{locked here}}
  if (ready())
    return false;  // expected-warning {{'Told' stays locked on this path}}
  Told.unlock();  // expected-note {{unlocked here on another path}}
  return true;
}

int ok_adopted(bool K) {
  M.lock();
  std::lock_guard<std::mutex> L(M, std::adopt_lock);
  if (K)
    return 1;
  return 0;
}

struct Unlocker {
  explicit Unlocker(std::mutex &M) : M(M) {}
  ~Unlocker() { M.unlock(); }
  std::mutex &M;
};

int ok_unlocker(bool K) {
  N.lock();
  Unlocker U(N);
  if (K)
    return 1;
  return 0;
}

void take(std::mutex &);

int ok_given(bool K) {
  M.lock();
  if (K) {
    take(M);
    return 1;
  }
  M.unlock();
  return 0;
}

[[noreturn]] void fail();

void ok_no_return(bool K) {
  M.lock();
  if (K)
    fail();
  M.unlock();
}

// Unlocking what is not locked.

void bad_twice() {
  M.lock();
  ++Count;
  M.unlock();  // expected-note {{not held from here on}}
  M.unlock();  // expected-warning {{unlocking 'M', which is not locked here}}
}

void bad_twice_on_path(bool K) {
  M.lock();
  if (K)
    M.unlock();
  else
    M.unlock();  // expected-note {{not held from here on}}
  M.unlock();  // expected-warning {{unlocking 'M', which is not locked here}}
}

void ok_once(bool K) {
  M.lock();
  if (K)
    M.unlock();
  if (!K)
    M.unlock();
}

void ok_callers() { N.unlock(); }

void bad_guard() {
  std::unique_lock<std::mutex> L(M);
  L.unlock();  // expected-note {{not held from here on}}
  L.unlock();  // expected-warning {{unlocking 'L', which holds no lock here}}
}

void ok_guard_relocked() {
  std::unique_lock<std::mutex> L(M);
  L.unlock();
  step();
  L.lock();
  ++Count;
  L.unlock();
}

void bad_deferred() {
  std::unique_lock<std::mutex> L(M, std::defer_lock);  // expected-note {{not held from here on}}
  L.unlock();  // expected-warning {{unlocking 'L', which holds no lock here}}
}

void ok_deferred() {
  std::unique_lock<std::mutex> L(M, std::defer_lock);
  L.lock();
  L.unlock();
}

void bad_guard_on_path(bool K) {
  std::unique_lock<std::mutex> L(M);
  L.unlock();
  if (K)
    L.lock();  // expected-note {{not held from here on}}
  else
    L.unlock();  // expected-warning {{unlocking 'L', which holds no lock here}}
}

void ok_guard_flag(bool K) {
  std::unique_lock<std::mutex> L(M);
  if (K)
    L.unlock();
  step();
  if (!K)
    L.unlock();
}

void ok_owns(bool K) {
  std::unique_lock<std::mutex> L(M);
  if (K)
    L.unlock();
  step();
  if (L.owns_lock())
    L.unlock();
}

void ok_try_guard() {
  std::unique_lock<std::mutex> L(M, std::try_to_lock);
  if (L)
    L.unlock();
}

void bad_moved() {
  std::unique_lock<std::mutex> L(M);
  std::unique_lock<std::mutex> Other = std::move(L);  // expected-note {{not held from here on}}
  L.unlock();  // expected-warning {{unlocking 'L', which holds no lock here}}
}

void ok_moved() {
  std::unique_lock<std::mutex> L(M);
  std::unique_lock<std::mutex> Other = std::move(L);
  Other.unlock();
}

void bad_under_guard() {
  std::lock_guard<std::mutex> L(M);  // expected-note {{locked here}}
  ++Count;
  M.unlock();  // expected-warning {{unlocking 'M', which 'L' unlocks once more}}
}

void ok_under_guard() {
  std::lock_guard<std::mutex> L(M);
  M.unlock();
  step();
  M.lock();
}

void bad_after_adopted() {
  M.lock();
  {
    std::lock_guard<std::mutex> L(M, std::adopt_lock);
    ++Count;
  }
  M.unlock();  // expected-warning {{unlocking 'M', which is not locked here}}
}

void ok_in_scope() {
  {
    std::lock_guard<std::mutex> L(M);
    ++Count;
  }
  M.lock();
  M.unlock();
}

void ok_wait(std::condition_variable &C) {
  std::unique_lock<std::mutex> L(M);
  C.wait(L);
  L.unlock();
}

// release() does not unlock.

std::mutex Released;

void bad_release(bool K) {
  std::unique_lock<std::mutex> L(Released);  // expected-note {{locked here}}
  ++Count;
  if (K)
    L.release();  // expected-warning {{'L' gives up 'Released' without unlocking it}}
}

void ok_release() {
  std::unique_lock<std::mutex> L(Released);
  ++Count;
  L.unlock();
}

void ok_release_used() {
  std::unique_lock<std::mutex> L(Released);
  std::mutex *Mine = L.release();
  Mine->unlock();
}

// Macro, template, lambda.

#define BAIL(K)                                                                \
  if (K)                                                                       \
  return 1  // expected-note {{expanded from macro 'BAIL'}}

int bad_macro(bool K) {
  M.lock();  // expected-note {{locked here}}
  BAIL(K);  // expected-warning {{'M' stays locked on this path}}
  M.unlock();
  return 0;
}

template <class Mutex> int bad_template(Mutex &Mu, bool K) {
  Mu.lock();  // expected-note {{locked here}}
  if (K)
    return 1;  // expected-warning {{'Mu' stays locked on this path}}
  Mu.unlock();  // expected-note {{unlocked here on another path}}
  return 0;
}

template <class Mutex> int ok_template(Mutex &Mu, bool K) {
  Mu.lock();
  int Result = K ? 1 : 0;
  Mu.unlock();
  return Result;
}

int instantiate(bool K) { return bad_template(M, K) + ok_template(N, K); }

auto bad_lambda = [](bool K) {
  M.lock();  // expected-note {{locked here}}
  if (K)
    return 1;  // expected-warning {{'M' stays locked on this path}}
  M.unlock();  // expected-note {{unlocked here on another path}}
  return 0;
};

auto ok_lambda = [](bool K) {
  M.lock();
  int Result = K ? 1 : 0;
  M.unlock();
  return Result;
};

// Every way from an unlock comes to another one.
class Outbox {
public:
  void bad_meets(bool Closed) {
    std::unique_lock<std::mutex> L(Mu);
    if (Closed) {
      L.unlock();  // expected-note {{not held from here on}}
      work();
    } else {
      ++Count;
    }
    L.unlock();  // expected-warning {{unlocking 'L', which holds no lock here}}
  }
  void bad_by_hand(bool Closed) {
    Mu.lock();
    if (Closed)
      Mu.unlock();  // expected-note {{not held from here on}}
    else
      ++Count;
    Mu.unlock();  // expected-warning {{unlocking 'Mu', which is not locked here}}
  }
  void ok_returns(bool Closed) {
    std::unique_lock<std::mutex> L(Mu);
    if (Closed) {
      L.unlock();
      return work();
    }
    L.unlock();
  }
  void ok_asked(bool Closed) {
    std::unique_lock<std::mutex> L(Mu);
    if (Closed)
      L.unlock();
    work();
    if (L.owns_lock())
      L.unlock();
  }
  void ok_locks_again(bool Closed) {
    Mu.lock();
    if (Closed) {
      Mu.unlock();
      work();
      Mu.lock();
    }
    Mu.unlock();
  }
  void ok_loop(int N) {
    std::unique_lock<std::mutex> L(Mu);
    while (N-- > 0) {
      L.unlock();
      work();
      L.lock();
    }
    L.unlock();
  }
  void ok_same_condition(bool Closed, int N) {
    std::unique_lock<std::mutex> L(Mu);
    if (N > 3)
      L.unlock();
    work();
    if (N <= 3)
      L.unlock();
  }

private:
  static void work();
  std::mutex Mu;
  int Count = 0;
};

// What a caller has locked is given back for a while: it stays as it was.

class Store {
public:
  int write(bool Force) {
    std::lock_guard<std::mutex> L(M);
    return makeRoom(Force);
  }

private:
  int ok_makeRoom(bool Force) {
    while (true) {
      if (Error)
        break;
      if (!Force)
        break;
      M.unlock();
      work();
      Force = false;
      M.lock();
    }
    return Error;
  }
  int bad_makeRoom(bool Force) {
    M.lock();  // expected-note 2 {{locked here}}
    while (true) {
      if (Error)
        break;  // expected-warning {{'M' stays locked on this path}}
      if (!Force)
        break;  // expected-warning {{'M' stays locked on this path}}
      M.unlock();  // expected-note 2 {{unlocked here on another path}}
      work();
      Force = false;
      M.lock();
    }
    return Error;
  }
  int makeRoom(bool Force) { return ok_makeRoom(Force); }
  void work();

  std::mutex M;
  int Error = 0;
};

// A result that says whether the lock is held is taken for intended, though
// nobody calls the function.

bool fn_result_tells(int Wanted) {
  M.lock();
  for (int Row = 0; Row < 4; ++Row)
    for (int Column = 0; Column < 4; ++Column)
      if (Row * Column == Wanted)
        goto Found;
  M.unlock();
  return false;
Found:
  return true;
}
