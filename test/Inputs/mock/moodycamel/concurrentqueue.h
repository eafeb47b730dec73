#ifndef MOCK_MOODYCAMEL_CONCURRENTQUEUE_H
#define MOCK_MOODYCAMEL_CONCURRENTQUEUE_H
#include <utility>
namespace moodycamel {
template <class T> class ConcurrentQueue {
  void *Blocks;

public:
  explicit ConcurrentQueue(std::size_t Capacity = 192);
  ~ConcurrentQueue();
  bool enqueue(const T &);
  bool enqueue(T &&);
  bool try_enqueue(const T &);
  template <class U> bool try_dequeue(U &);
};
template <class T> class BlockingConcurrentQueue {
  ConcurrentQueue<T> Inner;

public:
  explicit BlockingConcurrentQueue(std::size_t Capacity = 192);
  ~BlockingConcurrentQueue();
  bool enqueue(const T &);
  bool enqueue(T &&);
  bool try_enqueue(const T &);
  template <class U> bool try_dequeue(U &);
  template <class U> void wait_dequeue(U &);
  template <class U> bool wait_dequeue_timed(U &, long Microseconds);
};
} // namespace moodycamel
#endif
