// RUN: %lint borrow-shared-mutation

// Handles whose count is no atomic belong to one thread.

#include <atomic>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

struct Text {
  int Words = 0;
};

void read(const Text &T);

template <class T> class Rc {
  struct Box {
    T Value;
    int Count = 1;
  };
  Box *B = nullptr;
  void retain() {
    if (B)
      ++B->Count;
  }

public:
  explicit Rc(T V) : B(new Box{V}) {}
  Rc(const Rc &O) : B(O.B) { retain(); }
  Rc(Rc &&O) noexcept : B(std::exchange(O.B, nullptr)) {}
  ~Rc() {
    if (B && --B->Count == 0)
      delete B;
  }
  Rc clone() const { return *this; }
  const T &operator*() const { return B->Value; }
  const T *operator->() const { return &B->Value; }
};

void bad_copied_meanwhile() {
  Rc<Text> Doc(Text{});
  std::thread T([Mine = Doc.clone()] { read(*Mine); });
  // expected-warning@-1 {{the count of 'Doc' is changed by this thread, and by another at once}}
  Rc<Text> Other = Doc;  // expected-note {{changed by the other here}}
  T.join();
  read(*Other);
}

void bad_in_a_loop(int N) {
  Rc<Text> Doc(Text{});
  std::vector<std::thread> Threads;
  for (int I = 0; I < N; ++I)
    Threads.emplace_back([Doc] { read(*Doc); });
    // expected-warning@-1 {{the count of 'Doc' is changed by this thread, and by another at once}}
    // expected-note@-2 {{changed by the other here}}
  for (std::thread &T : Threads)
    T.join();
}

void bad_argument() {
  Rc<Text> Doc(Text{});
  std::thread T([](Rc<Text> Given) { read(*Given); }, Doc);
  // expected-warning@-1 {{the count of 'Doc' is changed by this thread, and by another at once}}
  Rc<Text> Other = Doc.clone();  // expected-note {{changed by the other here}}
  T.join();
}

void ok_moved_in() {
  Rc<Text> Doc(Text{});
  std::thread T([Mine = std::move(Doc)] {
    Rc<Text> Copy = Mine;
    read(*Copy);
  });
  T.join();
}

void ok_joined_first() {
  Rc<Text> Doc(Text{});
  std::thread T([Mine = Doc.clone()] { read(*Mine); });
  T.join();
  Rc<Text> Other = Doc;
  read(*Other);
}

void ok_copied_before() {
  Rc<Text> Doc(Text{});
  Rc<Text> Other = Doc;
  std::thread T([&Doc] { read(*Doc); });
  T.join();
  read(*Other);
}

// Counts for several threads.

template <class T> class Arc {
  struct Box {
    T Value;
    std::atomic<int> Count{1};
  };
  Box *B;

public:
  explicit Arc(T V) : B(new Box{V}) {}
  Arc(const Arc &O) : B(O.B) { ++B->Count; }
  ~Arc() {
    if (--B->Count == 0)
      delete B;
  }
  const T &operator*() const { return B->Value; }
  const T *operator->() const { return &B->Value; }
};

void ok_atomic() {
  Arc<Text> Doc(Text{});
  std::thread T([Doc] { read(*Doc); });
  Arc<Text> Other = Doc;
  T.join();
}

template <class T> class Locked {
  struct Box {
    T Value;
    std::mutex M;
    int Count = 1;
  };
  Box *B;

public:
  explicit Locked(T V) : B(new Box{V}) {}
  Locked(const Locked &O) : B(O.B) {
    std::lock_guard<std::mutex> Lock(B->M);
    ++B->Count;
  }
  ~Locked() {
    std::unique_lock<std::mutex> Lock(B->M);
    bool Last = --B->Count == 0;
    Lock.unlock();
    if (Last)
      delete B;
  }
  const T &operator*() const { return B->Value; }
  const T *operator->() const { return &B->Value; }
};

void ok_locked() {
  Locked<Text> Doc(Text{});
  std::thread T([Doc] { read(*Doc); });
  Locked<Text> Other = Doc;
  T.join();
}
