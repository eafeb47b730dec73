//===- GuardFacts.cpp - Where guards begin, go and end --------------------===//

#include "Facts/FactBuilder.h"
#include "Facts/SourceIndex.h"
#include "Model/GuardMaking.h"
#include "Model/Vocabulary.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace borrow {

using Exprs = llvm::SmallVector<const Expr *, 4>;

void FactBuilder::issueLock(const Expr *Mutex, Access How, const Expr *At,
                            HolderId H, bool Tried) {
  PlaceId Place = mutexPlace(Mutex);
  issue(LoanKind::Lock, How, Place, At, H, Tried);
  Facts.Loans.back().Recursive = Unit.Index.mayBeRecursive(Mutex, Unit.Words);
}

/// May the user's function throw, for all that its declaration tells?
static bool isUnseen(const FunctionDecl *Callee, const ASTContext &Context) {
  return Callee && !Callee->isDefined() && !Callee->isNoReturn() &&
         !Callee->isExternC() && !isNoexcept(Callee) &&
         !Context.getSourceManager().isInSystemHeader(Callee->getLocation());
}

/// What the callee throws comes out of its call.
void FactBuilder::addRaise(const Stmt *At, const FunctionDecl *Callee) {
  const Expr *Throw = Unit.Index.thrownBy(Callee);
  if (!Throw && !(Shares && isUnseen(Callee, Unit.Context)))
    return;
  Fact &F = add(Throw ? FactKind::Raise : FactKind::MayRaise, At);
  F.Try = Objects.enclosingTry(At);
  if (Throw)
    F.Via = {Callee, Callee, Throw->getExprLoc(), Throw->getExprLoc()};
}

/// The mutex that an argument names, by value, reference or pointer.
PlaceId FactBuilder::mutexPlace(const Expr *Mutex) {
  PlaceId Place = Resolver.place(Mutex);
  return Mutex->getType()->isPointerType() ? Unit.Places.deref(Place) : Place;
}

/// `std::unique_lock g(m, …)`, `std::scoped_lock g(a, b)`, `absl::MutexLock
/// g(&m)`: one loan per mutex; the tags say whether it is taken now.
void FactBuilder::addGuardConstruction(const CXXConstructExpr *Construct,
                                       Access How) {
  HolderId H = Objects.result(Construct);
  GuardMaking Does = guardMaking(Construct, Unit.Words, Unit.Context);
  bool Tries = Does == GuardMaking::Tries;
  bool Deferred = Does == GuardMaking::Defers;
  for (const Expr *Arg : Construct->arguments()) {
    if (!Unit.Words.isMutex(Arg->getType()))
      continue;
    if (Does == GuardMaking::Adopts && H) {
      PlaceId Mutex = mutexPlace(Arg);
      Fact &F = add(FactKind::Adopt, Construct);
      F.Place = Mutex;
      F.Holder = H;
      F.Loan = Facts.addLoan(
          {LoanKind::Lock, How, Mutex, Construct, {}, false, {}, {}});
      Facts.Loans.back().Adopted = true;
      continue;
    }
    issueLock(Arg, How, Construct, H, Tries || Deferred);
    if (Tries && H)
      addUntestedGuard(Construct, H, Resolver.place(Arg));
    // Nothing is locked yet; the guard remembers which mutex.
    if (Deferred && H)
      add(FactKind::Suspend, Construct).Holder = H;
  }
}

void FactBuilder::addGuardMethod(const CallExpr *Call, CallRole Role,
                                 const Expr *Object) {
  HolderId H = Objects.source(Object);
  if (!H)
    return;
  switch (Role) {
  case CallRole::Lock:
  case CallRole::LockOnce:
  case CallRole::LockShared:
  case CallRole::TryLock:
  case CallRole::TryLockShared: {
    bool Tries = Role == CallRole::TryLock || Role == CallRole::TryLockShared;
    Fact &F = add(FactKind::Resume, Call);
    F.Holder = H;
    F.Truth = Tries;
    F.Strict = Role == CallRole::LockOnce;
    if (Tries) {
      Facts.LockTests.push_back({Unit.Places.opaque(Call), H});
      addUntestedTry(Call, H);
    }
    return;
  }
  case CallRole::Unlock:
  case CallRole::UnlockOnce: {
    Fact &F = add(FactKind::Suspend, Call);
    F.Holder = H;
    F.Strict = Role == CallRole::UnlockOnce;
    return;
  }
  case CallRole::Abandon: {
    // Who looks at the result unlocks the mutex by that.
    bool Forgotten = Objects.isDiscarded(Call);
    add(Forgotten ? FactKind::Abandon : FactKind::Drop, Call).Holder = H;
    return;
  }
  case CallRole::Release:
    add(FactKind::Drop, Call).Holder = H;
    return;
  default:
    return;
  }
}

/// `lock().unwrap()`, `std::move(opt).value()`: a guard is taken out of what
/// wraps it.
void FactBuilder::addTakenOut(const CallExpr *Call, const Expr *Object) {
  HolderId To = Objects.result(Call);
  HolderId From = Objects.source(Object);
  if (!To || !From || From == To || Call->isGLValue() ||
      !Unit.Words.mayHold(Call->getType()))
    return;
  Fact &F = add(FactKind::Move, Call);
  F.Holder = From;
  F.To = To;
}

/// `std::make_unique<std::lock_guard<std::mutex>>(m)`: a guard made in place.
void FactBuilder::addMadeGuard(const CallExpr *Call) {
  const auto *Owner = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      Call->getType()->getAsCXXRecordDecl());
  HolderId H = Objects.result(Call);
  if (!Owner || !H || !isStd(Owner) || Call->isGLValue() ||
      Owner->getTemplateArgs().size() == 0 ||
      Owner->getTemplateArgs()[0].getKind() != TemplateArgument::Type)
    return;
  TypeRole Made = Unit.Words.role(Owner->getTemplateArgs()[0].getAsType());
  if (Made != TypeRole::Guard && Made != TypeRole::SharedGuard)
    return;
  for (const Expr *Arg : Call->arguments())
    if (Unit.Words.isMutex(Arg->getType()))
      issueLock(Arg, Made == TypeRole::Guard ? Access::Mut : Access::Shared,
                Call, H);
}

/// `swap(a, b)` and `a.swap(b)` of guards.
bool FactBuilder::addGuardSwap(const CallExpr *Call) {
  Exprs Args(Call->arg_begin(), Call->arg_end());
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Call))
    Args.insert(Args.begin(), Member->getImplicitObjectArgument());
  if (Args.size() != 2 || !Unit.Words.mayHold(Args[0]->getType()) ||
      !Unit.Words.mayHold(Args[1]->getType()))
    return false;
  HolderId A = Objects.source(Args[0]), B = Objects.source(Args[1]);
  if (!A || !B)
    return false;
  HolderId Between = Facts.addHolder({Holder::Temporary, {}, Call});
  std::pair<HolderId, HolderId> Moves[] = {{A, Between}, {B, A}, {Between, B}};
  for (auto [From, To] : Moves) {
    Fact &F = add(FactKind::Move, Call);
    F.Holder = From;
    F.To = To;
  }
  return true;
}

/// May the callee take what it is given by rvalue reference?
bool FactBuilder::mayTake(const Expr *Call, unsigned Index) {
  const FunctionDecl *Callee = nullptr, *Definition = nullptr;
  if (const auto *X = dyn_cast<CallExpr>(Call))
    Callee = X->getDirectCallee();
  else if (const auto *X = dyn_cast<CXXConstructExpr>(Call))
    Callee = X->getConstructor();
  if (!Callee || !Callee->isDefined(Definition) || isStd(Definition) ||
      Index >= Definition->getNumParams())
    return true;
  return Unit.Index.isPassedOn(Definition->getParamDecl(Index));
}

/// A guard that goes by value or rvalue into a call is in the result
/// afterwards if that can hold it, else it ends in the callee. A call that
/// returns a reference passes its arguments on (std::get, std::forward).
void FactBuilder::addGuardMoves(llvm::ArrayRef<const Expr *> Args, HolderId To,
                                const Expr *At) {
  bool Keeps = To && Unit.Words.mayHold(At->getType());
  for (const auto &[Index, Arg] : llvm::enumerate(Args)) {
    QualType T = Arg->getType();
    if (Arg->isLValue() || !Unit.Words.mayHold(T) ||
        (At->isGLValue() && isa<CallExpr>(At)))
      continue;
    HolderId From = Objects.source(Arg);
    // A parameter by value ends with the full expression, as a temporary.
    bool Taken = Arg->isXValue() && mayTake(At, Index);
    if (!From || From == To || (!Keeps && !Taken))
      continue;
    Fact &F = add(Keeps ? FactKind::Move : FactKind::Drop, At);
    F.Holder = From;
    F.To = Keeps ? To : HolderId();
  }
}

/// Methods of standard containers, optionals and the like that hold guards or
/// threads: what goes in is kept by the container.
void FactBuilder::addContainerCall(const CXXMemberCallExpr *Call) {
  const Expr *Object = Call->getImplicitObjectArgument();
  QualType T = Object->getType();
  if (T->isPointerType())
    T = T->getPointeeType();
  Exprs Args;
  for (const Expr *Arg : Call->arguments())
    if (!isa<CXXDefaultArgExpr>(Arg))
      Args.push_back(Arg);
  const CXXMethodDecl *Method = Call->getMethodDecl();
  bool Replaces = simpleName(Method) == "emplace" && Unit.Words.mayBeEmpty(T);
  if (Replaces)
    add(FactKind::Full, Call).Place = Resolver.storage(Object);
  if (!Method || Method->isConst() || !Unit.Words.mayHold(T)) {
    // After a change of a container its elements are others. A method that a
    // class has from a base of std, as weak_from_this, changes nothing.
    QualType Own = Object->IgnoreParenImpCasts()->getType();
    const CXXRecordDecl *Class =
        (Own->isPointerType() ? Own->getPointeeType() : Own)
            ->getAsCXXRecordDecl();
    if (Method && !Method->isConst() && Class && isStd(Class) &&
        !Method->getReturnType()->isReferenceType())
      add(FactKind::Assign, Call).Place = Resolver.storage(Object);
    return;
  }
  HolderId Container = Objects.source(Object);
  if (!Container)
    return;
  StringRef Name = simpleName(Method);
  if (Replaces)
    addDrop(Container, T, Call);
  if (Args.empty() || Name == "erase") {
    bool Ends = Name == "clear" || Name == "reset" || Name == "pop" ||
                Name == "pop_back" || Name == "pop_front" || Name == "erase";
    if (Ends && Name != "erase" && !Name.starts_with("pop"))
      addDrop(Container, T, Call);
    else if (Ends)
      add(FactKind::Drop, Call).Holder = Container;
    else if (Unit.Words.mustBeJoined(T))
      addShare(Object, Call);
    return;
  }
  TypeRole Element = TypeRole::None;
  if (const auto *Spec = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
          T->getAsCXXRecordDecl()))
    if (Spec->getTemplateArgs().size() != 0 &&
        Spec->getTemplateArgs()[0].getKind() == TemplateArgument::Type)
      Element = Unit.Words.role(Spec->getTemplateArgs()[0].getAsType());
  bool MakesThread = Name.starts_with("emplace") && isThread(Element);
  bool FromThread = llvm::any_of(Args, [&](const Expr *Arg) {
    return Unit.Words.role(Arg->getType()) == Element;
  });
  if (MakesThread && !FromThread)
    return addStart(Call, Container, Args, Element);
  for (const Expr *Arg : Args) {
    bool LocksArgument =
        (Element == TypeRole::Guard || Element == TypeRole::SharedGuard) &&
        Unit.Words.isMutex(Arg->getType());
    if (LocksArgument)
      issueLock(Arg, Element == TypeRole::Guard ? Access::Mut : Access::Shared,
                Call, Container);
    else if (!Arg->isLValue() && Unit.Words.mayHold(Arg->getType()))
      if (HolderId From = Objects.source(Arg)) {
        Fact &F = add(FactKind::Move, Call);
        F.Holder = From;
        F.To = Container;
      }
  }
}

} // namespace borrow
