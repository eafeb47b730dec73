#include <memory>

struct Session {
  void close();
};

// Each silences one finding.

void sameLine(std::weak_ptr<Session> Weak) {
  Weak.lock()->close();  // NOLINT(borrow-unchecked-upgrade): the pool keeps it
}

void nextLine(std::weak_ptr<Session> Weak) {
  // NOLINTNEXTLINE(borrow-unchecked-upgrade): the pool keeps it
  Weak.lock()->close();
}

// NOLINTBEGIN(borrow-*): generated
void block(std::weak_ptr<Session> Weak) {
  Weak.lock()->close();
}
// NOLINTEND(borrow-*)

void ofMany(std::weak_ptr<Session> Weak) {
  Weak.lock()->close();  // NOLINT(readability-identifier-naming, borrow-unchecked-upgrade)
}

#define CLOSE(W) (W).lock()->close()  // NOLINT(borrow-unchecked-upgrade): the pool keeps it

void inMacro(std::weak_ptr<Session> Weak) { CLOSE(Weak); }

// Those that silence nothing; the last speaks of somebody else's check.

void repaired(std::weak_ptr<Session> Weak) {
  if (auto Strong = Weak.lock()) Strong->close();  // NOLINT(borrow-unchecked-upgrade)
}

void otherCheck(Session &S) {
  S.close();
  S.close();  // NOLINT(borrow-double-lock)
}

// The range of the next one holds nothing.
// NOLINTBEGIN(borrow-*)
void empty(Session &S) { S.close(); }
// NOLINTEND(borrow-*)

int others;  // NOLINT(readability-identifier-naming)
