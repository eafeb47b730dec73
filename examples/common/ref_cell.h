// A value that is borrowed at run time: many readers or one writer.
#pragma once

#include <stdexcept>
#include <utility>

struct BorrowError : std::logic_error {
  using std::logic_error::logic_error;
};

template <typename T> class RefCell;

// Reads the value of a cell for as long as it lives.
template <typename T> class Ref {
public:
  Ref(Ref &&Other) noexcept : Cell(std::exchange(Other.Cell, nullptr)) {}
  Ref &operator=(Ref &&) = delete;
  ~Ref() {
    if (Cell)
      --Cell->State;
  }
  const T &operator*() const { return Cell->Value; }
  const T *operator->() const { return &Cell->Value; }

private:
  friend RefCell<T>;
  explicit Ref(const RefCell<T> *Cell) : Cell(Cell) { ++Cell->State; }
  const RefCell<T> *Cell;
};

// Writes the value of a cell for as long as it lives.
template <typename T> class RefMut {
public:
  RefMut(RefMut &&Other) noexcept : Cell(std::exchange(Other.Cell, nullptr)) {}
  RefMut &operator=(RefMut &&) = delete;
  ~RefMut() {
    if (Cell)
      Cell->State = 0;
  }
  T &operator*() const { return Cell->Value; }
  T *operator->() const { return &Cell->Value; }

private:
  friend RefCell<T>;
  explicit RefMut(const RefCell<T> *Cell) : Cell(Cell) { Cell->State = -1; }
  const RefCell<T> *Cell;
};

template <typename T> class RefCell {
public:
  explicit RefCell(T Value = {}) : Value(std::move(Value)) {}
  RefCell(const RefCell &) = delete;
  RefCell &operator=(const RefCell &) = delete;

  Ref<T> borrow() const {
    if (State < 0)
      throw BorrowError("already mutably borrowed");
    return Ref<T>(this);
  }
  RefMut<T> borrow_mut() const {
    if (State != 0)
      throw BorrowError("already borrowed");
    return RefMut<T>(this);
  }

private:
  friend Ref<T>;
  friend RefMut<T>;
  mutable T Value;
  mutable int State = 0; // The number of readers, or -1 for a writer.
};
