// RUN: %lint borrow-double-lock borrow-missing-unlock

// Guards of a project's own that are made without locking.

#include <mutex>

static std::mutex M;
static int Count;

class Locker {
public:
  enum Mode { Now, Later };
  enum Owner { Caller };
  explicit Locker(std::mutex &M) : M(M), Owns(true) { M.lock(); }
  Locker(std::mutex &M, Mode When) : M(M) {
    if (When == Now)
      lock();
  }
  Locker(std::mutex &M, Owner) : M(M), Owns(true) {}
  ~Locker() {
    if (Owns)
      M.unlock();
  }
  void lock() {
    M.lock();
    Owns = true;
  }
  void unlock() {
    M.unlock();
    Owns = false;
  }

private:
  std::mutex &M;
  bool Owns = false;
};

void bad_taken_over() {
  M.lock();  // expected-note {{first locked here}}
  Locker L(M);  // expected-warning {{locking 'M', which this thread holds already}}
  ++Count;
}

void ok_taken_over() {
  M.lock();
  Locker L(M, Locker::Caller);
  ++Count;
}

void bad_after_taken_over() {
  M.lock();  // expected-note {{first locked here}}
  Locker L(M, Locker::Caller);  // expected-note {{kept by 'L'}}
  Locker K(M);  // expected-warning {{locking 'M', which this thread holds already}}
}

void bad_now() {
  Locker L(M, Locker::Now);  // expected-note {{first locked here}} expected-note {{kept by 'L'}}
  Locker K(M);  // expected-warning {{locking 'M', which this thread holds already}}
}

void ok_later() {
  Locker L(M, Locker::Later);
  Locker K(M);
}

void bad_later() {
  Locker L(M, Locker::Later);  // expected-note {{first locked here}} expected-note {{kept by 'L'}}
  L.lock();
  Locker K(M);  // expected-warning {{locking 'M', which this thread holds already}}
}

class Hold {
public:
  struct Taken {};
  explicit Hold(std::mutex *M) : M(M) { M->lock(); }
  // expected-note@-1 {{locked again here, inside the callee}}
  Hold(std::mutex *M, Taken) : M(std::move(M)) {}
  ~Hold() { M->unlock(); }

private:
  std::mutex *M;
};

void bad_pointer() {
  M.lock();  // expected-note {{first locked here}}
  Hold L(&M);  // expected-warning {{this call locks 'M', which this thread holds already}}
  ++Count;
}

void ok_pointer() {
  M.lock();
  Hold L(&M, Hold::Taken{});
  ++Count;
}

class Maybe {
public:
  explicit Maybe(std::mutex &M, bool Now = true) : M(M), Owns(Now) {
    if (Now)
      M.lock();
  }
  ~Maybe() {
    if (Owns)
      M.unlock();
  }
  void lock() {
    M.lock();
    Owns = true;
  }

private:
  std::mutex &M;
  bool Owns;
};

void bad_flag() {
  Maybe L(M);
  // expected-note@-1 {{first locked here}}
  // expected-note@-2 {{kept by 'L'}}
  // expected-note@-3 {{locked here}}
  M.lock();  // expected-warning {{locking 'M', which this thread holds already}}
  ++Count;
  M.unlock();  // expected-warning {{unlocking 'M', which 'L' unlocks once more}}
}

void ok_flag() {
  Maybe L(M, false);
  M.lock();
  ++Count;
  M.unlock();
}

void ok_flag_unknown(bool Now) {
  Maybe L(M, Now);
  ++Count;
}

// It locks through a guard of its own.

class Wrapper {
public:
  explicit Wrapper(std::mutex &M) : L(M) {}
  // expected-note@-1 {{locked again here, inside the callee}}
  Wrapper(std::mutex &M, std::adopt_lock_t Adopt) : L(M, Adopt) {}
  ~Wrapper() {
    if (L.owns_lock())
      L.unlock();
  }

private:
  std::unique_lock<std::mutex> L;
};

void bad_wrapped() {
  M.lock();  // expected-note {{first locked here}}
  Wrapper L(M);  // expected-warning {{this call locks 'M', which this thread holds already}}
  ++Count;
}

void ok_wrapped() {
  M.lock();
  Wrapper L(M, std::adopt_lock);
  ++Count;
}
