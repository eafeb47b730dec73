//===- AccessSummary.cpp - What a function that threads run uses ----------===//

#include "Dataflow/Solver.h"
#include "Dataflow/Waited.h"
#include "Model/Vocabulary.h"
#include "Summary/SummaryBuilder.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/DenseSet.h"

using namespace clang;

namespace borrow {

constexpr size_t MaxAccesses = 48;

/// Does P denote the same storage for the caller? What a closure has copied is
/// its own, unless it is a pointer to what others know.
bool SummaryBuilder::isShared(PlaceId P) const {
  if (!isVisible(P))
    return false;
  PlaceId Root = Places.root(P);
  bool Behind = Places.isBehind(Root, P);
  bool IsThis = Places[Root].Kind == Step::This;
  const VarDecl *Var = Places.rootVariable(P);
  if (IsThis && !Lambda)
    return true;
  if (Var && (Var->hasGlobalStorage() || !Lambda || parameter(P) >= 0))
    return Var->hasGlobalStorage() || Var->getType()->isReferenceType() ||
           Behind;
  for (const LambdaCapture &Capture : Lambda->captures()) {
    if (IsThis && Capture.capturesThis())
      return Capture.getCaptureKind() == LCK_This;
    if (!Capture.capturesVariable() || Capture.getCapturedVar() != Var)
      continue;
    if (Capture.getCaptureKind() == LCK_ByRef)
      return !Var->isInitCapture();
    return Behind && !Var->isInitCapture() &&
           (Var->getType()->isPointerType() ||
            Words.role(Var->getType()) == TypeRole::Strong);
  }
  // What an initialised capture refers to was looked through.
  return !Lambda->captures().empty();
}

void SummaryBuilder::addAccess(const Fact &F, const Loans::State &S,
                               bool AfterWait) {
  if (Result.Accesses.size() >= MaxAccesses || !isShared(F.Place))
    return;
  Circumstances How;
  if (F.Circumstances != ~0u)
    How = Facts.Circumstances[F.Circumstances];
  How.AfterWait |= AfterWait;
  for (const Held &L : S.Alive) {
    const Loan &Lock = Facts.loan(L.Loan);
    if (guards(Lock, F.Place, Places))
      How.Locks.push_back(isVisible(Lock.Place) ? Lock.Place : PlaceId());
  }
  for (const Summary::SharedAccess &Known : Result.Accesses)
    if (Known.Place == F.Place && Known.Changes >= F.Truth &&
        Known.How.AfterWait == How.AfterWait && Known.How.Locks == How.Locks)
      return;
  Result.Accesses.push_back({F.Place, F.Truth, How, via(F, F.Via)});
}

void SummaryBuilder::addAccesses() {
  bool Any = false;
  for (const Block &B : Facts.Blocks)
    for (const Fact &F : B.Facts) {
      Any |= F.Kind == FactKind::Access;
      Result.Waits |= F.Kind == FactKind::Sync;
      Result.Publishes |= publishes(F);
    }
  if (!Any)
    return;
  Waited Waiting(Facts);
  Solver<Waited> Waits(Facts, Waiting);
  Loans Analysis(Facts, Places);
  Solver<Loans> Flow(Facts, Analysis);
  if (!Waits.run() || !Flow.run())
    return;
  llvm::DenseSet<const Fact *> AfterWait;
  Waits.visit([&](const Fact &F, const Waited::State &S) {
    if (F.Kind == FactKind::Access && S.Certain)
      AfterWait.insert(&F);
  });
  Flow.visit([&](const Fact &F, const Loans::State &S) {
    if (F.Kind == FactKind::Access)
      addAccess(F, S, AfterWait.contains(&F));
  });
}

} // namespace borrow
