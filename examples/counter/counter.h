// A number that several threads count up.
#pragma once

#include <mutex>

class Counter {
public:
  void increment() {
    std::lock_guard Lock(Mutex);
    ++Value;
  }
  int value() const {
    std::lock_guard Lock(Mutex);
    return Value;
  }

private:
  mutable std::mutex Mutex;
  int Value = 0;
};
