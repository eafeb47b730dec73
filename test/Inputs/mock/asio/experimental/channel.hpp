#ifndef MOCK_ASIO_EXPERIMENTAL_CHANNEL_HPP
#define MOCK_ASIO_EXPERIMENTAL_CHANNEL_HPP
#include <asio.hpp>
namespace asio {
namespace experimental {
class any_io_executor {};
template <class... S> struct channel_traits {};
template <class Executor, class Traits, class... Signatures>
class basic_channel {
public:
  explicit basic_channel(io_context &, std::size_t Capacity = 0);
  ~basic_channel();
  template <class V, class F> void async_send(error_code, V &&, F &&Fn) {
    std::__opaque(new std::decay_t<F>(std::forward<F>(Fn)));
  }
  template <class F> void async_receive(F &&Fn) {
    std::__opaque(new std::decay_t<F>(std::forward<F>(Fn)));
  }
  template <class V> bool try_send(error_code, V &&);
  template <class F> bool try_receive(F &&Fn) {
    std::__opaque(new std::decay_t<F>(std::forward<F>(Fn)));
    return false;
  }
  void close();
};
template <class... Signatures>
using channel = basic_channel<any_io_executor, channel_traits<>, Signatures...>;
} // namespace experimental
} // namespace asio
#endif
