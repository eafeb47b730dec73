// oracle: timeout
// Table: callers select rows with a predicate of their own.
#include <iostream>
#include <mutex>
#include <vector>

struct Row {
  int Id, Group;
};

class Table {
public:
  void insert(Row R) {
    std::lock_guard<std::mutex> Lock(M_);
    Rows_.push_back(R);
  }

  template <class Pred> std::vector<Row> select(Pred P) const {
    std::vector<Row> Out;
    std::lock_guard<std::mutex> Lock(M_);
    for (const Row &R : Rows_)
      if (P(R)) /*BUG*/
        Out.push_back(R);
    return Out;
  }

  std::vector<Row> snapshot() const {
    std::lock_guard<std::mutex> Lock(M_);
    return Rows_;
  }

  int groupSize(int Group) const {
    std::lock_guard<std::mutex> Lock(M_);
    int N = 0;
    for (const Row &R : Rows_)
      N += R.Group == Group;
    return N;
  }

private:
  mutable std::mutex M_;
  std::vector<Row> Rows_;
};

int main() {
  Table T;
  T.insert({1, 7});
  T.insert({2, 7});
  T.insert({3, 8});
  auto Lonely =
      T.select([&T](const Row &R) { return T.groupSize(R.Group) == 1; });
  std::cout << Lonely.size() << '\n';
  return Lonely.size() == 1 ? 0 : 1;
}
