//===- LockSummary.cpp - What a function does to locks --------------------===//

#include "Dataflow/HeldLocks.h"
#include "Dataflow/Released.h"
#include "Dataflow/Solver.h"
#include "Summary/SummaryBuilder.h"

using namespace clang;

namespace borrow {

void SummaryBuilder::addReleased() {
  bool Takes = !TouchFacts.empty() || !EffectFacts.empty();
  if (!Takes || (Result.Unlocked.empty() && !GivesBack))
    return;
  Released Analysis(Facts);
  Solver<Released> Flow(Facts, Analysis);
  if (!Flow.run())
    return;
  Flow.visit([&](const Fact &F, const Released::State &S) {
    auto Given =
        llvm::make_filter_range(S, [&](PlaceId P) { return isGiven(P); });
    if (auto It = llvm::find(TouchFacts, &F); It != TouchFacts.end()) {
      auto &Without = Result.Touches[It - TouchFacts.begin()].Without;
      llvm::erase_if(Without, [&](PlaceId P) { return !isGiven(P); });
      Without.append(Given.begin(), Given.end());
    }
    auto It = llvm::find(EffectFacts, &F);
    if (It != EffectFacts.end() && !Given.empty())
      if (PlaceId &Mine = Result.Effects[It - EffectFacts.begin()].Released;
          !Mine)
        Mine = *Given.begin();
  });
}

void SummaryBuilder::addLocks() {
  if (!HeldLocks::concerns(Facts))
    return;
  HeldLocks Analysis(Facts, Places);
  Solver<HeldLocks> Flow(Facts, Analysis);
  if (!Flow.run())
    return;
  auto AtExit = Flow.atStart(Facts.Exit);
  if (!AtExit)
    return;
  std::optional<HeldLocks::State> If[2];
  SortedSet<PlaceId, 1> Lent;
  Flow.visit([&](const Fact &F, const HeldLocks::State &S) {
    if (PlaceId Lock = HeldLocks::lent(F, S))
      Lent.insert(Lock);
    bool Known = F.Kind == FactKind::SetFlag && F.Needs == ~0u;
    if (F.Place != Places.result() || (!Known && F.Kind != FactKind::Assign))
      return;
    for (bool Truth : {false, true}) {
      if (Known && !F.Value && F.Truth != Truth)
        continue;
      HeldLocks::State Returned = S;
      Edge E;
      // `return m.try_lock();` makes the result itself.
      E.Assumes.push_back({Places.result(), Truth});
      if (Known && F.Value)
        E.Assumes.push_back({F.Value, F.Truth == Truth});
      if (!Analysis.follow(E, Returned))
        continue;
      if (If[Truth])
        Analysis.join(*If[Truth], Returned);
      else
        If[Truth] = std::move(Returned);
    }
  });
  for (const auto &[Lock, States] : AtExit->Locks) {
    bool AsItWas = Lent.contains(Lock) && !(States & ~(Untouched | ByHand));
    if (States == Untouched || AsItWas || !isVisible(Lock))
      continue;
    LockExit Exit{Lock, false, States, States, States};
    if (If[false] && If[true]) {
      // Guards of its own die after the result is made.
      auto AfterScopes = [All = States](LockStates S) {
        return (S & ByGuard) && !(All & ByGuard)
                   ? LockStates((S & ~ByGuard) | Free)
                   : S;
      };
      Exit.IfFalse = AfterScopes(If[false]->Locks.get(Lock));
      Exit.IfTrue = AfterScopes(If[true]->Locks.get(Lock));
    }
    append(Result.Locks, Exit);
  }
  for (const auto &[Guard, States] : AtExit->Guards) {
    const Holder &H = Facts.holder(Guard);
    if (H.Kind == Holder::Result)
      append(Result.Locks, LockExit{Places.result(), true, States});
    else if (H.Kind == Holder::Storage && isVisible(H.Place))
      append(Result.Locks, LockExit{H.Place, true, States});
  }
}

} // namespace borrow
