// RUN: %lint borrow-guard-across-send --fixed %t.cpp
// RUN: FileCheck %s --check-prefix=FIX --input-file=%t.cpp

// The fix-its, applied: each compiles and removes its finding.

#include <channel.h>
#include <mutex>
#include <utility>
#include <vector>

std::mutex M;
int Count;
using Sender = app::Sender<int>;

void bad_unique_lock(Sender &Tx) {
  std::unique_lock<std::mutex> L(M);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  int V = ++Count;
  // FIX: L.unlock();
  Tx.send(V);  // expected-warning {{sending on 'Tx' while 'M' is held}}
  // FIX-NEXT: Tx.send(V);
}

void bad_lock_guard(Sender &Tx, int V) {
  std::lock_guard<std::mutex> L(M);  // expected-note {{locked here}} expected-note {{kept by 'L'}}
  // FIX: std::unique_lock<std::mutex> L(M);
  Count += V;
  // FIX-NEXT: Count += V;
  // FIX-NEXT: L.unlock();
  Tx.send(std::move(V));  // expected-warning {{sending on 'Tx' while 'M' is held}}
  // FIX-NEXT: Tx.send(std::move(V));
}

class Producer {
public:
  void bad_member(int V) {
    std::lock_guard Lock(Mutex);  // expected-note {{locked here}} expected-note {{kept by 'Lock'}}
    // FIX: std::unique_lock Lock(Mutex);
    Items.push_back(V);
    // FIX: Lock.unlock();
    Tx.send(V);  // expected-warning {{sending on 'Tx' while 'Mutex' is held}}
  }

private:
  std::mutex Mutex;
  std::vector<int> Items;
  Sender Tx;
};
