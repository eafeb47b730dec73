// RUN: %lint borrow-overlapping-borrow
// Cells that lend what they hold to a closure, under names of their own.

#include <cassert>
#include <functional>
#include <stdexcept>
#include <utility>

template <class T> class Scoped {
  struct Reading {
    int &N;
    explicit Reading(int &N) : N(N) {
      if (N < 0)
        throw std::logic_error("being written");
      ++N;
    }
    ~Reading() { --N; }
  };
  struct Writing {
    int &N;
    explicit Writing(int &N) : N(N) {
      if (N != 0)
        throw std::logic_error("in use");
      N = -1;
    }
    ~Writing() { N = 0; }
  };

public:
  template <class Fn> auto view(Fn &&F) const {
    Reading R(Users);
    return std::forward<Fn>(F)(Value);
  }
  template <class Fn> void change(Fn &&F) {
    Writing W(Users);
    F(Value);
  }

private:
  T Value{};
  mutable int Users = 0;
};

int read(const Scoped<int> &S) {
  return S.view([](int V) { return V; });  // expected-note {{taken again here, inside the callee}}
}

void bad_nested(Scoped<int> &S) {
  S.change([&](int &V) { V = read(S); });
  // expected-warning@-1 {{this call makes a shared borrow of 'S' while it is already mutably borrowed}}
  // expected-note@-2 {{first taken here}}
  // expected-note@-3 {{kept by a temporary until the end of the full expression}}
  // expected-note@-4 {{the closure is called here}}
}

void ok_before(Scoped<int> &S) {
  int Old = read(S);
  S.change([&](int &V) { V = Old; });
}

int ok_readers(const Scoped<int> &S) {
  return S.view([&](int V) { return V + read(S); });
}

void ok_another(Scoped<int> &S, const Scoped<int> &Other) {
  S.change([&](int &V) { V = read(Other); });
}

/// Marks and unmarks by hand.
class Bus {
public:
  template <class Fn> void each(Fn F) {
    if (Busy)
      throw std::logic_error("each in each");
    Busy = true;
    F(1);
    Busy = false;
  }

private:
  bool Busy = false;
};

void bad_by_hand(Bus &B) {
  B.each([&](int) { B.each([](int) {}); });
  // expected-warning@-1 {{mutable borrow of 'B' while it is already mutably borrowed}}
  // expected-note@-2 {{first taken here}}
  // expected-note@-3 {{kept by a temporary until the end of the full expression}}
  // expected-note@-4 {{the closure is called here}}
}

void ok_by_hand(Bus &B) {
  B.each([](int) {});
  B.each([](int) {});
}

/// Says in an assertion what is wrong.
class Store {
public:
  void update(const std::function<void(int &)> &F) {
    assert(Access == 0 && "update in use");
    Access = -1;
    F(Value);
    Access = 0;
  }
  void read(const std::function<void(int)> &F) const {
    assert(Access >= 0 && "read in update");
    Access += 1;
    F(Value);
    Access -= 1;
  }

private:
  int Value = 0;
  mutable int Access = 0;
};

int total(const Store &S) {
  int Sum = 0;
  S.read([&](int V) { Sum += V; });  // expected-note {{taken again here, inside the callee}}
  return Sum;
}

void bad_store(Store &S) {
  S.update([&](int &V) { V = total(S); });
  // expected-warning@-1 {{this call makes a shared borrow of 'S' while it is already mutably borrowed}}
  // expected-note@-2 {{first taken here}}
  // expected-note@-3 {{kept by a temporary until the end of the full expression}}
  // expected-note@-4 {{the closure is called here}}
}

void ok_store(Store &S) {
  int Sum = total(S);
  S.update([&](int &V) { V = Sum; });
}

/// Nothing fails.
class Depth {
public:
  template <class Fn> void enter(Fn F) {
    ++Level;
    F();
    --Level;
  }

private:
  int Level = 0;
};

void ok_depth(Depth &D) {
  D.enter([&] { D.enter([] {}); });
}
