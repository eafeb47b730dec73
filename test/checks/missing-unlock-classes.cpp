// RUN: %lint borrow-missing-unlock

#include <functional>
#include <map>
#include <mutex>
#include <pthread.h>
#include <stdexcept>
#include <string>
#include <vector>

#include <QtCore/QMutex>
#include <absl/synchronization/mutex.h>
#include <boost/thread/mutex.hpp>

// Members, and helpers that lock and unlock.

class Seats {
public:
  bool bad_reserve(int I) {
    M.lock();  // expected-note {{locked here}}
    if (Owners[I] != 0)
      return false;  // expected-warning {{'M' stays locked on this path}}
    Owners[I] = 1;
    M.unlock();  // expected-note {{unlocked here on another path}}
    return true;
  }

  bool ok_reserve(int I) {
    M.lock();
    if (Owners[I] != 0) {
      M.unlock();
      return false;
    }
    Owners[I] = 1;
    M.unlock();
    return true;
  }

private:
  std::mutex M;
  std::vector<int> Owners;
};

class Store {
public:
  bool bad_put(int K) {
    enter();  // expected-note {{locked here}}
    if (Full)
      return false;  // expected-warning {{'M' stays locked on this path}}
    Values[K] = K;
    leave();  // expected-note {{unlocked here on another path}}
    return true;
  }

  bool ok_put(int K) {
    enter();
    if (Full) {
      leave();
      return false;
    }
    Values[K] = K;
    leave();
    return true;
  }

  bool bad_tried(int K) {
    if (!tryEnter())  // expected-note {{locked here}}
      return false;
    if (Full)
      return false;  // expected-warning {{'M' stays locked on this path}}
    Values[K] = K;
    leave();  // expected-note {{unlocked here on another path}}
    return true;
  }

  bool ok_tried(int K) {
    if (!tryEnter())
      return false;
    Values[K] = K;
    leave();
    return true;
  }

  void bad_leave_twice() {
    enter();
    leave();  // expected-note {{not held from here on}}
    M.unlock();  // expected-warning {{unlocking 'M', which is not locked here}}
  }

  void bad_parsed(const std::string &Line) {
    M.lock();  // expected-note {{locked here}}
    int K = parse(Line);  // expected-warning {{'M' stays locked if this call throws}}
    Values[K] = K;
    M.unlock();  // expected-note {{unlocked here on another path}}
  }

  void ok_parsed(const std::string &Line) {
    int K = parse(Line);
    M.lock();
    Values[K] = K;
    M.unlock();
  }

private:
  void enter() { M.lock(); }
  void leave() { M.unlock(); }
  bool tryEnter() { return M.try_lock(); }
  static int parse(const std::string &Line) {
    if (Line.empty())
      throw std::invalid_argument("empty");  // expected-note {{the exception is thrown here}}
    return 1;
  }

  std::mutex M;
  bool Full = false;
  std::map<int, int> Values;
};

// A lock that the class hands out.

class Session {
public:
  bool ok_begin() {
    M.lock();
    if (Open) {
      M.unlock();
      return false;
    }
    Open = true;
    return true;
  }
  void ok_end() {
    Open = false;
    M.unlock();
  }

private:
  std::mutex M;
  bool Open = false;
};

// A class that is a mutex.

class Spin {
public:
  void lock() { Inner.lock(); }
  void unlock() { Inner.unlock(); }
  bool try_lock() {
    if (!Inner.try_lock())
      return false;
    ++Taken;
    return true;
  }

private:
  std::mutex Inner;
  int Taken = 0;
};

int bad_spin(Spin &S, bool K) {
  S.lock();  // expected-note {{locked here}}
  if (K)
    return 1;  // expected-warning {{'S' stays locked on this path}}
  S.unlock();  // expected-note {{unlocked here on another path}}
  return 0;
}

int ok_spin(Spin &S, bool K) {
  S.lock();
  int Result = K ? 1 : 0;
  S.unlock();
  return Result;
}

// Somebody else unlocks.

void later(std::function<void()>);

class Job {
public:
  int ok_unlocked_later(bool K) {
    M.lock();
    if (K) {
      later([this] { M.unlock(); });
      return 1;
    }
    M.unlock();
    return 0;
  }

private:
  std::mutex M;
};

class Elsewhere {
public:
  int ok_elsewhere(bool K) {
    M.lock();
    if (K) {
      finish();
      return 1;
    }
    M.unlock();
    return 0;
  }

  int bad_elsewhere(bool K) {
    N.lock();  // expected-note {{locked here}}
    if (K) {
      show();
      return 1;  // expected-warning {{'N' stays locked on this path}}
    }
    N.unlock();  // expected-note {{unlocked here on another path}}
    return 0;
  }

private:
  void finish();
  void show() const;
  std::mutex M, N;
};

// Hand over hand.

struct Node {
  std::mutex M;
  Node *Next = nullptr;
  int Key = 0;
};

bool ok_contains(Node *Head, int Key) {
  Node *Last = Head;
  Last->M.lock();
  Node *Here = Last->Next;
  Here->M.lock();
  while (Here->Key < Key) {
    Last->M.unlock();
    Last = Here;
    Here = Here->Next;
    Here->M.lock();
  }
  bool Found = Here->Key == Key;
  Here->M.unlock();
  Last->M.unlock();
  return Found;
}

void ok_all(std::vector<Node *> &Nodes) {
  for (Node *N : Nodes)
    N->M.lock();
  for (Node *N : Nodes)
    N->M.unlock();
}

// Through a reference and a pointer.

struct Leaf {
  std::mutex M;
};

int bad_reference(Leaf &N, bool K) {
  std::mutex &Mine = N.M;
  Mine.lock();  // expected-note {{locked here}}
  if (K)
    return 1;  // expected-warning {{'N.M' stays locked on this path}}
  N.M.unlock();  // expected-note {{unlocked here on another path}}
  return 0;
}

int bad_pointer(Leaf *N, bool K) {
  N->M.lock();  // expected-note {{locked here}}
  if (K)
    return 1;  // expected-warning {{'N->M' stays locked on this path}}
  N->M.unlock();  // expected-note {{unlocked here on another path}}
  return 0;
}

int ok_pointer(Leaf *N, bool K) {
  N->M.lock();
  int Result = K ? 1 : 0;
  N->M.unlock();
  return Result;
}

// Libraries.

int bad_pthread(pthread_mutex_t &M, bool K) {
  pthread_mutex_lock(&M);  // expected-note {{locked here}}
  if (K)
    return 1;  // expected-warning {{'M' stays locked on this path}}
  pthread_mutex_unlock(&M);  // expected-note {{unlocked here on another path}}
  return 0;
}

int ok_pthread(pthread_mutex_t &M, bool K) {
  pthread_mutex_lock(&M);
  int Result = K ? 1 : 0;
  pthread_mutex_unlock(&M);
  return Result;
}

// It may be recursive.
void ok_pthread_twice(pthread_mutex_t &M) {
  pthread_mutex_lock(&M);
  pthread_mutex_lock(&M);
  pthread_mutex_unlock(&M);
  pthread_mutex_unlock(&M);
}

int bad_absl(absl::Mutex &M, bool K) {
  M.Lock();  // expected-note {{locked here}}
  if (K)
    return 1;  // expected-warning {{'M' stays locked on this path}}
  M.Unlock();  // expected-note {{unlocked here on another path}}
  return 0;
}

int ok_absl(absl::Mutex &M, bool K) {
  absl::MutexLock L(&M);
  return K ? 1 : 0;
}

int bad_qt(QMutex &M, bool K) {
  M.lock();  // expected-note {{locked here}}
  if (K)
    return 1;  // expected-warning {{'M' stays locked on this path}}
  M.unlock();  // expected-note {{unlocked here on another path}}
  return 0;
}

int ok_qt(QMutex &M, bool K) {
  QMutexLocker L(&M);
  return K ? 1 : 0;
}

// QMutexLocker::unlock() looks first.
void ok_qt_twice(QMutex &M) {
  QMutexLocker L(&M);
  L.unlock();
  L.unlock();
}

int bad_qt_write(QReadWriteLock &M, bool K) {
  M.lockForWrite();  // expected-note {{locked here}}
  if (K)
    return 1;  // expected-warning {{'M' stays locked on this path}}
  M.unlock();  // expected-note {{unlocked here on another path}}
  return 0;
}

void bad_boost(boost::mutex &M) {
  boost::unique_lock<boost::mutex> L(M);
  L.unlock();  // expected-note {{not held from here on}}
  L.unlock();  // expected-warning {{unlocking 'L', which holds no lock here}}
}

void ok_boost(boost::mutex &M) {
  boost::unique_lock<boost::mutex> L(M);
  L.unlock();
  L.lock();
}

// Who calls what locks and unlocks, unlocks nothing of others.

class Settings {
public:
  void bad_before_a_call(bool K) {
    Lock.lock();  // expected-note {{locked here}}
    if (K)
      return;  // expected-warning {{'Lock' stays locked on this path}}
    Lock.unlock();  // expected-note {{unlocked here on another path}}
  }

  void ok_balanced() {
    Lock.lock();
    ++Value;
    Lock.unlock();
  }

  void ok_before_a_call(bool K) {
    Lock.lock();
    if (K) {
      Lock.unlock();
      return;
    }
    Lock.unlock();
  }

private:
  std::mutex Lock;
  int Value = 0;
};

void calls(Settings &S) {
  S.ok_balanced();
  S.bad_before_a_call(true);
}

// A lock that is also an object with other methods.

class Bucket {
public:
  void lock() { M.lock(); }
  void unlock() { M.unlock(); }
  bool take(int N) { return (Tokens -= N) >= 0; }

private:
  std::mutex M;
  int Tokens = 0;
};

Bucket &bucketOf(int Id);

bool bad_other_method(int Id) {
  Bucket &B = bucketOf(Id);
  B.lock();  // expected-note {{locked here}}
  if (!B.take(1))
    return false;  // expected-warning {{'B' stays locked on this path}}
  B.unlock();  // expected-note {{unlocked here on another path}}
  return true;
}

bool ok_other_method(int Id) {
  Bucket &B = bucketOf(Id);
  B.lock();
  bool Taken = B.take(1);
  B.unlock();
  return Taken;
}

// std::try_lock says which lock was not free.

std::mutex First, Second;

bool ok_all_or_none() {
  int Failed = std::try_lock(First, Second);
  if (Failed != -1)
    return false;
  First.unlock();
  Second.unlock();
  return true;
}

bool ok_all_at_once() {
  if (std::try_lock(First, Second) == -1) {
    First.unlock();
    Second.unlock();
    return true;
  }
  First.lock();
  First.unlock();
  return false;
}

bool bad_one_left(bool Early) {
  int Failed = std::try_lock(First, Second);  // expected-note {{locked here}}
  if (Failed != -1)
    return false;
  First.unlock();
  if (Early)
    return false;  // expected-warning {{'Second' stays locked on this path}}
  Second.unlock();  // expected-note {{unlocked here on another path}}
  return true;
}
