//===- HeldLocks.cpp - What is certain of locks where ---------------------===//

#include "Dataflow/HeldLocks.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace borrow {

/// A loan of a lock that the function itself takes.
static bool isOwnLock(const Loan &L) {
  return L.Kind == LoanKind::Lock && L.At && !L.Via.Callee;
}

HeldLocks::HeldLocks(const FunctionFacts &Facts, const PlaceTable &Places)
    : Facts(Facts), Places(Places) {
  for (const Block &B : Facts.Blocks)
    for (const Fact &F : B.Facts) {
      if (F.Kind == FactKind::Issue && isOwnLock(Facts.loan(F.Loan)) &&
          Facts.loan(F.Loan).TestedBy &&
          Facts.holder(F.Holder).Kind == Holder::Nobody)
        Tries.push_back(
            {Facts.loan(F.Loan).TestedBy, Facts.loan(F.Loan).Place});
      if (F.Kind == FactKind::Settle && F.Value)
        Results.push_back({F.Value, &F});
    }
}

bool HeldLocks::concerns(const FunctionFacts &Facts) {
  return llvm::any_of(Facts.Blocks, [&](const Block &B) {
    return llvm::any_of(B.Facts, [&](const Fact &F) {
      switch (F.Kind) {
      case FactKind::Unlock:
      case FactKind::Settle:
      case FactKind::Suspend:
      case FactKind::Resume:
      case FactKind::Abandon:
        return true;
      case FactKind::Issue:
        return isOwnLock(Facts.loan(F.Loan)) &&
               Facts.holder(F.Holder).Kind == Holder::Nobody;
      default:
        return false;
      }
    });
  });
}

void HeldLocks::forget(PlaceId Lock, State &S) const {
  S.Locks.set(Lock, Untouched);
}

void HeldLocks::forgetGuard(HolderId Guard, State &S) const {
  for (const auto &[H, Lock] : S.Kept)
    if (H == Guard)
      forget(Lock, S);
  S.Guards.set(Guard, Untouched);
}

void HeldLocks::take(const Loan &L, HolderId Keeper, State &S) const {
  LockStates Before = S.Locks.get(L.Place);
  bool Alone = Facts.holder(Keeper).Kind == Holder::Nobody;
  LockStates Taken = Alone ? ByHand : ByGuard;
  bool Again = L.Recursive && (Before & (ByHand | ByGuard));
  S.Locks.set(L.Place, Again        ? Untouched
                       : L.TestedBy ? LockStates(Before | Taken)
                                    : Taken);
  if (Alone)
    return;
  S.Guards.set(Keeper, L.TestedBy ? LockStates(ByGuard | Free) : ByGuard);
  S.Kept.insert({Keeper, L.Place});
}

void HeldLocks::giveBack(HolderId Guard, State &S) const {
  for (const auto &[H, Lock] : S.Kept) {
    LockStates Held = S.Locks.get(Lock);
    if (H == Guard && (Held & ByGuard))
      S.Locks.set(Lock, Held == ByGuard ? Free : LockStates(Held & ~ByGuard));
  }
}

void HeldLocks::takeAgain(HolderId Guard, LockStates As, State &S) const {
  S.Guards.set(Guard, As);
  for (const auto &[H, Lock] : S.Kept)
    if (H == Guard)
      S.Locks.set(Lock,
                  As == ByGuard ? ByGuard : LockStates(S.Locks.get(Lock) | As));
}

void HeldLocks::end(HolderId Guard, State &S) const {
  if (S.Guards.get(Guard) & ByGuard)
    giveBack(Guard, S);
  S.Guards.set(Guard, Untouched);
  S.Kept.eraseIf([&](const auto &K) { return K.first == Guard; });
}

/// A function of the user's whose body is seen, and of which there is nothing
/// to say, does nothing to locks.
static bool isHarmless(const FunctionDecl *Callee) {
  const FunctionDecl *Definition = nullptr;
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Callee);
  if (!Callee || (Method && Method->isVirtual()) ||
      !Callee->isDefined(Definition))
    return false;
  const SourceManager &Sources = Callee->getASTContext().getSourceManager();
  return !Sources.isInSystemHeader(Definition->getLocation());
}

/// An unknown function may do anything to a lock that it is given, itself or
/// with the object that it belongs to.
void HeldLocks::forgetReached(const CallSite &Site, State &S) const {
  if (isHarmless(Site.Callee))
    return;
  bool HasBody = Site.Callee && Site.Callee->isDefined();
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Site.Callee);
  bool Changes = !HasBody && !(Method && Method->isConst());
  auto Reaches = [&](PlaceId Given, PlaceId Lock) {
    if (!Given)
      return false;
    PlaceId Object =
        Places[Given].Kind == Step::Address ? Places[Given].Parent : Given;
    return Object == Lock || (Changes && Places.isPrefix(Object, Lock));
  };
  llvm::SmallVector<PlaceId, 2> Reached;
  for (const auto &[Lock, Held] : S.Locks)
    if (Reaches(Site.Receiver, Lock) ||
        llvm::any_of(Site.Arguments, [&, L = Lock](const Argument &A) {
          return Reaches(A.Place, L);
        }))
      Reached.push_back(Lock);
  for (PlaceId Lock : Reached)
    forget(Lock, S);
  // A move of a guard is a fact of its own.
  const auto *Constructor = dyn_cast_or_null<CXXConstructorDecl>(Site.Callee);
  bool OnlyMoves = Constructor ? Constructor->isMoveConstructor()
                               : Method && Method->isMoveAssignmentOperator();
  for (const Argument &A : Site.Arguments)
    if (A.Source && !OnlyMoves)
      forgetGuard(A.Source, S);
}

static LockStates settled(LockStates Before, LockStates After) {
  return (After & Untouched) ? LockStates(Before | (After & ~Untouched))
                             : After;
}

void HeldLocks::settle(const Fact &F, State &S) const {
  const LockExit &Exit = Facts.LockExits[F.Exit];
  if (F.Place) {
    S.Locks.set(F.Place, settled(S.Locks.get(F.Place), Exit.States));
    return;
  }
  LockStates After = settled(S.Guards.get(F.Holder), Exit.States);
  if (After == Free)
    giveBack(F.Holder, S);
  if (After == ByGuard)
    takeAgain(F.Holder, ByGuard, S);
  else if (After != Free)
    forgetGuard(F.Holder, S);
  S.Guards.set(F.Holder, After);
}

PlaceId HeldLocks::lent(const Fact &F, const State &S) {
  bool Needs = F.Kind == FactKind::Adopt ||
               (F.Kind == FactKind::Unlock && !F.Via.Callee);
  return Needs && S.Locks.get(F.Place) == Untouched ? F.Place : PlaceId();
}

void HeldLocks::transfer(const Fact &F, State &S) {
  // What a summary says of a lock comes as a Settle.
  bool Replayed = F.Via.Callee != nullptr;
  switch (F.Kind) {
  case FactKind::Issue: {
    const Loan &L = Facts.loan(F.Loan);
    if (isOwnLock(L))
      take(L, F.Holder, S);
    else if (L.Kind == LoanKind::Lock && L.At &&
             Facts.holder(F.Holder).Kind != Holder::Nobody)
      forget(L.Place, S);
    return;
  }
  case FactKind::Unlock:
    if (!Replayed) {
      bool Certain = F.Strict || S.Locks.get(F.Place) == ByHand;
      S.Locks.set(F.Place, Certain ? Free : Untouched);
    }
    return;
  case FactKind::Adopt:
    S.Kept.insert({F.Holder, F.Place});
    return takeAgain(F.Holder, ByGuard, S);
  case FactKind::Suspend:
    if (Replayed)
      return forgetGuard(F.Holder, S);
    giveBack(F.Holder, S);
    S.Guards.set(F.Holder, Free);
    return;
  case FactKind::Resume:
    if (Replayed)
      return forgetGuard(F.Holder, S);
    return takeAgain(F.Holder, F.Truth ? LockStates(ByGuard | Free) : ByGuard,
                     S);
  case FactKind::Drop:
    if (Replayed)
      return forgetGuard(F.Holder, S);
    return end(F.Holder, S);
  case FactKind::Abandon:
    for (const auto &[H, Lock] : S.Kept)
      if (H == F.Holder)
        S.Locks.set(Lock, S.Guards.get(H) == ByGuard ? ByHand : Untouched);
    S.Guards.set(F.Holder, Free);
    return;
  case FactKind::Move: {
    LockStates Moved = S.Guards.get(F.Holder);
    llvm::SmallVector<PlaceId, 2> Locks;
    for (const auto &[H, Lock] : S.Kept)
      if (H == F.Holder)
        Locks.push_back(Lock);
    S.Kept.eraseIf([&](const auto &K) { return K.first == F.Holder; });
    S.Guards.set(F.Holder, Moved == Untouched ? Untouched : Free);
    if (!F.To)
      return;
    for (PlaceId Lock : Locks)
      S.Kept.insert({F.To, Lock});
    S.Guards.set(F.To, Moved);
    return;
  }
  case FactKind::Settle:
    return settle(F, S);
  case FactKind::Call:
    if (!F.Truth)
      forgetReached(Facts.Calls[F.Call], S);
    return;
  case FactKind::Assign:
  case FactKind::SetFlag:
  case FactKind::Dies: {
    const VarDecl *Var = Places[F.Place].Kind == Step::Var
                             ? Places.rootVariable(F.Place)
                             : nullptr;
    bool Dies = F.Kind == FactKind::Dies;
    llvm::SmallVector<PlaceId, 2> Changed;
    for (const auto &[Lock, Held] : S.Locks)
      if ((Places.isPrefix(F.Place, Lock) && (Dies || F.Place != Lock)) ||
          (Var && Lock != F.Place && Places.mentions(Lock, Var)))
        Changed.push_back(Lock);
    for (PlaceId Lock : Changed)
      forget(Lock, S);
    return;
  }
  default:
    return;
  }
}

/// False if the guard is certain to be in the other state.
bool HeldLocks::assumeGuard(HolderId Guard, bool Keeps, State &S) const {
  LockStates Before = S.Guards.get(Guard);
  if (Before == (Keeps ? Free : ByGuard))
    return false;
  if (Keeps) {
    takeAgain(Guard, ByGuard, S);
  } else {
    giveBack(Guard, S);
    S.Guards.set(Guard, Free);
  }
  return true;
}

void HeldLocks::assume(const Literal &L, State &S) const {
  auto Narrow = [&](PlaceId Lock, LockStates Is, LockStates Else) {
    LockStates Before = S.Locks.get(Lock);
    if (!(Is & Untouched)) {
      S.Locks.set(Lock, Is);
      return;
    }
    LockStates Rest = Before & ~(Else & ~Is);
    S.Locks.set(Lock, Rest ? Rest : Untouched);
  };
  for (const auto &[Test, Lock] : Tries)
    if (Test == L.Place && (S.Locks.get(Lock) & ByHand))
      Narrow(Lock, L.Truth ? ByHand : Untouched, L.Truth ? Untouched : ByHand);
  for (const auto &[Test, F] : Results)
    if (Test == L.Place && F->Place) {
      const LockExit &Exit = Facts.LockExits[F->Exit];
      Narrow(F->Place, L.Truth ? Exit.IfTrue : Exit.IfFalse,
             L.Truth ? Exit.IfFalse : Exit.IfTrue);
    }
}

bool HeldLocks::follow(const Edge &E, State &S) {
  for (const Literal &L : E.Assumes) {
    if (!L.Place)
      continue;
    assume(L, S);
    for (const auto &[Test, Guard] : Facts.LockTests)
      if (Test == L.Place && !assumeGuard(Guard, L.Truth, S))
        return false;
    llvm::SmallVector<HolderId, 1> Tested;
    for (const auto &[Guard, Held] : S.Guards) {
      const Holder &H = Facts.holder(Guard);
      if (H.Kind == Holder::Storage && H.Place == L.Place)
        Tested.push_back(Guard);
    }
    for (HolderId Guard : Tested)
      if (!assumeGuard(Guard, L.Truth, S))
        return false;
  }
  for (HolderId H : E.Unmade)
    forgetGuard(H, S);
  return true;
}

void HeldLocks::leaveTry(uint32_t Try, bool, State &S) {
  llvm::SmallVector<HolderId, 2> Dead;
  for (const auto &[Guard, Held] : S.Guards)
    for (uint32_t T = Facts.HolderTry[Guard.index()]; T != ~0u;
         T = Facts.Tries[T].Parent)
      if (T == Try)
        Dead.push_back(Guard);
  for (HolderId Guard : Dead)
    end(Guard, S);
}

bool HeldLocks::join(State &S, const State &Other) {
  bool Changed = S.Locks.join(Other.Locks);
  Changed |= S.Guards.join(Other.Guards);
  return S.Kept.unite(Other.Kept) || Changed;
}

} // namespace borrow
