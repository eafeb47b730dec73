// RUN: %lint borrow-unchecked-send

#include <channel.h>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

using Sender = app::Sender<int>;

void bad_dropped(Sender &Tx) {
  Tx.send(1);  // expected-warning {{nobody asks whether this was sent: 'Tx' may be closed}}
}

void ok_dropped_on_purpose(Sender &Tx) { (void)Tx.send(1); }

bool ok_asked(Sender &Tx) {
  if (!Tx.send(1))
    return false;
  bool Sent = Tx.send(2);
  return Sent && Tx.send(3);
}

void bad_in_loop(Sender &Tx, int N) {
  for (int I = 0; I < N; ++I)
    Tx.send(I);  // expected-warning {{nobody asks whether this was sent: 'Tx' may be closed}}
}

void bad_in_thread(Sender Tx) {
  std::thread T([&Tx] { Tx.send(1); });
  // expected-warning@-1 {{nobody asks whether this was sent: 'Tx' may be closed}}
  T.join();
}

#define SEND(Tx, N) Tx.send(N)
void bad_in_macro(Sender &Tx) {
  SEND(Tx, 1);  // expected-warning {{nobody asks whether this was sent: 'Tx' may be closed}}
}

template <typename T> void bad_in_template(app::Sender<T> &Tx, T Value) {
  Tx.send(Value);  // expected-warning {{nobody asks whether this was sent: 'Tx' may be closed}}
}
template void bad_in_template<int>(app::Sender<int> &, int);
template void bad_in_template<long>(app::Sender<long> &, long);

// What is counted as sent is borrow-unchecked-result's.
int Total;
void ok_counted(Sender &Tx, int N) {
  Tx.send(N);
  Total += N;
}

// A queue that its bodies tell.
class Orders {
public:
  enum class Added { Yes, Closed };
  Added add(int V) {
    std::unique_lock<std::mutex> L(M);
    Room.wait(L, [this] { return Closed || Items.size() < 8; });
    if (Closed)
      return Added::Closed;
    Items.push_back(V);
    return Added::Yes;
  }

private:
  std::mutex M;
  std::condition_variable Room;
  std::deque<int> Items;
  bool Closed = false;
};

void bad_own_queue(Orders &O) {
  O.add(1);  // expected-warning {{nobody asks whether this was sent: 'O' may be closed}}
}

bool ok_own_queue(Orders &O) { return O.add(1) == Orders::Added::Yes; }
