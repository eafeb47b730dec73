// A mock messenger keeps what it is sent in a RefCell, because send() is const.
// It borrows the cell twice for one message: this throws when a test runs.
#include "limit_tracker.h"
#include "ref_cell.h"

#include <cassert>
#include <string>
#include <vector>

class MockMessenger : public Messenger {
public:
  void send(std::string_view Message) const override {
    auto Messages = Sent.borrow_mut();
    auto Log = Sent.borrow_mut();
    Messages->emplace_back(Message);
    Log->push_back("sent " + std::to_string(Messages->size()));
  }

  RefCell<std::vector<std::string>> Sent;
};

int main() {
  MockMessenger Mock;
  LimitTracker Tracker(Mock, 100);
  Tracker.setValue(80);
  assert(Mock.Sent.borrow()->size() == 2);
}
