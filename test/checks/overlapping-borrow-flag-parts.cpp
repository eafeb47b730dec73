// RUN: %lint borrow-overlapping-borrow

// Flags that are those of a member or of a base.

#include <exception>
#include <string>

class Flag {
public:
  bool tryShare() {
    if (N < 0)
      return false;
    ++N;
    return true;
  }
  bool tryOwn() {
    if (N != 0)
      return false;
    N = -1;
    return true;
  }
  void unshare() { --N; }
  void disown() { N = 0; }

private:
  int N = 0;
};

template <typename T> class Shared {
public:
  class View {
  public:
    explicit View(const Shared *S) : S(S) {
      if (!S->F.tryShare())
        std::terminate();
    }
    View(const View &) = delete;
    ~View() { S->F.unshare(); }
    const T &get() const { return S->Data; }

  private:
    const Shared *S;
  };
  class Edit {
  public:
    explicit Edit(const Shared *S) : S(S) {
      if (!S->F.tryOwn())
        std::terminate();
    }
    Edit(const Edit &) = delete;
    ~Edit() { S->F.disown(); }
    T &get() const { return S->Data; }

  private:
    const Shared *S;
  };
  View view() const { return View(this); }
  Edit edit() const { return Edit(this); }

private:
  mutable Flag F;
  mutable T Data;
};

void bad_member(Shared<int> &S) {
  auto V = S.view();  // expected-note {{first taken here}} expected-note {{kept by 'V'}}
  S.edit().get() = V.get();
  // expected-warning@-1 {{mutable borrow of 'S' while it is already borrowed}}
}

void ok_member(Shared<int> &S) {
  int Old = S.view().get();
  S.edit().get() = Old + 1;
}

struct Uses {
  int Readers = 0;
  bool Writer = false;
};

template <typename T> struct WriteGuard {
  T &Data;
  Uses &U;
  WriteGuard(T &Data, Uses &U) : Data(Data), U(U) {
    if (U.Writer || U.Readers)
      throw 1;
    U.Writer = true;
  }
  WriteGuard(const WriteGuard &) = delete;
  ~WriteGuard() { U.Writer = false; }
  T *operator->() const { return &Data; }
};

template <typename T> class Checked : Uses {
public:
  WriteGuard<T> write() { return {Data, *this}; }

private:
  T Data;
};

struct Names {
  Checked<std::string> First, Last;
};

void bad_base(Names &N) {
  auto First = N.First.write();
  // expected-note@-1 {{first taken here}}
  // expected-note@-2 {{kept by 'First'}}
  auto Again = N.First.write();
  // expected-warning@-1 {{mutable borrow of 'N.First' while it is already mutably borrowed}}
}

void ok_base(Names &N) {
  auto First = N.First.write();
  auto Last = N.Last.write();
}

template <typename T> class Slot {
public:
  struct Mut {
    Slot *S;
    explicit Mut(Slot *S) : S(S) {
      if (S->N != 0)
        throw 1;
      S->N = -1;
    }
    Mut(const Mut &) = delete;
    ~Mut() { S->N = 0; }
    T &operator*() { return S->V; }
  };
  Mut open() { return Mut(this); }

private:
  T V;
  int N = 0;
};

/// Not a cell: it has two.
class Person {
public:
  Slot<int>::Mut age() { return Age.open(); }
  // expected-note@-1 {{taken again here, inside the callee}}
  Slot<std::string>::Mut name() { return Name.open(); }

private:
  Slot<int> Age;
  Slot<std::string> Name;
};

void bad_owner_of_cells(Person &P) {
  auto Age = P.age();  // expected-note {{first taken here}} expected-note {{kept by 'Age'}}
  auto Again = P.age();
  // expected-warning@-1 {{this call makes a mutable borrow of 'P.Age' while it is already mutably borrowed}}
}

void ok_owner_of_cells(Person &P) {
  auto Age = P.age();
  auto Name = P.name();
}

template <typename T> class Closed {
public:
  template <typename F> void with(F Use) {
    if (Busy)
      throw 1;
    Busy = true;
    Use(V);
    Busy = false;
  }

private:
  T V;
  bool Busy = false;
};

/// Two as well.
class Pair {
public:
  template <typename F> void withLeft(F Use) { Left.with(Use); }
  // expected-note@-1 {{taken again here, inside the callee}}
  template <typename F> void withRight(F Use) { Right.with(Use); }

private:
  Closed<int> Left;
  Closed<std::string> Right;
};

void ok_two_closed(Pair &P) {
  P.withLeft([&](int &) { P.withRight([](std::string &S) { S.clear(); }); });
}

void bad_one_closed(Pair &P) {
  P.withLeft([&](int &) {
  // expected-note@-1 {{first taken here, in an earlier round}}
  // expected-note@-2 {{kept by a temporary until the end of the full expression}}
  // expected-note@-3 {{the closure is called here}}
    P.withLeft([](int &I) { I = 0; });
    // expected-warning@-1 {{this call makes a mutable borrow of 'P.Left' while it is already mutably borrowed}}
  });
}
