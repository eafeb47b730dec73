// A cell whose borrow rules are checked while the program runs: many readers
// or one writer at a time; a conflicting borrow ends the program.
#pragma once
#include "drop.h"
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <utility>

namespace bb {

template <class T> class RefCell;

/// A shared borrow; ends with the guard's life.
template <class T> class Ref {
public:
  Ref(Ref &&Other) noexcept : Cell(std::exchange(Other.Cell, nullptr)) {}
  Ref &operator=(Ref &&Other) noexcept {
    std::swap(Cell, Other.Cell);
    return *this;
  }
  ~Ref() {
    if (Cell)
      --Cell->State;
  }
  const T &operator*() const { return Cell->Value; }
  const T *operator->() const { return &Cell->Value; }

private:
  friend class RefCell<T>;
  explicit Ref(const RefCell<T> *C) : Cell(C) { ++C->State; }
  const RefCell<T> *Cell;
};

/// An exclusive borrow; ends with the guard's life.
template <class T> class RefMut {
public:
  RefMut(RefMut &&Other) noexcept : Cell(std::exchange(Other.Cell, nullptr)) {}
  RefMut &operator=(RefMut &&Other) noexcept {
    std::swap(Cell, Other.Cell);
    return *this;
  }
  ~RefMut() {
    if (Cell)
      Cell->State = 0;
  }
  T &operator*() const { return Cell->Value; }
  T *operator->() const { return &Cell->Value; }

private:
  friend class RefCell<T>;
  explicit RefMut(const RefCell<T> *C) : Cell(C) { C->State = -1; }
  const RefCell<T> *Cell;
};

template <class T> class RefCell {
public:
  RefCell() = default;
  explicit RefCell(T V) : Value(std::move(V)) {}
  RefCell(const RefCell &) = delete;
  RefCell &operator=(const RefCell &) = delete;

  Ref<T> borrow() const {
    if (State < 0)
      conflict("already mutably borrowed");
    return Ref<T>(this);
  }
  RefMut<T> borrow_mut() const {
    if (State != 0)
      conflict("already borrowed");
    return RefMut<T>(this);
  }
  std::optional<Ref<T>> try_borrow() const {
    if (State < 0)
      return std::nullopt;
    return Ref<T>(this);
  }
  std::optional<RefMut<T>> try_borrow_mut() const {
    if (State != 0)
      return std::nullopt;
    return RefMut<T>(this);
  }
  T replace(T New) const { return std::exchange(*borrow_mut(), std::move(New)); }
  T take() const { return replace(T()); }
  void swap(const RefCell &Other) const {
    std::swap(*borrow_mut(), *Other.borrow_mut());
  }

private:
  friend class Ref<T>;
  friend class RefMut<T>;
  [[noreturn, clang::nomerge]] static void conflict(const char *Why) {
    std::fprintf(stderr, "RefCell: %s\n", Why);
    std::abort();
  }
  mutable T Value{};
  mutable int State = 0; // > 0: number of readers, -1: one writer
};

} // namespace bb
