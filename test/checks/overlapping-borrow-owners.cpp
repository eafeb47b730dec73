// RUN: %lint borrow-overlapping-borrow
// Handles of the project's own, and members that are made from handles.

#include <cell.h>
#include <memory>
#include <utility>

using app::RefCell;

/// A pointer and a count beside the object.
template <class T> class Shared {
  struct Box {
    T Value;
    int Owners;
  };
  Box *B;
  explicit Shared(Box *B) : B(B) {}

public:
  static Shared make() { return Shared(new Box{T(), 1}); }
  Shared(const Shared &Other) : B(Other.B) { ++B->Owners; }
  Shared &operator=(const Shared &) = delete;
  ~Shared() {
    if (--B->Owners == 0)
      delete B;
  }
  T *operator->() const { return &B->Value; }
};

int bad_copy() {
  auto One = Shared<RefCell<int>>::make();
  auto Other = One;
  auto X = One->borrow_mut();  // expected-note {{first taken here}} expected-note {{kept by 'X'}}
  auto Y = Other->borrow_mut();
  // expected-warning@-1 {{mutable borrow of '*One' while it is already mutably borrowed}}
  return *X + *Y;
}

int ok_other() {
  auto One = Shared<RefCell<int>>::make();
  auto Other = Shared<RefCell<int>>::make();
  auto X = One->borrow_mut();
  auto Y = Other->borrow_mut();
  return *X + *Y;
}

/// A value that is copied.
template <class T> class Boxed {
  T *V;

public:
  explicit Boxed(T *V) : V(V) {}
  Boxed(const Boxed &) : V(new T()) {}
  ~Boxed() { delete V; }
  T *operator->() const { return V; }
};

int ok_deep_copy(Boxed<RefCell<int>> One) {
  auto Other = One;
  auto X = One->borrow_mut();
  auto Y = Other->borrow_mut();
  return *X + *Y;
}

class Label {
public:
  explicit Label(std::shared_ptr<RefCell<int>> Size) : Size(std::move(Size)) {}
  void grow() { *Size->borrow_mut() += 2; }
  // expected-note@-1 {{taken again here, inside the callee}}
  int width() const { return *Size->borrow(); }

private:
  std::shared_ptr<RefCell<int>> Size;
};

int bad_member() {
  auto Size = std::make_shared<RefCell<int>>(1);
  Label Title(Size);
  auto S = Size->borrow();  // expected-note {{first taken here}} expected-note {{kept by 'S'}}
  Title.grow();
  // expected-warning@-1 {{this call makes a mutable borrow of '*Size' while it is already borrowed}}
  return *S;
}

int ok_member_read() {
  auto Size = std::make_shared<RefCell<int>>(1);
  Label Title(Size);
  auto S = Size->borrow();
  return *S + Title.width();
}

int ok_member_of_another() {
  auto Size = std::make_shared<RefCell<int>>(1);
  Label Title(Size);
  Size = std::make_shared<RefCell<int>>(2);
  auto S = Size->borrow();
  Title.grow();
  return *S;
}

class Icon {
public:
  explicit Icon(std::shared_ptr<RefCell<int>> Size) : Size(std::move(Size)) {}
  void use(std::shared_ptr<RefCell<int>> Other) { Size = std::move(Other); }
  void grow() { *Size->borrow_mut() += 2; }

private:
  std::shared_ptr<RefCell<int>> Size;
};

int ok_member_replaced(std::shared_ptr<RefCell<int>> Other) {
  auto Size = std::make_shared<RefCell<int>>(1);
  Icon I(Size);
  I.use(Other);
  auto S = Size->borrow();
  I.grow();
  return *S;
}
