// RUN: %lint borrow-discarded-guard --fixed %t.cpp
// RUN: FileCheck %s --check-prefix=FIX --input-file=%t.cpp

// The fix-its, applied: each compiles and removes its finding.

#include <mutex>

std::mutex M;
int Count;

void bad_braces() {
  std::lock_guard<std::mutex>{M};
  // expected-warning@-1 {{'M' is locked and unlocked by this statement: nobody keeps the guard}}
  // FIX: auto Guard = std::lock_guard<std::mutex>{M};
  ++Count;
}

std::unique_lock<std::mutex> acquire() { return std::unique_lock<std::mutex>(M); }

void bad_name_taken(int Guard) {
  acquire();
  // expected-warning@-1 {{'M' is locked and unlocked by this statement: nobody keeps the guard}}
  // FIX: auto Guard2 = acquire();
  Count += Guard;
}

class Queue {
public:
  void bad_declaration() {
    std::unique_lock<std::mutex>(Lock);
    // expected-warning@-1 {{this declares a new guard 'Lock' without a mutex, and doesn't lock 'Lock'}}
    // FIX: auto Guard = std::unique_lock<std::mutex>(Lock);
    ++Size;
  }

private:
  std::mutex Lock;
  int Size = 0;
};
