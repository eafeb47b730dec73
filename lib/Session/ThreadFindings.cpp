//===- ThreadFindings.cpp - What becomes of running threads ---------------===//

#include "Session/ThreadFindings.h"
#include "Session/FunctionAnalysis.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/BitVector.h"

namespace borrow {

void ThreadFindings::clear() {
  Outliving.clear();
  Threads.clear();
  AtRisk.clear();
  Joins.clear();
}

bool ThreadFindings::empty() const {
  return Outliving.empty() && Threads.empty() && AtRisk.empty() &&
         Joins.empty();
}

void ThreadFindings::visit(const Fact &F, const Loans::State &S) {
  switch (F.Kind) {
  case FactKind::Issue:
  case FactKind::Touch:
    if (Facts.loan(F.Loan).Kind == LoanKind::Spent)
      visitJoin(F, S);
    return;
  case FactKind::Dies:
    return visitDeath(F, S);
  case FactKind::Drop:
    return visitDrop(F, S);
  case FactKind::Leave:
    return visitLeave(F, S);
  case FactKind::MayRaise:
    return visitRaise(F, S, AtRisk);
  case FactKind::Raise:
    return visitRaise(F, S, Threads);
  default:
    return;
  }
}

/// Captured objects of `this` whose thread nobody waits for.
void ThreadFindings::visitExit(const Loans::State &S) {
  for (const Held &L : S.Alive) {
    const Loan &Capture = Facts.loan(L.Loan);
    const PlaceTable::Node &Root = Places[Places.root(Capture.Place)];
    if (Capture.Kind == LoanKind::Capture && Root.Kind == Step::This &&
        Facts.holder(L.Keeper).Kind == Holder::Detached)
      addOutlived({L.Loan, L.Keeper, nullptr});
  }
}

void ThreadFindings::visitDeath(const Fact &F, const Loans::State &S) {
  for (const Held &L : S.Alive)
    if (Facts.loan(L.Loan).Kind == LoanKind::Capture &&
        diesWith(F.Place, Facts.loan(L.Loan).Place) &&
        !isPart(F.Place, L.Keeper))
      addOutlived({L.Loan, L.Keeper, &F});
}

/// Does the keeper die along?
bool ThreadFindings::isPart(PlaceId Dying, HolderId Keeper) const {
  const Holder &H = Facts.holder(Keeper);
  return H.Kind == Holder::Storage && Places.isInside(Dying, H.Place);
}

/// Is Place storage of the variable Dying, or of an object that it owns
/// alone?
bool ThreadFindings::diesWith(PlaceId Dying, PlaceId Place) const {
  const clang::VarDecl *Var = Places.rootVariable(Dying);
  // What a reference refers to lives on.
  if (Var->getType()->isReferenceType())
    return false;
  if (Places.isInside(Dying, Place))
    return true;
  bool Owned = Facts.UniqueOwners.contains(Var) &&
               Places.isPrefix(Places.root(Place), Place);
  for (PlaceId P = Place; Owned && P != Dying; P = Places[P].Parent) {
    if (!P)
      return false;
    if (Places[P].Parent == Dying)
      return Places[P].Kind == Step::Deref;
    if (Places[P].Kind == Step::Deref)
      return false;
  }
  return false;
}

void ThreadFindings::visitJoin(const Fact &F, const Loans::State &S) {
  for (const Held &L : S.Alive)
    if (Facts.loan(L.Loan).Kind == LoanKind::Spent && L.Keeper == F.Holder &&
        L.Loan != F.Loan) {
      bool Known = llvm::any_of(
          Joins, [&](const Rejoined &R) { return R.Second == F.Loan; });
      if (!Known)
        Joins.push_back({L.Loan, F.Loan, L.Keeper});
    }
}

void ThreadFindings::visitDrop(const Fact &F, const Loans::State &S) {
  if (!F.Truth)
    return;
  for (const Held &L : S.Alive) {
    const Holder &Dying = Facts.holder(F.Holder);
    const Holder &Keeper = Facts.holder(L.Keeper);
    bool Ends =
        L.Keeper == F.Holder ||
        (Dying.Kind == Holder::Storage && Keeper.Kind == Holder::Storage &&
         Places.isInside(Dying.Place, Keeper.Place));
    bool Known = llvm::any_of(
        Threads, [&](const Unjoined &U) { return U.Thread == L.Loan; });
    if (Facts.loan(L.Loan).Kind == LoanKind::Thread && Ends && !Known)
      Threads.push_back({L.Loan, L.Keeper, &F});
  }
}

/// Locals die when an exception leaves; a thread in a local handle with them.
void ThreadFindings::visitLeave(const Fact &F, const Loans::State &S) {
  for (const Held &L : S.Alive) {
    const Loan &Capture = Facts.loan(L.Loan);
    const Holder &Keeper = Facts.holder(L.Keeper);
    if (Capture.Kind == LoanKind::Capture && isLocal(Capture.Place) &&
        (Keeper.Kind == Holder::Detached || Keeper.Kind == Holder::Queue ||
         (Keeper.Kind == Holder::Storage && !isLocal(Keeper.Place))))
      addOutlived({L.Loan, L.Keeper, &F});
  }
  visitHandles(F, S, Threads);
}

/// An exception, which ends the handles that were made in the try block that
/// it leaves. Out of main, or to a callee that has the handle, it says
/// nothing about the thread.
void ThreadFindings::visitRaise(const Fact &F, const Loans::State &S,
                                std::vector<Unjoined> &Found) {
  if (F.Try != ~0u || !Facts.Function->isMain())
    visitHandles(F, S, Found);
}

/// Is the holder gone when an exception comes to the handlers of Try?
bool ThreadFindings::leaves(HolderId Holder, uint32_t Try) const {
  uint32_t T = Facts.HolderTry[Holder.index()];
  while (T != ~0u && T != Try)
    T = Facts.Tries[T].Parent;
  return T == Try;
}

bool ThreadFindings::isGivenTo(const clang::Stmt *Call, PlaceId Handle) const {
  return llvm::any_of(Facts.Calls, [&](const CallSite &Site) {
    return Site.At == Call &&
           llvm::any_of(Site.Arguments,
                        [&](const Argument &A) { return A.Storage == Handle; });
  });
}

/// A handle, or container of handles, whose destructor ends the program.
bool ThreadFindings::mustBeJoined(HolderId Handle) const {
  auto Ends = [&](const Fact &F) {
    return F.Kind == FactKind::Drop && F.Truth && F.Holder == Handle;
  };
  return llvm::any_of(Facts.Blocks, [&](const Block &B) {
    return llvm::any_of(B.Facts, Ends);
  });
}

/// Local handles of threads, which die here.
void ThreadFindings::visitHandles(const Fact &F, const Loans::State &S,
                                  std::vector<Unjoined> &Found) {
  for (const Held &L : S.Alive) {
    const Loan &Thread = Facts.loan(L.Loan);
    const Holder &Keeper = Facts.holder(L.Keeper);
    bool IsHandle = Thread.Kind == LoanKind::Thread &&
                    Keeper.Kind == Holder::Storage &&
                    Places[Keeper.Place].Kind == Step::Var &&
                    isLocal(Keeper.Place) && mustBeJoined(L.Keeper);
    bool Raises = F.Kind != FactKind::Leave;
    bool Known = llvm::any_of(Found, [&](const Unjoined &U) {
      return U.Thread == L.Loan && (U.Death->At == F.At || Raises);
    });
    bool Given = Raises && isGivenTo(F.At, Keeper.Place);
    bool Ends = !Raises || leaves(L.Keeper, F.Try);
    if (IsHandle && Ends && !Known && !Given)
      Found.push_back({L.Loan, L.Keeper, &F});
  }
}

bool ThreadFindings::isLocal(PlaceId P) const {
  const clang::VarDecl *Var = Places.rootVariable(P);
  return Var && Var->hasLocalStorage() && !Var->getType()->isReferenceType() &&
         Places.isInside(Places.root(P), P);
}

void ThreadFindings::addOutlived(Outlived O) {
  bool Known = llvm::any_of(Outliving, [&](const Outlived &Other) {
    return Facts.loan(Other.Capture).At == Facts.loan(O.Capture).At;
  });
  if (!Known)
    Outliving.push_back(O);
}

bool FunctionAnalysis::mayJoin(const Fact &F, HolderId Handle) const {
  bool Joins =
      ((F.Kind == FactKind::Join || F.Kind == FactKind::Escape) && F.Truth) ||
      F.Kind == FactKind::Share || F.Kind == FactKind::Move;
  if (!Joins || !F.Holder)
    return Joins;
  PlaceId Mine = Facts.holder(Handle).Place;
  PlaceId Other = Facts.holder(F.Holder).Place;
  return Mine && Other &&
         (Places.isPrefix(Mine, Other) || Places.isPrefix(Other, Mine));
}

bool FunctionAnalysis::isJoinedSomewhere(HolderId Handle) const {
  return llvm::any_of(Facts.Blocks, [&](const Block &B) {
    return llvm::any_of(B.Facts,
                        [&](const Fact &F) { return mayJoin(F, Handle); });
  });
}

/// `if (n > 1) t = std::thread(f); … if (n > 1) t.join();`: where ways with and
/// without a join meet, the two conditions may be the same. A handle that is
/// made with its thread has no such condition.
bool FunctionAnalysis::isCertain(const Unjoined &U) const {
  PlaceId Handle = Facts.holder(U.Handle).Place;
  const clang::VarDecl *Var = Handle ? Places.rootVariable(Handle) : nullptr;
  const clang::Expr *At = Facts.loan(U.Thread).At;
  bool MadeWith = !Var || (Var->getInit() &&
                           Var->getInit()->getBeginLoc() <= At->getBeginLoc() &&
                           At->getEndLoc() <= Var->getInit()->getEndLoc());
  if (MadeWith)
    return true;
  // Can the end be reached after a join?
  llvm::SmallVector<BlockId, 16> Queue;
  for (unsigned I = 0; I < Facts.Blocks.size(); ++I)
    if (llvm::any_of(Facts.Blocks[I].Facts,
                     [&](const Fact &F) { return mayJoin(F, U.Handle); }))
      Queue.push_back(BlockId(I));
  llvm::BitVector Seen(Facts.Blocks.size());
  while (!Queue.empty()) {
    BlockId B = Queue.pop_back_val();
    if (Seen.test(B.index()))
      continue;
    Seen.set(B.index());
    for (const Fact &F : Facts.block(B).Facts)
      if (&F == U.Death)
        return false;
    for (const Edge &E : Facts.block(B).Successors)
      Queue.push_back(E.To);
  }
  return true;
}

} // namespace borrow
