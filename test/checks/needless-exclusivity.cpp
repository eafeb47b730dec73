// RUN: %lint borrow-needless-exclusivity

#include <cell.h>
#include <condition_variable>
#include <future>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

struct Shape {
  double X, Width;
};

using Shapes = app::RefCell<std::vector<Shape>>;

void changes(std::vector<Shape> &);
void looks(const std::vector<Shape> &);

// Borrows.

double bad_loop(Shapes &C) {
  auto All = C.borrow_mut();  // expected-warning {{'C' is borrowed to be changed, and only read}}
  double Sum = 0;
  for (const Shape &S : *All)
    Sum += S.Width;
  return Sum;
}

double ok_loop(Shapes &C) {
  auto All = C.borrow();
  double Sum = 0;
  for (const Shape &S : *All)
    Sum += S.Width;
  return Sum;
}

void ok_loop_changes(Shapes &C, double By) {
  auto All = C.borrow_mut();
  for (Shape &S : *All)
    S.X += By;
}

void ok_bindings_change(Shapes &C) {
  auto All = C.borrow_mut();
  for (auto &[X, Width] : *All)
    X = Width;
}

unsigned long bad_temporary(Shapes &C) { return C.borrow_mut()->size(); }
// expected-warning@-1 {{'C' is borrowed to be changed, and only read}}
unsigned long ok_temporary(Shapes &C) { return C.borrow()->size(); }
void ok_temporary_changes(Shapes &C) { C.borrow_mut()->push_back({0, 1}); }

void bad_passed(Shapes &C) {
  auto All = C.borrow_mut();  // expected-warning {{'C' is borrowed to be changed, and only read}}
  looks(*All);
}

void ok_passed(Shapes &C) {
  auto All = C.borrow_mut();
  changes(*All);
}

double bad_iterator(Shapes &C) {
  auto All = C.borrow_mut();  // expected-warning {{'C' is borrowed to be changed, and only read}}
  auto First = All->begin();
  return First != All->end() ? First->X : 0;
}

void ok_iterator(Shapes &C) {
  auto All = C.borrow_mut();
  auto First = All->begin();
  if (First != All->end())
    First->X = 0;
}

void ok_reference(Shapes &C) {
  auto All = C.borrow_mut();
  auto &Items = *All;
  Items.clear();
}

std::vector<Shape> ok_moved_out(Shapes &C) { return std::move(*C.borrow_mut()); }

int bad_number(app::RefCell<int> &C) { return *C.borrow_mut() + 1; }
// expected-warning@-1 {{'C' is borrowed to be changed, and only read}}
void ok_number(app::RefCell<int> &C) { ++*C.borrow_mut(); }

// Who only takes the guard wants to be alone.
void ok_only_checks(app::RefCell<int> &C) { auto G = C.borrow_mut(); }

auto ok_returned(app::RefCell<int> &C) { return C.borrow_mut(); }

void ok_lambda(Shapes &C) {
  auto All = C.borrow_mut();
  auto Add = [&] { All->push_back({0, 1}); };
  Add();
}

// Who changes it as well has to be alone.
int ok_changes_before(app::RefCell<int> &C) {
  {
    auto A = C.borrow_mut();
    *A = 1;
  }
  auto B = C.borrow_mut();
  return *B;
}

// Cells.

int bad_cell() {
  app::RefCell<int> C(1);  // expected-warning {{the cell 'C' is never borrowed to be changed}}
  return *C.borrow();
}

int ok_cell() {
  app::RefCell<int> C(1);
  *C.borrow_mut() = 2;
  return *C.borrow();
}

void fill(app::RefCell<int> &);

int ok_cell_passed() {
  app::RefCell<int> C(1);
  fill(C);
  return *C.borrow();
}

// Write locks.

class Cache {
public:
  bool bad_find(const std::string &Key, int &Out) const {
    std::unique_lock<std::shared_mutex> L(M);
    // expected-warning@-1 {{'L' locks for writing, and what it guards is only read}}
    auto It = Data.find(Key);
    if (It == Data.end())
      return false;
    Out = It->second;
    return true;
  }

  bool ok_find(const std::string &Key, int &Out) const {
    std::shared_lock<std::shared_mutex> L(M);
    auto It = Data.find(Key);
    if (It == Data.end())
      return false;
    Out = It->second;
    return true;
  }

  unsigned long ok_counts(const std::string &Key) const {
    std::unique_lock<std::shared_mutex> L(M);
    ++Hits;
    return Data.count(Key);
  }

  void ok_set(const std::string &Key, int Value) {
    std::lock_guard<std::shared_mutex> L(M);
    Data[Key] = Value;
  }

  unsigned long ok_calls() {
    std::lock_guard<std::shared_mutex> L(M);
    prune();
    return Data.size();
  }

  // Unlocked by hand: what it excludes is not known.
  unsigned long ok_unlocks() {
    std::unique_lock<std::shared_mutex> L(M);
    unsigned long N = Data.size();
    L.unlock();
    return N;
  }

private:
  void prune();

  mutable std::shared_mutex M;
  std::map<std::string, int> Data;
  mutable int Hits = 0;
};

// Mutexes of one number.

class BadCounter {
public:
  void add(int N) {
    std::lock_guard<std::mutex> L(M);
    Count += N;
  }
  int count() const {
    std::lock_guard<std::mutex> L(M);
    return Count;
  }

private:
  mutable std::mutex M;
  // expected-warning@-1 {{the mutex 'M' guards one number, which an atomic would do}}
  int Count = 0;
};

class OkTwoNumbers {
public:
  void add(int N) {
    std::lock_guard<std::mutex> L(M);
    Sum += N, ++Count;
  }
  int mean() const {
    std::lock_guard<std::mutex> L(M);
    return Sum / Count;
  }

private:
  mutable std::mutex M;
  int Sum = 0, Count = 0;
};

class OkGate {
public:
  void open() {
    std::lock_guard<std::mutex> L(M);
    IsOpen = true;
  }
  void wait() {
    std::unique_lock<std::mutex> L(M);
    Changed.wait(L, [this] { return IsOpen; });
  }

private:
  std::mutex M;
  std::condition_variable Changed;
  bool IsOpen = false;
};

class OkCheckedCounter {
public:
  bool take() {
    std::lock_guard<std::mutex> L(M);
    if (Left == 0)
      return false;
    --Left;
    return true;
  }
  void add(int N) {
    std::lock_guard<std::mutex> L(M);
    Left += N;
  }

private:
  std::mutex M;
  int Left = 0;
};

class OkDefinedElsewhere {
public:
  void add(int N) {
    std::lock_guard<std::mutex> L(M);
    Count += N;
  }
  int count() {
    std::lock_guard<std::mutex> L(M);
    return Count;
  }
  void more();

private:
  std::mutex M;
  int Count = 0;
};

// Threads that are joined in the loop that starts them.

void work(int);

void bad_join(int N) {
  for (int I = 0; I < N; ++I) {
    std::thread T(work, I);
    T.join();  // expected-warning {{the loop waits for each thread before it starts the next one}}
  }
}

void ok_join(int N) {
  std::vector<std::thread> All;
  for (int I = 0; I < N; ++I)
    All.emplace_back(work, I);
  for (std::thread &T : All)
    T.join();
}

void ok_works_meanwhile(int N) {
  for (int I = 0; I < N; ++I) {
    std::thread T(work, I);
    work(-I);
    T.join();
  }
}

int result(int);

int bad_get(int N) {
  int Sum = 0;
  for (int I = 0; I < N; ++I) {
    auto Part = std::async(std::launch::async, result, I);
    Sum += Part.get();
    // expected-warning@-1 {{the loop waits for each thread before it starts the next one}}
  }
  return Sum;
}

int ok_get(int N) {
  std::vector<std::future<int>> Parts;
  for (int I = 0; I < N; ++I)
    Parts.push_back(std::async(std::launch::async, result, I));
  int Sum = 0;
  for (auto &Part : Parts)
    Sum += Part.get();
  return Sum;
}

// Starts its worker again when that has ended.
void ok_supervisor(bool &Running) {
  while (Running) {
    std::thread T(work, 0);
    T.join();
  }
}

template <typename T> T bad_template(app::RefCell<T> &C) { return *C.borrow_mut(); }
// expected-warning@-1 {{'C' is borrowed to be changed, and only read}}
template <typename T> T ok_template(app::RefCell<T> &C) { return *C.borrow(); }
int instantiate(app::RefCell<int> &C) { return bad_template(C) + ok_template(C); }
