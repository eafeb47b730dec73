// oracle: lsan
// Social graph on Rc and RefCell: friendship goes both ways.
#include "rc.h"
#include "ref_cell.h"
#include <iostream>
#include <string>
#include <vector>

struct Person {
  explicit Person(std::string N) : Name(std::move(N)) {}
  std::string Name;
  bb::RefCell<std::vector<bb::Rc<Person>>> Follows;
  bb::RefCell<std::vector<bb::Weak<Person>>> Followers;
};
using PersonRc = bb::Rc<Person>;

void follow(const PersonRc &Who, const PersonRc &Whom) {
  Who->Follows.borrow_mut()->push_back(Whom.clone());
  Whom->Followers.borrow_mut()->push_back(Who.downgrade());
}

std::string follows(const PersonRc &Who) {
  std::string Out;
  auto Follows = Who->Follows.borrow();
  for (const PersonRc &P : *Follows)
    Out += P->Name + " ";
  return Out;
}

int main() {
  auto Ann = PersonRc::make("ann");
  auto Bo = PersonRc::make("bo");
  auto Cy = PersonRc::make("cy");
  follow(Ann, Bo);
  follow(Bo, Cy);
  std::cout << follows(Ann) << follows(Bo) << Cy->Followers.borrow()->size()
            << '\n';
  return Cy->Followers.borrow()->size() == 1 ? 0 : 1;
}
