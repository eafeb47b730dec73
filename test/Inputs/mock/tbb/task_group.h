#ifndef MOCK_TBB_TASK_GROUP_H
#define MOCK_TBB_TASK_GROUP_H
#include <utility>
namespace tbb {
namespace detail {
namespace d1 {
enum task_group_status { not_complete, complete, canceled };
class task_group {
  void *Context;

public:
  task_group();
  ~task_group();
  template <class F> void run(F &&Fn) {
    std::__opaque(new std::decay_t<F>(std::forward<F>(Fn)));
  }
  template <class F> task_group_status run_and_wait(const F &Fn) {
    Fn();
    return wait();
  }
  task_group_status wait();
  void cancel();
};
} // namespace d1
} // namespace detail
inline namespace v1 {
using detail::d1::task_group;
} // namespace v1
} // namespace tbb
#endif
