// RUN: %lint borrow-thread-capture

// Borrowed without an ampersand: pointers, views, iterators.

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

void useView(std::string_view);
void useText(const char *);
void useString(std::string);

void bad_pointer() {
  int X = 0;  // expected-note {{'X' ends with its scope}}
  int *P = &X;
  std::thread([P] { ++*P; }).detach();
  // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
}

void ok_pointer() {
  int X = 0;
  int *P = &X;
  std::thread T([P] { ++*P; });
  T.join();
}

void ok_pointer_to_static() {
  static int X = 0;
  int *P = &X;
  std::thread([P] { ++*P; }).detach();
}

void bad_owner_pointer() {
  auto Owner = std::make_unique<int>(0);  // expected-note {{'*Owner' ends with its scope}}
  int *P = Owner.get();
  std::thread([P] { ++*P; }).detach();
  // expected-warning@-1 {{this thread may outlive '*Owner', which its closure refers to}}
}

void ok_owner_released() {
  auto Owner = std::make_unique<int>(0);
  int *P = Owner.release();
  std::thread([P] { ++*P; }).detach();
}

void bad_pointer_in_struct() {
  struct Job {
    int *Result;
  };
  int X = 0;  // expected-note {{'X' ends with its scope}}
  Job J{&X};
  std::thread([J] { ++*J.Result; }).detach();
  // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
}

void ok_pointer_in_struct() {
  struct Job {
    int Result;
  };
  int X = 0;
  Job J{X};
  std::thread([J] { (void)J.Result; }).detach();
}

void bad_string_view() {
  std::string S = "x";  // expected-note {{'S' ends with its scope}}
  std::string_view V = S;
  std::thread([V] { useView(V); }).detach();
  // expected-warning@-1 {{this thread may outlive 'S', which its closure refers to}}
}

void ok_string_copied() {
  std::string S = "x";
  std::string_view V = S;
  std::thread([C = std::string(V)] { useView(C); }).detach();
}

void ok_view_of_literal() {
  std::string_view V = "literal";
  std::thread([V] { useView(V); }).detach();
}

void ok_view_joined() {
  std::string S = "x";
  std::string_view V = S;
  std::thread T([V] { useView(V); });
  T.join();
}

void bad_view_of_part() {
  std::string S = "x";  // expected-note {{'S' ends with its scope}}
  std::string_view V = S;
  auto Part = V.substr(1);
  std::thread([Part] { useView(Part); }).detach();
  // expected-warning@-1 {{this thread may outlive 'S', which its closure refers to}}
}

void bad_view_argument() {
  std::string S = "x";  // expected-note {{'S' ends with its scope}}
  std::thread(useView, std::string_view(S)).detach();
  // expected-warning@-1 {{this thread may outlive 'S', which its closure refers to}}
}

void ok_string_argument() {
  std::string S = "x";
  std::thread(useString, S).detach();
}

void bad_c_str() {
  std::string S = "x";  // expected-note {{'S' ends with its scope}}
  std::thread(useText, S.c_str()).detach();
  // expected-warning@-1 {{this thread may outlive 'S', which its closure refers to}}
}

void bad_span() {
  std::array<int, 3> A{};  // expected-note {{'A' ends with its scope}}
  std::span<int> V(A);
  std::thread([V] { ++V[0]; }).detach();
  // expected-warning@-1 {{this thread may outlive 'A', which its closure refers to}}
}

void ok_span() {
  std::array<int, 3> A{};
  std::span<int> V(A);
  std::jthread T([V] { ++V[0]; });
}

void bad_iterator() {
  std::vector<int> Vs{1, 2};  // expected-note {{'Vs' ends with its scope}}
  auto It = Vs.begin();
  std::thread([It] { ++*It; }).detach();
  // expected-warning@-1 {{this thread may outlive 'Vs', which its closure refers to}}
}

void ok_iterator() {
  std::vector<int> Vs{1, 2};
  auto It = Vs.begin();
  std::thread T([It] { ++*It; });
  T.join();
}

void bad_map_iterator() {
  std::map<int, int> Ms;  // expected-note {{'Ms' ends with its scope}}
  auto It = Ms.find(1);
  std::thread([It] { ++It->second; }).detach();
  // expected-warning@-1 {{this thread may outlive 'Ms', which its closure refers to}}
}

void bad_element_reference() {
  std::vector<int> Vs{1, 2};  // expected-note {{'Vs' ends with its scope}}
  int &First = Vs.front();
  std::thread([&First] { ++First; }).detach();
  // expected-warning@-1 {{this thread may outlive 'Vs', which its closure refers to}}
}

void ok_element_copied() {
  std::vector<int> Vs{1, 2};
  int &First = Vs.front();
  std::thread([First] { (void)First; }).detach();
}

void bad_data() {
  std::vector<int> Vs{1, 2};  // expected-note {{'Vs' ends with its scope}}
  std::thread([P = Vs.data()] { ++*P; }).detach();
  // expected-warning@-1 {{this thread may outlive 'Vs', which its closure refers to}}
}

void ok_vector_moved() {
  std::vector<int> Vs{1, 2};
  std::thread([Vs = std::move(Vs)]() mutable { ++Vs[0]; }).detach();
}

void bad_reference_wrapper() {
  int X = 0;  // expected-note {{'X' ends with its scope}}
  auto R = std::ref(X);
  std::thread([R] { ++R.get(); }).detach();
  // expected-warning@-1 {{this thread may outlive 'X', which its closure refers to}}
}

void ok_reference_wrapper_of_static() {
  static int X = 0;
  auto R = std::ref(X);
  std::thread([R] { ++R.get(); }).detach();
}

void bad_binding() {
  std::pair<int, int> P{1, 2};  // expected-note {{'P' ends with its scope}}
  auto &[A, B] = P;
  std::thread([&A] { ++A; }).detach();
  // expected-warning@-1 {{this thread may outlive 'P', which its closure refers to}}
}

void ok_binding() {
  std::pair<int, int> P{1, 2};
  auto &[A, B] = P;
  std::thread([A] { (void)A; }).detach();
}

// The owner travels along.

void ok_owner_travels_along() {
  auto Owner = std::make_shared<int>(0);
  int *P = Owner.get();
  std::thread([Owner, P] { ++*P; }).detach();
}

// What a view, a pointer or a member gets after its declaration.

void bad_part_assigned() {
  std::string Text;  // expected-note {{'Text' ends with its scope}}
  std::string_view Comment = Text;
  Comment = Comment.substr(2);
  std::thread([Comment] { useView(Comment); }).detach();
  // expected-warning@-1 {{this thread may outlive 'Text', which its closure refers to}}
}

void bad_assigned_later() {
  std::string Text;  // expected-note {{'Text' ends with its scope}}
  std::string_view Comment;
  Comment = Text;
  std::thread([Comment] { useView(Comment); }).detach();
  // expected-warning@-1 {{this thread may outlive 'Text', which its closure refers to}}
}

void ok_assigned_others(std::string &Own) {
  std::string Text;
  std::string_view Comment = Text;
  Comment = Own;
  std::thread([Comment] { useView(Comment); }).detach();
}

void ok_assigned_after() {
  std::string Text;
  std::string_view Comment;
  std::thread([Comment] { useView(Comment); }).detach();
  Comment = Text;
}

struct Token {
  std::string_view Text;
  int Line = 0;
};

void bad_member_assigned() {
  std::string Text;  // expected-note {{'Text' ends with its scope}}
  Token T;
  T.Line = 1;
  T.Text = Text;
  std::thread([T] { useView(T.Text); }).detach();
  // expected-warning@-1 {{this thread may outlive 'Text', which its closure refers to}}
}

void ok_member_assigned(std::string &Own) {
  Token T;
  T.Line = 1;
  T.Text = Own;
  std::thread([T] { useView(T.Text); }).detach();
}

void bad_pointer_assigned() {
  Token T;  // expected-note {{'T' ends with its scope}}
  const Token *P = nullptr;
  P = &T;
  std::thread([P] { useView(P->Text); }).detach();
  // expected-warning@-1 {{this thread may outlive 'T', which its closure refers to}}
}

void ok_pointer_assigned(const Token &Own) {
  Token T;
  const Token *P = &T;
  P = &Own;
  std::thread([P] { useView(P->Text); }).detach();
}
