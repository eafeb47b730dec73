// Reference counting for one thread: Rc owns, Weak looks on, and a Weak turns
// into an Rc only while an owner is left.
#pragma once
#include <optional>
#include <utility>

namespace bb {

namespace detail {
template <class T> struct RcBox {
  std::optional<T> Value;
  int Strong = 0;
  int Weak = 0;
};
} // namespace detail

template <class T> class Weak;

template <class T> class Rc {
public:
  template <class... A> static Rc make(A &&...Args) {
    auto *B = new detail::RcBox<T>;
    B->Value.emplace(std::forward<A>(Args)...);
    return Rc(B);
  }
  Rc(Rc &&Other) noexcept : B(std::exchange(Other.B, nullptr)) {}
  Rc &operator=(Rc &&Other) noexcept {
    std::swap(B, Other.B);
    return *this;
  }
  ~Rc() {
    if (!B || --B->Strong != 0)
      return;
    ++B->Weak; // the value's own destructor may drop the last Weak
    B->Value.reset();
    if (--B->Weak == 0)
      delete B;
  }
  Rc clone() const { return Rc(B); }
  Weak<T> downgrade() const { return Weak<T>(B); }
  int strong_count() const { return B->Strong; }
  T &operator*() const { return *B->Value; }
  T *operator->() const { return &*B->Value; }

private:
  friend class Weak<T>;
  explicit Rc(detail::RcBox<T> *Box) : B(Box) { ++B->Strong; }
  detail::RcBox<T> *B;
};

template <class T> class Weak {
public:
  Weak() = default;
  Weak(const Weak &Other) : B(Other.B) {
    if (B)
      ++B->Weak;
  }
  Weak(Weak &&Other) noexcept : B(std::exchange(Other.B, nullptr)) {}
  Weak &operator=(Weak Other) noexcept {
    std::swap(B, Other.B);
    return *this;
  }
  ~Weak() {
    if (B && --B->Weak == 0 && B->Strong == 0)
      delete B;
  }
  std::optional<Rc<T>> upgrade() const {
    if (!B || B->Strong == 0)
      return std::nullopt;
    return Rc<T>(B);
  }

private:
  friend class Rc<T>;
  explicit Weak(detail::RcBox<T> *Box) : B(Box) { ++B->Weak; }
  detail::RcBox<T> *B = nullptr;
};

} // namespace bb
