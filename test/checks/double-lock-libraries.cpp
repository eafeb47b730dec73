// RUN: %lint borrow-double-lock

// Mutexes and guards of Boost, Abseil, Qt; clang's attributes.

#include <QtCore/QMutex>
#include <absl/synchronization/mutex.h>
#include <boost/thread/mutex.hpp>
#include <mutex>
#include <pthread.h>

// Boost.

void bad_boost(boost::mutex &M) {
  boost::lock_guard<boost::mutex> A(M);
  // expected-note@-1 {{first locked here}}
  // expected-note@-2 {{kept by 'A'}}
  boost::mutex::scoped_lock B(M);
  // expected-warning@-1 {{locking 'M', which this thread holds already}}
}

void ok_boost(boost::mutex &M) {
  boost::mutex::scoped_lock A(M);
  A.unlock();
  boost::lock_guard<boost::mutex> B(M);
}

void ok_boost_recursive(boost::recursive_mutex &M) {
  boost::lock_guard<boost::recursive_mutex> A(M);
  boost::lock_guard<boost::recursive_mutex> B(M);
}

void bad_boost_upgrade(boost::shared_mutex &M) {
  boost::shared_lock<boost::shared_mutex> A(M);
  // expected-note@-1 {{first locked here}}
  // expected-note@-2 {{kept by 'A'}}
  boost::unique_lock<boost::shared_mutex> B(M);
  // expected-warning@-1 {{locking 'M' for writing while this thread holds it for reading}}
}

void ok_boost_upgrade(boost::shared_mutex &M) {
  {
    boost::shared_lock<boost::shared_mutex> A(M);
  }
  boost::unique_lock<boost::shared_mutex> B(M);
}

// Abseil.

class Counter {
public:
  int get() {
    absl::MutexLock L(&Mu);  // expected-note 2 {{locked again here, inside the callee}}
    return N;
  }

  void bad_add() {
    absl::MutexLock L(&Mu);  // expected-note {{first locked here}} expected-note {{kept by 'L'}}
    N = get() + 1;  // expected-warning {{this call locks 'Mu', which this thread holds already}}
  }

  void ok_add() {
    int Old = get();
    absl::MutexLock L(&Mu);
    N = Old + 1;
  }

  void bad_reader() {
    absl::ReaderMutexLock L(&Mu);
    // expected-note@-1 {{first locked here}}
    // expected-note@-2 {{kept by 'L'}}
    absl::WriterMutexLock W(&Mu);
    // expected-warning@-1 {{locking 'Mu' for writing while this thread holds it for reading}}
  }

  void ok_reader() {
    absl::ReleasableMutexLock L(&Mu);
    L.Release();
    absl::WriterMutexLock W(&Mu);
  }

  void bad_manual() {
    Mu.Lock();  // expected-note {{first locked here}}
    N = get();  // expected-warning {{this call locks 'Mu', which this thread holds already}}
    Mu.Unlock();
  }

  void ok_manual() {
    Mu.Lock();
    Mu.Unlock();
    N = get();
  }

private:
  absl::Mutex Mu;
  int N = 0;
};

// Qt.

void bad_qt(QMutex &M) {
  QMutexLocker A(&M);  // expected-note {{first locked here}} expected-note {{kept by 'A'}}
  M.lock();  // expected-warning {{locking 'M', which this thread holds already}}
}

void ok_qt(QMutex &M) {
  QMutexLocker A(&M);
  A.unlock();
  M.lock();
  M.unlock();
  A.relock();
}

void bad_qt_relocked(QMutex &M) {
  QMutexLocker A(&M);  // expected-note {{first locked here}} expected-note {{kept by 'A'}}
  A.unlock();
  A.relock();
  QMutexLocker B(&M);  // expected-warning {{locking 'M', which this thread holds already}}
}

void bad_qt_upgrade(QReadWriteLock &Lock) {
  QReadLocker R(&Lock);  // expected-note {{first locked here}} expected-note {{kept by 'R'}}
  QWriteLocker W(&Lock);
  // expected-warning@-1 {{locking 'Lock' for writing while this thread holds it for reading}}
}

void ok_qt_upgrade(QReadWriteLock &Lock) {
  QReadLocker R(&Lock);
  R.unlock();
  QWriteLocker W(&Lock);
}

// A guard of one's own, known by its body.

class Section {
public:
  explicit Section(std::mutex &M) : M(M) { M.lock(); }
  ~Section() { M.unlock(); }

private:
  std::mutex &M;
};

void bad_section(std::mutex &M) {
  Section A(M);  // expected-note {{first locked here}} expected-note {{kept by 'A'}}
  Section B(M);  // expected-warning {{locking 'M', which this thread holds already}}
}

void ok_section(std::mutex &M, std::mutex &N) {
  Section A(M);
  Section B(N);
}

// A mutex of C may be recursive if it is initialised with attributes, or
// nobody sees how.

namespace of_c {
static pthread_mutex_t Plain = PTHREAD_MUTEX_INITIALIZER;
struct Probe {
  pthread_mutex_t Lock;
  int Value;
};
static Probe P = {.Lock = PTHREAD_MUTEX_INITIALIZER};
struct Meter {
  pthread_mutex_t M;
  pthread_mutex_t Again;
  pthread_mutex_t Unknown;
};

int value() {
  pthread_mutex_lock(&P.Lock);  // expected-note {{locked again here, inside the callee}}
  int Result = P.Value;
  pthread_mutex_unlock(&P.Lock);
  return Result;
}

bool bad_global() {
  pthread_mutex_lock(&Plain);  // expected-note {{first locked here}}
  pthread_mutex_lock(&Plain);
  // expected-warning@-1 {{locking 'Plain', which this thread holds already}}
  pthread_mutex_unlock(&Plain);
  return true;
}

bool bad_member() {
  pthread_mutex_lock(&P.Lock);  // expected-note {{first locked here}}
  bool Any = value() != 0;
  // expected-warning@-1 {{this call locks 'P.Lock', which this thread holds already}}
  pthread_mutex_unlock(&P.Lock);
  return Any;
}

bool ok_given_back() {
  pthread_mutex_lock(&P.Lock);
  P.Value = 0;
  pthread_mutex_unlock(&P.Lock);
  return value() != 0;
}

void init(Meter *Of, const pthread_mutexattr_t *Recursive) {
  pthread_mutex_init(&Of->M, nullptr);
  pthread_mutex_init(&Of->Again, Recursive);
}

void bad_initialised(Meter *Of) {
  pthread_mutex_lock(&Of->M);  // expected-note {{first locked here}}
  pthread_mutex_lock(&Of->M);
  // expected-warning@-1 {{locking 'Of->M', which this thread holds already}}
}

void ok_with_attributes(Meter *Of) {
  pthread_mutex_lock(&Of->Again);
  pthread_mutex_lock(&Of->Again);
}

void ok_unknown(Meter *Of) {
  pthread_mutex_lock(&Of->Unknown);
  pthread_mutex_lock(&Of->Unknown);
}
} // namespace of_c
