#ifndef MOCK_FOLLY_MPMCQUEUE_H
#define MOCK_FOLLY_MPMCQUEUE_H
#include <utility>
namespace folly {
template <class T> class MPMCQueue {
  void *Slots;

public:
  explicit MPMCQueue(std::size_t Capacity);
  ~MPMCQueue();
  template <class... A> void blockingWrite(A &&...Args) noexcept;
  template <class... A> bool write(A &&...Args) noexcept;
  template <class... A> bool writeIfNotFull(A &&...Args) noexcept;
  void blockingRead(T &) noexcept;
  bool read(T &) noexcept;
};
} // namespace folly
#endif
