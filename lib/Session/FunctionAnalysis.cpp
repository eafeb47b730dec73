//===- FunctionAnalysis.cpp - The questions that checks ask ---------------===//

#include "Session/FunctionAnalysis.h"
#include "Dataflow/Given.h"
#include "Dataflow/PathSensitive.h"
#include "Dataflow/Presence.h"
#include "Dataflow/Solver.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/DenseSet.h"

namespace borrow {

FunctionAnalysis::FunctionAnalysis(const FunctionFacts &Facts,
                                   const PlaceTable &Places)
    : Facts(Facts), Places(Places) {
  analyseLoans();
  analysePresence();
  analyseOwners();
  analyseGifts();
  analyseRaces();
  analyseLocks();
  analyseReceives();
  analyseDangling();
}

llvm::SmallVector<const Fact *, 4> FunctionAnalysis::all(FactKind Kind) const {
  llvm::SmallVector<const Fact *, 4> Result;
  for (const Block &B : Facts.Blocks)
    for (const Fact &F : B.Facts)
      if (F.Kind == Kind)
        Result.push_back(&F);
  return Result;
}

namespace {

class UncheckedUses {
public:
  explicit UncheckedUses(const Presence &Analysis) : Analysis(Analysis) {}

  void visit(const Fact &F, const Presence::State &S) {
    if (F.Kind != FactKind::Deref || !S.Empty.contains(F.Place))
      return;
    const Fact *Upgrade = Analysis.origin(F.Place);
    // `rx.recv().unwrap()` is what looks at the result.
    if (Upgrade && Upgrade->Why != Emptiness::Upgrade && F.Truth)
      return;
    if (Upgrade && Known.insert(F.At).second)
      Found.push_back({&F, Upgrade});
  }

  std::vector<UncheckedUse> Found;

private:
  const Presence &Analysis;
  llvm::DenseSet<const clang::Stmt *> Known;
};

} // namespace

void FunctionAnalysis::analysePresence() {
  Presence Plain(Places);
  Solver<Presence> Flow(Facts, Plain);
  if (!Flow.run()) {
    OutOfBudget = true;
    return;
  }
  UncheckedUses Candidates(Plain);
  Flow.visit([&](const Fact &F, const Presence::State &S) {
    Candidates.visit(F, S);
    if (F.Kind == FactKind::MustUpgrade && F.Try == ~0u &&
        !Plain.isAnchored(F.Value, S))
      Throwing.push_back(&F);
  });
  Unchecked = std::move(Candidates.Found);
  if (Unchecked.empty())
    return;
  Atoms Conditions(Facts, Places);
  if (Conditions.empty())
    return;
  using PerPath = PathSensitive<Presence>;
  PerPath Refined(Conditions, Plain);
  Solver<PerPath> Confirmed(Facts, Refined);
  if (!Confirmed.run())
    return;
  UncheckedUses Kept(Plain);
  Confirmed.visit([&](const Fact &F, const PerPath::State &S) {
    // A handle that is known to be present on this path was checked.
    for (const auto &[Known, Inside] : S)
      if (F.Kind == FactKind::Deref && !Conditions.isTrue(F.Place, Known))
        Kept.visit(F, Inside);
  });
  Unchecked = std::move(Kept.Found);
}

namespace {

/// The first use of what each gift moved away: the first that follows it, or
/// that a loop comes back to.
class UsesAfterGifts {
public:
  explicit UsesAfterGifts(const Given &Analysis) : Analysis(Analysis) {}

  /// Facts come in reverse post-order.
  void visit(const Fact &F, const Given::State &S) {
    if (F.Kind == FactKind::Give)
      Passed.insert(&F);
    const Fact *Gift =
        F.Kind == FactKind::Use ? Analysis.gift(F.Place, S) : nullptr;
    if (!Gift)
      return;
    auto Known = llvm::find_if(
        Found, [&](const UseAfterGift &U) { return U.Gift == Gift; });
    if (Known == Found.end())
      Found.push_back({&F, Gift});
    else if (!Passed.contains(Gift) &&
             F.At->getBeginLoc() < Known->Use->At->getBeginLoc())
      Known->Use = &F;
  }

  std::vector<UseAfterGift> Found;

private:
  const Given &Analysis;
  llvm::DenseSet<const Fact *> Passed;
};

} // namespace

void FunctionAnalysis::analyseGifts() {
  if (all(FactKind::Give).empty())
    return;
  Given Plain(Facts, Places);
  Solver<Given> Flow(Facts, Plain);
  if (!Flow.run()) {
    OutOfBudget = true;
    return;
  }
  UsesAfterGifts Candidates(Plain);
  Flow.visit(
      [&](const Fact &F, const Given::State &S) { Candidates.visit(F, S); });
  AfterGift = std::move(Candidates.Found);
  Atoms Conditions(Facts, Places);
  if (AfterGift.empty() || Conditions.empty())
    return;
  using PerPath = PathSensitive<Given>;
  PerPath Refined(Conditions, Plain);
  Solver<PerPath> Confirmed(Facts, Refined);
  if (!Confirmed.run())
    return;
  UsesAfterGifts Certain(Plain);
  Confirmed.visit([&](const Fact &F, const PerPath::State &S) {
    for (const auto &[Known, Inside] : S)
      Certain.visit(F, Inside);
  });
  AfterGift = std::move(Certain.Found);
}

} // namespace borrow
