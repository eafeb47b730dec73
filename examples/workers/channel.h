// A channel with room for a few values: send() waits while it is full.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

template <typename T> class Channel {
public:
  explicit Channel(std::size_t Room) : Room(Room) {}

  void send(T Value) {
    std::unique_lock Lock(Mutex);
    Changed.wait(Lock, [this] { return Values.size() < Room; });
    Values.push_back(std::move(Value));
    Changed.notify_all();
  }

  // Waits for a value; there is none any more when the channel was closed.
  std::optional<T> recv() {
    std::unique_lock Lock(Mutex);
    Changed.wait(Lock, [this] { return Closed || !Values.empty(); });
    if (Values.empty())
      return std::nullopt;
    T Value = std::move(Values.front());
    Values.pop_front();
    Changed.notify_all();
    return Value;
  }

  void close() {
    std::lock_guard Lock(Mutex);
    Closed = true;
    Changed.notify_all();
  }

private:
  const std::size_t Room;
  std::mutex Mutex;
  std::condition_variable Changed;
  std::deque<T> Values;
  bool Closed = false;
};
