//===- TryFacts.cpp - What may fail, and whether anybody looks ------------===//

#include "Facts/FactBuilder.h"
#include "Model/Vocabulary.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace borrow {

/// Is T a guard that can be asked whether it keeps anything?
bool FactBuilder::mayFail(QualType T) {
  const CXXRecordDecl *Class = T->getAsCXXRecordDecl();
  return Class && Class->hasDefinition() && Unit.Words.isGuard(T) &&
         llvm::any_of(Class->methods(), [](const CXXMethodDecl *M) {
           return isa<CXXConversionDecl>(M) &&
                  M->getReturnType()->isBooleanType();
         });
}

/// The result of a try or a receive that says whether there is one.
void FactBuilder::addTried(const CallExpr *Call, Emptiness Why, PlaceId Of) {
  QualType T = Call->getType();
  bool Asked = Unit.Words.role(T->getAsCXXRecordDecl()) == TypeRole::Optional ||
               (Why == Emptiness::Try && mayFail(T));
  if (!Asked)
    return;
  Fact &F = add(FactKind::Empty, Call);
  F.Place = storageOfResult(Call);
  F.Value = Of;
  F.Why = Why;
}

/// Is it `this->a`, or `this->a.b`?
static bool isOfThis(const MemberExpr *Member) {
  const Expr *Base = Member->getBase()->IgnoreParenImpCasts();
  const auto *Outer = dyn_cast<MemberExpr>(Base);
  return isa<CXXThisExpr>(Base) || (Outer && isOfThis(Outer));
}

/// Is S a member of the object, or a variable, that others may change?
bool FactBuilder::isShared(const Stmt *S) {
  const auto *Member = dyn_cast<MemberExpr>(S);
  const auto *Ref = dyn_cast<DeclRefExpr>(S);
  QualType T;
  if (Member && isOfThis(Member)) {
    if (const auto *Method = dyn_cast<CXXMethodDecl>(Member->getMemberDecl()))
      return Method->isInstance();
    T = Member->getType();
  } else if (Ref) {
    const auto *Var = dyn_cast<VarDecl>(Ref->getDecl());
    if (!Var || !Var->hasGlobalStorage())
      return false;
    T = Var->getType();
  }
  if (T.isNull() || T.isConstQualified() || T->isReferenceType())
    return false;
  TypeRole Role = Unit.Words.role(T->getAsCXXRecordDecl());
  return Role != TypeRole::Atomic && Role != TypeRole::CondVar &&
         Role != TypeRole::Mutex && Role != TypeRole::RecursiveMutex;
}

const Stmt *FactBuilder::firstAccess(const Stmt *S) {
  if (!S || isShared(S))
    return S;
  for (const Stmt *Child : S->children())
    if (const Stmt *Found = firstAccess(Child))
      return Found;
  return nullptr;
}

/// `if (l)`, `l.owns_lock()`, or anything else but an unlock and the Try itself.
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
  return llvm::any_of(
      S->children(), [&](const Stmt *Child) { return isTested(Child, Guard, Try); });
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

/// A guard made with try_to_lock that nobody asks whether it has the lock.
void FactBuilder::addUntestedGuard(const CXXConstructExpr *Construct,
                                   HolderId H, PlaceId Mutex) {
  if (!untested(H, Construct))
    return;
  for (const Stmt *S : Objects.following(Construct))
    if (const Stmt *Access = firstAccess(S)) {
      add(FactKind::Ignore, Access).Place = Mutex;
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
  add(FactKind::Ignore, Try).Place = Mutex;
}

/// A send that says whether it has succeeded, to nobody.
void FactBuilder::addLostSend(const CallExpr *Call, PlaceId Channel) {
  QualType T = Call->getType();
  bool Tells = T->isBooleanType() || T->isEnumeralType() ||
               Unit.Words.role(T->getAsCXXRecordDecl()) == TypeRole::Optional;
  if (!Tells || !Objects.isDiscarded(Call))
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
                      isShared(Op->getLHS()->IgnoreParens()) &&
                      mentions(Op->getRHS(), Sent->getDecl());
             });
}

} // namespace borrow
