#ifndef MOCK_CHANNEL_H
#define MOCK_CHANNEL_H
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
/// Channels as a project would write them.
namespace app {
/// Bounded: push waits for room, pop for an item.
template <class T> class BlockingQueue {
  std::mutex Mutex;
  std::condition_variable NotFull, NotEmpty;
  std::deque<T> Items;
  std::size_t Capacity;

public:
  explicit BlockingQueue(std::size_t N) : Capacity(N) {}
  void push(T V) {
    std::unique_lock<std::mutex> Lock(Mutex);
    NotFull.wait(Lock, [this] { return Items.size() < Capacity; });
    Items.push_back(std::move(V));
    NotEmpty.notify_one();
  }
  bool try_push(T V) {
    std::lock_guard<std::mutex> Lock(Mutex);
    if (Items.size() >= Capacity)
      return false;
    Items.push_back(std::move(V));
    NotEmpty.notify_one();
    return true;
  }
  T pop() {
    std::unique_lock<std::mutex> Lock(Mutex);
    while (Items.empty())
      NotEmpty.wait(Lock);
    T V = std::move(Items.front());
    Items.pop_front();
    NotFull.notify_one();
    return V;
  }
  std::optional<T> try_pop() {
    std::lock_guard<std::mutex> Lock(Mutex);
    if (Items.empty())
      return std::nullopt;
    T V = std::move(Items.front());
    Items.pop_front();
    NotFull.notify_one();
    return std::optional<T>(std::move(V));
  }
};
/// Unbounded: push never waits, pop does.
template <class T> class UnboundedQueue {
  std::mutex Mutex;
  std::condition_variable NotEmpty;
  std::deque<T> Items;

public:
  void push(T V) {
    std::lock_guard<std::mutex> Lock(Mutex);
    Items.push_back(std::move(V));
    NotEmpty.notify_one();
  }
  T pop() {
    std::unique_lock<std::mutex> Lock(Mutex);
    NotEmpty.wait(Lock, [this] { return !Items.empty(); });
    T V = std::move(Items.front());
    Items.pop_front();
    return V;
  }
  std::optional<T> try_pop() {
    std::lock_guard<std::mutex> Lock(Mutex);
    if (Items.empty())
      return std::nullopt;
    T V = std::move(Items.front());
    Items.pop_front();
    return std::optional<T>(std::move(V));
  }
};
/// The two halves of a bounded channel.
template <class T> class Sender {
  std::shared_ptr<BlockingQueue<T>> Queue;

public:
  explicit Sender(std::shared_ptr<BlockingQueue<T>> Q) : Queue(std::move(Q)) {}
  bool send(T V) {
    Queue->push(std::move(V));
    return true;
  }
  bool try_send(T V) { return Queue->try_push(std::move(V)); }
  Sender clone() const { return Sender(Queue); }
};
template <class T> class Receiver {
  std::shared_ptr<BlockingQueue<T>> Queue;

public:
  explicit Receiver(std::shared_ptr<BlockingQueue<T>> Q)
      : Queue(std::move(Q)) {}
  Receiver(Receiver &&) = default;
  Receiver &operator=(Receiver &&) = default;
  std::optional<T> recv() { return std::optional<T>(Queue->pop()); }
  std::optional<T> try_recv() { return Queue->try_pop(); }
};
template <class T>
std::pair<Sender<T>, Receiver<T>> channel(std::size_t Capacity = 1) {
  auto Queue = std::make_shared<BlockingQueue<T>>(Capacity);
  return {Sender<T>(Queue), Receiver<T>(Queue)};
}
} // namespace app
#endif
