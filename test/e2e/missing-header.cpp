// A file that is not there ends the analysis: clang instantiates no template
// after it, and its CFG would crash on the members of Server.
// RUN: not %tidy --checks=-*,borrow-* %s -- -std=c++20 2>&1 \
// RUN:   | FileCheck %s

#include <mutex>
#include "not_there.hpp"
#include <atomic>
#include <map>
#include <memory>
#include <thread>

// CHECK: 'not_there.hpp' file not found
// CHECK-NOT: warning:
// CHECK-NOT: Stack dump

struct Server {
  ~Server() {
    std::lock_guard<std::mutex> L(M);
    if (Thread.joinable())
      Thread.join();
  }

  std::mutex M;
  std::atomic<int> Count;
  std::map<int, std::shared_ptr<int>> Clients;
  std::thread Thread;
};
