#include <memory>

struct Session {
  void close();
};

void closeIt(std::weak_ptr<Session> Weak) {
  if (auto Strong = Weak.lock())
    Strong->close();
}
