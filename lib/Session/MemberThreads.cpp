//===- MemberThreads.cpp - What an object's own thread uses meanwhile -----===//

#include "Session/MemberThreads.h"
#include "Dataflow/Loans.h"
#include "Dataflow/Solver.h"
#include "Dataflow/Waited.h"
#include "Facts/SourceIndex.h"
#include "Place/PlaceTable.h"
#include "Session/ThreadEntries.h"
#include "clang/AST/DeclCXX.h"

using namespace clang;

namespace borrow {

MemberThreads::MemberThreads(
    UnitContext &Unit,
    llvm::ArrayRef<std::unique_ptr<FunctionAnalysis>> Functions)
    : Unit(Unit), Functions(Functions) {
  for (const auto &F : Functions)
    collect(F->facts());
  if (!Uses.empty())
    addReached();
}

/// Is P a member of the object behind This, or a member of such a member?
static bool isMemberOf(PlaceId P, PlaceId This, const PlaceTable &Places) {
  while (P && P != This && Places[P].Kind == Step::Field)
    P = Places[P].Parent;
  return P == This;
}

void MemberThreads::collect(const FunctionFacts &Facts) {
  const PlaceTable &Places = Unit.Places;
  bool Ends = isa<CXXDestructorDecl>(Facts.Function);
  bool Starts = false;
  for (const Block &B : Facts.Blocks)
    for (const Fact &F : B.Facts) {
      Starts |= F.Kind == FactKind::Issue &&
                Facts.loan(F.Loan).Kind == LoanKind::Running;
      bool MayEnd = F.Kind == FactKind::Join || F.Kind == FactKind::Escape ||
                    F.Kind == FactKind::Move;
      PlaceId Handle =
          MayEnd && F.Holder ? Facts.holder(F.Holder).Place : PlaceId();
      if (Handle && !Ends && Places[Handle].Kind == Step::Field)
        Ended.insert(Places[Handle].Key);
    }
  const auto *Maker = dyn_cast<CXXConstructorDecl>(Facts.Function);
  if (!Starts || !Maker)
    return;
  Loans Analysis(Facts, Places);
  std::optional<Loans::State> AtExit = stateAtExit(Facts, Analysis);
  if (!AtExit)
    return;
  PlaceId This =
      Unit.Places.deref(Unit.Places.thisPointer(Maker->getCanonicalDecl()));
  for (const Held &L : AtExit->Alive) {
    const Loan &Used = Facts.loan(L.Loan);
    PlaceId Handle = Facts.holder(L.Keeper).Place;
    if (Used.Kind == LoanKind::Running && Used.Use.Locks.empty() &&
        !Used.Use.AfterWait && !Used.Use.Publishes && Handle &&
        Places[Handle].Kind == Step::Field && Places[Handle].Parent == This &&
        isMemberOf(Used.Place, This, Places))
      Uses.push_back({Maker, Places[Handle].Key, Used});
  }
}

void MemberThreads::addReached() {
  llvm::DenseMap<Function, llvm::SmallVector<Function, 4>> Callees;
  for (Function Callee : Unit.Index.functions())
    for (Function Caller : Unit.Index.callers(Callee))
      Callees[Caller].push_back(Callee);
  llvm::SmallVector<Function, 16> Queue;
  for (const auto &F : Functions)
    for (Function Started : F->facts().Started)
      Queue.push_back(definition(Started));
  while (!Queue.empty()) {
    Function F = Queue.pop_back_val();
    if (Reached.insert(F).second)
      Queue.append(Callees[F]);
  }
}

/// May others call the method while the thread runs, and not the thread?
bool MemberThreads::isApart(const CXXMethodDecl *Method) const {
  if (isa<CXXConstructorDecl, CXXDestructorDecl>(Method) ||
      Method->getAccess() != AS_public || isLambda(Method) ||
      Reached.contains(Method))
    return false;
  llvm::ArrayRef<Function> Callers = Unit.Index.callers(Method);
  return llvm::none_of(Callers, isLambda) &&
         (Callers.empty() || llvm::any_of(Callers, [](Function Caller) {
            return !isa<CXXConstructorDecl, CXXDestructorDecl>(Caller);
          }));
}

void MemberThreads::match(const FunctionFacts &Facts,
                          std::vector<MemberRace> &Found) {
  const auto *Method = dyn_cast<CXXMethodDecl>(Facts.Function);
  auto IsOfClass = [&](const Use &U) {
    return U.Maker->getParent() == Method->getParent();
  };
  if (!Method || llvm::none_of(Uses, IsOfClass) || !isApart(Method))
    return;
  bool Waits = llvm::any_of(Facts.Blocks, [](const Block &B) {
    return llvm::any_of(B.Facts, [](const Fact &F) {
      return waits(F) || F.Kind == FactKind::Join;
    });
  });
  Loans Analysis(Facts, Unit.Places);
  Solver<Loans> Flow(Facts, Analysis);
  if (Waits || !Flow.run())
    return;
  PlaceId Mine = Unit.Places.thisPointer(Method->getCanonicalDecl());
  llvm::DenseSet<PlaceId> Known;
  auto Visit = [&](const Fact &F, const Use &U) {
    PlaceId Maker = Unit.Places.thisPointer(U.Maker->getCanonicalDecl());
    bool Races = IsOfClass(U) && (F.Truth || U.Used.How == Access::Mut) &&
                 !Ended.contains(U.Handle) &&
                 Unit.Places.rebase(U.Used.Place, Maker, Mine) == F.Place;
    if (Races && Known.insert(F.Place).second)
      Found.push_back({&F, U.Used});
  };
  Flow.visit([&](const Fact &F, const Loans::State &S) {
    bool IsLocked =
        llvm::any_of(S.Alive,
                     [&](const Held &L) {
                       return guards(Facts.loan(L.Loan), F.Place, Unit.Places);
                     }) ||
        (F.Circumstances != ~0u &&
         !Facts.Circumstances[F.Circumstances].Locks.empty());
    if (F.Kind == FactKind::Access && !IsLocked)
      for (const Use &U : Uses)
        Visit(F, U);
  });
}

std::vector<MemberRace> MemberThreads::races() {
  std::vector<MemberRace> Found;
  if (!Uses.empty())
    for (const auto &F : Functions)
      match(F->facts(), Found);
  return Found;
}

} // namespace borrow
