// RUN: %lint borrow-overlapping-borrow

// folly::Synchronized: a second lock on the same data by one thread never
// comes.

#include <folly/Synchronized.h>
#include <utility>
#include <vector>

using List = folly::Synchronized<std::vector<int>>;

void bad_two_writers(List &L) {
  auto A = L.wlock();
  auto B = L.wlock(); // expected-warning {{}}
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
  auto A = L.rlock();
  L.wlock()->push_back(A->front()); // expected-warning {{}}
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
  L.wlock()->push_back(L.rlock()->front()); // expected-warning {{}}
}

void bad_with_wlock(List &L) {
  L.withWLock([&L](std::vector<int> &V) { // expected-warning {{}}
    V.push_back(L.rlock()->front());
  });
}

void ok_with_wlock(List &L) {
  L.withWLock([](std::vector<int> &V) { V.push_back(V.front()); });
}

void bad_with_rlock(List &L) {
  auto G = L.wlock();
  L.withRLock([](const std::vector<int> &) {}); // expected-warning {{}}
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
  auto G = L.wlock();
  auto H = std::move(G);
  L.wlock()->push_back(1); // expected-warning {{}}
}

void bad_if_initialiser(List &L) {
  if (auto G = L.rlock(); G->empty())
    L.wlock()->push_back(1); // expected-warning {{}}
}

void ok_if_condition(List &L) {
  if (L.rlock()->empty())
    L.wlock()->push_back(1);
}

std::size_t sizeOf(const List &L) { return L.rlock()->size(); }

void bad_callee(List &L) {
  auto G = L.wlock();
  G->push_back(int(sizeOf(L))); // expected-warning {{}}
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
  if (auto G = L.tryWLock())
    L.wlock()->clear(); // expected-warning {{}}
}

std::vector<int> bad_copy(List &L) {
  auto G = L.wlock();
  return L.copy(); // expected-warning {{}}
}

std::vector<int> ok_copy(List &L) {
  {
    auto G = L.wlock();
  }
  return L.copy();
}
