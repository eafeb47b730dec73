//===- CallFacts.cpp - Calls and constructions by their role --------------===//

#include "Facts/FactBuilder.h"
#include "Facts/Queues.h"
#include "Facts/SourceIndex.h"
#include "Model/Vocabulary.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/Builtins.h"

using namespace clang;

namespace borrow {

using Exprs = llvm::SmallVector<const Expr *, 4>;

CallRole FactBuilder::roleOf(const CallExpr *Call, const Expr *&Object) {
  const auto *Member = dyn_cast<CXXMemberCallExpr>(Call);
  Object = Member ? Member->getImplicitObjectArgument() : nullptr;
  QualType T = Object ? Object->IgnoreParenImpCasts()->getType() : QualType();
  if (!T.isNull() && T->isPointerType())
    T = T->getPointeeType();
  return Unit.Words.role(Call->getDirectCallee(),
                         T.isNull() ? nullptr : T->getAsCXXRecordDecl());
}

/// The storage under which the result of a call is tested and dereferenced.
PlaceId FactBuilder::storageOfResult(const Expr *Call) {
  if (HolderId H = Objects.result(Call)) {
    const Holder &Owner = Facts.holder(H);
    if (Owner.Kind == Holder::Storage)
      return Owner.Place;
    if (Owner.Kind == Holder::Result)
      return Unit.Places.result();
  }
  return Unit.Places.opaque(Call);
}

void FactBuilder::issue(LoanKind Kind, Access How, PlaceId Place,
                        const Expr *At, HolderId H, bool Tried) {
  PlaceId TestedBy = Tried ? storageOfResult(At) : PlaceId();
  LoanId L = Facts.addLoan({Kind, How, Place, At, {}, false, TestedBy, {}});
  // A guard that nothing holds has no destructor that the CFG would show.
  Fact &F = add(H ? FactKind::Issue : FactKind::Touch, At);
  F.Loan = L;
  F.Holder = H;
}

void FactBuilder::addCall(const CallExpr *Call) {
  const FunctionDecl *Callee = target(Call);
  const Expr *Object = nullptr;
  CallRole Role = roleOf(Call, Object);
  addSharedHandle(Call, Object);
  if (Role == CallRole::Forward)
    return;
  if (Mentions)
    addGifts(Call);
  if (Callee && Callee->getBuiltinID() == Builtin::BI__builtin_assume) {
    if (std::optional<Test> T = Tests.read(Call->getArg(0)); T && T->Truth)
      add(FactKind::Full, Call).Place = T->Place;
    return;
  }
  bool Stores = Role == CallRole::Insert || Role == CallRole::Clear;
  Exprs Args(Call->arg_begin(), Call->arg_end());
  if (Role != CallRole::None && !Stores && addRoleCall(Call, Role, Object)) {
    // A pool of the project's own takes locks and touches data as well.
    if ((Role == CallRole::Post || Role == CallRole::RunAll) && Object &&
        Callee && Callee->isDefined() && !isStd(Callee))
      addCallSite(Call, Callee, Args);
    return;
  }
  if (simpleName(Callee) == "swap" && addGuardSwap(Call))
    return;
  const auto *Member = dyn_cast<CXXMemberCallExpr>(Call);
  bool OfContainer = Member && Callee && isStd(Callee);
  HolderId Result = Objects.result(Call);
  bool Returned = !OfContainer && Result && Unit.Words.mayHold(Call->getType());
  if (Role == CallRole::None && Unit.OwnQueues.takesOut(Callee))
    addReceived(Call, /*Waits=*/false, Resolver.object(Member));
  if (OfContainer)
    addContainerCall(Member);
  else if (!Returned)
    addGuardMoves(Args, Result, Call);
  if (Object && (!Object->isLValue() || Role == CallRole::Unwrap) &&
      Unit.Words.mayHold(Object->getType()))
    addTakenOut(Call, Object);
  addMadeGuard(Call);
  if (TypeRole Made = Unit.Words.madeRole(Call); isThread(Made) && Result)
    addStart(Call, Result, Args, Made);
  addCallSite(Call, Callee, Args);
  if (Shares && Role == CallRole::None && Unit.OwnQueues.putsIn(Callee))
    addSentPointers(Call, Resolver.object(Member));
  if (Returned)
    addGuardMoves(Args, Result, Call);
}

/// The role of a call that takes something if it can.
static CallRole tried(CallRole Role) {
  switch (Role) {
  case CallRole::Lock:
    return CallRole::TryLock;
  case CallRole::LockShared:
    return CallRole::TryLockShared;
  case CallRole::Mut:
    return CallRole::TryMut;
  case CallRole::Shared:
    return CallRole::TryShared;
  default:
    return Role;
  }
}

bool FactBuilder::addRoleCall(const CallExpr *Call, CallRole Role,
                              const Expr *Object) {
  Exprs Args(Call->arg_begin(), Call->arg_end());
  if (Role == CallRole::Spawn)
    return addSpawnCall(Call);
  if (!Object && !Args.empty())
    Object = Args.front();
  if (!Object)
    return false;
  if (Unit.Words.isGuard(Object->getType())) {
    // std::lock(g, h) locks all of them.
    for (const Expr *Arg : isa<CXXMemberCallExpr>(Call) ? Exprs{Object} : Args)
      if (Unit.Words.isGuard(Arg->getType()))
        addGuardMethod(Call, Role, Arg);
    return true;
  }
  PlaceId Place = Resolver.place(Object);
  if (Object->getType()->isPointerType())
    Place = Unit.Places.deref(Place);
  TypeRole Of = Unit.Words.role(Object->IgnoreParenImpCasts()->getType());
  // `s.wlock(1ms)` gives up after a while.
  bool IsTimed = Of == TypeRole::LockedData && Args.size() == 1 &&
                 isa<CXXMemberCallExpr>(Call) &&
                 !isa<CXXDefaultArgExpr>(Args[0]);
  // So does what returns an optional.
  if (IsTimed || Unit.Words.role(Call->getType()->getAsCXXRecordDecl()) ==
                     TypeRole::Optional)
    Role = tried(Role);
  // pthread_mutex_lock is known by the function, not by the type.
  bool IsLock = Of == TypeRole::Mutex || Of == TypeRole::RecursiveMutex ||
                (Of == TypeRole::None && !isa<CXXMemberCallExpr>(Call));
  LoanKind Kind = Of == TypeRole::LockedData ? LoanKind::Data
                  : IsLock                   ? LoanKind::Lock
                                             : LoanKind::Borrow;
  auto Happens = [&](Effect E) {
    Fact &F = add(FactKind::Effect, Call);
    F.Effect = E;
    F.Place = Place;
  };
  HolderId Result = Objects.result(Call);
  bool Manual = Kind == LoanKind::Lock;
  auto Take = [&](Access How, bool Tried) {
    if (Manual)
      issueLock(Object, How, Call, Objects.nobody(Place), Tried);
    else
      issue(Kind, How, Place, Call, Result, Tried);
  };
  switch (Role) {
  case CallRole::Shared:
  case CallRole::LockShared:
    Take(Access::Shared, false);
    return true;
  case CallRole::Mut:
  case CallRole::Lock:
    // std::lock(a, b).
    for (size_t I = 1; Manual && I < Args.size(); ++I)
      if (Unit.Words.isMutex(Args[I]->getType()))
        issueLock(Args[I], Access::Mut, Call,
                  Objects.nobody(mutexPlace(Args[I])));
    Take(Access::Mut, false);
    return true;
  case CallRole::TryShared:
  case CallRole::TryLockShared:
  case CallRole::TryMut:
  case CallRole::TryLock: {
    bool Alone = Role == CallRole::TryMut || Role == CallRole::TryLock;
    Take(Alone ? Access::Mut : Access::Shared, true);
    // Whoever takes a lock gives it back, and must know whether there is one.
    if (Manual)
      addLostTry(Call, Place);
    addTried(Call, Emptiness::Try, /*Waits=*/false, Place);
    return true;
  }
  case CallRole::TryWait:
    addLostTry(Call, Place);
    // std::try_lock(a, b): -1 says that all are locked.
    if (!isa<CXXMemberCallExpr>(Call) && Call->getType()->isIntegerType())
      for (const Expr *Arg : Args)
        if (Unit.Words.isMutex(Arg->getType())) {
          issueLock(Arg, Access::Mut, Call, Objects.nobody(mutexPlace(Arg)));
          Facts.Loans.back().TestedBy =
              Unit.Places.equals(storageOfResult(Call), uint64_t(-1));
        }
    return true;
  case CallRole::TouchShared:
  case CallRole::TouchMut:
    addTouch(Call, Kind,
             Role == CallRole::TouchMut ? Access::Mut : Access::Shared, Place);
    return true;
  case CallRole::WithShared:
  case CallRole::WithMut: {
    HolderId While = Facts.addHolder({Holder::Temporary, {}, Call});
    issue(Kind, Role == CallRole::WithMut ? Access::Mut : Access::Shared, Place,
          Call, While);
    addInvocations(Call, Args);
    add(FactKind::Drop, Call).Holder = While;
    return true;
  }
  case CallRole::Unlock: {
    Fact &F = add(FactKind::Unlock, Call);
    F.Place = Place;
    F.Strict = !Unit.Index.mayBeRecursive(Object, Unit.Words);
    return true;
  }
  case CallRole::InitLock:
    add(FactKind::InitLock, Call).Place = Place;
    return true;
  case CallRole::Upgrade: {
    Fact &F = add(FactKind::Empty, Call);
    F.Place = storageOfResult(Call);
    F.Value = Resolver.storage(Object);
    return true;
  }
  case CallRole::Clone: {
    // `static_pointer_cast<T>(p)` is empty if p is.
    if (isa<CXXMemberCallExpr>(Call) ||
        !Unit.Words.mayBeEmpty(Object->getType()))
      return false;
    Fact &F = add(FactKind::SetFlag, Call);
    F.Place = storageOfResult(Call);
    F.Value = Resolver.storage(Object);
    F.Truth = true;
    return false;
  }
  case CallRole::Unwrap:
    add(FactKind::Deref, Call).Place = Resolver.storage(Object);
    Current->Facts.back().Truth = true;
    return false;
  case CallRole::TryRecv:
    addReceived(Call, /*Waits=*/false, Place);
    addSpin(Call, Place);
    return false;
  case CallRole::Send:
  case CallRole::Recv:
    addGuardMoves(Args, HolderId(), Call);
    Happens(Role == CallRole::Send ? Effect::Send : Effect::Recv);
    if (Shares && Role == CallRole::Send)
      addSentPointers(Call, Place);
    if (Role == CallRole::Recv) {
      Fact &F = add(FactKind::Receive, Call);
      F.Place = Place;
      F.Value = storageOfResult(Call);
    }
    if (Role == CallRole::Recv)
      addReceived(Call, /*Waits=*/true, Place);
    else
      addLostSend(Call, Place);
    return true;
  case CallRole::Sleep:
    Happens(Effect::Sleep);
    return true;
  case CallRole::CondWait:
    addCondWait(Call, Place, Args);
    return true;
  case CallRole::TimedWait:
    addInvocations(Call, Args);
    add(FactKind::Join, Call).Place = Place;
    return true;
  case CallRole::Join:
  case CallRole::Wait:
  case CallRole::RunAll: {
    Happens(Role == CallRole::Join ? Effect::Join : Effect::Wait);
    // What a future waits for may be any thread that has its promise.
    bool OneThread = Role == CallRole::Join && Of != TypeRole::Future;
    HolderId H = OneThread ? joined(Object) : HolderId();
    Fact &F = add(FactKind::Join, Call);
    F.Holder = H;
    F.Truth = OneThread;
    if (OneThread)
      addSpent(Call, Object);
    return true;
  }
  case CallRole::Own:
    addOwner(Call, Call->getDirectCallee(), Resolver.storage(Object), Args);
    return false;
  case CallRole::Disown:
    add(FactKind::Disown, Call).Place = Resolver.storage(Object);
    return false;
  case CallRole::Detach:
    addEscape(joined(Object), Call);
    Current->Facts.back().Truth = true;
    addSpent(Call, Object);
    return true;
  case CallRole::Post:
    if (!hasContext(Args) && !isOwnExecutor(Object))
      addSpawn(Call, executor(Object), Args);
    return true;
  case CallRole::Downgrade:
    addAnchor(storageOfResult(Call), Object, Call);
    return true;
  case CallRole::Invoke:
    addInvocations(Call, Args);
    return true;
  case CallRole::InvokeOnce: {
    size_t First = Facts.Calls.size();
    addInvocations(Call, Args);
    for (size_t I = First; I < Facts.Calls.size(); ++I)
      Facts.Calls[I].IsOnce = true;
    return true;
  }
  case CallRole::Consume:
    for (const Expr *Arg : Args)
      if (HolderId H = Objects.source(Arg))
        add(FactKind::Drop, Call).Holder = H;
    return true;
  default:
    return false;
  }
}

/// `a.replace(v)`, `a.swap(b)`: the second cell is borrowed while the first is.
void FactBuilder::addTouch(const CallExpr *Call, LoanKind Kind, Access How,
                           PlaceId Place) {
  const Expr *Other = Call->getNumArgs() == 1 ? Call->getArg(0) : nullptr;
  if (!Other || Unit.Words.role(Other->getType()) != TypeRole::Cell)
    return issue(Kind, How, Place, Call, HolderId());
  HolderId While = Facts.addHolder({Holder::Temporary, {}, Call});
  issue(Kind, How, Place, Call, While);
  issue(Kind, Access::Mut, Resolver.place(Other), Call, HolderId());
  add(FactKind::Drop, Call).Holder = While;
}

void FactBuilder::addOperator(const CXXOperatorCallExpr *Call) {
  const FunctionDecl *Callee = Call->getDirectCallee();
  Exprs Args(Call->arg_begin(), Call->arg_end());
  OverloadedOperatorKind Kind = Call->getOperator();
  bool OnHandle =
      Unit.Words.mayBeEmpty(Args[0]->IgnoreParenImpCasts()->getType());
  if ((Kind == OO_Arrow || Kind == OO_Star) && Args.size() == 1 && OnHandle) {
    add(FactKind::Deref, Call).Place = Resolver.storage(Args[0]);
    return;
  }
  if ((Kind == OO_Arrow || Kind == OO_Star) && Args.size() == 1 &&
      Unit.Words.canBeAsked(Args[0]->IgnoreParenImpCasts()->getType()))
    add(FactKind::Deref, Call).Place = Resolver.storage(Args[0]);
  if (Call->isAssignmentOp() && Args.size() == 2) {
    if (Unit.Words.role(Args[0]->getType()) == TypeRole::Weak) {
      addAssignment(Args[0], nullptr, Call);
      if (Unit.Words.role(Args[1]->getType()) == TypeRole::Strong)
        addAnchor(Resolver.storage(Args[0]), Args[1], Call);
      return;
    }
    if (Unit.Words.mayHold(Args[0]->getType()))
      if (HolderId To = Objects.source(Args[0])) {
        HolderId From;
        if (Unit.Words.mayHold(Args[1]->getType()))
          From = Objects.source(Args[1]);
        if (From != To) {
          addDrop(To, Args[0]->getType(), Call);
          if (From) {
            Fact &F = add(FactKind::Move, Call);
            F.Holder = From;
            F.To = To;
          }
        }
        // What is stored may be called later (StoredCallbacks).
        if (Unit.Words.role(Args[0]->getType()) == TypeRole::Callable)
          callSite(Call, Callee, Exprs(Args.begin() + 1, Args.end()));
        return;
      }
    QualType T = Args[0]->getType();
    const CXXRecordDecl *Class = T->getAsCXXRecordDecl();
    if (isTestable(T) || (Class && isStd(Class)))
      addAssignment(Args[0], Kind == OO_Equal ? Args[1] : nullptr, Call);
    else if (Kind == OO_Equal)
      addCopies(Resolver.storage(Args[0]), Args[1], Call);
  }
  if ((Kind == OO_PlusPlus || Kind == OO_MinusMinus))
    addAssignment(Args[0], nullptr, Call);
  if (Kind == OO_Call) {
    const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Callee);
    bool IsLambda = Method && Method->getParent()->isLambda();
    if (Closure Called = closure(Args[0]); Called.Body && !IsLambda)
      Callee = Called.Body;
    Exprs Rest(Args.begin() + 1, Args.end());
    addGuardMoves(Rest, Objects.result(Call), Call);
    return addCallSite(Call, Callee, Rest);
  }
  if (Kind == OO_Subscript && Unit.Words.mustBeJoined(Args[0]->getType()))
    addShare(Args[0], Call);
  bool IsMethod = isa_and_nonnull<CXXMethodDecl>(Callee);
  addCallSite(Call, Callee, Exprs(Args.begin() + IsMethod, Args.end()));
}

void FactBuilder::addConstruction(const CXXConstructExpr *Construct) {
  Exprs Args(Construct->arg_begin(), Construct->arg_end());
  if (Construct->isElidable() && Args.size() == 1 &&
      isa<MaterializeTemporaryExpr>(Args[0]))
    return;
  const CXXConstructorDecl *Constructor = Construct->getConstructor();
  HolderId Result = Objects.result(Construct);
  TypeRole Role = Unit.Words.role(Constructor->getParent());
  bool Copies = Constructor->isCopyOrMoveConstructor();
  if (Mentions && Mentions->isGift(Construct))
    addGift(Construct->getArg(0), Construct);
  PlaceId Target = storageOfResult(Construct);
  if (Unit.Words.role(Constructor) == CallRole::Own)
    addOwner(Construct, Constructor, Target, Args);
  switch (Role) {
  case TypeRole::Guard:
  case TypeRole::SharedGuard:
    if (!Copies && !Args.empty() && Unit.Words.isMutex(Args[0]->getType()))
      return addGuardConstruction(
          Construct, Role == TypeRole::Guard ? Access::Mut : Access::Shared);
    break;
  case TypeRole::Thread:
  case TypeRole::JoiningThread:
  case TypeRole::ThreadDetaching:
    if (!Copies && !Args.empty())
      return addStart(Construct, Result, Args, Role);
    break;
  case TypeRole::Weak:
    if (Args.size() == 1 &&
        Unit.Words.role(Args[0]->getType()) == TypeRole::Strong)
      addAnchor(Target, Args[0], Construct);
    return;
  case TypeRole::Strong:
    if (Args.size() >= 1 &&
        Unit.Words.role(Args[0]->getType()) == TypeRole::Weak &&
        Args.size() == 1) {
      Fact &F = add(FactKind::MustUpgrade, Construct);
      F.Place = Target;
      F.Value = Resolver.storage(Args[0]);
      F.Try = Objects.enclosingTry(Construct);
    }
    return;
  default:
    break;
  }
  addBindings(Construct, Target);
  if (Result && Unit.Words.mayHold(Construct->getType())) {
    Exprs Guards;
    for (const Expr *Arg : Args)
      if (Unit.Words.mayHold(Arg->getType()) && (!Arg->isLValue() || !Copies))
        Guards.push_back(Arg);
    addGuardMoves(Guards, Result, Construct);
  }
  if (!Objects.isNamedResult(Construct))
    addCallSite(Construct, Constructor, Args);
}

} // namespace borrow
