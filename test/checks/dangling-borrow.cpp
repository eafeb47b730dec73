// RUN: %lint borrow-dangling-borrow

#include <atomic>
#include <cell.h>
#include <folly/Synchronized.h>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

using app::RefCell;
using Cell = RefCell<std::vector<int>>;
using List = folly::Synchronized<std::vector<int>>;

struct Node {
  int Value = 0;
  std::string Name;
  std::shared_ptr<Node> Next;
  Node *Raw = nullptr;
  const std::string &name() const { return Name; }
  std::string copied() const { return Name; }
  static Node &root();
  Node &elsewhere() const { return root(); }
  const std::string &unseen() const;
};
using Weak = std::weak_ptr<Node>;
using Cells = RefCell<Node>;

void use(int);
void use(const Node *);
void use(std::string_view);
void compare(bool);

// A temporary guard.

int bad_reference(Cell &C) {
  auto &V = *C.borrow_mut();
  // expected-warning@-1 {{'V' outlives the temporary that it was read from}}
  V.push_back(1);  // expected-note {{used here}}
  return V.size();
}

int ok_reference(Cell &C) {
  auto G = C.borrow_mut();
  auto &V = *G;
  V.push_back(1);
  return V.size();
}

int ok_copy(Cell &C) {
  auto V = *C.borrow();
  return V.size();
}

int ok_full_expression(Cell &C) { return C.borrow()->front() + C.borrow()->size(); }

int ok_extended(Cell &C) {
  auto &&G = C.borrow();
  auto &V = *G;
  return V.size();
}

int ok_by_value(Cells &C) {
  const std::string &Name = C.borrow()->copied();
  return Name.size();
}

int bad_element(Cell &C) {
  int &First = C.borrow_mut()->front();
  // expected-warning@-1 {{'First' outlives the temporary that it was read from}}
  return ++First;  // expected-note {{used here}}
}

int bad_subscript(List &L) {
  const int *P = &(*L.rlock())[0];
  // expected-warning@-1 {{'P' outlives the temporary that it was read from}}
  return *P;  // expected-note {{used here}}
}

int ok_pointer_read(Cells &C) {
  Node *P = C.borrow()->Raw;
  Node &N = *C.borrow()->Next;
  return P->Value + N.Value;
}

int bad_accessor(Cells &C) {
  const std::string &Name = C.borrow()->name();
  // expected-warning@-1 {{'Name' outlives the temporary that it was read from}}
  return Name.size();  // expected-note {{used here}}
}

int ok_other_object(Cells &C) {
  Node &N = C.borrow()->elsewhere();
  return N.Value;
}

// Without its body the accessor may return anything.
int fn_unseen_accessor(Cells &C) {
  const std::string &Name = C.borrow()->unseen();
  return Name.size();
}

void bad_view(Cells &C) {
  std::string_view V = C.borrow()->Name;
  // expected-warning@-1 {{'V' outlives the temporary that it was read from}}
  use(V);  // expected-note {{used here}}
}

void ok_view(Cells &C) {
  std::string V = C.borrow()->Name;
  use(V);
}

int bad_iterator(Cell &C) {
  auto It = C.borrow()->begin();
  // expected-warning@-1 {{'It' outlives the temporary that it was read from}}
  return *It;  // expected-note {{used here}}
}

int ok_iterator(Cell &C) {
  auto G = C.borrow();
  auto It = G->begin();
  return *It;
}

int bad_binding(RefCell<std::pair<int, int>> &C) {
  auto &[A, B] = *C.borrow_mut();
  // expected-warning@-1 {{this binding outlives the temporary that it was read from}}
  return A + B;  // expected-note {{used here}}
}

int ok_binding(RefCell<std::pair<int, int>> &C) {
  auto [A, B] = *C.borrow_mut();
  return A + B;
}

int bad_range_for(Cell &C) {
  int Sum = 0;
  for (int I : *C.borrow())
  // expected-warning@-1 {{the range of this loop outlives the temporary that it was read from}}
  // expected-note@-2 {{used here}}
    Sum += I;
  return Sum;
}

int ok_range_for(Cell &C) {
  int Sum = 0;
  auto G = C.borrow();
  for (int I : *G)
    Sum += I;
  return Sum;
}

void ok_unused(Cell &C) {
  auto &V = *C.borrow();
  (void)V;
}

// An upgraded handle.

int bad_get(const Weak &W) {
  Node *P = W.lock().get();
  // expected-warning@-1 {{'P' outlives the temporary that it was read from}}
  return P ? P->Value : 0;  // expected-note {{used here}}
}

int ok_get(const Weak &W) {
  auto S = W.lock();
  Node *P = S.get();
  return P ? P->Value : 0;
}

void ok_identity(const Weak &W, const Node *Other) {
  const Node *P = W.lock().get();
  compare(P == Other);
}

int bad_upgraded_name(const Weak &W) {
  const std::string &Name = W.lock()->name();
  // expected-warning@-1 {{'Name' outlives the temporary that it was read from}}
  return Name.size();  // expected-note {{used here}}
}

int ok_upgraded_name(const Weak &W) {
  std::string Name = W.lock()->name();
  return Name.size();
}

int bad_upgrade_in_branch(const Weak &W) {
  Node *P = nullptr;
  if (auto S = W.lock())  // expected-note {{'S' ends with its scope}}
    P = S.get();  // expected-warning {{'P' outlives 'S', which it was read from}}
  return P ? P->Value : 0;  // expected-note {{used here}}
}

int ok_upgrade_in_branch(const Weak &W) {
  if (auto S = W.lock()) {
    Node *P = S.get();
    return P->Value;
  }
  return 0;
}

// Scopes and releases.

int bad_inner_scope(Cell &C) {
  const int *P = nullptr;
  {
    auto G = C.borrow();  // expected-note {{'G' ends with its scope}}
    P = &G->front();  // expected-warning {{'P' outlives 'G', which it was read from}}
  }
  return *P;  // expected-note {{used here}}
}

int ok_inner_scope(Cell &C) {
  const int *P = nullptr;
  {
    auto G = C.borrow();
    P = &G->front();
    use(*P);
  }
  P = nullptr;
  return P == nullptr;
}

int bad_released(Cell &C) {
  auto G = C.borrow_mut();
  auto &V = *G;  // expected-note {{read here}}
  app::drop(std::move(G));
  return V.size();
  // expected-warning@-1 {{'V' is used after 'G', which it was read from, was released}}
}

int ok_released(Cell &C) {
  auto G = C.borrow_mut();
  auto &V = *G;
  int N = V.size();
  app::drop(std::move(G));
  return N;
}

int bad_unlocked(List &L) {
  auto G = L.wlock();
  auto &V = *G;  // expected-note {{read here}}
  G.unlock();
  return V.size();
  // expected-warning@-1 {{'V' is used after 'G', which it was read from, was released}}
}

int ok_moved(Cell &C) {
  auto G = C.borrow_mut();
  auto &V = *G;
  auto H = std::move(G);
  return V.size();
}

int bad_loop(Cell &C, int N) {
  const int *Best = nullptr;
  while (N-- > 0) {
    auto G = C.borrow();  // expected-note {{'G' ends with its scope}}
    if (Best)
      use(*Best);  // expected-note {{used here}}
    Best = &G->front();  // expected-warning {{'Best' outlives 'G', which it was read from}}
  }
  return 0;
}

int ok_loop(Cell &C, int N) {
  auto G = C.borrow();
  const int *Best = nullptr;
  while (N-- > 0) {
    if (Best)
      use(*Best);
    Best = &G->front();
  }
  return 0;
}

int bad_join(Cell &C, const int *P, bool B) {
  if (B)
    P = C.borrow()->data();
    // expected-warning@-1 {{'P' outlives the temporary that it was read from}}
  return *P;  // expected-note {{used here}}
}

int ok_join(Cell &C, const int *P, bool B) {
  if (B)
    use(*C.borrow()->data());
  return *P;
}

int ok_same_condition(Cell &C, const int *P, bool B) {
  if (B)
    P = C.borrow()->data();
  if (!B)
    return *P;
  return 0;
}

// What leaves the function.

int &bad_return(Cell &C) {
  return C.borrow_mut()->front();
  // expected-warning@-1 {{what is returned here outlives the temporary that it was read from}}
}

int ok_return(Cell &C) {
  return C.borrow_mut()->front();
}

const int *bad_return_local(List &L) {
  auto G = L.rlock();  // expected-note {{'G' ends with its scope}}
  return &G->front();
  // expected-warning@-1 {{what is returned here outlives 'G', which it was read from}}
}

int *ok_return_of_parameter(app::RefMut<std::vector<int>> &G) {
  return &G->front();
}

std::string_view bad_return_through(Cells &C) {
  auto G = C.borrow();  // expected-note {{'G' ends with its scope}}
  std::string_view V = G->Name;
  return V;  // expected-warning {{what is returned here outlives 'G', which it was read from}}
}

void bad_out_parameter(Cell &C, const int *&Out) {
  auto G = C.borrow();  // expected-note {{'G' ends with its scope}}
  Out = G->data();  // expected-warning {{'Out' outlives 'G', which it was read from}}
}

void ok_out_parameter(Cell &C, int &Out) {
  auto G = C.borrow();
  Out = G->front();
}

class Cache {
  Cell &C;
  const int *First = nullptr;

public:
  explicit Cache(Cell &C) : C(C) {}
  void bad_member() {
    auto G = C.borrow();  // expected-note {{'G' ends with its scope}}
    First = &G->front();  // expected-warning {{'First' outlives 'G', which it was read from}}
  }
  void ok_member() {
    auto G = C.borrow();
    First = &G->front();
    use(*First);
    First = nullptr;
  }
};

class Pinned {
  const std::vector<int> &V;

public:
  explicit Pinned(Cell &C) : V(*C.borrow()) {}
  // expected-warning@-1 {{'V' outlives the temporary that it was read from}}
  int size() const { return V.size(); }
};

void bad_collected(Cells &C) {
  std::vector<std::string_view> Names;
  {
    auto G = C.borrow();  // expected-note {{'G' ends with its scope}}
    Names.push_back(G->Name);  // expected-warning {{'Names' outlives 'G', which it was read from}}
  }
  use(Names.front());  // expected-note {{used here}}
}

void ok_collected(Cells &C) {
  std::vector<std::string> Names;
  {
    auto G = C.borrow();
    Names.push_back(G->Name);
  }
  use(Names.front());
}

// Closures that are lent the data.

int bad_lent(const List &L) {
  const int *P = nullptr;
  L.withRLock([&](const std::vector<int> &V) { P = &V.front(); });
  // expected-warning@-1 {{'P' outlives the call that lent it}}
  return *P;  // expected-note {{used here}}
}

int ok_lent(const List &L) {
  int P = 0;
  L.withRLock([&](const std::vector<int> &V) { P = V.front(); });
  return P;
}

// A member that leaves its lock.

class Songs {
  mutable std::mutex M;
  std::recursive_mutex R;
  std::vector<std::string> All;
  std::map<int, std::string> ById;
  std::vector<std::string> Fixed;
  const std::string Owner;
  std::unique_ptr<Node> Root;
  std::map<int, std::atomic<int>> Counts;

public:
  void add(std::string S) {
    std::lock_guard<std::mutex> L(M);
    All.push_back(S);
  }
  void rename(int I, std::string S) {
    std::lock_guard<std::mutex> L(M);
    ById.emplace(I, S);
  }
  const std::vector<std::string> &bad_all() const {
    std::lock_guard<std::mutex> L(M);  // expected-note {{locked here}}
    return All;  // expected-warning {{a reference to 'All' outlives the lock 'L' on 'M'}}
  }
  std::vector<std::string> ok_all() const {
    std::lock_guard<std::mutex> L(M);
    return All;
  }
  const std::string *bad_first() const {
    std::lock_guard<std::mutex> L(M);  // expected-note {{locked here}}
    if (All.empty())
      return nullptr;
    return &All.front();  // expected-warning {{a reference to 'All' outlives the lock 'L' on 'M'}}
  }
  const std::map<int, std::string> &bad_map() const {
    std::lock_guard<std::mutex> L(M);  // expected-note {{locked here}}
    return ById;  // expected-warning {{a reference to 'ById' outlives the lock 'L' on 'M'}}
  }
  /// Nodes of a map stay where they are.
  const std::string &ok_map_element(int I) const {
    std::lock_guard<std::mutex> L(M);
    return ById.at(I);
  }
  const std::vector<std::string> &ok_never_changed() const {
    std::lock_guard<std::mutex> L(M);
    return Fixed;
  }
  const std::string &ok_constant() const {
    std::lock_guard<std::mutex> L(M);
    return Owner;
  }
  void forget() {
    std::lock_guard<std::mutex> L(M);
    Counts.clear();
  }
  std::atomic<int> &ok_atomic(int I) {
    std::lock_guard<std::mutex> L(M);
    return Counts[I];
  }
  Node &ok_pointee() {
    std::lock_guard<std::mutex> L(M);
    return *Root;
  }
  std::vector<std::string> &ok_recursive() {
    std::lock_guard<std::recursive_mutex> L(R);
    return All;
  }
  std::vector<std::string> &ok_unlocked() { return All; }
  const std::string &bad_unlocked_before() const {
    std::unique_lock<std::mutex> L(M);  // expected-note {{locked here}}
    const std::string &First = All.front();
    L.unlock();
    return First;  // expected-warning {{a reference to 'All' outlives the lock 'L' on 'M'}}
  }
  std::string ok_copied_before() const {
    std::unique_lock<std::mutex> L(M);
    std::string First = All.front();
    L.unlock();
    return First;
  }
  bool bad_out_parameter(const std::string *&Out) const {
    std::lock_guard<std::mutex> L(M);  // expected-note {{locked here}}
    if (All.empty())
      return false;
    Out = &All.front();  // expected-warning {{a reference to 'All' outlives the lock 'L' on 'M'}}
    return true;
  }
  void bad_out_pointer(std::string_view *Out) const {
    std::lock_guard<std::mutex> L(M);  // expected-note {{locked here}}
    *Out = All.front();  // expected-warning {{a reference to 'All' outlives the lock 'L' on 'M'}}
  }
  void bad_out_list(std::vector<std::string_view> &Out) const {
    std::lock_guard<std::mutex> L(M);  // expected-note {{locked here}}
    Out.push_back(All.front());
    // expected-warning@-1 {{a reference to 'All' outlives the lock 'L' on 'M'}}
  }
  bool ok_out_copy(std::string &Out) const {
    std::lock_guard<std::mutex> L(M);
    if (All.empty())
      return false;
    Out = All.front();
    return true;
  }
  void ok_out_fixed(const std::string *&Out) const {
    std::lock_guard<std::mutex> L(M);
    Out = &Fixed.front();
  }
};

// Templates, macros, lambdas.

template <class T> int bad_template(RefCell<T> &C) {
  auto &V = *C.borrow();  // expected-warning {{'V' outlives the temporary that it was read from}}
  return V.size();  // expected-note {{used here}}
}
int instantiate(Cell &C) { return bad_template(C); }

#define CONTENT(C) (*(C).borrow())
int bad_macro(Cell &C) {
  auto &V = CONTENT(C);  // expected-warning {{'V' outlives the temporary that it was read from}}
  return V.size();  // expected-note {{used here}}
}

void bad_lambda(Cell &C) {
  auto F = [&C] {
    auto &V = *C.borrow();  // expected-warning {{'V' outlives the temporary that it was read from}}
    return V.size();  // expected-note {{used here}}
  };
  use(F());
}

int bad_shadowed(Cell &C) {
  auto G = C.borrow();
  const int *P = nullptr;
  {
    auto G = C.borrow();  // expected-note {{'G' ends with its scope}}
    P = G->data();  // expected-warning {{'P' outlives 'G', which it was read from}}
  }
  return *P;  // expected-note {{used here}}
}

int bad_thrown(Cell &C) {
  const int *P = nullptr;
  try {
    auto G = C.borrow();  // expected-note {{'G' ends with its scope}}
    P = G->data();  // expected-warning {{'P' outlives 'G', which it was read from}}
    use(*P);
  } catch (int) {
    return 0;
  }
  return *P;  // expected-note {{used here}}
}

// A class of the project's own that lends what it guards to a closure.

template <class T> class Monitor {
public:
  template <class F> decltype(auto) with(F &&Use) {
    std::lock_guard<std::mutex> Lock(M);
    return std::forward<F>(Use)(Value);
  }
  template <class F> decltype(auto) without(F &&Use) {
    return std::forward<F>(Use)(Value);
  }

private:
  std::mutex M;
  T Value;
};

int bad_kept_of_monitor(Monitor<std::vector<int>> &M) {
  int *First = nullptr;
  M.with([&](std::vector<int> &V) {
    if (!V.empty())
      First = &V.front();  // expected-warning {{'First' outlives the call that lent it}}
  });
  return First ? *First : 0;  // expected-note {{used here}}
}

int ok_copied_of_monitor(Monitor<std::vector<int>> &M) {
  int First = 0;
  M.with([&](std::vector<int> &V) {
    if (!V.empty())
      First = V.front();
  });
  return First;
}

int ok_no_lock(Monitor<std::vector<int>> &M) {
  int *First = nullptr;
  M.without([&](std::vector<int> &V) { First = &V.front(); });
  return *First;
}

const int &bad_result_of_monitor(Monitor<std::vector<int>> &M) {
  return M.with([](std::vector<int> &V) -> const int & { return V.back(); });
  // expected-warning@-1 {{what is returned here outlives the call that lent it}}
}

int ok_result_of_monitor(Monitor<std::vector<int>> &M) {
  return M.with([](std::vector<int> &V) { return V.back(); });
}

const int &ok_result_without_lock(Monitor<std::vector<int>> &M) {
  return M.without([](std::vector<int> &V) -> const int & { return V.back(); });
}

// Borrows in optionals, pairs and plain structs.

struct Names {
  std::string_view First;
  const std::string *Second;
  int Count;
};

Names bad_struct(const Cells &C) {
  auto G = C.borrow();  // expected-note {{'G' ends with its scope}}
  return {G->Name, nullptr, 1};
  // expected-warning@-1 {{what is returned here outlives 'G', which it was read from}}
}

Names bad_struct_variable(const Cells &C) {
  Names N{};
  {
    auto G = C.borrow();  // expected-note {{'G' ends with its scope}}
    N = Names{"", &G->Name, 1};  // expected-warning {{'N' outlives 'G', which it was read from}}
  }
  return N;  // expected-note {{used here}}
}

int bad_struct_member(const Cells &C) {
  Names N{C.borrow()->Name, nullptr, 1};
  // expected-warning@-1 {{'N' outlives the temporary that it was read from}}
  use(N.First);  // expected-note {{used here}}
  return N.Count;
}

int ok_struct_value(const Cells &C) {
  Names N{C.borrow()->Name, nullptr, C.borrow()->Value};
  return N.Count;
}

Names ok_struct(const Cells &C) {
  auto G = C.borrow();
  return {"", nullptr, G->Value};
}

// What is read under a lock and used without it.

class Jobs {
  std::mutex M;
  std::vector<std::string> All;
  std::vector<std::string> Fixed;
  std::map<int, std::string> ById;

public:
  void add(std::string S) {
    std::lock_guard<std::mutex> L(M);
    All.push_back(S);
    ById.emplace(1, S);
  }
  void bad_pointer() {
    const std::string *Last = nullptr;
    {
      std::lock_guard<std::mutex> L(M);  // expected-note {{'L' ends with its scope}}
      if (!All.empty())
        Last = &All.back();
        // expected-warning@-1 {{'Last' outlives the lock on 'M', under which it was read}}
    }
    if (Last)
      use(*Last);  // expected-note {{used here}}
  }
  void ok_inside() {
    std::lock_guard<std::mutex> L(M);
    const std::string &Last = All.back();
    use(Last);
  }
  void ok_copied() {
    std::string Last;
    {
      std::lock_guard<std::mutex> L(M);
      Last = All.back();
    }
    use(Last);
  }
  void bad_unlocked() {
    std::unique_lock<std::mutex> L(M);
    const std::string &Last = All.back();  // expected-note {{read here}}
    L.unlock();
    use(Last);
    // expected-warning@-1 {{'Last' is used after the lock on 'M', under which it was read, was released}}
  }
  void ok_locked_again() {
    std::unique_lock<std::mutex> L(M);
    const std::string &Last = All.back();
    L.unlock();
    L.lock();
    use(Last);
  }
  void bad_by_hand() {
    M.lock();
    const std::string &Last = All.back();  // expected-note {{read here}}
    M.unlock();
    use(Last);
    // expected-warning@-1 {{'Last' is used after the lock on 'M', under which it was read, was released}}
  }
  void ok_by_hand() {
    M.lock();
    const std::string &Last = All.back();
    use(Last);
    M.unlock();
  }
  void ok_fixed() {
    const std::string *Last = nullptr;
    {
      std::lock_guard<std::mutex> L(M);
      Last = &Fixed.back();
    }
    use(*Last);
  }
  void ok_node() {
    const std::string *Last = nullptr;
    {
      std::lock_guard<std::mutex> L(M);
      Last = &ById.at(1);
    }
    use(*Last);
  }
  std::vector<const std::string *> bad_list() {
    std::vector<const std::string *> Found;
    std::lock_guard<std::mutex> L(M);  // expected-note {{'L' ends with its scope}}
    for (const std::string &S : All)
      Found.push_back(&S);
    return Found;
    // expected-warning@-1 {{what is returned here outlives the lock on 'M', under which it was read}}
  }
  void ok_only_compared() {
    const std::string *Last = nullptr;
    {
      std::lock_guard<std::mutex> L(M);
      Last = &All.back();
    }
    compare(Last != nullptr);
  }
};

// A view that is made on the way to what is returned.

using Titles = RefCell<std::map<int, std::string>>;

std::optional<std::string_view> bad_explicit_view(Titles &C, int Id) {
  auto G = C.borrow();  // expected-note {{'G' ends with its scope}}
  auto It = G->find(Id);
  if (It == G->end())
    return std::nullopt;
  return std::string_view(It->second);
  // expected-warning@-1 {{what is returned here outlives 'G', which it was read from}}
}
std::string_view bad_part_of_view(Titles &C, int Id) {
  auto G = C.borrow();  // expected-note {{'G' ends with its scope}}
  return std::string_view(G->at(Id)).substr(1);
  // expected-warning@-1 {{what is returned here outlives 'G', which it was read from}}
}
std::optional<std::string> ok_explicit_copy(Titles &C, int Id) {
  auto G = C.borrow();
  return std::string(std::string_view(G->at(Id)));
}

// An upgrade that is written as a cast.

struct Tree {
  std::vector<int> All;
  const std::vector<int> &values() const { return All; }
};

int bad_cast_range(const std::weak_ptr<Tree> &W) {
  int Sum = 0;
  for (int V : std::shared_ptr<Tree>(W)->values())
  // expected-warning@-1 {{the range of this loop outlives the temporary that it was read from}}
  // expected-note@-2 {{used here}}
    Sum += V;
  return Sum;
}
int ok_cast_range(const std::weak_ptr<Tree> &W) {
  int Sum = 0;
  auto Kept = std::shared_ptr<Tree>(W);
  for (int V : Kept->values())
    Sum += V;
  return Sum;
}
