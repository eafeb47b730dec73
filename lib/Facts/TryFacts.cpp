//===- TryFacts.cpp - What may fail, and whether anybody looks ------------===//

#include "Facts/FactBuilder.h"
#include "Model/Vocabulary.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace borrow {

/// The result of a try or a receive that says whether there is one. What a
/// receive waits for is there unless the type says more.
void FactBuilder::addTried(const CallExpr *Call, Emptiness Why, bool Waits,
                           PlaceId Of) {
  QualType T = Call->getType();
  bool Asked = Waits ? Unit.Words.mayHoldNothing(T)
                     : Unit.Words.canBeAsked(T) || T->isPointerType();
  if (!Asked)
    return;
  Fact &F = add(FactKind::Empty, Call);
  // A variable gets a pointer by an assignment of its own.
  F.Place =
      T->isPointerType() ? Unit.Places.opaque(Call) : storageOfResult(Call);
  F.Value = Of;
  F.Why = Why;
}

/// `if (l)`, `l.owns_lock()`, or anything else but an unlock and the Try
/// itself.
static bool isTested(const Stmt *S, const VarDecl *Guard, const Expr *Try) {
  if (!S || S == Try)
    return false;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(S);
      Ref && Ref->getDecl() == Guard)
    return true;
  if (const auto *Call = dyn_cast<CXXMemberCallExpr>(S);
      Call && simpleName(Call->getMethodDecl()) == "unlock" &&
      isa<DeclRefExpr>(
          Call->getImplicitObjectArgument()->IgnoreParenImpCasts()))
    return false;
  return llvm::any_of(S->children(), [&](const Stmt *Child) {
    return isTested(Child, Guard, Try);
  });
}

/// The variable that the holder is, if nobody but the Try asks it anything.
const VarDecl *FactBuilder::untested(HolderId H, const Expr *Try) {
  const Holder &Keeper = Facts.holder(H);
  const VarDecl *Guard = Keeper.Kind == Holder::Storage
                             ? Unit.Places.rootVariable(Keeper.Place)
                             : nullptr;
  bool Unasked = Guard && Guard->hasLocalStorage() &&
                 !isTested(Facts.Function->getBody(), Guard, Try);
  return Unasked ? Guard : nullptr;
}

/// A try whose result is dropped, or kept in a variable that nobody looks at.
void FactBuilder::addLostTry(const CallExpr *Call, PlaceId Of) {
  HolderId H = Objects.result(Call);
  const VarDecl *Kept = H ? untested(H, Call) : nullptr;
  // Who says that a variable may be unused asks it in an assertion.
  bool Forgotten =
      Kept && Kept->getType()->isBooleanType() && !Kept->hasAttr<UnusedAttr>();
  if (!Forgotten && !Objects.isDiscarded(Call) && !Objects.isSilenced(Call))
    return;
  Fact &F = add(FactKind::Ignore, Call);
  F.Place = Of;
  F.Why = Emptiness::Try;
}

/// Does the variable get a value where it is declared?
static bool hasValue(const VarDecl *Var) {
  const Expr *Init = Var->getInit();
  const auto *Construct =
      dyn_cast_or_null<CXXConstructExpr>(Init ? unwrapped(Init) : nullptr);
  return Init && !(Construct && Construct->getNumArgs() == 0);
}

/// Is Var, or a part of it, mentioned in S before the call?
static bool isMentionedBefore(const Stmt *S, const VarDecl *Var,
                              const CallExpr *Call) {
  if (!S || S == Call)
    return false;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(S);
      Ref && Ref->getDecl() == Var && Ref->getBeginLoc() < Call->getBeginLoc())
    return true;
  return llvm::any_of(S->children(), [&](const Stmt *Child) {
    return isMentionedBefore(Child, Var, Call);
  });
}

/// `if (x.empty())`, `while (x)`: the value itself tells.
static bool asksFor(const Stmt *S, const VarDecl *Var) {
  if (const auto *If = dyn_cast<IfStmt>(S))
    return mentions(If->getCond(), Var);
  if (const auto *Loop = dyn_cast<WhileStmt>(S))
    return mentions(Loop->getCond(), Var);
  const auto *Switch = dyn_cast<SwitchStmt>(S);
  return Switch && mentions(Switch->getCond(), Var);
}

/// `q.try_pop(x);` or `q.try_pop(&x);` fills a variable that has no value of
/// its own, if there is something to fill it with.
void FactBuilder::addReceived(const CallExpr *Call, bool Waits,
                              PlaceId Channel) {
  addTried(Call, Emptiness::Recv, Waits, Channel);
  const Expr *Into = Call->getNumArgs() == 0
                         ? nullptr
                         : Call->getArg(0)->IgnoreParenImpCasts();
  if (const auto *Address = dyn_cast_or_null<UnaryOperator>(Into);
      Address && Address->getOpcode() == UO_AddrOf)
    Into = Address->getSubExpr()->IgnoreParens();
  const auto *Ref = dyn_cast_or_null<DeclRefExpr>(Into);
  const auto *Var = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  bool Tells =
      Call->getType()->isBooleanType() || Call->getType()->isEnumeralType();
  if (!Var || !Var->hasLocalStorage() || isa<ParmVarDecl>(Var) ||
      hasValue(Var) || !Tells || !Objects.isDiscarded(Call))
    return;
  llvm::ArrayRef<const Stmt *> After = Objects.following(Call);
  const auto *Use =
      llvm::find_if(After, [&](const Stmt *S) { return mentions(S, Var); });
  if (Use == After.end() || asksFor(*Use, Var) ||
      isMentionedBefore(Facts.Function->getBody(), Var, Call))
    return;
  Fact &F = add(FactKind::Ignore, Call);
  F.Place = Channel;
  F.Why = Emptiness::Recv;
}

/// A guard made with try_to_lock that nobody asks whether it has the lock.
void FactBuilder::addUntestedGuard(const CXXConstructExpr *Construct,
                                   HolderId H, PlaceId Mutex) {
  if (!untested(H, Construct))
    return;
  for (const Stmt *S : Objects.following(Construct))
    if (const Stmt *Access = firstAccess(S, Unit.Words)) {
      Fact &F = add(FactKind::Ignore, Access);
      F.Place = Mutex;
      F.Why = Emptiness::Try;
      return;
    }
}

/// `l.try_lock();` of a guard that had no lock.
void FactBuilder::addUntestedTry(const CallExpr *Try, HolderId H) {
  if (!Objects.isDiscarded(Try) && !Objects.isSilenced(Try))
    return;
  const VarDecl *Guard = untested(H, Try);
  if (!Guard)
    return;
  PlaceId Mutex = Unit.Places.variable(Guard);
  for (const Fact &F : Current->Facts)
    if (F.Kind == FactKind::Issue && F.Holder == H)
      Mutex = Facts.loan(F.Loan).Place;
  Fact &Lost = add(FactKind::Ignore, Try);
  Lost.Place = Mutex;
  Lost.Why = Emptiness::Try;
}

/// Would the result of Call, if that sends, say whether it has succeeded, but
/// nobody asks?
bool FactBuilder::isUnaskedSend(const Expr *Call) {
  QualType T = Call->getType();
  bool Tells = T->isBooleanType() || T->isEnumeralType() ||
               Unit.Words.role(T->getAsCXXRecordDecl()) == TypeRole::Optional;
  return Tells && Objects.isDiscarded(Call);
}

/// A send that says whether it has succeeded, to nobody.
void FactBuilder::addLostSend(const CallExpr *Call, PlaceId Channel) {
  if (!isUnaskedSend(Call))
    return;
  Fact &F = add(FactKind::Ignore, Call);
  F.Place = Channel;
  F.Truth = true;
  const auto *Sent =
      Call->getNumArgs() != 1
          ? nullptr
          : dyn_cast<DeclRefExpr>(
                unwrapped(Call->getArg(0))->IgnoreParenImpCasts());
  // `tx.send(n); total += n;`
  F.Strict = Sent && llvm::any_of(Objects.following(Call), [&](const Stmt *S) {
               const auto *Op = dyn_cast<BinaryOperator>(S);
               return Op && Op->isCompoundAssignmentOp() &&
                      isShared(Op->getLHS()->IgnoreParens(), Unit.Words) &&
                      mentions(Op->getRHS(), Sent->getDecl());
             });
}

} // namespace borrow
