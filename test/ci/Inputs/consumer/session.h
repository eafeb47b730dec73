#pragma once
#include <memory>

struct Session {
  void close();
};

inline void closeNow(const std::weak_ptr<Session> &Weak) {
  Weak.lock()->close();
}
