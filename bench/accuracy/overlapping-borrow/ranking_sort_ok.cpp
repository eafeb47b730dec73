// oracle: abort
// Leaderboard: sorts its names by a score that is looked up on the way.
#include "ref_cell.h"
#include <algorithm>
#include <iostream>
#include <map>
#include <string>
#include <vector>

class Leaderboard {
public:
  void add(const std::string &Name, int Score) {
    auto Scores = Scores_.borrow_mut();
    (*Scores)[Name] += Score;
    auto Names = Names_.borrow_mut();
    if (std::find(Names->begin(), Names->end(), Name) == Names->end())
      Names->push_back(Name);
  }

  int scoreOf(const std::string &Name) const {
    auto Scores = Scores_.borrow();
    auto It = Scores->find(Name);
    if (It == Scores->end())
      return 0;
    return It->second;
  }

  void sort() {
    auto Names = Names_.borrow_mut();
    std::sort(Names->begin(), Names->end(),
              [this](const std::string &A, const std::string &B) {
                return scoreOf(A) > scoreOf(B);
              });
  }

  std::vector<std::string> top(std::size_t N) const {
    auto Names = Names_.borrow();
    N = std::min(N, Names->size());
    return {Names->begin(), Names->begin() + N};
  }

private:
  bb::RefCell<std::map<std::string, int>> Scores_;
  bb::RefCell<std::vector<std::string>> Names_;
};

int main() {
  Leaderboard Board;
  Board.add("kim", 10);
  Board.add("lee", 30);
  Board.add("mo", 20);
  Board.sort();
  auto Best = Board.top(2);
  std::cout << Best[0] << ' ' << Best[1] << '\n';
  return Best[0] == "lee" ? 0 : 1;
}
