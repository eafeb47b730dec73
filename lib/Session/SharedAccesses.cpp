//===- SharedAccesses.cpp - What functions do with shared data ------------===//

#include "Session/SharedAccesses.h"
#include "Dataflow/Waited.h"
#include "Facts/SourceIndex.h"
#include "Facts/Touches.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;

namespace borrow {

/// Accesses that a function passes on to its callers.
constexpr size_t MaxAccesses = 128;
/// How many calls deep accesses are looked for.
constexpr unsigned MaxDepth = 150;

SharedAccesses::SharedAccesses(
    UnitContext &Unit, ThreadEntries &Threads,
    llvm::ArrayRef<std::unique_ptr<FunctionAnalysis>> Analysed)
    : Places(Unit.Places), Threads(Threads) {
  for (const auto &F : Analysed) {
    addKeeper(F->facts());
    if (Unit.Index.touchesData(F->facts().Function)) {
      Touching.push_back(F->facts().Function);
      Functions[F->facts().Function].Facts = &F->facts();
    }
  }
}

void SharedAccesses::addKeeper(const FunctionFacts &Facts) {
  const auto *Constructor = dyn_cast<CXXConstructorDecl>(Facts.Function);
  if (!Constructor)
    return;
  bool Locks = false, Unlocks = false;
  for (const Block &B : Facts.Blocks)
    for (const Fact &F : B.Facts) {
      Locks |= F.Kind == FactKind::Issue &&
               Facts.loan(F.Loan).Kind == LoanKind::Lock &&
               Facts.holder(F.Holder).Kind == Holder::Nobody;
      Unlocks |= F.Kind == FactKind::Unlock;
    }
  if (Locks && !Unlocks)
    Keepers.insert(Constructor->getParent()->getCanonicalDecl());
}

bool SharedAccesses::isKeeper(Function F) const {
  const auto *Method = dyn_cast<CXXMethodDecl>(F);
  return Method && Keepers.contains(Method->getParent()->getCanonicalDecl());
}

PlaceId importedPlace(PlaceId P, const CallSite &Site, PlaceTable &Places) {
  PlaceId Root = Places.root(P);
  if (Places[Root].Kind == Step::This) {
    if (Places[Root].Key != Site.Callee->getCanonicalDecl())
      return P;
    return Site.Receiver ? Places.rebase(P, Root, Site.Receiver) : PlaceId();
  }
  const VarDecl *Var = Places.rootVariable(P);
  const auto *Param = dyn_cast_or_null<ParmVarDecl>(Var);
  const auto *Owner =
      Param ? dyn_cast<FunctionDecl>(Param->getDeclContext()) : nullptr;
  if (!Owner || Owner->getCanonicalDecl() != Site.Callee->getCanonicalDecl())
    return Var ? P : PlaceId();
  unsigned Index = Param->getFunctionScopeIndex();
  if (Index >= Site.Arguments.size() || !Site.Arguments[Index].Place)
    return {};
  return Places.rebase(P, Root, Site.Arguments[Index].Place);
}

/// Is it part of an object that F made itself and that others only get from it?
bool SharedAccesses::isOwn(const SharedAccess &A, Function F) const {
  const VarDecl *Root = Places.rootVariable(A.Place);
  if (!Root)
    return Places[Places.root(A.Place)].Kind != Step::This;
  if (!Root->hasLocalStorage() || Root->getDeclContext() != F)
    return false;
  QualType T = Root->getType();
  if (isa<ParmVarDecl>(Root))
    return !(T->isReferenceType() || T->isPointerType() || T->isRecordType());
  bool Refers =
      T->isReferenceType() || Places.isBehind(Places.root(A.Place), A.Place);
  return !Refers || !refersToOthers(Root);
}

llvm::ArrayRef<SharedAccess> SharedAccesses::of(Function F) {
  auto It = Functions.find(F);
  if (It == Functions.end() || It->second.InProgress)
    return {};
  if (!It->second.Done && Depth < MaxDepth) {
    llvm::SaveAndRestore<unsigned> Nesting(Depth, Depth + 1);
    It->second.InProgress = true;
    collect(It->second);
    It->second.InProgress = false;
    It->second.Done = true;
  }
  return It->second.Accesses;
}

/// What happens whenever the function runs, before it waits for anybody or
/// decides anything.
static llvm::DenseSet<const Fact *> certainFacts(const FunctionFacts &Facts) {
  llvm::DenseSet<const Fact *> Result;
  llvm::BitVector Seen(Facts.Blocks.size());
  for (BlockId B = Facts.Entry; B && !Seen.test(B.index());) {
    Seen.set(B.index());
    for (const Fact &F : Facts.block(B).Facts) {
      if (waits(F))
        return Result;
      Result.insert(&F);
    }
    BlockId Next;
    for (const Edge &E : Facts.block(B).Successors)
      if (E.LeavesTry == ~0u) {
        if (Next)
          return Result;
        Next = E.To;
      }
    B = Next;
  }
  return Result;
}

void SharedAccesses::collect(Known &Of) {
  const FunctionFacts &Facts = *Of.Facts;
  bool Running = !Facts.Function->isMain() && !startsThreads(Facts);
  bool Locked = false;
  std::vector<SharedAccess> Result;
  llvm::SmallVector<PlaceId, 1> Made;
  for (const Block &B : Facts.Blocks)
    for (const Fact &F : B.Facts)
      if (F.Kind == FactKind::InitLock && Places[F.Place].Kind == Step::Field)
        Made.push_back(Places[F.Place].Parent);
  llvm::DenseSet<const Fact *> Certain = certainFacts(Facts);
  auto Add = [&](SharedAccess A, const Fact &F) {
    bool Alone = !Running || isOwn(A, Facts.Function) ||
                 llvm::any_of(Made, [&](PlaceId Object) {
                   return Places.isPrefix(Object, A.Place);
                 });
    if ((Alone && A.Locks.empty()) || Result.size() >= MaxAccesses)
      return;
    A.IsAlone |= Alone;
    A.IsCertain &= Certain.contains(&F);
    A.AfterLocked = Locked;
    Locked |= !A.Locks.empty();
    Result.push_back(std::move(A));
  };
  visitLocked(Facts, Places, [&](const Fact &F, llvm::ArrayRef<PlaceId> Locks) {
    Running = mayRun(F, Facts, Running);
    if (F.Kind == FactKind::SharedUse) {
      SharedAccess Own{
          F.Place, F.Truth, F.At, {}, {Locks.begin(), Locks.end()}};
      // Whether the object has given its lock back is not known.
      if (isKeeper(Facts.Function))
        Own.Locks.push_back(Places.opaque(nullptr));
      Add(std::move(Own), F);
    }
    if (F.Kind != FactKind::Call)
      return;
    const CallSite &Site = Facts.Calls[F.Call];
    Function Callee = definition(Site.Callee);
    if (!Callee || ownsItsObject(Callee) || Threads.isEntry(Callee))
      return;
    for (const SharedAccess &Inner : of(Callee)) {
      SharedAccess Mine = Inner;
      Mine.Place = importedPlace(Inner.Place, Site, Places);
      Mine.At = Site.At;
      SourceLocation There = Inner.At->getBeginLoc();
      Mine.Via = {Callee, Callee, There, There};
      Mine.Locks.assign(Locks.begin(), Locks.end());
      for (PlaceId L : Inner.Locks)
        if (PlaceId Outer = importedPlace(L, Site, Places))
          Mine.Locks.push_back(Outer);
      if (Mine.Place)
        Add(std::move(Mine), F);
    }
  });
  Of.Accesses = std::move(Result);
}

} // namespace borrow
