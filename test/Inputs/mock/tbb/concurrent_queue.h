#ifndef MOCK_TBB_CONCURRENT_QUEUE_H
#define MOCK_TBB_CONCURRENT_QUEUE_H
#include <utility>
namespace tbb {
namespace detail {
namespace d2 {
template <class T> class concurrent_queue {
  void *Rep;

public:
  concurrent_queue();
  ~concurrent_queue();
  void push(const T &);
  void push(T &&);
  bool try_pop(T &);
  bool empty() const;
};
template <class T> class concurrent_bounded_queue {
  void *Rep;

public:
  concurrent_bounded_queue();
  ~concurrent_bounded_queue();
  void push(const T &);
  void push(T &&);
  void pop(T &);
  bool try_push(const T &);
  bool try_pop(T &);
  void set_capacity(long);
  void abort();
};
} // namespace d2
} // namespace detail
inline namespace v1 {
using detail::d2::concurrent_bounded_queue;
using detail::d2::concurrent_queue;
} // namespace v1
} // namespace tbb
#endif
