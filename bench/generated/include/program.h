// What the generated programs use, as the checks see it; run.h is the same with
// an oracle inside.
#pragma once
#ifdef GENERATED_RUN
#include "run.h"
#else
#include <condition_variable>
#include <cstdlib>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <utility>

template <class T> class RefCell;

template <class T> class Ref {
public:
  Ref(Ref &&Other) noexcept : Cell(std::exchange(Other.Cell, nullptr)) {}
  Ref &operator=(Ref &&Other) noexcept {
    if (Cell)
      --Cell->State;
    Cell = std::exchange(Other.Cell, nullptr);
    return *this;
  }
  ~Ref() {
    if (Cell)
      --Cell->State;
  }
  const T &operator*() const { return Cell->Value; }

private:
  friend class RefCell<T>;
  explicit Ref(const RefCell<T> *C) : Cell(C) { ++C->State; }
  const RefCell<T> *Cell;
};

template <class T> class RefMut {
public:
  RefMut(RefMut &&Other) noexcept : Cell(std::exchange(Other.Cell, nullptr)) {}
  RefMut &operator=(RefMut &&Other) noexcept {
    if (Cell)
      Cell->State = 0;
    Cell = std::exchange(Other.Cell, nullptr);
    return *this;
  }
  ~RefMut() {
    if (Cell)
      Cell->State = 0;
  }
  T &operator*() const { return Cell->Value; }

private:
  friend class RefCell<T>;
  explicit RefMut(const RefCell<T> *C) : Cell(C) { C->State = -1; }
  const RefCell<T> *Cell;
};

template <class T> class RefCell {
public:
  explicit RefCell(T V = T()) : Value(std::move(V)) {}
  RefCell(const RefCell &) = delete;
  RefCell &operator=(const RefCell &) = delete;

  Ref<T> borrow() const {
    if (State < 0)
      std::abort();
    return Ref<T>(this);
  }
  RefMut<T> borrow_mut() const {
    if (State != 0)
      std::abort();
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
  T replace(T New) const {
    return std::exchange(*borrow_mut(), std::move(New));
  }

private:
  friend class Ref<T>;
  friend class RefMut<T>;
  mutable T Value;
  mutable int State = 0; // > 0: number of readers, -1: one writer
};

/// Bounded: send waits while it is full, recv while it is empty.
template <class T> class Channel {
public:
  void send(T Item) {
    std::unique_lock<std::mutex> Lock(Mutex);
    Changed.wait(Lock, [this] { return Items.size() < 4; });
    Items.push_back(std::move(Item));
    Changed.notify_all();
  }
  T recv() {
    std::unique_lock<std::mutex> Lock(Mutex);
    Changed.wait(Lock, [this] { return !Items.empty(); });
    T Item = std::move(Items.front());
    Items.pop_front();
    Changed.notify_all();
    return Item;
  }

private:
  std::mutex Mutex;
  std::condition_variable Changed;
  std::deque<T> Items;
};

template <class T> void drop(T) {}
template <class F> void apply(F Function) { Function(); }
template <class F> void applyTo(const F &Function) { Function(); }

/// An answer that nobody can foresee.
bool ask();
/// From none to Most.
int upTo(int Most);
void use(int);
#endif
