// RUN: %lint borrow-discarded-guard

#include <channel.h>
#include <condition_variable>
#include <folly/Synchronized.h>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

std::mutex M;
int Count;

void bad_braces() {
  std::lock_guard<std::mutex>{M};
  // expected-warning@-1 {{'M' is locked and unlocked by this statement: nobody keeps the guard}}
  ++Count;
}

void ok_braces() {
  std::lock_guard<std::mutex> L{M};
  ++Count;
}

void bad_last() { (void)std::lock_guard<std::mutex>(M); }
// expected-warning@-1 {{'M' is locked and unlocked by this statement: nobody keeps the guard}}

void ok_same_expression() { (std::lock_guard<std::mutex>{M}, ++Count); }

void bad_loop(int N) {
  for (int I = 0; I < N; ++I) {
    std::lock_guard<std::mutex>{M};
    // expected-warning@-1 {{'M' is locked and unlocked by this statement: nobody keeps the guard}}
    ++Count;
  }
}

void ok_loop(int N) {
  for (int I = 0; I < N; ++I) {
    std::lock_guard<std::mutex> L{M};
    ++Count;
  }
}

#define LOCKED(Mutex) std::lock_guard<std::mutex>{Mutex}
// expected-note@-1 {{expanded from macro 'LOCKED'}}

void bad_macro() {
  LOCKED(M);
  // expected-warning@-1 {{'M' is locked and unlocked by this statement: nobody keeps the guard}}
  ++Count;
}

template <typename Mutex> void bad_template(Mutex &Lock) {
  std::lock_guard<Mutex>{Lock};
  // expected-warning@-1 {{'Lock' is locked and unlocked by this statement: nobody keeps the guard}}
  ++Count;
}

template <typename Mutex> void ok_template(Mutex &Lock) {
  std::lock_guard<Mutex> L{Lock};
  ++Count;
}

template <typename Mutex> void ok_never_made(Mutex &Lock) {
  std::lock_guard<Mutex>{Lock};
}

void instantiate() {
  bad_template(M);
  ok_template(M);
}

std::unique_lock<std::mutex> acquire() { return std::unique_lock<std::mutex>(M); }

void bad_returned() {
  acquire();
  // expected-warning@-1 {{'M' is locked and unlocked by this statement: nobody keeps the guard}}
  ++Count;
}

void ok_returned() {
  auto L = acquire();
  ++Count;
}

// Waits until nobody is inside, and says so by a block of its own.
void ok_barrier() {
  { std::lock_guard<std::mutex>{M}; }
  ++Count;
}

class Queue {
public:
  void bad_declaration() {
    std::unique_lock<std::mutex>(Lock);
    // expected-warning@-1 {{this declares a new guard 'Lock' without a mutex, and doesn't lock 'Lock'}}
    ++Size;
  }

  void ok_declaration() {
    std::unique_lock<std::mutex> L(Lock);
    ++Size;
  }

  void ok_locked_later(bool Now) {
    std::unique_lock<std::mutex> L;
    if (Now)
      L = std::unique_lock<std::mutex>(Lock);
    ++Size;
  }

  // Who tests its condition under the lock waits after this.
  void ok_notice() {
    std::lock_guard<std::mutex>{Lock};
    Changed.notify_all();
  }

  void bad_deferred() {
    std::unique_lock<std::mutex> L(Lock, std::defer_lock);
    ++Size;  // expected-warning {{'L' never locks 'Lock'}}
  }

  void ok_deferred() {
    std::unique_lock<std::mutex> L(Lock, std::defer_lock);
    L.lock();
    ++Size;
  }

  void ok_deferred_tried() {
    std::unique_lock<std::mutex> L(Lock, std::defer_lock);
    if (L.try_lock())
      ++Size;
  }

  void ok_deferred_together(Queue &Other) {
    std::unique_lock<std::mutex> A(Lock, std::defer_lock);
    std::unique_lock<std::mutex> B(Other.Lock, std::defer_lock);
    std::lock(A, B);
    ++Size;
  }

  void bad_deferred_asked() {
    std::unique_lock<std::mutex> L(Lock, std::defer_lock);
    if (L.owns_lock())
      return;
    ++Size;  // expected-warning {{'L' never locks 'Lock'}}
  }

  void bad_private() {
    std::mutex Own;  // expected-warning {{each call of the function has a mutex 'Own' of its own}}
    std::lock_guard<std::mutex> L(Own);
    ++Size;
  }

  void ok_shared() {
    static std::mutex Own;
    std::lock_guard<std::mutex> L(Own);
    ++Size;
  }

  void bad_private_by_hand() {
    std::mutex Own;  // expected-warning {{each call of the function has a mutex 'Own' of its own}}
    Own.lock();
    ++Size;
    Own.unlock();
  }

  void ok_threads() {
    std::mutex Own;
    auto Add = [&] {
      std::lock_guard<std::mutex> L(Own);
      ++Size;
    };
    std::thread A(Add), B(Add);
    A.join();
    B.join();
    std::lock_guard<std::mutex> L(Own);
    ++Size;
  }

  void ok_passed() {
    std::mutex Own;
    share(Own);
    std::lock_guard<std::mutex> L(Own);
    ++Size;
  }

  // It needs some lock to wait with.
  void ok_waits() {
    std::mutex Own;
    std::unique_lock<std::mutex> L(Own);
    Changed.wait(L);
  }

private:
  void share(std::mutex &);

  std::mutex Lock;
  std::condition_variable Changed;
  int Size = 0;
};

class Section {
public:
  class Entered {
  public:
    explicit Entered(std::mutex &Of) : Of(&Of) { this->Of->lock(); }
    Entered(Entered &&Other) : Of(std::exchange(Other.Of, nullptr)) {}
    ~Entered() {
      if (Of)
        Of->unlock();
    }

  private:
    std::mutex *Of;
  };
  Entered enter() { return Entered(Lock); }

private:
  std::mutex Lock;
};

void bad_own_guard(Section &S) {
  S.enter();
  // expected-warning@-1 {{'S.Lock' is locked and unlocked by this statement: nobody keeps the guard}}
  ++Count;
}

void ok_own_guard(Section &S) {
  auto Inside = S.enter();
  ++Count;
}

void bad_lambda() {
  auto Add = [] {
    std::lock_guard<std::mutex>{M};
    // expected-warning@-1 {{'M' is locked and unlocked by this statement: nobody keeps the guard}}
    ++Count;
  };
  Add();
}

// What came out of a locked receiver is worked on before the lock ends: no
// other worker can receive.

struct Job {
  void run();
  bool isLast() const;
};

template <typename T> using Shared = folly::Synchronized<app::Receiver<T>, std::mutex>;

void bad_job(Shared<Job> &Rx) {
  for (auto G = Rx.lock();;) {  // expected-note {{locked here}} expected-note {{kept by 'G'}}
    auto J = G->recv();
    if (!J)
      break;
    J->run();  // expected-warning {{'Rx' stays locked while what came out of it is worked on}}
  }
}

void ok_job(Shared<Job> &Rx) {
  for (;;) {
    auto J = Rx.lock()->recv();
    if (!J)
      break;
    J->run();
  }
}

void bad_function(Shared<std::function<void()>> &Rx) {
  while (true) {
    auto G = Rx.lock();  // expected-note {{locked here}} expected-note {{kept by 'G'}}
    if (auto J = G->recv())
      (*J)();  // expected-warning {{'Rx' stays locked while what came out of it is worked on}}
  }
}

void ok_function(Shared<std::function<void()>> &Rx) {
  while (true) {
    auto G = Rx.lock();
    auto J = G->recv();
    G.unlock();
    if (J)
      (*J)();
  }
}

void ok_only_asked(Shared<Job> &Rx, std::vector<Job> &Jobs) {
  auto G = Rx.lock();
  while (auto J = G->recv()) {
    if (J->isLast())
      break;
    Jobs.push_back(std::move(*J));
  }
}

// A mutex of a nameless namespace, or of one that is used.
namespace {
std::mutex Nameless;
}
namespace elsewhere {
std::mutex Used;
}
using namespace elsewhere;
int bad_hides_nameless() {
  std::unique_lock<std::mutex>(Nameless);
  // expected-warning@-1 {{this declares a new guard 'Nameless' without a mutex, and doesn't lock 'Nameless'}}
  return 1;
}
int bad_hides_used() {
  std::unique_lock<std::mutex>(Used);
  // expected-warning@-1 {{this declares a new guard 'Used' without a mutex, and doesn't lock 'Used'}}
  return 1;
}
int ok_named() {
  std::unique_lock<std::mutex> Lock(Nameless);
  std::unique_lock<std::mutex> Other(Used);
  return 1;
}
