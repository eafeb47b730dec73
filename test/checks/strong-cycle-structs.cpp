// RUN: %lint borrow-strong-cycle

// Handles in plain structs, pairs and optionals.

#include <memory>
#include <optional>
#include <utility>
#include <vector>

struct City;
struct Road {
  std::shared_ptr<City> To;
  int Length;
};
struct City {
  std::vector<Road> Roads;
};

void bad_struct() {
  auto A = std::make_shared<City>();
  auto B = std::make_shared<City>();
  A->Roads.push_back({B, 1});  // expected-note {{'B' is kept by 'A->Roads' here}}
  B->Roads.push_back({A, 2});
  // expected-warning@-1 {{'B->Roads' keeps 'A' alive, which keeps it alive itself: neither is ever destroyed}}
}

void bad_variable() {
  auto A = std::make_shared<City>();
  auto B = std::make_shared<City>();
  Road Out{B, 1};
  A->Roads.push_back(Out);  // expected-note {{'B' is kept by 'A->Roads' here}}
  B->Roads.push_back(Road{A, 2});
  // expected-warning@-1 {{'B->Roads' keeps 'A' alive, which keeps it alive itself: neither is ever destroyed}}
}

void ok_one_way() {
  auto A = std::make_shared<City>();
  auto B = std::make_shared<City>();
  A->Roads.push_back({B, 1});
  B->Roads.push_back({nullptr, 2});
}

struct Host;
struct Link {
  std::shared_ptr<Host> To;
  int Cost;
};
struct Host {
  std::vector<Link> Links;
  void close() {
    for (Link &L : Links)
      L.To.reset();
  }
};

void ok_taken_out_of_elements() {
  auto A = std::make_shared<Host>();
  auto B = std::make_shared<Host>();
  A->Links.push_back({B, 1});
  B->Links.push_back({A, 2});
  A->close();
}

struct Person;
struct Knows {
  std::weak_ptr<Person> Who;
};
struct Person {
  std::vector<Knows> Friends;
};

void ok_weak_in_struct() {
  auto A = std::make_shared<Person>();
  auto B = std::make_shared<Person>();
  A->Friends.push_back({B});
  B->Friends.push_back({A});
}

struct Numbered {
  std::vector<std::pair<int, std::shared_ptr<Numbered>>> All;
};

void bad_pair() {
  auto A = std::make_shared<Numbered>();
  A->All.push_back({1, A});
  // expected-warning@-1 {{'A->All' keeps 'A' alive, which keeps it alive itself: neither is ever destroyed}}
}

struct Step {
  std::optional<std::shared_ptr<Step>> Next;
  void setNext(std::optional<std::shared_ptr<Step>> S) { Next = S; }
  // expected-note@-1 2 {{stored here, inside the callee}}
};

void bad_optional() {
  auto A = std::make_shared<Step>();
  auto B = std::make_shared<Step>();
  A->setNext(B);  // expected-note {{'B' is kept by 'A->Next' here}}
  B->setNext(A);
  // expected-warning@-1 {{'B->Next' keeps 'A' alive, which keeps it alive itself: neither is ever destroyed}}
}

struct Stage {
  std::optional<std::shared_ptr<Stage>> Next;
  void setNext(std::optional<std::shared_ptr<Stage>> S) { Next = S; }
  void close() { Next = std::nullopt; }
};

void ok_emptied() {
  auto A = std::make_shared<Stage>();
  auto B = std::make_shared<Stage>();
  A->setNext(B);
  B->setNext(A);
  A->close();
}

struct Turn {
  std::optional<std::shared_ptr<Turn>> Next;
  void setNext(std::optional<std::shared_ptr<Turn>> S) { Next = S; }
};

void ok_set_to_nothing() {
  auto A = std::make_shared<Turn>();
  auto B = std::make_shared<Turn>();
  A->setNext(B);
  B->setNext(A);
  A->setNext(std::nullopt);
}

// A part that is made with a reference to its owner, and asks that for a handle.

struct Panel;

struct Button {
  explicit Button(Panel &P);
  std::shared_ptr<Panel> Owner;
};

struct Panel : std::enable_shared_from_this<Panel> {
  void fn_made_from_this() { Part = std::make_unique<Button>(*this); }
  std::unique_ptr<Button> Part;
};

Button::Button(Panel &P) : Owner(P.shared_from_this()) {}
