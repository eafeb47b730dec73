#ifndef MOCK_ASIO_HPP
#define MOCK_ASIO_HPP
#include <bits/chrono.h>
#include <system_error>
namespace asio {
using error_code = std::error_code;
class execution_context {
public:
  virtual ~execution_context();
};
class io_context : public execution_context {
public:
  class executor_type {
  public:
    template <class F> void execute(F &&Fn) const {
      std::__opaque(new std::decay_t<F>(std::forward<F>(Fn)));
    }
  };
  io_context();
  ~io_context() override;
  executor_type get_executor() noexcept;
  std::size_t run();
  std::size_t poll();
  void stop();
};
class thread_pool : public execution_context {
public:
  using executor_type = io_context::executor_type;
  explicit thread_pool(std::size_t Threads);
  ~thread_pool() override;
  executor_type get_executor() noexcept;
  void join();
  void wait();
  void stop();
};
template <class E> class strand {
public:
  explicit strand(const E &);
  template <class F> void execute(F &&Fn) const {
    std::__opaque(new std::decay_t<F>(std::forward<F>(Fn)));
  }
};
template <class E, class F> void post(E &&, F &&Fn) {
  std::__opaque(new std::decay_t<F>(std::forward<F>(Fn)));
}
template <class E, class F> void dispatch(E &&, F &&Fn) {
  std::__opaque(new std::decay_t<F>(std::forward<F>(Fn)));
}
template <class E, class F> void defer(E &&, F &&Fn) {
  std::__opaque(new std::decay_t<F>(std::forward<F>(Fn)));
}
template <class P> class basic_socket {
public:
  explicit basic_socket(io_context &);
  ~basic_socket();
  void close();
};
template <class P> class basic_datagram_socket : public basic_socket<P> {
public:
  using basic_socket<P>::basic_socket;
  template <class B> std::size_t receive(const B &Buffer);
  template <class B> std::size_t send(const B &Buffer);
};
namespace ip {
struct udp {
  using socket = basic_datagram_socket<udp>;
};
} // namespace ip
template <class C> class basic_waitable_timer {
public:
  explicit basic_waitable_timer(io_context &);
  template <class R, class P>
  basic_waitable_timer(io_context &, const std::chrono::duration<R, P> &);
  ~basic_waitable_timer();
  template <class F> void async_wait(F &&Fn) {
    std::__opaque(new std::decay_t<F>(std::forward<F>(Fn)));
  }
  void wait();
  std::size_t cancel();
};
using steady_timer = basic_waitable_timer<std::chrono::steady_clock>;
} // namespace asio
#endif
