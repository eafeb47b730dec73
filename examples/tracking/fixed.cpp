// One borrow serves both messages and ends before the next one is made.
#include "limit_tracker.h"
#include "ref_cell.h"

#include <cassert>
#include <string>
#include <vector>

class MockMessenger : public Messenger {
public:
  void send(std::string_view Message) const override {
    auto Messages = Sent.borrow_mut();
    Messages->emplace_back(Message);
    Messages->push_back("sent " + std::to_string(Messages->size()));
  }

  RefCell<std::vector<std::string>> Sent;
};

int main() {
  MockMessenger Mock;
  LimitTracker Tracker(Mock, 100);
  Tracker.setValue(80);
  assert(Mock.Sent.borrow()->size() == 2);
}
