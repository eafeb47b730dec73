// RUN: %lint borrow-double-lock borrow-missing-unlock borrow-discarded-guard

// Locks that a project has written itself.

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <pthread.h>
#include <vector>

class ReadWriteLock {
public:
  void lockRead() {
    std::unique_lock<std::mutex> L(M);
    Changed.wait(L, [this] { return !Writer; });
    ++Readers;
  }
  void unlockRead() {
    std::unique_lock<std::mutex> L(M);
    --Readers;
    Changed.notify_all();
  }
  void lockWrite() {
    std::unique_lock<std::mutex> L(M);
    Changed.wait(L, [this] { return !Writer && Readers == 0; });
    Writer = true;
  }
  void unlockWrite() {
    std::unique_lock<std::mutex> L(M);
    Writer = false;
    Changed.notify_all();
  }

private:
  std::mutex M;
  std::condition_variable Changed;
  int Readers = 0;
  bool Writer = false;
};

class ReadGuard {
public:
  explicit ReadGuard(ReadWriteLock &L) : L(L) { L.lockRead(); }
  ~ReadGuard() { L.unlockRead(); }

private:
  ReadWriteLock &L;
};

class WriteGuard {
public:
  explicit WriteGuard(ReadWriteLock &L) : L(L) { L.lockWrite(); }
  ~WriteGuard() { L.unlockWrite(); }

private:
  ReadWriteLock &L;
};

class Histogram {
public:
  int bad_upgrade() {
    ReadGuard Reading(Lock);
    // expected-note@-1 {{first locked here}}
    // expected-note@-2 {{kept by 'Reading'}}
    if (!Sorted)
      sort();
      // expected-warning@-1 {{this call locks 'Lock' for writing while this thread holds it for reading}}
    return Last;
  }
  int ok_upgrade() {
    {
      ReadGuard Reading(Lock);
      if (Sorted)
        return Last;
    }
    sort();
    return 0;
  }
  int bad_leak(bool K) {
    Lock.lockWrite();  // expected-note {{locked here}}
    if (K)
      return 1;  // expected-warning {{'Lock' stays locked on this path}}
    Lock.unlockWrite();  // expected-note {{unlocked here on another path}}
    return 0;
  }
  int ok_two_readers() {
    ReadGuard Reading(Lock);
    ReadGuard Again(Lock);
    return Last;
  }

private:
  void sort() {
    WriteGuard Writing(Lock);  // expected-note {{locked again here, inside the callee}}
    Sorted = true;
  }
  ReadWriteLock Lock;
  bool Sorted = false;
  int Last = 0;
};

// `acquire` and `release` say something in a class of flags and locks alone.
class Spin {
public:
  void acquire() {
    while (Busy.exchange(true))
      ;
  }
  void release() { Busy.store(false); }

private:
  std::atomic<bool> Busy{false};
};

class Permits {
public:
  void acquire() {
    std::unique_lock<std::mutex> L(M);
    Changed.wait(L, [this] { return Free > 0; });
    --Free;
  }
  void release() {
    std::unique_lock<std::mutex> L(M);
    ++Free;
    Changed.notify_one();
  }

private:
  std::mutex M;
  std::condition_variable Changed;
  int Free = 4;
};

class Holding {
public:
  explicit Holding(Spin &S) : S(&S) { S.acquire(); }
  ~Holding() {
    if (S)
      S->release();
  }

private:
  Spin *S;
};

class Mixer {
public:
  void bad_dropped() {
    exclusive();
    // expected-warning@-1 {{'Lock' is locked and unlocked by this statement: nobody keeps the guard}}
    ++Gain;
  }
  void ok_kept() {
    Holding Held = exclusive();
    ++Gain;
  }
  void bad_again() {
    Lock.acquire();  // expected-note {{first locked here}}
    Lock.acquire();  // expected-warning {{locking 'Lock', which this thread holds already}}
    Lock.release();  // expected-note {{not held from here on}}
    Lock.release();  // expected-warning {{unlocking 'Lock', which is not locked here}}
  }
  void ok_permits() {
    Seats.acquire();
    Seats.acquire();
    Seats.release();
    Seats.release();
  }

private:
  Holding exclusive() { return Holding(Lock); }
  Spin Lock;
  Permits Seats;
  int Gain = 0;
};

// A mutex of C in a class.
class Section {
public:
  Section() { pthread_mutex_init(&M, nullptr); }
  void enter() { pthread_mutex_lock(&M); }
  void leave() { pthread_mutex_unlock(&M); }

private:
  pthread_mutex_t M;
};

class Reentrant {
public:
  Reentrant(const pthread_mutexattr_t &Recursive) {
    pthread_mutex_init(&M, &Recursive);
  }
  void lock() { pthread_mutex_lock(&M); }
  void unlock() { pthread_mutex_unlock(&M); }

private:
  pthread_mutex_t M;
};

class Names {
public:
  int bad_section(int Name) {
    Guard.enter();  // expected-note {{locked here}}
    for (int Known : All)
      if (Known == Name)
        return 2;  // expected-warning {{'Guard' stays locked on this path}}
    All.push_back(Name);
    Guard.leave();  // expected-note {{unlocked here on another path}}
    return 0;
  }
  int ok_section(int Name) {
    Guard.enter();
    for (int Known : All)
      if (Known == Name) {
        Guard.leave();
        return 2;
      }
    All.push_back(Name);
    Guard.leave();
    return 0;
  }
  void ok_reentrant() {
    Twice.lock();
    Twice.lock();
    Twice.unlock();
    Twice.unlock();
  }

private:
  Section Guard;
  Reentrant Twice;
  std::vector<int> All;
};

static pthread_mutex_t Gate = PTHREAD_MUTEX_INITIALIZER;

void bad_second_unlock() {
  pthread_mutex_lock(&Gate);
  pthread_mutex_unlock(&Gate);  // expected-note {{not held from here on}}
  pthread_mutex_unlock(&Gate);  // expected-warning {{unlocking 'Gate', which is not locked here}}
}

// What is returned is made in place.
class Bag {
public:
  Bag() = default;
  Bag(const Bag &Other) {
    std::lock_guard<std::mutex> L(Other.M);
    // expected-note@-1 {{locked again here, inside the callee}}
    Size = Other.Size;
  }
  Bag ok_named_result() const {
    Bag Copy(*this);
    std::lock_guard<std::mutex> L(Copy.M);
    ++Copy.Size;
    return Copy;
  }
  Bag bad_copy() const {
    std::lock_guard<std::mutex> L(M);
    // expected-note@-1 {{first locked here}}
    // expected-note@-2 {{kept by 'L'}}
    return *this;  // expected-warning {{this call locks 'M', which this thread holds already}}
  }

private:
  mutable std::mutex M;
  int Size = 0;
};

// Its constructor is elsewhere: a mutex of C is a plain one unless it is seen
// to get attributes.

class ElsewhereMutex {
public:
  ElsewhereMutex();
  void Lock();
  void Unlock();

private:
  pthread_mutex_t M;
};

void bad_elsewhere(ElsewhereMutex &M) {
  M.Lock();  // expected-note {{first locked here}}
  M.Lock();  // expected-warning {{locking 'M', which this thread holds already}}
  M.Unlock();
}

void ok_elsewhere(ElsewhereMutex &M) {
  M.Lock();
  M.Unlock();
  M.Lock();
  M.Unlock();
}
