// oracle: abort
// Board game: swaps rows of a board; every row is a cell of its own.
#include "ref_cell.h"
#include <array>
#include <iostream>
#include <string>
#include <utility>

using Row = std::string;

struct Board {
  std::array<bb::RefCell<Row>, 3> Rows;
  bb::RefCell<int> Moves{0};
};

void fill(Board &B, char C) {
  for (auto &Cell : B.Rows)
    Cell.borrow_mut()->assign(3, C);
}

void exchange(Board &B, Board &Other) {
  auto Mine = B.Rows[1].borrow_mut();
  auto Theirs = Other.Rows[1].borrow_mut();
  std::swap(*Mine, *Theirs);
  ++*B.Moves.borrow_mut();
  ++*Other.Moves.borrow_mut();
}

void rotate(Board &B) {
  auto [Top, Middle] =
      std::pair{B.Rows[0].borrow_mut(), B.Rows[1].borrow_mut()};
  auto Bottom = B.Rows[2].borrow_mut();
  std::swap(*Top, *Middle);
  std::swap(*Middle, *Bottom);
  ++*B.Moves.borrow_mut();
}

int main() {
  Board Left, Right;
  fill(Left, 'x');
  fill(Right, 'o');
  exchange(Left, Right);
  std::cout << *Left.Rows[1].borrow() << *Right.Rows[1].borrow() << '\n';
  rotate(Left);
  for (const auto &Cell : Left.Rows)
    std::cout << *Cell.borrow() << '\n';
  return *Left.Rows[0].borrow() == "ooo" && *Left.Moves.borrow() == 2 ? 0 : 1;
}
