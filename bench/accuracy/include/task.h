// Two small coroutine types: Task runs step by step, Generator yields values.
#pragma once
#include <coroutine>
#include <exception>
#include <optional>
#include <utility>

namespace bb {

namespace detail {
/// Owns a coroutine frame.
template <class Promise> class Frame {
public:
  explicit Frame(Promise &P)
      : H(std::coroutine_handle<Promise>::from_promise(P)) {}
  Frame(Frame &&Other) noexcept : H(std::exchange(Other.H, nullptr)) {}
  ~Frame() {
    if (H)
      H.destroy();
  }
  std::coroutine_handle<Promise> H;
};

struct PromiseBase {
  std::suspend_always initial_suspend() noexcept { return {}; }
  std::suspend_always final_suspend() noexcept { return {}; }
  void return_void() {}
  void unhandled_exception() { std::terminate(); }
};
} // namespace detail

/// Runs up to its next co_await each time that it is resumed.
class Task {
public:
  struct promise_type : detail::PromiseBase {
    Task get_return_object() { return Task(*this); }
  };
  /// False when the task has ended.
  bool resume() {
    if (!F.H.done())
      F.H.resume();
    return !F.H.done();
  }

private:
  explicit Task(promise_type &P) : F(P) {}
  detail::Frame<promise_type> F;
};

/// Lets the other tasks run.
using Pause = std::suspend_always;

template <class T> class Generator {
public:
  struct promise_type : detail::PromiseBase {
    Generator get_return_object() { return Generator(*this); }
    std::suspend_always yield_value(T V) {
      Current = std::move(V);
      return {};
    }
    std::optional<T> Current;
  };
  /// The next value, or nothing at the end.
  std::optional<T> next() {
    F.H.promise().Current.reset();
    if (!F.H.done())
      F.H.resume();
    return std::move(F.H.promise().Current);
  }

private:
  explicit Generator(promise_type &P) : F(P) {}
  detail::Frame<promise_type> F;
};

} // namespace bb
