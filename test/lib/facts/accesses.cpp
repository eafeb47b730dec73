// RUN: %dump %s -- -std=c++20 %mock | FileCheck %s
// What is read and changed where a thread runs.

#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

void count(int &N, std::mutex &M) {
  std::lock_guard<std::mutex> L(M);
  ++N;
}

// CHECK-LABEL: spawner
// CHECK: 22: Run by T operator()
// CHECK: 22: Issue running mut N by T
// CHECK: 23: Access V changed
// CHECK: 24: Access N changed in count
// CHECK: 25: Publish
// CHECK: 26: Access N
void spawner(int N, std::mutex &M, std::vector<int> V, std::atomic<bool> &B) {
  std::thread T([&] { N = 2; });
  V.push_back(1);
  count(N, M);
  B.store(true);
  int Copy = N;
  T.join();
}
