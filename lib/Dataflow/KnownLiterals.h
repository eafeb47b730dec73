//===- KnownLiterals.h - What is certain of conditions where ----*- C++ -*-===//
//
// A forward must-analysis: before each fact, the literals that hold on every
// path to it. A summary gives them along with what a callee does, so that
// `if (!locked) c.borrow_mut();` is not held against a caller that sets
// `locked` first. Only conditions that callers can see are followed,
// and no more than MaxKnown at a time.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_DATAFLOW_KNOWNLITERALS_H
#define BORROW_DATAFLOW_KNOWNLITERALS_H

#include "Facts/Facts.h"
#include "Support/SortedSet.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace borrow {

/// Created per function by the summary builder.
class KnownLiterals {
public:
  using State = SortedSet<std::pair<PlaceId, bool>>;

  KnownLiterals(const PlaceTable &Places,
                llvm::function_ref<bool(PlaceId)> IsVisible)
      : Places(Places), IsVisible(IsVisible) {}

  State initial() { return {}; }

  void transfer(const Fact &F, State &S) {
    if (F.Kind == FactKind::Assign || F.Kind == FactKind::SetFlag ||
        F.Kind == FactKind::Dies)
      S.eraseIf(
          [&](const auto &L) { return Places.isPrefix(F.Place, L.first); });
    if (F.Kind == FactKind::SetFlag && !F.Value && F.Needs == ~0u)
      add({F.Place, F.Truth}, S);
  }

  bool follow(const Edge &E, State &S) {
    for (const Literal &L : E.Assumes)
      if (L.Place && Places.isPrecise(L.Place))
        add({L.Place, L.Truth}, S);
    return true;
  }

  void leaveTry(uint32_t, bool, State &) {}
  bool join(State &S, const State &Other) { return S.intersect(Other); }

private:
  static constexpr size_t MaxKnown = 64;

  void add(std::pair<PlaceId, bool> Known, State &S) const {
    if (S.size() < MaxKnown && IsVisible(Known.first))
      S.insert(Known);
  }

  const PlaceTable &Places;
  llvm::function_ref<bool(PlaceId)> IsVisible;
};

} // namespace borrow

#endif // BORROW_DATAFLOW_KNOWNLITERALS_H
