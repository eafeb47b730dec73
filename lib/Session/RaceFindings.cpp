//===- RaceFindings.cpp - What two threads use without a common lock ------===//
//
// A loan of kind Running lives from the start of a thread until it is waited
// for. Whoever uses the same place meanwhile, and is not ordered against the
// thread, races with it: the rule "one writer or many readers" for threads.
//
// Two uses are ordered if a lock is held at both, or if the first is made known
// (Publish) before the second has waited for it (AfterWait).
//
//===----------------------------------------------------------------------===//

#include "Dataflow/Loans.h"
#include "Dataflow/PathSensitive.h"
#include "Dataflow/Solver.h"
#include "Dataflow/Waited.h"
#include "Session/FunctionAnalysis.h"
#include "clang/AST/Decl.h"
#include "llvm/ADT/BitVector.h"

namespace borrow {

namespace {

class RaceFinder {
public:
  RaceFinder(const FunctionFacts &Facts, const PlaceTable &Places)
      : Facts(Facts), Places(Places) {}

  void visit(const Fact &F, const Loans::State &S) {
    if (F.Kind == FactKind::Access)
      visitAccess(F, S);
    else if (F.Kind == FactKind::Dies)
      visitDeath(F, S);
    else if (F.Kind == FactKind::Issue &&
             Facts.loan(F.Loan).Kind == LoanKind::Running)
      visitStart(F, S);
  }

  std::vector<Race> Found;

private:
  using Locks = llvm::SmallVector<PlaceId, 1>;

  /// Can no lock be held at both? A lock that can't be named may be any.
  bool areDisjoint(const Locks &A, const Locks &B) const {
    if (A.empty() || B.empty())
      return true;
    auto IsKnown = [&](PlaceId Lock) { return Places.isPrecise(Lock); };
    return llvm::all_of(A, IsKnown) && llvm::all_of(B, IsKnown) &&
           llvm::none_of(
               A, [&](PlaceId Lock) { return llvm::is_contained(B, Lock); });
  }

  Locks locksAt(const Fact &F, const Loans::State &S) const {
    Locks Result;
    if (F.Circumstances != ~0u)
      Result = Facts.Circumstances[F.Circumstances].Locks;
    for (const Held &L : S.Alive) {
      const Loan &Lock = Facts.loan(L.Loan);
      if (guards(Lock, F.Place, Places))
        Result.push_back(Lock.Place);
    }
    return Result;
  }

  void visitAccess(const Fact &F, const Loans::State &S) {
    for (const Held &L : S.Alive) {
      const Loan &Used = Facts.loan(L.Loan);
      if (Used.Kind == LoanKind::Sent && F.Truth &&
          Places.isPrefix(Used.Place, F.Place) && locksAt(F, S).empty() &&
          isReceivedElsewhere(L))
        return add({L.Loan, &F});
      if (Used.Kind != LoanKind::Running || Used.Place != F.Place ||
          !(F.Truth || Used.How == Access::Mut) ||
          !areDisjoint(Used.Use.Locks, locksAt(F, S)))
        continue;
      if (!Used.Use.AfterWait || !mayPublishAfter(F))
        return add({L.Loan, &F});
    }
  }

  /// A local that a pointer refers to which is still on its way.
  void visitDeath(const Fact &F, const Loans::State &S) {
    for (const Held &L : S.Alive) {
      const Loan &Sent = Facts.loan(L.Loan);
      const clang::VarDecl *Var = Places.rootVariable(F.Place);
      if (Sent.Kind == LoanKind::Sent && Var &&
          !Var->getType()->isReferenceType() &&
          Places.isInside(F.Place, Sent.Place) &&
          !isLocal(Facts.holder(L.Keeper).Place))
        add({L.Loan, &F});
    }
  }

  bool isLocal(PlaceId P) const {
    const clang::VarDecl *Var = Places.rootVariable(P);
    return Var && Var->hasLocalStorage() &&
           !Var->getType()->isReferenceType() &&
           Places.isInside(Places.root(P), P);
  }

  /// A channel of the function's own may be read by the function itself.
  bool isReceivedElsewhere(const Held &Sent) const {
    if (!isLocal(Facts.holder(Sent.Keeper).Place))
      return true;
    return llvm::any_of(Facts.Loans, [](const Loan &L) {
      return L.Kind == LoanKind::Thread || L.Kind == LoanKind::Capture;
    });
  }

  /// A second thread, or the same in the next round of a loop.
  void visitStart(const Fact &F, const Loans::State &S) {
    const Loan &Second = Facts.loan(F.Loan);
    for (const Held &L : S.Alive) {
      const Loan &First = Facts.loan(L.Loan);
      bool SameStart = First.At == Second.At && L.Loan != F.Loan;
      if (First.Kind != LoanKind::Running || First.Place != Second.Place ||
          SameStart ||
          !(First.How == Access::Mut || Second.How == Access::Mut) ||
          !areDisjoint(First.Use.Locks, Second.Use.Locks) ||
          (Second.Use.AfterWait && First.Use.Publishes) ||
          (First.Use.AfterWait && Second.Use.Publishes))
        continue;
      return add({L.Loan, &F});
    }
  }

  /// May what is done at F become known to a thread that still runs?
  bool mayPublishAfter(const Fact &F) const {
    llvm::BitVector Seen(Facts.Blocks.size());
    llvm::SmallVector<BlockId, 8> Queue;
    auto Scan = [&](const Block &B, const Fact *From) {
      for (const Fact *I = From; I != B.Facts.end(); ++I) {
        if (publishes(*I) || (I->Kind == FactKind::Call && !I->Truth))
          return true;
        if (I->Kind == FactKind::Join)
          return false;
      }
      for (const Edge &E : B.Successors)
        Queue.push_back(E.To);
      return false;
    };
    for (const Block &B : Facts.Blocks)
      if (&F >= B.Facts.begin() && &F < B.Facts.end() && Scan(B, &F + 1))
        return true;
    while (!Queue.empty()) {
      BlockId B = Queue.pop_back_val();
      if (Seen.test(B.index()))
        continue;
      Seen.set(B.index());
      if (Scan(Facts.block(B), Facts.block(B).Facts.begin()))
        return true;
    }
    return false;
  }

  /// One finding per place: its death, if there is one.
  void add(Race R) {
    PlaceId Place = Facts.loan(R.Thread).Place;
    if (R.Second->Kind == FactKind::Dies)
      llvm::erase_if(Found, [&](const Race &Other) {
        return Other.Thread == R.Thread && Other.Second->Kind != R.Second->Kind;
      });
    bool Known = llvm::any_of(Found, [&](const Race &Other) {
      return Facts.loan(Other.Thread).Place == Place;
    });
    if (!Known)
      Found.push_back(R);
  }

  const FunctionFacts &Facts;
  const PlaceTable &Places;
};

} // namespace

void FunctionAnalysis::analyseRaces() {
  auto Lends = [](const Loan &L) {
    return L.Kind == LoanKind::Running || L.Kind == LoanKind::Sent;
  };
  if (llvm::none_of(Facts.Loans, Lends))
    return;
  Loans Plain(Facts, Places);
  Solver<Loans> Flow(Facts, Plain);
  if (!Flow.run())
    return;
  RaceFinder Finder(Facts, Places);
  Flow.visit([&](const Fact &F, const Loans::State &S) { Finder.visit(F, S); });
  Atoms Conditions(Facts, Places);
  if (!Finder.Found.empty() && !Conditions.empty()) {
    using PerPath = PathSensitive<Loans>;
    PerPath Refined(Conditions, Plain);
    Solver<PerPath> Confirmed(Facts, Refined);
    if (Confirmed.run()) {
      Finder.Found.clear();
      Confirmed.visit([&](const Fact &F, const PerPath::State &S) {
        for (const auto &[Known, Inside] : S)
          Finder.visit(F, Inside);
      });
    }
  }
  Races = std::move(Finder.Found);
}

} // namespace borrow
