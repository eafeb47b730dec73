#ifndef MOCK_BOOST_THREAD_THREAD_HPP
#define MOCK_BOOST_THREAD_THREAD_HPP
#include <tuple>
namespace boost {
class thread {
  void *Info;
  void start(void *State);

public:
  thread() noexcept;
  template <class F, class = std::enable_if_t<
                         !std::is_same<std::decay_t<F>, thread>::value>>
  explicit thread(F &&Fn) {
    start(new std::decay_t<F>(std::forward<F>(Fn)));
  }
  template <class F, class A, class... B>
  thread(F &&Fn, A &&First, B &&...Rest) {
    start(new std::tuple<std::decay_t<F>, std::decay_t<A>, std::decay_t<B>...>(
        std::forward<F>(Fn), std::forward<A>(First), std::forward<B>(Rest)...));
  }
  thread(thread &&) noexcept;
  thread &operator=(thread &&) noexcept;
  ~thread();
  void join();
  void detach();
  bool joinable() const noexcept;
  void interrupt();
};
class scoped_thread {
  thread Thread;

public:
  template <class F> explicit scoped_thread(F &&Fn) : Thread(Fn) {}
  ~scoped_thread();
};
class thread_group {
public:
  thread_group();
  ~thread_group();
  template <class F> thread *create_thread(F Fn) { return new thread(Fn); }
  void join_all();
};
} // namespace boost
#endif
