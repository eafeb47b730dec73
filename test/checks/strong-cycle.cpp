// RUN: %lint borrow-strong-cycle

#include <functional>
#include <map>
#include <memory>
#include <utility>
#include <variant>
#include <vector>

struct Other;

struct Node {
  std::shared_ptr<Node> Next;
  std::weak_ptr<Node> Prev;
  std::vector<std::shared_ptr<Node>> Children;
  std::shared_ptr<Node> Parent;
  std::shared_ptr<Other> Friend;
};
struct Other {
  std::shared_ptr<Node> Back;
  std::weak_ptr<Node> Look;
};

bool more();

// Edges in one function.

void bad_self() {
  auto A = std::make_shared<Node>();
  A->Next = A;
  // expected-warning@-1 {{'A->Next' keeps 'A' alive, which keeps it alive itself: neither is ever destroyed}}
}

void bad_twoTypes() {
  auto A = std::make_shared<Node>();
  auto B = std::make_shared<Other>();
  A->Friend = B;  // expected-note {{'B' is kept by 'A->Friend' here}}
  B->Back = A;
  // expected-warning@-1 {{'B->Back' keeps 'A' alive, which keeps it alive itself: neither is ever destroyed}}
}

void ok_twoTypes() {
  auto A = std::make_shared<Node>();
  auto B = std::make_shared<Other>();
  A->Friend = B;
  B->Look = A;
}

void ok_list() {
  auto A = std::make_shared<Node>();
  auto B = std::make_shared<Node>();
  A->Next = B;
  B->Prev = A;
}

void bad_children(const std::shared_ptr<Node> &P) {
  auto C = std::make_shared<Node>();
  C->Parent = P;  // expected-note {{'P' is kept by 'C->Parent' here}}
  P->Children.push_back(C);
  // expected-warning@-1 {{'P->Children' keeps 'C' alive, which keeps it alive itself: neither is ever destroyed}}
}

void ok_children(const std::shared_ptr<Node> &P) {
  auto C = std::make_shared<Node>();
  C->Prev = P;
  P->Children.push_back(C);
}

void bad_moved(const std::shared_ptr<Node> &P) {
  auto C = std::make_shared<Node>();
  C->Parent = P;  // expected-note {{'P' is kept by 'C->Parent' here}}
  P->Children.push_back(std::move(C));
  // expected-warning@-1 {{'P->Children' keeps 'C' alive, which keeps it alive itself: neither is ever destroyed}}
}

// Paths.

void ok_branches(bool First, std::shared_ptr<Node> A,
                 std::shared_ptr<Other> B) {
  if (First)
    A->Friend = B;
  else
    B->Back = A;
}

void ok_sameCondition(bool First, std::shared_ptr<Node> A,
                      std::shared_ptr<Other> B) {
  if (First)
    A->Friend = B;
  more();
  if (!First)
    B->Back = A;
}

void bad_join(bool First, std::shared_ptr<Node> A, std::shared_ptr<Other> B) {
  if (First)
    A->Friend = B;  // expected-note {{'B' is kept by 'A->Friend' here}}
  B->Back = A;
  // expected-warning@-1 {{'B->Back' keeps 'A' alive, which keeps it alive itself: neither is ever destroyed}}
}

void ok_earlyReturn(std::shared_ptr<Node> A, std::shared_ptr<Other> B) {
  if (more()) {
    A->Friend = B;
    return;
  }
  B->Back = A;
}

void ok_loop(std::shared_ptr<Node> A) {
  for (int I = 0; I < 3; ++I) {
    auto B = std::make_shared<Node>();
    A->Next = B;
    A = B;
  }
}

void ok_reassigned(std::shared_ptr<Node> A, std::shared_ptr<Other> B) {
  A->Friend = B;
  B = std::make_shared<Other>();
  B->Back = A;
}

void ok_shadowed(std::shared_ptr<Node> A, std::shared_ptr<Other> B) {
  A->Friend = B;
  {
    auto B = std::make_shared<Other>();
    B->Back = A;
  }
}

void bad_exception(std::shared_ptr<Node> A, std::shared_ptr<Other> B) {
  try {
    A->Friend = B;  // expected-note {{'B' is kept by 'A->Friend' here}}
    more();
  } catch (...) {
  }
  B->Back = A;
  // expected-warning@-1 {{'B->Back' keeps 'A' alive, which keeps it alive itself: neither is ever destroyed}}
}

// Callees.

class Form;
class Field {
public:
  void attach(const std::shared_ptr<Form> &F) { Owner = F; }
  // expected-note@-1 {{stored here, inside the callee}}
  void look(const std::shared_ptr<Form> &F) { Seen = F; }

private:
  std::shared_ptr<Form> Owner;
  std::weak_ptr<Form> Seen;
};

class Form : public std::enable_shared_from_this<Form> {
public:
  void bad_add() {
    auto F = std::make_shared<Field>();
    F->attach(shared_from_this());  // expected-note {{'this' is kept by 'F->Owner' here}}
    Fields.push_back(F);
    // expected-warning@-1 {{'Fields' keeps 'F' alive, which keeps it alive itself: neither is ever destroyed}}
  }
  void ok_add() {
    auto F = std::make_shared<Field>();
    F->look(shared_from_this());
    Fields.push_back(F);
  }

private:
  std::vector<std::shared_ptr<Field>> Fields;
};

struct Hub;
struct Port {
  explicit Port(std::shared_ptr<Hub> H) : Of(std::move(H)) {}
  // expected-note@-1 {{stored here, inside the callee}}
  std::shared_ptr<Hub> Of;
};
struct WeakPort {
  explicit WeakPort(std::shared_ptr<Hub> H) : Of(H) {}
  std::weak_ptr<Hub> Of;
};
struct Hub : std::enable_shared_from_this<Hub> {
  std::shared_ptr<Port> Main;
  std::vector<std::shared_ptr<WeakPort>> Ports;
  void bad_open() {
    Main = std::make_shared<Port>(shared_from_this());
    // expected-warning@-1 {{'Main' keeps the object alive, which keeps it alive itself: neither is ever destroyed}}
    // expected-note@-2 {{'this' is kept by its storage here}}
  }
  void ok_open() {
    Ports.push_back(std::make_shared<WeakPort>(shared_from_this()));
  }
};

// Closures.

class Button {
public:
  void onClick(std::function<void()> F) { Click = std::move(F); }
  // expected-note@-1 {{stored here, inside the callee}}

private:
  std::function<void()> Click;
};

class Dialog : public std::enable_shared_from_this<Dialog> {
public:
  void bad_member() {
    Close = [Self = shared_from_this()] { Self->hide(); };
    // expected-warning@-1 {{'Close' keeps 'this' alive, which keeps it alive itself: neither is ever destroyed}}
  }
  void ok_member() {
    Close = [Weak = weak_from_this()] {
      if (auto Self = Weak.lock())
        Self->hide();
    };
  }
  void ok_this() {
    Close = [this] { hide(); };
  }
  void bad_button() {
    auto Self = shared_from_this();
    Ok->onClick([Self] { Self->hide(); });
    // expected-warning@-1 {{'Ok->Click' keeps 'this' alive, which keeps it alive itself: neither is ever destroyed}}
  }
  void bad_list() {
    Handlers.push_back([Self = shared_from_this()] { Self->hide(); });
    // expected-warning@-1 {{'Handlers' keeps 'this' alive, which keeps it alive itself: neither is ever destroyed}}
  }
  void bad_map() {
    Named["x"] = [Self = shared_from_this()] { Self->hide(); };
    // expected-warning@-1 {{'Named' keeps 'this' alive, which keeps it alive itself: neither is ever destroyed}}
  }
  void ok_task() {
    Tasks.push_back([Self = shared_from_this()] { Self->hide(); });
  }
  void run() {
    auto Task = std::move(Tasks.back());
    Tasks.pop_back();
    Task();
  }
  void ok_once() {
    Once = [Self = shared_from_this()] { Self->hide(); };
  }
  void done() { Once = nullptr; }
  void hide();

private:
  std::function<void()> Close, Once;
  std::shared_ptr<Button> Ok;
  std::vector<std::function<void()>> Handlers, Tasks;
  std::map<const char *, std::function<void()>> Named;
};

void bad_recursive() {
  auto Step = std::make_shared<std::function<void()>>();
  *Step = [Step] { (*Step)(); };
  // expected-warning@-1 {{'*Step' keeps 'Step' alive, which keeps it alive itself: neither is ever destroyed}}
}

void ok_recursive() {
  auto Step = std::make_shared<std::function<void()>>();
  *Step = [Weak = std::weak_ptr<std::function<void()>>(Step)] {
    if (auto Next = Weak.lock())
      (*Next)();
  };
}

void ok_recursiveCleared() {
  auto Step = std::make_shared<std::function<void()>>();
  *Step = [Step] { (*Step)(); };
  *Step = nullptr;
}

// Who opens the cycle again.

struct Peer {
  std::shared_ptr<Peer> To;
  ~Peer() { To.reset(); }
};
void bad_ownDestructor() {
  auto A = std::make_shared<Peer>();
  A->To = A;
  // expected-warning@-1 {{'A->To' keeps 'A' alive, which keeps it alive itself: neither is ever destroyed}}
}

struct Link {
  std::shared_ptr<Link> To;
};
class Ring {
public:
  Ring() {
    First = std::make_shared<Link>();
    First->To = First;
  }
  ~Ring() { First->To.reset(); }

private:
  std::shared_ptr<Link> First;
};

// Templates and macros.

template <typename T> void bad_template(std::shared_ptr<T> A) {
  A->Parent = A;
  // expected-warning@-1 {{'A->Parent' keeps 'A' alive, which keeps it alive itself: neither is ever destroyed}}
}
template void bad_template(std::shared_ptr<Node>);

#define LINK(A, B) (A)->Parent = (B)  // expected-note {{expanded from macro 'LINK'}}
void bad_macro(std::shared_ptr<Node> A) {
  LINK(A, A);
  // expected-warning@-1 {{'A->Parent' keeps 'A' alive, which keeps it alive itself: neither is ever destroyed}}
}

// A ring that is closed where a walk along it has ended.

void bad_walk(std::shared_ptr<Node> A) {
  auto Last = A;
  while (Last->Next)
    Last = Last->Next;  // expected-note {{'Last' refers to 'Last->Next' here}}
  Last->Next = A;
  // expected-warning@-1 {{'Last->Next' keeps 'A' alive, which keeps it alive itself: neither is ever destroyed}}
}

void bad_rawWalk(std::shared_ptr<Node> A) {
  Node *Last = A.get();
  while (Last->Next)
    Last = Last->Next.get();  // expected-note {{'Last' refers to 'Last->Next' here}}
  Last->Next = A;
  // expected-warning@-1 {{'Last->Next' keeps 'A' alive, which keeps it alive itself: neither is ever destroyed}}
}

void bad_grown(int N) {
  auto First = std::make_shared<Node>();
  auto Last = First;
  for (int I = 1; I < N; ++I) {
    Last->Next = std::make_shared<Node>();
    Last = Last->Next;  // expected-note {{'Last' refers to 'Last->Next' here}}
  }
  Last->Next = First;
  // expected-warning@-1 {{'Last->Next' keeps 'First' alive, which keeps it alive itself: neither is ever destroyed}}
}

void bad_twoSteps(std::shared_ptr<Node> A) {
  auto Last = A;
  for (auto Next = Last->Next; Next; Next = Last->Next)
    Last = Next;  // expected-note {{'Last' refers to 'Next' here}}
  Last->Next = A;
  // expected-warning@-1 {{'Last->Next' keeps 'A' alive, which keeps it alive itself: neither is ever destroyed}}
}

void ok_weakWalk(std::shared_ptr<Node> A) {
  auto Last = A;
  while (Last->Next)
    Last = Last->Next;
  Last->Prev = A;
}

void ok_appended(std::shared_ptr<Node> A) {
  auto Last = A;
  while (Last->Next)
    Last = Last->Next;
  Last->Next = std::make_shared<Node>();
}

void ok_reversed(std::shared_ptr<Node> A) {
  std::shared_ptr<Node> Done;
  while (A) {
    auto Next = A->Next;
    A->Next = Done;
    Done = A;
    A = Next;
  }
}

struct Stack {
  std::shared_ptr<Node> Top;
  void ok_rotated() {
    auto First = Top;
    Top = Top->Next;
    auto Last = Top;
    while (Last->Next)
      Last = Last->Next;
    First->Next = std::make_shared<Node>();
    Last->Next = First;
  }
  void ok_movedToFront(std::shared_ptr<Node> Wanted) {
    std::shared_ptr<Node> Before;
    auto At = Top;
    while (At && At != Wanted) {
      Before = At;
      At = At->Next;
    }
    Before->Next = At->Next;
    At->Next = Top;
    Top = At;
  }
  void take(const std::shared_ptr<Node> &N);
  void ok_takenOut() {
    auto At = Top;
    while (At->Next)
      At = At->Next;
    take(At);
    At->Next = Top;
  }
};

// A setter that is called with nothing.

struct Pool;
struct Client : std::enable_shared_from_this<Client> {
  std::shared_ptr<Pool> P;
  void bad_start();
  void ok_start();
  void stop();
};
struct Pool {
  void set(std::shared_ptr<Client> C) { Kept = C; }
  // expected-note@-1 {{stored here, inside the callee}}
  void setMoved(std::shared_ptr<Client> C) { Opened = std::move(C); }
  std::shared_ptr<Client> Kept, Opened;
};
void Client::bad_start() {
  P->set(shared_from_this());
  // expected-warning@-1 {{'P->Kept' keeps 'this' alive, which keeps it alive itself: neither is ever destroyed}}
}
void Client::ok_start() { P->setMoved(shared_from_this()); }
void Client::stop() { P->setMoved(nullptr); }

// What a callee closes is reported there alone.

void ok_caller() {
  auto D = std::make_shared<Dialog>();
  D->bad_member();
  D->bad_button();
}

void linkBoth(const std::shared_ptr<Node> &A, const std::shared_ptr<Node> &B,
              const std::shared_ptr<Node> &C, const std::shared_ptr<Node> &D) {
  A->Parent = B;  // expected-note {{stored here, inside the callee}}
  C->Parent = D;  // expected-note {{stored here, inside the callee}}
}
void bad_oneCallee() {
  auto A = std::make_shared<Node>();
  auto B = std::make_shared<Node>();
  linkBoth(A, B, B, A);
  // expected-warning@-1 {{'B->Parent' keeps 'A' alive, which keeps it alive itself: neither is ever destroyed}}
  // expected-note@-2 {{'B' is kept by 'A->Parent' here}}
}
void ok_oneCallee() {
  auto A = std::make_shared<Node>();
  auto B = std::make_shared<Node>();
  auto C = std::make_shared<Node>();
  linkBoth(A, B, B, C);
}

// A handle of the project's own, known by its counting.

template <typename T> class Counted {
  struct Block {
    T Value;
    int Count;
  };
  Block *B = nullptr;
  void drop() {
    if (B && --B->Count == 0)
      delete B;
  }

public:
  Counted() = default;
  explicit Counted(Block *Fresh) : B(Fresh) {}
  Counted(const Counted &O) : B(O.B) {
    if (B)
      ++B->Count;
  }
  Counted &operator=(const Counted &O);
  ~Counted() { drop(); }
  static Counted make() { return Counted(new Block{T(), 1}); }
  T *operator->() const { return &B->Value; }
};

/// Copies what it points to.
template <typename T> class Deep {
  T *P = nullptr;
  static int Alive;

public:
  Deep() = default;
  Deep(const Deep &O) : P(new T(*O.P)) { ++Alive; }
  Deep &operator=(const Deep &O);
  ~Deep() {
    --Alive;
    delete P;
  }
  T *operator->() const { return P; }
};

struct Page {
  Counted<Page> Next;
  Deep<Page> Copy;
};

void bad_counted() {
  auto A = Counted<Page>::make();
  auto B = Counted<Page>::make();
  A->Next = B;  // expected-note {{'B' is kept by 'A->Next' here}}
  B->Next = A;
  // expected-warning@-1 {{'B->Next' keeps 'A' alive, which keeps it alive itself: neither is ever destroyed}}
}

void ok_deep(Deep<Page> A, Deep<Page> B) {
  A->Copy = B;
  B->Copy = A;
}

// Handles in what a container holds.

struct Block {
  std::vector<std::variant<int, std::shared_ptr<Block>>> Items;
  std::vector<std::pair<int, std::shared_ptr<Block>>> Numbered;
  std::shared_ptr<Block> Outer;
  std::weak_ptr<Block> Around;
};
void bad_variant(const std::shared_ptr<Block> &Outer) {
  auto Inner = std::make_shared<Block>();
  Outer->Items.emplace_back(Inner);  // expected-note {{'Inner' is kept by 'Outer->Items' here}}
  Inner->Outer = Outer;
  // expected-warning@-1 {{'Inner->Outer' keeps 'Outer' alive, which keeps it alive itself: neither is ever destroyed}}
}
void bad_pair(const std::shared_ptr<Block> &Outer) {
  auto Inner = std::make_shared<Block>();
  Outer->Numbered.emplace_back(1, Inner);
  // expected-note@-1 {{'Inner' is kept by 'Outer->Numbered' here}}
  Inner->Outer = Outer;
  // expected-warning@-1 {{'Inner->Outer' keeps 'Outer' alive, which keeps it alive itself: neither is ever destroyed}}
}
void ok_variant(const std::shared_ptr<Block> &Outer) {
  auto Inner = std::make_shared<Block>();
  Outer->Items.emplace_back(Inner);
  Inner->Around = Outer;
}
void ok_number(const std::shared_ptr<Block> &Outer) {
  auto Inner = std::make_shared<Block>();
  Outer->Items.emplace_back(1);
  Inner->Outer = Outer;
}

// A reference to itself, which only crashes when it runs.
void ok_own_reference() {
  std::shared_ptr<Page> &Self = Self;
  Self.reset();
}
