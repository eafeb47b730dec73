// RUN: %lint borrow-strong-cycle

#include <memory>
#include "Inputs/session.h"

void bad_seen(const std::shared_ptr<SeenSession> &S) {
  S->set([S] { S->run(); });
  // expected-warning@-1 {{'S->Done' keeps 'S' alive, which keeps it alive itself: neither is ever destroyed}}
}

void ok_seen(const std::shared_ptr<SeenSession> &S) {
  S->set([W = std::weak_ptr<SeenSession>(S)] {
    if (auto Locked = W.lock())
      Locked->run();
  });
}

// established() may give Done up.
void ok_unseen(const std::shared_ptr<UnseenSession> &S) {
  S->set([S] { S->established(); });
}
