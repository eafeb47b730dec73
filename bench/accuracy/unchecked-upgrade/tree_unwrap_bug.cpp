// oracle: abort
// File tree with the single-threaded Rc: a path is read from leaf to root.
#include "rc.h"
#include "ref_cell.h"
#include <iostream>
#include <string>
#include <vector>

struct Entry {
  explicit Entry(std::string N) : Name(std::move(N)) {}
  std::string Name;
  bb::RefCell<bb::Weak<Entry>> Parent;
  bb::RefCell<std::vector<bb::Rc<Entry>>> Children;
};
using EntryRc = bb::Rc<Entry>;

EntryRc add(const EntryRc &Dir, std::string Name) {
  auto Child = EntryRc::make(std::move(Name));
  *Child->Parent.borrow_mut() = Dir.downgrade();
  Dir->Children.borrow_mut()->push_back(Child.clone());
  return Child;
}

std::string path(const Entry &E) {
  auto Parent = E.Parent.borrow()->upgrade();
  if (!Parent.has_value())
    return E.Name;
  return path(**Parent) + "/" + E.Name;
}

std::size_t siblings(const Entry &E) {
  auto Parent = E.Parent.borrow()->upgrade().value(); /*BUG*/
  return Parent->Children.borrow()->size() - 1;
}

int main() {
  auto Root = EntryRc::make("root");
  auto Usr = add(Root, "usr");
  add(Root, "etc");
  auto Bin = add(Usr, "bin");
  std::cout << path(*Bin) << ' ' << siblings(*Usr) << '\n' << std::flush;
  Usr->Children.borrow_mut()->clear();
  Root->Children.borrow_mut()->clear();
  {
    auto Gone = std::move(Usr);
  }
  std::cout << path(*Bin) << ' ' << siblings(*Bin) << '\n';
  return path(*Bin) == "bin" ? 0 : 1;
}
