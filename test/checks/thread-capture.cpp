// RUN: %lint borrow-thread-capture

// What a thread may borrow: every way to hand a local to a thread that stays.

#include <functional>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

void use(int);
void useRef(int &);
void usePtr(int *);
void useText(const char *);

// Captures by reference.

void bad_detached() {
  int X = 0;  // expected-note {{'X' ends with its scope}}
  std::thread T([&] { ++X; });
  // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
  T.detach();
}

void ok_joined() {
  int X = 0;
  std::thread T([&] { ++X; });
  T.join();
}

void ok_detached_copy() {
  int X = 0;
  std::thread T([=]() mutable { ++X; });
  T.detach();
}

void bad_detached_temporary() {
  int X = 0;  // expected-note {{'X' ends with its scope}}
  std::thread([&X] { ++X; }).detach();
  // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
}

void ok_detached_temporary() {
  int X = 0;
  std::thread([X]() mutable { ++X; }).detach();
}

void bad_parameter(int X) {  // expected-note {{'X' ends with its scope}}
  std::thread([&X] { ++X; }).detach();
  // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
}

void ok_parameter(int X) {
  std::thread([X] { use(X); }).detach();
}

void bad_one_of_two(int X, int Y) {  // expected-note {{'Y' ends with its scope}}
  std::thread([X, &Y] { use(X + Y); }).detach();
  // expected-warning@-1 {{this thread may outlive 'Y', which its closure refers to}}
}

void bad_init_capture(int X) {  // expected-note {{'X' ends with its scope}}
  std::thread([&R = X] { ++R; }).detach();
  // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
}

void ok_moved_in(std::unique_ptr<int> P) {
  std::thread([P = std::move(P)] { ++*P; }).detach();
}

void ok_shared_owner() {
  auto P = std::make_shared<int>(0);
  std::thread([P] { ++*P; }).detach();
}

void bad_reference_to_owner() {
  auto P = std::make_shared<int>(0);  // expected-note {{'P' ends with its scope}}
  std::thread([&P] { ++*P; }).detach();
  // expected-warning@-1 {{this thread may outlive 'P', which its closure refers to}}
}

// Things that outlive every thread, or are not captured at all.

int Global;

void ok_global() {
  std::thread([&] { ++Global; }).detach();
}

void ok_static_local() {
  static int Count = 0;
  std::thread([&] { ++Count; }).detach();
}

void ok_captures_nothing() {
  int X = 0;
  std::thread([&] { use(1); }).detach();
  ++X;
}

void ok_leaked() {
  int *X = new int(0);
  std::thread([X] { ++*X; }).detach();
}

// Handles that are returned or stored.

std::thread bad_returned() {
  int X = 0;  // expected-note {{'X' ends with its scope}}
  return std::thread([&X] { ++X; });
  // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
}

std::thread ok_returned() {
  int X = 0;
  return std::thread([X]() mutable { ++X; });
}

std::thread bad_returned_named() {
  int X = 0;  // expected-note {{'X' ends with its scope}}
  std::thread T([&X] { ++X; });
  // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
  return T;
}

void bad_out_parameter(std::thread &Out) {  // expected-note {{the thread is kept by 'Out'}}
  int X = 0;  // expected-note {{'X' ends with its scope}}
  Out = std::thread([&X] { ++X; });
  // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
}

void ok_out_parameter_joined(std::thread &Out) {
  int X = 0;
  Out = std::thread([&X] { ++X; });
  Out.join();
}

void bad_stored_in_vector(std::vector<std::thread> &Ts) {
// expected-note@-1 {{the thread is kept by 'Ts'}}
  int X = 0;  // expected-note {{'X' ends with its scope}}
  Ts.emplace_back([&X] { ++X; });
  // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
}

void ok_stored_in_vector(std::vector<std::thread> &Ts) {
  int X = 0;
  Ts.emplace_back([X] { use(X); });
}

void bad_pushed(std::vector<std::thread> &Ts) {  // expected-note {{the thread is kept by 'Ts'}}
  int X = 0;  // expected-note {{'X' ends with its scope}}
  Ts.push_back(std::thread([&X] { ++X; }));
  // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
}

// Closures with a name, in a function object, bound.

void bad_named_lambda() {
  int X = 0;  // expected-note {{'X' ends with its scope}}
  auto Work = [&X] { ++X; };
  std::thread(Work).detach();
  // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
}

void ok_named_lambda() {
  int X = 0;
  auto Work = [&X] { ++X; };
  std::thread(Work).join();
}

void bad_moved_lambda() {
  int X = 0;  // expected-note {{'X' ends with its scope}}
  auto Work = [&X] { ++X; };
  std::thread T(std::move(Work));
  // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
  T.detach();
}

void bad_std_function() {
  int X = 0;  // expected-note {{'X' ends with its scope}}
  std::function<void()> Work = [&X] { ++X; };
  std::thread(Work).detach();
  // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
}

void ok_std_function() {
  int X = 0;
  std::function<void()> Work = [X] { use(X); };
  std::thread(Work).detach();
}

void bad_reference_to_lambda() {
  auto Work = [] { use(1); };  // expected-note {{'Work' ends with its scope}}
  std::thread(std::ref(Work)).detach();
  // expected-warning@-1 {{this thread may outlive 'Work', which its closure refers to}}
}

void bad_bind() {
  int X = 0;  // expected-note {{'X' ends with its scope}}
  std::thread(std::bind(useRef, std::ref(X))).detach();
  // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
}

void ok_bind() {
  int X = 0;
  std::thread(std::bind(use, X)).detach();
}

void bad_packaged_task() {
  int X = 0;  // expected-note {{'X' ends with its scope}}
  std::packaged_task<void()> Task([&X] { ++X; });
  std::thread(std::move(Task)).detach();
  // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
}

void ok_packaged_task() {
  int X = 0;
  std::packaged_task<void()> Task([X] { use(X); });
  std::thread(std::move(Task)).detach();
}

// Arguments.

void bad_std_ref() {
  int X = 0;  // expected-note {{'X' ends with its scope}}
  std::thread(useRef, std::ref(X)).detach();
  // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
}

void ok_std_ref() {
  int X = 0;
  std::thread T(useRef, std::ref(X));
  T.join();
}

void bad_pointer() {
  int X = 0;  // expected-note {{'X' ends with its scope}}
  std::thread(usePtr, &X).detach();
  // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
}

void ok_value() {
  int X = 0;
  std::thread(use, X).detach();
}

void bad_array() {
  char Text[] = "text";  // expected-note {{'Text' ends with its scope}}
  std::thread(useText, Text).detach();
  // expected-warning@-1 {{this thread may outlive 'Text', which its closure refers to}}
}

void ok_literal() { std::thread(useText, "text").detach(); }

// A thread that is given to an object which keeps it, or lets it go.

class Crew {
public:
  void hire(std::thread T) { Members.push_back(std::move(T)); }
  void wait() {
    for (std::thread &T : Members)
      T.join();
  }
  ~Crew() { wait(); }

private:
  std::vector<std::thread> Members;
};

void release(std::thread T) { T.detach(); }

void bad_hired(Crew &C, int Depth) {
// expected-note@-1 {{'Depth' ends with its scope}}
// expected-note@-2 {{the thread is kept by 'C.Members'}}
  C.hire(std::thread([&Depth] { use(Depth); }));
  // expected-warning@-1 {{this thread may outlive 'Depth', which its closure refers to}}
}

void ok_hired(Crew &C, int Depth) {
  C.hire(std::thread([Depth] { use(Depth); }));
}

void ok_hired_and_waited(Crew &C, int Depth) {
  C.hire(std::thread([&Depth] { use(Depth); }));
  C.wait();
}

void ok_local_crew(int Depth) {
  Crew C;
  C.hire(std::thread([&Depth] { use(Depth); }));
}

void bad_released(int Depth) {  // expected-note {{'Depth' ends with its scope}}
  release(std::thread([&Depth] { use(Depth); }));
  // expected-warning@-1 {{this thread may outlive 'Depth', which its closure refers to}}
}
