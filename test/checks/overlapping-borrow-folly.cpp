// RUN: %lint borrow-overlapping-borrow

// folly::Synchronized: a second lock on the same data by one thread never
// comes.

#include <folly/Synchronized.h>
#include <utility>
#include <vector>

using List = folly::Synchronized<std::vector<int>>;

void bad_two_writers(List &L) {
  auto A = L.wlock();  // expected-note {{first taken here}} expected-note {{kept by 'A'}}
  auto B = L.wlock();  // expected-warning {{lock of 'L' while it is already locked}}
  A->swap(*B);
}

void ok_two_writers(List &L) {
  {
    auto A = L.wlock();
    A->clear();
  }
  auto B = L.wlock();
  B->clear();
}

void bad_reader_then_writer(List &L) {
  auto A = L.rlock();  // expected-note {{first taken here}} expected-note {{kept by 'A'}}
  L.wlock()->push_back(A->front());
  // expected-warning@-1 {{lock of 'L' while it is already locked for reading}}
}

void ok_reader_then_writer(List &L) {
  int V = L.rlock()->front();
  L.wlock()->push_back(V);
}

void ok_two_objects(List &L, List &M) {
  auto A = L.rlock();
  M.wlock()->push_back(A->front());
}

void bad_same_expression(List &L) {
  L.wlock()->push_back(L.rlock()->front());
  // expected-warning@-1 {{shared lock of 'L' while it is already locked}}
  // expected-note@-2 {{first taken here}}
  // expected-note@-3 {{kept by a temporary until the end of the full expression}}
}

void bad_with_wlock(List &L) {
  L.withWLock([&L](std::vector<int> &V) {
  // expected-note@-1 {{first taken here}}
  // expected-note@-2 {{kept by a temporary until the end of the full expression}}
  // expected-note@-3 {{the closure is called here}}
    V.push_back(L.rlock()->front());
    // expected-warning@-1 {{shared lock of 'L' while it is already locked}}
  });
}

void ok_with_wlock(List &L) {
  L.withWLock([](std::vector<int> &V) { V.push_back(V.front()); });
}

void bad_with_rlock(List &L) {
  auto G = L.wlock();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
  L.withRLock([](const std::vector<int> &) {});
  // expected-warning@-1 {{shared lock of 'L' while it is already locked}}
}

void ok_with_rlock(List &L) {
  L.withRLock([](const std::vector<int> &) {});
  auto G = L.wlock();
}

void ok_unlocked(List &L) {
  auto G = L.wlock();
  G->clear();
  G.unlock();
  L.wlock()->push_back(1);
}

void ok_moved_away(List &L) {
  auto G = L.wlock();
  {
    auto H = std::move(G);
  }
  L.wlock()->push_back(1);
}

void bad_moved(List &L) {
  auto G = L.wlock();  // expected-note {{first taken here}}
  auto H = std::move(G);  // expected-note {{kept by 'H'}}
  L.wlock()->push_back(1);  // expected-warning {{lock of 'L' while it is already locked}}
}

void bad_if_initialiser(List &L) {
  if (auto G = L.rlock(); G->empty())
  // expected-note@-1 {{first taken here}}
  // expected-note@-2 {{kept by 'G'}}
    L.wlock()->push_back(1);
    // expected-warning@-1 {{lock of 'L' while it is already locked for reading}}
}

void ok_if_condition(List &L) {
  if (L.rlock()->empty())
    L.wlock()->push_back(1);
}

std::size_t sizeOf(const List &L) { return L.rlock()->size(); }
// expected-note@-1 {{taken again here, inside the callee}}

void bad_callee(List &L) {
  auto G = L.wlock();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
  G->push_back(int(sizeOf(L)));
  // expected-warning@-1 {{this call makes a shared lock of 'L' while it is already locked}}
}

void ok_callee(List &L) {
  auto N = sizeOf(L);
  L.wlock()->push_back(int(N));
}

// tryWLock does not wait.
void ok_try(List &L) {
  auto G = L.rlock();
  if (auto H = L.tryWLock())
    H->clear();
}

void bad_after_try(List &L) {
  if (auto G = L.tryWLock())  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
    L.wlock()->clear();  // expected-warning {{lock of 'L' while it is already locked}}
}

std::vector<int> bad_copy(List &L) {
  auto G = L.wlock();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
  return L.copy();  // expected-warning {{shared lock of 'L' while it is already locked}}
}

std::vector<int> ok_copy(List &L) {
  {
    auto G = L.wlock();
  }
  return L.copy();
}

// With a time limit the second lock fails.

int ok_timed(folly::Synchronized<int> &S) {
  auto A = S.wlock();
  auto B = S.wlock(std::chrono::milliseconds(1));
  return B ? *B : *A;
}

int bad_untimed(folly::Synchronized<int> &S) {
  auto A = S.wlock();  // expected-note {{first taken here}} expected-note {{kept by 'A'}}
  auto B = S.wlock();  // expected-warning {{lock of 'S' while it is already locked}}
  return B ? *B : *A;
}
