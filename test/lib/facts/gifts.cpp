// RUN: %dump %s -- -std=c++20 %mock | FileCheck %s
// What is moved away, used and replaced.

#include "channel.h"
#include <string>
#include <utility>

// CHECK-LABEL: send
// CHECK: 15: Give S
// CHECK: 16: Use S
// CHECK: 17: Replace S
void send(app::Sender<std::string> &Tx, std::string S) {
  // The argument is constructed before the call.

  Tx.send(std::move(S));
  S.size();
  S.clear();
}
