// A function that does not compile is left alone, the others are not: whatever
// is wrong with a statement, clang may have dropped it or a part of it.
// RUN: not %tidy --checks=-*,borrow-* %s -- -std=c++20 -ferror-limit=0 %mock 2>&1 \
// RUN:   | FileCheck %s --implicit-check-not='[borrow-' --implicit-check-not='Stack dump'

#include <memory>
#include <mutex>
#include <thread>

struct Node {
  void touch();
};
std::mutex M;

void bad_before(std::weak_ptr<Node> W) {
  // CHECK: :[[@LINE+1]]:3: warning: {{.*}} [borrow-unchecked-upgrade]
  W.lock()->touch();
}

class Order {
public:
  explicit Order(std::weak_ptr<Node> From)
      : From(std::move(From)), To(std::move(Missing)) {}

private:
  std::weak_ptr<Node> From, To;
};

void ok_dropped_statement(std::weak_ptr<Node> W) {
  auto P = W.lock();
  if (!P)
    retrun;
  P->touch();
}

void ok_dropped_branch(std::weak_ptr<Node> W) {
  auto P = W.lock();
  if (!P)
    goto;
  else
    M.lock();
  P->touch();
}

void ok_dropped_loop() {
  M.lock();
  while (M.unlock() {
  }
  M.lock();
}

void ok_dropped_words() {
  M.lock();
  M.unlock() if;
  M.lock();
}

void ok_undeclared(std::weak_ptr<Node> W) {
  auto P = W.lock();
  check(P);
  P->touch();
}

void ok_unknown_type(std::weak_ptr<Node> W) {
  auto P = W.lock();
  Checked Q(P);
  P->touch();
}

void ok_lambda(std::weak_ptr<Node> W) {
  auto P = W.lock();
  auto Check = [&] {
    if (!P)
      thrw 1;
  };
  Check();
  P->touch();
}

// To capture a variable that can't be makes the variable itself invalid.
std::mutex Invalid;
void ok_captures() {
  int N = 0;
  std::thread Copied([Invalid] { Invalid.lock(); });
  std::thread Twice([Invalid, &Invalid, &N] { ++N; });
  Copied.join();
  Twice.join();
}

void ok_copied_local() {
  std::mutex Own;
  int N = 0;
  std::thread Copied([Own] { ++N; });
  std::thread Twice([Own, &Own, &N] { ++N; });
  Copied.join();
  Twice.join();
}

template <class T> void ok_in_template(T W) {
  auto P = W.lock();
  if (!P)
    retrun;
  P->touch();
}
template void ok_in_template(std::weak_ptr<Node>);

struct Unfinished {
  void ok_member(std::weak_ptr<Node> W) {
    auto P = W.lock();
    if (!P) retrun;
    P->touch();
  }
};

[[nodiscard]] int bad_after(std::weak_ptr<Node> W) {
  [[maybe_unused]] int N = 0;
  ;
  switch (N) {
  case 0:
    [[fallthrough]];
  default:;
  }
#if 1
  M.lock();
#endif
  if (N)
    ;
  // CHECK: :[[@LINE+1]]:3: warning: {{.*}} [borrow-unchecked-upgrade]
  W.lock()->touch();
  return N;
}

int bad_macro(std::weak_ptr<Node> W) {
#define TOUCH(P) P->touch();
  // CHECK: :[[@LINE+1]]:9: warning: {{.*}} [borrow-unchecked-upgrade]
  TOUCH(W.lock())
  return 0;
}

void ok_unterminated(std::weak_ptr<Node> W) {
  W.lock()->touch();
