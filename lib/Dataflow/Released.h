//===- Released.h - Which of the caller's locks are given back --*- C++ -*-===//
//
// A forward may-analysis: before each fact, the locks and guards that the
// function has given back and not taken again. A summary gives them along with
// each lock that a callee takes, so that a callee which unlocks its caller's
// mutex, calls something that locks it, and locks it again is no double lock.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_DATAFLOW_RELEASED_H
#define BORROW_DATAFLOW_RELEASED_H

#include "Facts/Facts.h"
#include "Support/SortedSet.h"

namespace borrow {

/// Created per function by the summary builder.
class Released {
public:
  using State = SortedSet<PlaceId>;

  explicit Released(const FunctionFacts &Facts) : Facts(Facts) {}

  State initial() { return {}; }

  void transfer(const Fact &F, State &S) {
    switch (F.Kind) {
    case FactKind::Unlock:
      S.insert(F.Place);
      return;
    case FactKind::Suspend:
      if (Facts.holder(F.Holder).Place)
        S.insert(Facts.holder(F.Holder).Place);
      return;
    case FactKind::Move:
      // Into a parameter, say. In a variable of the function it lives on.
      if (F.To && Facts.holder(F.To).Kind == Holder::Temporary &&
          Facts.holder(F.Holder).Place)
        S.insert(Facts.holder(F.Holder).Place);
      return;
    case FactKind::Resume:
      S.erase(Facts.holder(F.Holder).Place);
      return;
    case FactKind::Issue:
      if (Facts.holder(F.Holder).Kind == Holder::Nobody)
        S.erase(Facts.loan(F.Loan).Place);
      return;
    default:
      return;
    }
  }

  bool follow(const Edge &, State &) { return true; }
  void leaveTry(uint32_t, bool, State &) {}
  bool join(State &S, const State &Other) { return S.unite(Other); }

private:
  const FunctionFacts &Facts;
};

} // namespace borrow

#endif // BORROW_DATAFLOW_RELEASED_H
