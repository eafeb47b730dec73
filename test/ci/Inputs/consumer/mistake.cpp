#include "session.h"

void closeIt(std::weak_ptr<Session> Weak) {
  Weak.lock()->close();
}
