// RUN: %lint borrow-thread-capture --fixed %t.cpp
// RUN: FileCheck %s --check-prefix=FIX --input-file=%t.cpp

// The fix-its, applied: each compiles and removes its finding.

#include <memory>
#include <string>
#include <thread>
#include <vector>

void use(int);
void use(const std::string &);

struct Job {
  int Id;
  std::string Name;
};

void bad_explicit(int X) {  // expected-note {{'X' ends with its scope}}
  std::thread([&X] { use(X); }).detach();
  // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
  // FIX: std::thread([X] { use(X); }).detach();
}

void bad_two(int X, std::string Y) {  // expected-note {{'X' ends with its scope}}
  std::thread([&X, & Y] { use(X); use(Y); }).detach();
  // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
  // FIX: std::thread([X, Y] { use(X); use(Y); }).detach();
}

void bad_default(const Job &J) {
  Job Copy = J;
  std::vector<int> Values(3);  // expected-note {{'Values' ends with its scope}}
  std::thread([&] { use(Copy.Name); use(Values.size()); }).detach();
  // expected-warning@-1 {{this thread may outlive 'Values', which its closure refers to}}
  // FIX: std::thread([=] { use(Copy.Name); use(Values.size()); }).detach();
}

void bad_loop() {
  std::vector<std::thread> All;  // expected-note {{the thread is kept by 'All'}}
  for (int I = 0; I < 3; ++I)  // expected-note {{'I' ends with its scope}}
    All.emplace_back([&I] { use(I); });
    // expected-warning@-1 {{this thread may outlive 'I', which its closure refers to}}
  // FIX: All.emplace_back([I] { use(I); });
  for (auto &T : All)
    T.join();
}

void bad_move_only() {
  auto P = std::make_unique<int>(3);  // expected-note {{'P' ends with its scope}}
  std::thread([&P] { use(*P); }).detach();
  // expected-warning@-1 {{this thread may outlive 'P', which its closure refers to}}
  // FIX: std::thread([P = std::move(P)] { use(*P); }).detach();
}

class Session : public std::enable_shared_from_this<Session> {
public:
  void start() {
    std::thread([this] { run(); }).detach();
    // expected-warning@-1 {{this thread may outlive '*this', which its closure refers to}}
    // FIX: std::thread([this, self = shared_from_this()] { run(); }).detach();
  }
  void repeat(int Times) {
    std::thread([this, Times] { use(Times); run(); }).detach();
    // expected-warning@-1 {{this thread may outlive '*this', which its closure refers to}}
    // FIX: std::thread([this, self = shared_from_this(), Times] { use(Times); run(); }).detach();
  }
  void run();
};
