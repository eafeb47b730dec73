// RUN: %lint borrow-overlapping-borrow

#include <cell.h>
#include <functional>
#include <vector>

using app::RefCell;

// Stored callbacks that come back to the object whose list is borrowed.

struct BadBus {
  RefCell<std::vector<std::function<void(BadBus &)>>> Handlers;
  void add(std::function<void(BadBus &)> F) {
    Handlers.borrow_mut()->push_back(std::move(F));
    // expected-note@-1 {{taken again here, inside the callee}}
  }
  void fire() {
    auto G = Handlers.borrow();  // expected-note {{first taken here}} expected-note {{kept by 'G'}}
    for (auto &F : *G)
      F(*this);
      // expected-warning@-1 {{this call makes a mutable borrow of 'Handlers' while it is already borrowed}}
  }
};

void addAndFire() {
  BadBus B;
  B.add([](BadBus &Self) { Self.add([](BadBus &) {}); });
  B.fire();
}

struct OkBus {
  RefCell<std::vector<std::function<void(OkBus &)>>> Handlers;
  void add(std::function<void(OkBus &)> F) {
    Handlers.borrow_mut()->push_back(std::move(F));
  }
  void fire() {
    std::vector<std::function<void(OkBus &)>> Copy = *Handlers.borrow();
    for (auto &F : Copy)
      F(*this);
  }
};

void addAndFireCopy() {
  OkBus B;
  B.add([](OkBus &Self) { Self.add([](OkBus &) {}); });
  B.fire();
}
