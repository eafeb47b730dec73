#ifndef MOCK_CELL_H
#define MOCK_CELL_H
#include <cstdlib>
#include <optional>
#include <utility>
/// A cell as a project would write it: recognised by its shape alone.
namespace app {
template <class T> class RefCell;
template <class T> class Ref {
  const RefCell<T> *Cell;

public:
  explicit Ref(const RefCell<T> *C) : Cell(C) {}
  Ref(const Ref &) = delete;
  Ref(Ref &&O) noexcept : Cell(O.Cell) { O.Cell = nullptr; }
  Ref &operator=(Ref &&O) noexcept {
    std::swap(Cell, O.Cell);
    O.release();
    return *this;
  }
  ~Ref() { release(); }
  void release() noexcept {
    if (Cell)
      --Cell->State;
    Cell = nullptr;
  }
  const T &operator*() const { return Cell->Value; }
  const T *operator->() const { return &Cell->Value; }
};
template <class T> class RefMut {
  RefCell<T> *Cell;

public:
  explicit RefMut(RefCell<T> *C) : Cell(C) {}
  RefMut(const RefMut &) = delete;
  RefMut(RefMut &&O) noexcept : Cell(O.Cell) { O.Cell = nullptr; }
  RefMut &operator=(RefMut &&O) noexcept {
    std::swap(Cell, O.Cell);
    O.release();
    return *this;
  }
  ~RefMut() { release(); }
  void release() noexcept {
    if (Cell)
      Cell->State = 0;
    Cell = nullptr;
  }
  T &operator*() const { return Cell->Value; }
  T *operator->() const { return &Cell->Value; }
};
template <class T> class RefCell {
  T Value;
  mutable int State = 0;
  friend class Ref<T>;
  friend class RefMut<T>;

public:
  RefCell() : Value() {}
  explicit RefCell(T V) : Value(std::move(V)) {}
  RefCell(const RefCell &) = delete;
  Ref<T> borrow() const {
    if (State < 0)
      std::abort();
    ++State;
    return Ref<T>(this);
  }
  RefMut<T> borrow_mut() {
    if (State != 0)
      std::abort();
    State = -1;
    return RefMut<T>(this);
  }
  std::optional<Ref<T>> try_borrow() const {
    if (State < 0)
      return std::nullopt;
    ++State;
    return std::optional<Ref<T>>(Ref<T>(this));
  }
  std::optional<RefMut<T>> try_borrow_mut() {
    if (State != 0)
      return std::nullopt;
    State = -1;
    return std::optional<RefMut<T>>(RefMut<T>(this));
  }
  T replace(T New) {
    auto Guard = borrow_mut();
    T Old = std::move(*Guard);
    *Guard = std::move(New);
    return Old;
  }
  T take() { return replace(T()); }
  void swap(RefCell &Other) {
    auto Mine = borrow_mut();
    auto Theirs = Other.borrow_mut();
    std::swap(*Mine, *Theirs);
  }
  T get() const { return *borrow(); }
  template <class F> void with_borrow(F Fn) const {
    auto Guard = borrow();
    Fn(*Guard);
  }
  template <class F> void with_borrow_mut(F Fn) {
    auto Guard = borrow_mut();
    Fn(*Guard);
  }
};
template <class T> void drop(T) {}
} // namespace app
#endif
