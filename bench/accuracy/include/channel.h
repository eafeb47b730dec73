// Channels with two halves: an unbounded Sender that never blocks, a bounded
// SyncSender that blocks while the channel is full, and one Receiver.
#pragma once
#include "drop.h"
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

namespace bb {

namespace detail {
template <class T> struct ChannelState {
  std::mutex M;
  std::condition_variable Changed;
  std::deque<T> Items;
  std::size_t Capacity = 0; // 0: no bound
  int Senders = 1;
  bool ReceiverAlive = true;
};
} // namespace detail

/// What the two kinds of sender share; the last one to go closes the channel.
template <class T> class SenderBase {
public:
  SenderBase(SenderBase &&) noexcept = default;
  SenderBase &operator=(SenderBase &&Other) noexcept {
    std::swap(S, Other.S);
    return *this;
  }
  ~SenderBase() {
    if (!S)
      return;
    std::lock_guard<std::mutex> L(S->M);
    if (--S->Senders == 0)
      S->Changed.notify_all();
  }

protected:
  explicit SenderBase(std::shared_ptr<detail::ChannelState<T>> State)
      : S(std::move(State)) {}
  std::shared_ptr<detail::ChannelState<T>> addSender() const {
    std::lock_guard<std::mutex> L(S->M);
    ++S->Senders;
    return S;
  }
  std::shared_ptr<detail::ChannelState<T>> S;
};

template <class T> class Sender : public SenderBase<T> {
public:
  explicit Sender(std::shared_ptr<detail::ChannelState<T>> State)
      : SenderBase<T>(std::move(State)) {}
  Sender clone() const { return Sender(this->addSender()); }
  /// Never blocks; false when the receiver is gone.
  bool send(T V) const {
    std::lock_guard<std::mutex> L(this->S->M);
    if (!this->S->ReceiverAlive)
      return false;
    this->S->Items.push_back(std::move(V));
    this->S->Changed.notify_all();
    return true;
  }
};

template <class T> class SyncSender : public SenderBase<T> {
public:
  explicit SyncSender(std::shared_ptr<detail::ChannelState<T>> State)
      : SenderBase<T>(std::move(State)) {}
  SyncSender clone() const { return SyncSender(this->addSender()); }
  /// Blocks while the channel is full; false when the receiver is gone.
  bool send(T V) const {
    std::unique_lock<std::mutex> L(this->S->M);
    while (this->S->ReceiverAlive && this->S->Items.size() >= this->S->Capacity)
      this->S->Changed.wait(L);
    if (!this->S->ReceiverAlive)
      return false;
    this->S->Items.push_back(std::move(V));
    this->S->Changed.notify_all();
    return true;
  }
  /// False at once when the channel is full.
  bool try_send(T V) const {
    std::lock_guard<std::mutex> L(this->S->M);
    if (!this->S->ReceiverAlive || this->S->Items.size() >= this->S->Capacity)
      return false;
    this->S->Items.push_back(std::move(V));
    this->S->Changed.notify_all();
    return true;
  }
};

template <class T> class Receiver {
public:
  explicit Receiver(std::shared_ptr<detail::ChannelState<T>> State)
      : S(std::move(State)) {}
  Receiver(Receiver &&) noexcept = default;
  Receiver &operator=(Receiver &&Other) noexcept {
    std::swap(S, Other.S);
    return *this;
  }
  ~Receiver() {
    if (!S)
      return;
    std::lock_guard<std::mutex> L(S->M);
    S->ReceiverAlive = false;
    S->Changed.notify_all();
  }
  /// Blocks until there is an item; nothing when every sender is gone.
  std::optional<T> recv() const {
    std::unique_lock<std::mutex> L(S->M);
    while (S->Items.empty() && S->Senders > 0)
      S->Changed.wait(L);
    return pop();
  }
  std::optional<T> try_recv() const {
    std::lock_guard<std::mutex> L(S->M);
    return pop();
  }
  std::optional<T> recv_timeout(std::chrono::milliseconds Wait) const {
    std::unique_lock<std::mutex> L(S->M);
    S->Changed.wait_for(L, Wait,
                        [&] { return !S->Items.empty() || S->Senders == 0; });
    return pop();
  }

private:
  std::optional<T> pop() const {
    if (S->Items.empty())
      return std::nullopt;
    std::optional<T> V(std::move(S->Items.front()));
    S->Items.pop_front();
    S->Changed.notify_all();
    return V;
  }
  std::shared_ptr<detail::ChannelState<T>> S;
};

template <class T> std::pair<Sender<T>, Receiver<T>> channel() {
  auto S = std::make_shared<detail::ChannelState<T>>();
  return {Sender<T>(S), Receiver<T>(S)};
}

template <class T>
std::pair<SyncSender<T>, Receiver<T>> channel(std::size_t Capacity) {
  auto S = std::make_shared<detail::ChannelState<T>>();
  S->Capacity = Capacity;
  return {SyncSender<T>(S), Receiver<T>(S)};
}

} // namespace bb
