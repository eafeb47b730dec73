// RUN: %dump %s -- %mock | FileCheck %s

#include <mutex>

// What values are made from, in functions that use shared data.
class Gauge {
public:
  // CHECK-LABEL: Gauge::read
  // CHECK: Copy the result of Level
  int read() {
    std::lock_guard<std::mutex> Lock(M);
    return Level;
  }
  // CHECK-LABEL: Gauge::write
  // CHECK: Copy Level of New
  void write(int New) {
    std::lock_guard<std::mutex> Lock(M);
    Level = New;
  }
  // CHECK-LABEL: Gauge::sum
  // CHECK: Copy Sum of By
  // CHECK: Copy Sum of Level
  // CHECK-NOT: Copy Other of
  int sum(int By) {
    std::lock_guard<std::mutex> Lock(M);
    int Sum = By + Level;
    bool Other = By < Level;
    return Other ? Sum : By;
  }

private:
  std::mutex M;
  int Level = 0;
};
