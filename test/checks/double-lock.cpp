// RUN: %lint borrow-double-lock

#include <condition_variable>
#include <functional>
#include <list>
#include <mutex>
#include <shared_mutex>
#include <stdexcept>
#include <utility>
#include <vector>

std::mutex M, N;
std::recursive_mutex R;
std::shared_mutex Sh;
int Count;

void step();

// Guards.

void bad_guards() {
  std::lock_guard<std::mutex> A(M);
  // expected-note@-1 {{first locked here}}
  // expected-note@-2 {{kept by 'A'}}
  std::lock_guard<std::mutex> B(M);
  // expected-warning@-1 {{locking 'M', which this thread holds already}}
}

void ok_guards() {
  std::lock_guard<std::mutex> A(M);
  std::lock_guard<std::mutex> B(N);
}

void bad_scoped() {
  std::unique_lock<std::mutex> A(M);
  // expected-note@-1 {{first locked here}}
  // expected-note@-2 {{kept by 'A'}}
  std::scoped_lock B(N, M);  // expected-warning {{locking 'M', which this thread holds already}}
}

void ok_scoped() {
  std::unique_lock<std::mutex> A(M);
  A.unlock();
  std::scoped_lock B(N, M);
}

void ok_recursive() {
  std::lock_guard<std::recursive_mutex> A(R);
  std::lock_guard<std::recursive_mutex> B(R);
}

// By hand.

void bad_manual() {
  M.lock();  // expected-note {{first locked here}}
  M.lock();  // expected-warning {{locking 'M', which this thread holds already}}
  M.unlock();
  M.unlock();
}

void ok_manual() {
  M.lock();
  M.unlock();
  M.lock();
  M.unlock();
}

void ok_manual_recursive() {
  R.lock();
  R.lock();
  R.unlock();
  R.unlock();
}

void bad_manual_then_guard() {
  M.lock();  // expected-note {{first locked here}}
  std::lock_guard<std::mutex> A(M);
  // expected-warning@-1 {{locking 'M', which this thread holds already}}
  M.unlock();
}

void ok_manual_then_adopted() {
  M.lock();
  std::lock_guard<std::mutex> A(M, std::adopt_lock);
  ++Count;
}

// Readers and writers.

void bad_upgrade() {
  std::shared_lock<std::shared_mutex> A(Sh);
  // expected-note@-1 {{first locked here}}
  // expected-note@-2 {{kept by 'A'}}
  if (Count == 0) {
    std::unique_lock<std::shared_mutex> B(Sh);
    // expected-warning@-1 {{locking 'Sh' for writing while this thread holds it for reading}}
    ++Count;
  }
}

void ok_upgrade() {
  std::shared_lock<std::shared_mutex> A(Sh);
  if (Count == 0) {
    A.unlock();
    std::unique_lock<std::shared_mutex> B(Sh);
    ++Count;
  }
}

void bad_downgrade() {
  std::unique_lock<std::shared_mutex> A(Sh);
  // expected-note@-1 {{first locked here}}
  // expected-note@-2 {{kept by 'A'}}
  std::shared_lock<std::shared_mutex> B(Sh);
  // expected-warning@-1 {{locking 'Sh' for reading while this thread holds it}}
}

void ok_two_readers() {
  std::shared_lock<std::shared_mutex> A(Sh);
  std::shared_lock<std::shared_mutex> B(Sh);
}

void bad_manual_upgrade() {
  Sh.lock_shared();  // expected-note {{first locked here}}
  Sh.lock();
  // expected-warning@-1 {{locking 'Sh' for writing while this thread holds it for reading}}
  Sh.unlock();
  Sh.unlock_shared();
}

void ok_manual_upgrade() {
  Sh.lock_shared();
  Sh.unlock_shared();
  Sh.lock();
  Sh.unlock();
}

// Several at once, deferred, tried.

void bad_lock_both() {
  std::lock_guard<std::mutex> A(M);
  // expected-note@-1 {{first locked here}}
  // expected-note@-2 {{kept by 'A'}}
  std::lock(N, M);  // expected-warning {{locking 'M', which this thread holds already}}
  N.unlock();
  M.unlock();
}

void ok_lock_both() {
  std::lock(N, M);
  std::lock_guard<std::mutex> A(M, std::adopt_lock);
  std::lock_guard<std::mutex> B(N, std::adopt_lock);
}

void ok_deferred_both() {
  std::unique_lock<std::mutex> A(M, std::defer_lock);
  std::unique_lock<std::mutex> B(N, std::defer_lock);
  std::lock(A, B);
}

void bad_deferred_both() {
  std::unique_lock<std::mutex> A(M, std::defer_lock);
  std::unique_lock<std::mutex> B(N, std::defer_lock);
  // expected-note@-1 {{first locked here}}
  // expected-note@-2 {{kept by 'B'}}
  std::lock(A, B);
  std::lock_guard<std::mutex> C(N);
  // expected-warning@-1 {{locking 'N', which this thread holds already}}
}

void ok_deferred() {
  std::unique_lock<std::mutex> A(M, std::defer_lock);
  std::lock_guard<std::mutex> B(M);
}

void bad_deferred() {
  std::unique_lock<std::mutex> A(M, std::defer_lock);
  // expected-note@-1 {{first locked here}}
  // expected-note@-2 {{kept by 'A'}}
  A.lock();
  std::lock_guard<std::mutex> B(M);
  // expected-warning@-1 {{locking 'M', which this thread holds already}}
}

void bad_deferred_second() {
  std::lock_guard<std::mutex> A(M);
  // expected-note@-1 {{first locked here}}
  // expected-note@-2 {{kept by 'A'}}
  std::unique_lock<std::mutex> B(M, std::defer_lock);
  B.lock();  // expected-warning {{locking 'M', which this thread holds already}}
}

void ok_deferred_second() {
  std::unique_lock<std::mutex> B(M, std::defer_lock);
  {
    std::lock_guard<std::mutex> A(M);
  }
  B.lock();
}

void ok_deferred_tried() {
  std::lock_guard<std::mutex> A(M);
  std::unique_lock<std::mutex> B(M, std::defer_lock);
  if (B.try_lock())
    ++Count;
}

void ok_tried() {
  std::lock_guard<std::mutex> A(M);
  std::unique_lock<std::mutex> B(M, std::try_to_lock);
  if (M.try_lock())
    M.unlock();
}

void bad_after_try() {
  if (M.try_lock()) {  // expected-note {{first locked here}}
    std::lock_guard<std::mutex> A(M);
    // expected-warning@-1 {{locking 'M', which this thread holds already}}
    M.unlock();
  }
}

void ok_after_failed_try() {
  if (!M.try_lock()) {
    std::lock_guard<std::mutex> A(M);
    return;
  }
  M.unlock();
}

// A flag that is passed on stays what it was.

void log(bool Given);
int count(std::unique_lock<std::mutex> &, bool Given) { return Given ? 1 : 2; }

void ok_flag_passed_on(bool K) {
  if (K)
    M.lock();
  log(K);
  if (!K) {
    std::unique_lock<std::mutex> A(M);
    count(A, K);
  }
}

void bad_flag_passed_on(bool K) {
  if (K)
    M.lock();  // expected-note {{first locked here}}
  log(K);
  if (K)
    std::lock_guard<std::mutex> A(M);
    // expected-warning@-1 {{locking 'M', which this thread holds already}}
}

// A round is repeated only without the lock.

class Snapshots {
public:
  bool ok_repeat(std::list<int> &Nodes, bool Persisted, const int *Known,
                 bool Checks) {
    bool Good = true;
    auto Cleanup = [&] {
      for (int &N : Nodes) {
        std::lock_guard<std::mutex> L(M);
        N = 0;
      }
    };
    bool Locks = false;
    for (int I = 0; I < 3; ++I) {
      Locks = (I == 2 && !Known) || Persisted;
      bool Retry = false;
      if (I > 0)
        Cleanup();
      if (Locks)
        M.lock();
      for (int &N : Nodes) {
        if (Checks) {
          Good = isGood(N);
          if (!Good) {
            Retry = false;
            break;
          }
        }
        if (Known || Locks)
          continue;
        if (N > 3) {
          Retry = true;
          break;
        }
      }
      if (!Retry) {
        if (Locks)
          M.unlock();
        break;
      }
    }
    if (!Good)
      Cleanup();
    return Good;
  }
  bool bad_repeat(std::list<int> &Nodes, bool Persisted, const int *Known,
                  bool Checks) {
    bool Good = true;
    auto Cleanup = [&] {
      for (int &N : Nodes) {
        std::lock_guard<std::mutex> L(M);  // expected-note {{locked again here, inside the callee}}
        N = 0;
      }
    };
    bool Locks = false;
    for (int I = 0; I < 3; ++I) {
      Locks = (I == 2 && !Known) || Persisted;
      bool Retry = false;
      if (I > 0)
        Cleanup();
      if (Locks)
        M.lock();  // expected-note {{first locked here}}
      for (int &N : Nodes) {
        if (Checks) {
          Good = isGood(N);
          if (!Good) {
            Retry = false;
            break;
          }
        }
        if (Known || Locks)
          continue;
        if (N > 3) {
          Retry = true;
          break;
        }
      }
      if (!Retry) {
        break;
      }
    }
    if (!Good)
      Cleanup();  // expected-warning {{this call locks 'M', which this thread holds already}}
    return Good;
  }

private:
  bool isGood(int);

  std::mutex M;
};

// Locking again what is locked.

void bad_relock() {
  std::unique_lock<std::mutex> A(M);  // expected-note {{first locked here}}
  A.lock();  // expected-warning {{locking 'A', which holds its lock already}}
}

void ok_relock() {
  std::unique_lock<std::mutex> A(M);
  A.unlock();
  A.lock();
}

void bad_relock_on_one_path(bool K) {
  std::unique_lock<std::mutex> A(M);
  if (!K)
    A.unlock();  // expected-note {{first locked here}}
  step();
  if (K)
    A.lock();  // expected-warning {{locking 'A', which holds its lock already}}
}

void ok_relock_on_one_path(bool K) {
  std::unique_lock<std::mutex> A(M);
  if (K)
    A.unlock();
  step();
  if (K)
    A.lock();
}

void ok_relock_if_not_owned(bool K) {
  std::unique_lock<std::mutex> A(M);
  if (K)
    A.unlock();
  step();
  if (!A.owns_lock())
    A.lock();
}

void bad_relock_moved() {
  std::unique_lock<std::mutex> A(M);
  std::unique_lock<std::mutex> B = std::move(A);
  B.lock();  // expected-warning {{locking 'B', which holds its lock already}}
}

void ok_relock_deferred() {
  std::unique_lock<std::mutex> A(M, std::defer_lock);
  A.lock();
}

void ok_relock_given(std::unique_lock<std::mutex> &A) { A.lock(); }

void unlockIt(std::unique_lock<std::mutex> &A) { A.unlock(); }
void unknown(std::unique_lock<std::mutex> &A);

void ok_relock_after_callee() {
  std::unique_lock<std::mutex> A(M);
  unlockIt(A);
  A.lock();
}

void ok_relock_after_unknown() {
  std::unique_lock<std::mutex> A(M);
  unknown(A);
  A.lock();
}

// Left locked by an earlier round: borrow-missing-unlock says so.
void ok_left_locked(const std::vector<int> &V) {
  for (int I : V) {
    M.lock();
    if (I < 0)
      continue;
    M.unlock();
  }
}

// Control flow.

void bad_loop(int K) {
  for (int I = 0; I < K; ++I) {
    M.lock();
    // expected-warning@-1 {{locking 'M', which this thread holds already}}
    // expected-note@-2 {{first locked here, in an earlier round}}
    ++Count;
  }
}

void ok_loop(int K) {
  for (int I = 0; I < K; ++I) {
    M.lock();
    ++Count;
    M.unlock();
  }
}

void bad_join(bool K) {
  std::unique_lock<std::mutex> A(M, std::defer_lock);
  // expected-note@-1 {{first locked here}}
  // expected-note@-2 {{kept by 'A'}}
  if (K)
    A.lock();
  std::lock_guard<std::mutex> B(M);
  // expected-warning@-1 {{locking 'M', which this thread holds already}}
}

void ok_join(bool K) {
  std::unique_lock<std::mutex> A(M, std::defer_lock);
  if (K)
    A.lock();
  else
    std::lock_guard<std::mutex> B(M);
}

void ok_early_return(bool K) {
  {
    std::lock_guard<std::mutex> A(M);
    if (K)
      return;
  }
  std::lock_guard<std::mutex> B(M);
}

void bad_moved() {
  std::unique_lock<std::mutex> A(M);  // expected-note {{first locked here}}
  std::unique_lock<std::mutex> B = std::move(A);  // expected-note {{kept by 'B'}}
  std::lock_guard<std::mutex> C(M);
  // expected-warning@-1 {{locking 'M', which this thread holds already}}
}

void ok_moved() {
  std::unique_lock<std::mutex> A(M);
  { std::unique_lock<std::mutex> B = std::move(A); }
  std::lock_guard<std::mutex> C(M);
}

void bad_handler() {
  std::lock_guard<std::mutex> A(M);
  // expected-note@-1 {{first locked here}}
  // expected-note@-2 {{kept by 'A'}}
  try {
    step();
  } catch (const std::runtime_error &) {
    std::lock_guard<std::mutex> B(M);
    // expected-warning@-1 {{locking 'M', which this thread holds already}}
  }
}

void ok_handler() {
  try {
    std::lock_guard<std::mutex> A(M);
    step();
  } catch (const std::runtime_error &) {
    std::lock_guard<std::mutex> B(M);
  }
}

template <class Mutex> void bad_template(Mutex &Mu) {
  std::lock_guard<Mutex> A(Mu);
  // expected-note@-1 {{first locked here}}
  // expected-note@-2 {{kept by 'A'}}
  std::lock_guard<Mutex> B(Mu);
  // expected-warning@-1 {{locking 'Mu', which this thread holds already}}
}

template <class Mutex> void ok_template(Mutex &Mu) {
  std::lock_guard<Mutex> A(Mu);
  std::lock_guard<Mutex> B(Mu);
}

void instantiate() {
  bad_template(M);
  ok_template(R);
}

#define GUARDED(Mu) std::lock_guard<std::mutex> Guard_##Mu(Mu)
// expected-note@-1 {{expanded from macro 'GUARDED'}}

void bad_macro() {
  GUARDED(M);  // expected-note {{first locked here}} expected-note {{kept by 'Guard_M'}}
  { GUARDED(M); }  // expected-warning {{locking 'M', which this thread holds already}}
}

void ok_macro() {
  GUARDED(M);
  { GUARDED(N); }
}

void bad_lambda() {
  std::lock_guard<std::mutex> A(M);
  // expected-note@-1 {{first locked here}}
  // expected-note@-2 {{kept by 'A'}}
  auto Count1 = [] { std::lock_guard<std::mutex> B(M); };
  // expected-note@-1 {{locked again here, inside the callee}}
  Count1();  // expected-warning {{this call locks 'M', which this thread holds already}}
}

void ok_lambda() {
  auto Count1 = [] { std::lock_guard<std::mutex> B(M); };
  Count1();
  std::lock_guard<std::mutex> A(M);
}

void bad_predicate(std::condition_variable &C) {
  std::unique_lock<std::mutex> A(M);
  // expected-note@-1 {{first locked here}}
  // expected-note@-2 {{kept by 'A'}}
  C.wait(A, [] {  // expected-note {{the closure is called here}}
    std::lock_guard<std::mutex> B(M);
    // expected-warning@-1 {{locking 'M', which this thread holds already}}
    return Count > 0;
  });
}

void ok_predicate(std::condition_variable &C) {
  std::unique_lock<std::mutex> A(M);
  C.wait(A, [] { return Count > 0; });
}
