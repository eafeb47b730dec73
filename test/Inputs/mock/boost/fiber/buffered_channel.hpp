#ifndef MOCK_BOOST_FIBER_BUFFERED_CHANNEL_HPP
#define MOCK_BOOST_FIBER_BUFFERED_CHANNEL_HPP
#include <bits/chrono.h>
namespace boost {
namespace fibers {
enum class channel_op_status { success, empty, full, closed, timeout };
template <class T> class buffered_channel {
  T *Slots;

public:
  using value_type = T;
  explicit buffered_channel(std::size_t Capacity);
  ~buffered_channel();
  channel_op_status push(const T &);
  channel_op_status push(T &&);
  channel_op_status try_push(const T &);
  template <class R, class P>
  channel_op_status push_wait_for(const T &,
                                  const std::chrono::duration<R, P> &);
  channel_op_status pop(T &);
  channel_op_status try_pop(T &);
  T value_pop();
  void close() noexcept;
};
template <class T> class unbuffered_channel {
  T *Slot;

public:
  unbuffered_channel();
  ~unbuffered_channel();
  channel_op_status push(const T &);
  channel_op_status pop(T &);
  T value_pop();
  void close() noexcept;
};
} // namespace fibers
} // namespace boost
#endif
