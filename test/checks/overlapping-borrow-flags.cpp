// RUN: %lint borrow-overlapping-borrow
// Cells with names of their own: what their methods do to their flags says what
// they are.

#include <cstdlib>
#include <memory>
#include <optional>
#include <utility>

#define CHECK(Condition)                                                       \
  do {                                                                         \
    if (!(Condition))                                                          \
      std::abort();                                                            \
  } while (0)

/// A flag that the guard's constructor sets.
template <class T> class Tracked {
public:
  class Reader {
  public:
    explicit Reader(const Tracked *Of) : Of(Of) { ++Of->Readers; }
    Reader(Reader &&Other) : Of(std::exchange(Other.Of, nullptr)) {}
    ~Reader() {
      if (Of)
        --Of->Readers;
    }
    const T &operator*() const { return Of->Value; }

  private:
    const Tracked *Of;
  };
  class Writer {
  public:
    explicit Writer(Tracked &Of) : Of(Of) { Of.Writing = true; }
    Writer(const Writer &) = delete;
    ~Writer() { Of.Writing = false; }
    T &operator*() { return Of.Value; }

  private:
    Tracked &Of;
  };
  Reader look() const {
    CHECK(!Writing);
    return Reader(this);
  }
  Writer edit() {
    CHECK(!Writing && Readers == 0);
    return Writer(*this);
  }

private:
  T Value{};
  mutable int Readers = 0;
  bool Writing = false;
};

int bad_edit_twice(Tracked<int> &T) {
  auto First = T.edit();  // expected-note {{first taken here}} expected-note {{kept by 'First'}}
  *First = 1;
  auto Second = T.edit();
  // expected-warning@-1 {{mutable borrow of 'T' while it is already mutably borrowed}}
  return *Second;
}

int ok_edit_twice(Tracked<int> &T) {
  {
    auto First = T.edit();
    *First = 1;
  }
  auto Second = T.edit();
  return *Second;
}

int bad_look_and_edit(Tracked<int> &T) {
  auto First = T.look();  // expected-note {{first taken here}} expected-note {{kept by 'First'}}
  *T.edit() = *First;  // expected-warning {{mutable borrow of 'T' while it is already borrowed}}
  return 0;
}

int ok_look_twice(Tracked<int> &T) {
  auto First = T.look();
  auto Second = T.look();
  return *First + *Second;
}

/// A count of readers, or -1, that helpers of the cell change.
class Sheet {
public:
  class Pen {
  public:
    Pen(int &Row, int *State) : Row(Row), State(State) {}
    Pen(Pen &&Other) : Row(Other.Row), State(Other.State) {
      Other.State = nullptr;
    }
    ~Pen() {
      if (State != nullptr)
        *State = 0;
    }
    int &Row;

  private:
    int *State;
  };
  Pen pen() {
    take();
    return Pen(Row, &State);
  }
  std::optional<Pen> penIfFree() {
    if (State != 0)
      return std::nullopt;
    return pen();
  }

private:
  void take() {
    if (State != 0)
      throw "in use";
    State = -1;
  }
  int Row = 0;
  int State = 0;
};

void bad_two_pens(Sheet &S) {
  auto A = S.pen();  // expected-note {{first taken here}} expected-note {{kept by 'A'}}
  auto B = S.pen();
  // expected-warning@-1 {{mutable borrow of 'S' while it is already mutably borrowed}}
  A.Row = B.Row;
}

void ok_two_sheets(Sheet &S, Sheet &T) {
  auto A = S.pen();
  auto B = T.pen();
  A.Row = B.Row;
}

void ok_pen_if_free(Sheet &S) {
  auto A = S.pen();
  if (auto B = S.penIfFree())
    A.Row = B->Row;
}

/// Counts its users and refuses nobody.
class Counted {
public:
  class User {
  public:
    explicit User(Counted &Of) : Of(Of) { ++Of.Users; }
    User(const User &) = delete;
    ~User() { --Of.Users; }

  private:
    Counted &Of;
  };
  User use() {
    if (Users < 0)
      throw "closed";
    return User(*this);
  }

private:
  int Users = 0;
};

void ok_two_users(Counted &C) {
  auto A = C.use();
  auto B = C.use();
}

/// Makes tickets, each its own, and never the flag back.
class Once {
public:
  class Ticket {
  public:
    explicit Ticket(int &Left) : Left(Left) {}
    ~Ticket() { --Left; }

  private:
    int &Left;
  };
  Ticket open() {
    if (Opened)
      throw "opened before";
    Opened = true;
    ++Left;
    return Ticket(Left);
  }

private:
  bool Opened = false;
  int Left = 0;
};

void ok_not_put_back(Once &O) {
  { auto A = O.open(); }
  auto B = O.open();
}

/// One of its numbers fits in no signed integer.
class Bounded {
public:
  class Ticket {
  public:
    explicit Ticket(bool &Busy) : Busy(Busy) { Busy = true; }
    ~Ticket() { Busy = false; }
    int *operator->();

  private:
    bool &Busy;
  };
  Ticket open() {
    if (Busy || Limit == ~0ull - 1)
      std::abort();
    return Ticket(Busy);
  }

private:
  unsigned long long Limit = ~0ull;
  bool Busy = false;
};

void ok_bounded(Bounded &B) {
  { auto First = B.open(); }
  auto Second = B.open();
}
