// RUN: %lint borrow-shared-mutation

// What a pointer refers to that was sent to another thread.

#include "channel.h"
#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

struct Frame {
  int Number = 0;
  std::mutex M;
  std::vector<int> Pixels;
};

using Frames = app::Sender<std::shared_ptr<Frame>>;

void bad_changed(Frames &Tx) {
  auto F = std::make_shared<Frame>();
  Tx.send(F);  // expected-note {{sent here}}
  F->Number = 1;  // expected-warning {{'*F' is changed after a pointer to it was sent}}
}

void ok_changed_before(Frames &Tx) {
  auto F = std::make_shared<Frame>();
  F->Number = 1;
  Tx.send(F);
}

int ok_read(Frames &Tx) {
  auto F = std::make_shared<Frame>();
  Tx.send(F);
  return F->Number;
}

void ok_locked(Frames &Tx) {
  auto F = std::make_shared<Frame>();
  Tx.send(F);
  std::lock_guard<std::mutex> L(F->M);
  F->Number = 1;
}

void ok_other_object(Frames &Tx) {
  auto F = std::make_shared<Frame>();
  Tx.send(F);
  F = std::make_shared<Frame>();
  F->Number = 1;
}

void bad_loop(Frames &Tx) {
  auto F = std::make_shared<Frame>();
  for (int I = 0; I < 3; ++I) {
    F->Pixels.push_back(I);  // expected-warning {{'*F' is changed after a pointer to it was sent}}
    Tx.send(F);  // expected-note {{sent here}}
  }
}

void ok_loop(Frames &Tx) {
  for (int I = 0; I < 3; ++I) {
    auto F = std::make_shared<Frame>();
    F->Pixels.push_back(I);
    Tx.send(F);
  }
}

void ok_answered(Frames &Tx, app::Receiver<int> &Done) {
  auto F = std::make_shared<Frame>();
  Tx.send(F);
  Done.recv();
  F->Number = 1;
}

void bad_local(app::Sender<int *> &Tx) {
  int N = 0;  // expected-note {{'N' ends with its scope}}
  Tx.send(&N);
  // expected-warning@-1 {{a pointer to 'N' is sent, which nobody waits for before 'N' ends}}
  ++N;
}

void ok_local_waited(app::Sender<int *> &Tx, app::Receiver<int> &Done) {
  int N = 0;
  Tx.send(&N);
  Done.recv();
}

void ok_longer_lived(app::Sender<int *> &Tx, int &N) { Tx.send(&N); }

void bad_view(app::Sender<std::string_view> &Tx) {
  std::string S = "a";  // expected-note {{'S' ends with its scope}}
  Tx.send(S);
  // expected-warning@-1 {{a pointer to 'S' is sent, which nobody waits for before 'S' ends}}
}

void ok_string(app::Sender<std::string> &Tx) {
  std::string S = "a";
  Tx.send(S);
}

void rename(Frame &F) { F.Number = 2; }  // expected-note {{changed here, inside the callee}}

void bad_callee(Frames &Tx) {
  auto F = std::make_shared<Frame>();
  Tx.send(F);  // expected-note {{sent here}}
  rename(*F);  // expected-warning {{'*F' is changed after a pointer to it was sent}}
}

void unknown();

void ok_unknown_call(Frames &Tx) {
  auto F = std::make_shared<Frame>();
  Tx.send(F);
  unknown();
  F->Number = 1;
}

// Sleeping does not wait for anybody.

void bad_sleeps(Frames &Tx) {
  auto F = std::make_shared<Frame>();
  Tx.send(F);  // expected-note {{sent here}}
  std::this_thread::sleep_for(std::chrono::milliseconds(1));
  F->Number = 2;  // expected-warning {{'*F' is changed after a pointer to it was sent}}
}

// Queues of the project's own, which never wait to send.

void bad_own_queue(app::UnboundedQueue<Frame *> &To) {
  auto *F = new Frame;
  To.push(F);  // expected-note {{sent here}}
  F->Number = 1;  // expected-warning {{'*F' is changed after a pointer to it was sent}}
}

void ok_own_queue(app::UnboundedQueue<Frame *> &To) {
  auto *F = new Frame;
  F->Number = 1;
  To.push(F);
}

int takes(app::UnboundedQueue<Frame *> &From) { return From.pop()->Number; }

class Listeners {
public:
  void add(Frame *F) {
    std::lock_guard<std::mutex> L(M);
    All.push_back(F);
  }

private:
  std::mutex M;
  std::vector<Frame *> All;
};

void ok_registered(Listeners &To, Frame &F) {
  To.add(&F);
  F.Number = 1;
}

class Frames2 {
public:
  Frame *acquire() {
    std::unique_lock<std::mutex> L(M);
    Changed.wait(L, [this] { return !Free.empty(); });
    Frame *F = Free.back();
    Free.pop_back();
    return F;
  }
  void release(Frame *F) {
    std::lock_guard<std::mutex> L(M);
    Free.push_back(F);
    Changed.notify_one();
  }

private:
  std::mutex M;
  std::condition_variable Changed;
  std::vector<Frame *> Free;
};

void ok_acquired_again(Frames2 &Pool) {
  Frame *F = Pool.acquire();
  Pool.release(F);
  F = Pool.acquire();
  F->Number = 1;
  Pool.release(F);
}

void bad_released(Frames2 &Pool) {
  Frame *F = Pool.acquire();
  Pool.release(F);  // expected-note {{sent here}}
  F->Number = 1;  // expected-warning {{'*F' is changed after a pointer to it was sent}}
}
