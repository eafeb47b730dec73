//===- DanglingFindings.cpp - References that outlive their guard ---------===//

#include "Dataflow/Dangling.h"
#include "Dataflow/Loans.h"
#include "Dataflow/PathSensitive.h"
#include "Dataflow/Solver.h"
#include "Session/FunctionAnalysis.h"
#include "clang/AST/Decl.h"

namespace borrow {
namespace {

class Findings {
public:
  Findings(const FunctionFacts &Facts, const PlaceTable &Places,
           const Dangling &Analysis)
      : Facts(Facts), Places(Places), Analysis(Analysis) {}

  void visit(const Fact &F, const Dangling::State &S) {
    if (F.Kind != FactKind::Mention)
      return;
    for (const Reference &R : S)
      if (R.Place == F.Place && R.State != GuardState::Held)
        add({&Analysis.origin(R), &F, R.Guard, R.State == GuardState::Released,
             LoanId()});
  }

  void visitExit(const Dangling::State &S) {
    for (const Reference &R : S)
      if (R.State == GuardState::Ended && outlives(R.Place))
        add({&Analysis.origin(R), nullptr, R.Guard, false, LoanId()});
  }

  std::vector<DanglingUse> Found;

private:
  void add(DanglingUse D) {
    bool Known = llvm::any_of(Found, [&](const DanglingUse &Other) {
      return Other.Refer->At == D.Refer->At;
    });
    if (!Known)
      Found.push_back(D);
  }

  /// Can others see the storage when the function has returned?
  bool outlives(PlaceId Place) const {
    Step Root = Places[Places.root(Place)].Kind;
    if (Root == Step::Result || Root == Step::This)
      return true;
    const clang::VarDecl *Var = Places.rootVariable(Place);
    if (!Var)
      return false;
    bool ByReference =
        Var->getType()->isReferenceType() && llvm::isa<clang::ParmVarDecl>(Var);
    return Var->hasGlobalStorage() || Var->getDeclContext() != Facts.Function ||
           ByReference || !Places.isInside(Places.root(Place), Place);
  }

  const FunctionFacts &Facts;
  const PlaceTable &Places;
  const Dangling &Analysis;
};

} // namespace

/// A lock on the object of the method that a guard of this function, or by hand
/// the function itself, holds. Who locks again may hold it already.
static const Held *heldLock(llvm::ArrayRef<Held> Alive,
                            const FunctionFacts &Facts,
                            const PlaceTable &Places) {
  auto IsOwn = [&](const Held &L) {
    const Loan &Lock = Facts.loan(L.Loan);
    const Holder &Keeper = Facts.holder(L.Keeper);
    const clang::VarDecl *Guard = Keeper.Kind == Holder::Storage
                                      ? Places.rootVariable(Keeper.Place)
                                      : nullptr;
    bool EndsHere =
        Keeper.Kind == Holder::Nobody || (Guard && Guard->hasLocalStorage() &&
                                          !Guard->getType()->isReferenceType());
    bool OfThis = Places[Places.root(Lock.Place)].Kind == Step::This;
    return Lock.Kind == LoanKind::Lock && EndsHere && OfThis && !Lock.Recursive;
  };
  const Held *It = llvm::find_if(Alive, IsOwn);
  return It == Alive.end() ? nullptr : It;
}

/// Finds what is exposed, and the locks under which members are lent.
Dangling::LockOfLend FunctionAnalysis::analyseLent() {
  Dangling::LockOfLend LentUnder;
  if (all(FactKind::Lend).empty() && all(FactKind::Expose).empty())
    return LentUnder;
  Loans Analysis(Facts, Places);
  Solver<Loans> Flow(Facts, Analysis);
  if (!Flow.run()) {
    OutOfBudget = true;
    return LentUnder;
  }
  Flow.visit([&](const Fact &F, const Loans::State &S) {
    if (F.Kind != FactKind::Lend && F.Kind != FactKind::Expose)
      return;
    const borrow::Held *Lock = heldLock(S.Alive.array(), Facts, Places);
    if (F.Kind == FactKind::Lend) {
      if (Lock)
        LentUnder[&F] = *Lock;
      return;
    }
    // One that was unlocked in between has lent what is returned as well.
    if (!Lock)
      Lock = heldLock(S.Dormant.array(), Facts, Places);
    if (Lock && Facts.holder(Lock->Keeper).Kind == Holder::Storage)
      Exposed.push_back({&F, Lock->Loan, Lock->Keeper});
  });
  return LentUnder;
}

void FunctionAnalysis::analyseDangling() {
  const Dangling::LockOfLend LentUnder = analyseLent();
  if (all(FactKind::Refer).empty() && all(FactKind::AlsoRefer).empty() &&
      LentUnder.empty())
    return;
  Dangling Plain(Facts, Places, LentUnder);
  Solver<Dangling> Flow(Facts, Plain);
  if (!Flow.run()) {
    OutOfBudget = true;
    return;
  }
  Findings Result(Facts, Places, Plain);
  Flow.visit(
      [&](const Fact &F, const Dangling::State &S) { Result.visit(F, S); });
  if (auto AtExit = Flow.atEnd(Facts.Exit))
    Result.visitExit(*AtExit);
  Atoms Conditions(Facts, Places);
  if (!Result.Found.empty() && !Conditions.empty()) {
    using PerPath = PathSensitive<Dangling>;
    PerPath Refined(Conditions, Plain);
    Solver<PerPath> Confirmed(Facts, Refined);
    if (Confirmed.run()) {
      Result.Found.clear();
      Confirmed.visit([&](const Fact &F, const PerPath::State &S) {
        for (const auto &[Known, Inside] : S)
          Result.visit(F, Inside);
      });
      if (auto AtExit = Confirmed.atEnd(Facts.Exit))
        for (const auto &[Known, Inside] : *AtExit)
          Result.visitExit(Inside);
    }
  }
  Dangles = std::move(Result.Found);
  for (DanglingUse &D : Dangles)
    for (const auto &[Lend, Lock] : LentUnder)
      if (Lock.Keeper == D.Guard && (!D.Lock || Lock.Loan < D.Lock))
        D.Lock = Lock.Loan;
  llvm::erase_if(Dangles, [&](const DanglingUse &D) {
    return llvm::any_of(Exposed, [&](const ExposedMember &E) {
      bool InReturn = D.Use && E.Return->At->getSourceRange().fullyContains(
                                   D.Use->At->getSourceRange());
      return E.Return->At == D.Refer->At || InReturn;
    });
  });
}

} // namespace borrow
