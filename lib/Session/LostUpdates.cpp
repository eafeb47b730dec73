//===- LostUpdates.cpp - Values written back too late ---------------------===//

#include "Session/LostUpdates.h"
#include "Dataflow/Loans.h"
#include "Dataflow/Solver.h"
#include "Facts/SourceIndex.h"
#include "clang/AST/Expr.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;

namespace borrow {

/// How many calls deep values are followed.
constexpr unsigned MaxDepth = 150;

LostUpdates::LostUpdates(
    UnitContext &Unit, ThreadEntries &Threads,
    llvm::ArrayRef<std::unique_ptr<FunctionAnalysis>> Analysed)
    : Unit(Unit), Threads(Threads) {
  for (const auto &F : Analysed) {
    const FunctionFacts &Facts = F->facts();
    if (Unit.Index.updates(Facts.Function))
      Functions[Facts.Function].Facts = &Facts;
    for (const Block &B : Facts.Blocks)
      for (const Fact &Event : B.Facts)
        if (Event.Kind == FactKind::SharedUse && Event.Truth)
          Writers[Unit.Places[Event.Place].Key].push_back(Facts.Function);
  }
}

/// May F run twice at once, or somebody else write Data meanwhile?
bool LostUpdates::isContended(Function F, PlaceId Data) const {
  if (Threads.isRepeated(F) || (Threads.isEntry(F) && !Threads.isStarted(F)))
    return true;
  auto It = Writers.find(Unit.Places[Unit.Places.container(Data)].Key);
  return It != Writers.end() && llvm::any_of(It->second, [&](Function Other) {
           return Other != F && Threads.isEntry(Other);
         });
}

LostUpdates::Effects *LostUpdates::effects(Function F) {
  const FunctionDecl *Definition = nullptr;
  if (!F || !F->isDefined(Definition))
    return nullptr;
  auto It = Functions.find(Definition);
  if (It == Functions.end())
    return nullptr;
  if (Depth < MaxDepth && !std::exchange(It->second.Begun, true)) {
    llvm::SaveAndRestore<unsigned> Nesting(Depth, Depth + 1);
    analyse(It->second);
  }
  return &It->second;
}

/// The data of a callee as that of the caller; invalid if it is an element that
/// the caller does not name by a variable.
PlaceId LostUpdates::imported(PlaceId Data, const CallSite &Site) {
  PlaceTable &Places = Unit.Places;
  PlaceId Result = importedPlace(Places.container(Data), Site, Places);
  llvm::SmallVector<PlaceTable::Node, 2> Steps;
  for (PlaceId P = Data; P != Places.container(Data); P = Places[P].Parent)
    Steps.push_back(Places[P]);
  for (const PlaceTable::Node &N : llvm::reverse(Steps)) {
    const auto *Param =
        N.Kind == Step::IndexBy
            ? dyn_cast<ParmVarDecl>(static_cast<const VarDecl *>(N.Key))
            : nullptr;
    bool OfCallee =
        Param &&
        cast<FunctionDecl>(Param->getDeclContext())->getCanonicalDecl() ==
            Site.Callee->getCanonicalDecl();
    unsigned Index = OfCallee ? Param->getFunctionScopeIndex() : ~0u;
    PlaceId Given = Index < Site.Arguments.size()
                        ? Site.Arguments[Index].Storage
                        : PlaceId();
    if (N.Kind == Step::Index)
      Result = Places.append(Result, N);
    else if (Result && Given && Places[Given].Kind == Step::Var)
      Result = Places.indexBy(Result, Places.rootVariable(Given));
    else
      return {};
  }
  return Result;
}

StaleValues::Sections LostUpdates::sections(const FunctionFacts &Facts) {
  StaleValues::Sections Result;
  Loans Analysis(Facts, Unit.Places);
  Solver<Loans> Flow(Facts, Analysis);
  if (!Flow.run())
    return Result;
  Flow.visit([&](const Fact &F, const Loans::State &S) {
    switch (F.Kind) {
    case FactKind::Call:
    case FactKind::Copy:
    case FactKind::Issue:
    case FactKind::Resume:
    case FactKind::SharedUse:
      break;
    default:
      return;
    }
    FactSections Known;
    for (const Held &L : S.Alive)
      if (const Loan &Lock = Facts.loan(L.Loan);
          Lock.Kind == LoanKind::Lock && Unit.Places.isPrecise(Lock.Place))
        Known.Held.push_back(L.Loan);
    if (F.Kind == FactKind::Call) {
      const CallSite &Site = Facts.Calls[F.Call];
      if (const Effects *Callee = effects(Site.Callee))
        for (const LockedRead &R : Callee->Returned) {
          LockedRead Mine{imported(R.Data, Site),
                          importedPlace(R.Lock, Site, Unit.Places),
                          {Site.Callee, Site.Callee, R.Via.Loc, R.Via.Loc}};
          if (Mine.Data && Mine.Lock)
            Known.Returned.push_back(Mine);
        }
    }
    if (!Known.Held.empty() || !Known.Returned.empty())
      Result[&F] = std::move(Known);
  });
  return Result;
}

void LostUpdates::visitCopy(const Fact &F, const StaleValues &Values,
                            const StaleValues::State &S, Effects &Of) {
  Values.origins(F.Value, S, [&](const Origin &O) {
    if (F.Place == Unit.Places.result()) {
      if (O.Data)
        Of.Returned.push_back(
            {O.Data, O.Lock, {nullptr, nullptr, O.At->getBeginLoc(), {}}});
      return;
    }
    for (LoanId Section : Values.held(F)) {
      PlaceId Lock = Of.Facts->loan(Section).Place;
      if (S.Looked.contains({Unit.Places.container(F.Place), Section}))
        continue;
      if (O.Parameter != ~0u)
        Of.Stores.push_back({O.Parameter, F.Place, Lock, F.At});
      else if (O.Data == F.Place && O.Lock == Lock && O.Section != Section &&
               !Values.isKept(O, F))
        Of.Lost.push_back({O.Data, Lock, F.At, {}, O.At, O.Via});
    }
  });
  // What is returned at once was not copied before.
  if (F.Place == Unit.Places.result())
    for (LoanId Section : Values.held(F))
      if (Values.isRead(F.Value, Section, S))
        Of.Returned.push_back({F.Value,
                               Of.Facts->loan(Section).Place,
                               {nullptr, nullptr, F.At->getBeginLoc(), {}}});
}

void LostUpdates::visitCall(const Fact &F, const StaleValues &Values,
                            const StaleValues::State &S, Effects &Of) {
  const CallSite &Site = Of.Facts->Calls[F.Call];
  const Effects *Callee = effects(Site.Callee);
  if (!Callee)
    return;
  for (const Store &Inner : Callee->Stores) {
    PlaceId Data = imported(Inner.Data, Site);
    PlaceId Lock = importedPlace(Inner.Lock, Site, Unit.Places);
    if (!Data || !Lock || Inner.Parameter >= Site.Arguments.size())
      continue;
    for (PlaceId Source : Site.Arguments[Inner.Parameter].MadeFrom)
      Values.origins(Source, S, [&](const Origin &O) {
        SourceLocation Loc = Inner.At->getBeginLoc();
        if (O.Parameter != ~0u)
          Of.Stores.push_back({O.Parameter, Data, Lock, Site.At});
        else if (O.Data == Data && O.Lock == Lock && !Values.section(F, Lock) &&
                 !Values.isKept(O, F))
          Of.Lost.push_back({Data,
                             Lock,
                             Site.At,
                             {Site.Callee, Site.Callee, Loc, Loc},
                             O.At,
                             O.Via});
      });
  }
}

void LostUpdates::analyse(Effects &Of) {
  const FunctionFacts &Facts = *Of.Facts;
  StaleValues::Sections Known = sections(Facts);
  StaleValues Values(Facts, Unit.Places, Known);
  Solver<StaleValues> Flow(Facts, Values);
  if (Known.empty() || !Flow.run())
    return;
  Flow.visit([&](const Fact &F, const StaleValues::State &S) {
    if (F.Kind == FactKind::Copy)
      visitCopy(F, Values, S, Of);
    if (F.Kind == FactKind::Call)
      visitCall(F, Values, S, Of);
  });
}

std::vector<LostUpdate> LostUpdates::find() {
  std::vector<LostUpdate> Found;
  for (auto &[F, Of] : Functions) {
    effects(F);
    for (const LostUpdate &U : Of.Lost) {
      bool Known = llvm::any_of(Found, [&](const LostUpdate &Other) {
        return Other.Write == U.Write;
      });
      if (!Known && isContended(F, U.Data))
        Found.push_back(U);
    }
  }
  return Found;
}

} // namespace borrow
