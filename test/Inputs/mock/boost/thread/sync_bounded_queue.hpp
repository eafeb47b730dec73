#ifndef MOCK_BOOST_SYNC_BOUNDED_QUEUE_HPP
#define MOCK_BOOST_SYNC_BOUNDED_QUEUE_HPP
#include <utility>
namespace boost {
namespace concurrent {
enum class queue_op_status { success, empty, full, closed, busy };
template <class T> class sync_bounded_queue {
  T *Data;

public:
  explicit sync_bounded_queue(std::size_t);
  ~sync_bounded_queue();
  void push(const T &);
  void push_back(const T &);
  queue_op_status wait_push_back(const T &);
  queue_op_status try_push_back(const T &);
  T pull();
  T pull_front();
  queue_op_status wait_pull_front(T &);
  queue_op_status try_pull_front(T &);
  void close();
};
template <class T> class sync_queue {
  T *Data;

public:
  sync_queue();
  ~sync_queue();
  void push(const T &);
  queue_op_status try_push_back(const T &);
  T pull();
  queue_op_status wait_pull_front(T &);
  queue_op_status try_pull_front(T &);
  void close();
};
} // namespace concurrent
using concurrent::queue_op_status;
using concurrent::sync_bounded_queue;
using concurrent::sync_queue;
} // namespace boost
#endif
