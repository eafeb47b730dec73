// oracle: abort
// Chat bots: two tasks take turns on one transcript.
#include "ref_cell.h"
#include "task.h"
#include <iostream>
#include <string>
#include <vector>

using Transcript = bb::RefCell<std::vector<std::string>>;

bb::Task talk(Transcript &T, bb::RefCell<int> &Words, std::string Name) {
  for (int I = 0; I < 3; ++I) {
    auto Lines = T.borrow_mut();
    Lines->push_back(Name + " " + std::to_string(I));
    co_await bb::Pause{}; /*BUG*/
    *Words.borrow_mut() += 2;
  }
  co_await bb::Pause{};
}

int main() {
  Transcript T;
  bb::RefCell<int> Words{0};
  std::vector<bb::Task> Bots;
  Bots.push_back(talk(T, Words, "eliza"));
  Bots.push_back(talk(T, Words, "parry"));
  for (bool More = true; More;) {
    More = false;
    for (bb::Task &Bot : Bots)
      More |= Bot.resume();
  }
  auto Lines = T.borrow();
  for (const std::string &Line : *Lines)
    std::cout << Line << '\n';
  return T.borrow()->size() == 6 && *Words.borrow() == 12 ? 0 : 1;
}
