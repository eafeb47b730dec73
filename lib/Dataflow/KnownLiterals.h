//===- KnownLiterals.h - What is certain of conditions where ----*- C++ -*-===//
//
// A forward must-analysis: before each fact, the literals that hold on every
// path to it. A summary gives them along with what a callee does, so that
// `if (!locked) c.borrow_mut();` is not held against a caller that sets
// `locked` first.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_DATAFLOW_KNOWNLITERALS_H
#define BORROW_DATAFLOW_KNOWNLITERALS_H

#include "Facts/Facts.h"
#include "Support/SortedSet.h"

namespace borrow {

/// Created per function by the summary builder.
class KnownLiterals {
public:
  using State = SortedSet<std::pair<PlaceId, bool>>;

  explicit KnownLiterals(const PlaceTable &Places) : Places(Places) {}

  State initial() { return {}; }

  void transfer(const Fact &F, State &S) {
    if (F.Kind == FactKind::Assign || F.Kind == FactKind::SetFlag ||
        F.Kind == FactKind::Dies)
      S.eraseIf(
          [&](const auto &L) { return Places.isPrefix(F.Place, L.first); });
    if (F.Kind == FactKind::SetFlag && !F.Value && F.Needs == ~0u)
      S.insert({F.Place, F.Truth});
  }

  bool follow(const Edge &E, State &S) {
    for (const Literal &L : E.Assumes)
      if (L.Place && Places.isPrecise(L.Place))
        S.insert({L.Place, L.Truth});
    return true;
  }

  void leaveTry(uint32_t, bool, State &) {}
  bool join(State &S, const State &Other) { return S.intersect(Other); }

private:
  const PlaceTable &Places;
};

} // namespace borrow

#endif // BORROW_DATAFLOW_KNOWNLITERALS_H
