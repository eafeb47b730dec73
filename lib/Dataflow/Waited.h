//===- Waited.h - Has another thread been waited for? -----------*- C++ -*-===//
//
// A forward must-analysis of one bit: on every path here, has the function
// waited for something that another thread does? What it uses afterwards may be
// what that thread has left to it.
//
// Worked example:
//   ++a;          // no
//   ready.wait(); // Effect
//   ++b;          // yes
// A loop that waits until its condition is false, `while (!ready) c.wait(l);`,
// has waited even if it goes round no time: it saw what the other thread did.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_DATAFLOW_WAITED_H
#define BORROW_DATAFLOW_WAITED_H

#include "Facts/Facts.h"
#include "llvm/ADT/DenseSet.h"

namespace borrow {

/// Does the fact wait for what other threads made known?
inline bool waits(const Fact &F) {
  if (F.Kind == FactKind::Effect)
    return F.Effect == Effect::Recv || F.Effect == Effect::Wait ||
           F.Effect == Effect::CondWait;
  return F.Kind == FactKind::Sync || (F.Kind == FactKind::Join && !F.Holder);
}

/// Does the fact make known what was done before?
inline bool publishes(const Fact &F) {
  return F.Kind == FactKind::Publish ||
         (F.Kind == FactKind::Effect && F.Effect == Effect::Send);
}

/// Does a loan that is held keep other threads away from Place? Borrows of
/// cells do for what is inside: that the cell itself is shared is said of the
/// cell.
inline bool guards(const Loan &Held, PlaceId Place, const PlaceTable &Places) {
  return Held.Kind == LoanKind::Lock || Held.Kind == LoanKind::Data ||
         (Held.Kind == LoanKind::Borrow && Places[Place].Kind != Step::Free);
}

class Waited {
public:
  struct State {
    bool Certain = false;
    size_t size() const { return 0; }
  };

  explicit Waited(const FunctionFacts &Facts);

  State initial() { return {}; }
  void transfer(const Fact &F, State &S) { S.Certain |= waits(F); }
  bool follow(const Edge &E, State &S) {
    S.Certain |= LeavesLoop.contains(&E);
    return true;
  }
  void leaveTry(uint32_t, bool, State &) {}
  bool join(State &S, const State &Other) {
    bool Changes = S.Certain && !Other.Certain;
    S.Certain &= Other.Certain;
    return Changes;
  }

private:
  /// Ways out of the loops around waits for a condition.
  llvm::DenseSet<const Edge *> LeavesLoop;
};

} // namespace borrow

#endif // BORROW_DATAFLOW_WAITED_H
