// oracle: abort
// Chat client: a full inbox is moved to the archive in one go.
#include "ref_cell.h"
#include <iostream>
#include <string>
#include <vector>

using Messages = std::vector<std::string>;

class Mailbox {
public:
  explicit Mailbox(std::size_t Limit) : Limit_(Limit) {}

  void deliver(std::string From, std::string Text) {
    Inbox_.borrow_mut()->push_back(std::move(From) + ": " + std::move(Text));
    compact();
  }

  std::size_t unread() const { return Inbox_.borrow()->size(); }
  std::size_t archived() const {
    std::size_t N = 0;
    auto Bundles = Archive_.borrow();
    for (const Messages &Bundle : *Bundles)
      N += Bundle.size();
    return N;
  }
  std::string clearTopic() { return Topic_.replace("(none)"); }

private:
  void compact() {
    auto Inbox = Inbox_.borrow();
    if (Inbox->size() < Limit_)
      return;
    std::string Newest = Inbox->back();
    bb::drop(std::move(Inbox));
    Messages Old = Inbox_.take();
    Archive_.borrow_mut()->push_back(std::move(Old));
    *Topic_.borrow_mut() = Newest;
  }

  std::size_t Limit_;
  bb::RefCell<Messages> Inbox_;
  bb::RefCell<std::vector<Messages>> Archive_;
  bb::RefCell<std::string> Topic_{"(none)"};
};

int main() {
  Mailbox Box(2);
  Box.deliver("ann", "hi");
  std::cout << Box.unread() << '\n';
  Box.deliver("bo", "hello");
  std::cout << Box.archived() << ' ' << Box.clearTopic() << '\n';
  return Box.archived() == 2 && Box.unread() == 0 ? 0 : 1;
}
