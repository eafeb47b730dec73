//===- ReadOnlyUses.cpp - Is what an expression gives only read? ----------===//

#include "Facts/ReadOnlyUses.h"
#include "Facts/Touches.h"
#include "Model/Vocabulary.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace borrow {

ReadOnlyUses::ReadOnlyUses(const FunctionDecl *Function, Vocabulary &Words)
    : Words(Words), Parents(Function->getBody()) {
  addMentions(Function->getBody());
}

void ReadOnlyUses::addMentions(const Stmt *S) {
  if (!S)
    return;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
    Mentions[Ref->getDecl()].push_back(Ref);
  for (const Stmt *Child : S->children())
    addMentions(Child);
}

/// A reference, pointer or handle of const, through which nothing is changed.
static bool isConstAccess(QualType T) {
  if (T->isReferenceType() || T->isPointerType())
    return T->getPointeeType().isConstQualified();
  return false;
}

/// An iterator or smart pointer: const or copied, it leads to the same object.
static bool leadsElsewhere(QualType T) {
  const CXXRecordDecl *Class = T.getNonReferenceType()->getAsCXXRecordDecl();
  return Class && Class->hasDefinition() &&
         llvm::any_of(Class->methods(), [](const CXXMethodDecl *M) {
           return M->getOverloadedOperator() == OO_Star ||
                  M->getOverloadedOperator() == OO_Arrow;
         });
}

const VarDecl *ReadOnlyUses::initialised(const Stmt *S,
                                         const Stmt *Init) const {
  for (const Decl *D : cast<DeclStmt>(S)->decls())
    if (const auto *Var = dyn_cast<VarDecl>(D); Var && Var->getInit() == Init)
      return Var;
  return nullptr;
}

/// The variable that E, a temporary, initialises, or null.
const VarDecl *ReadOnlyUses::namedBy(const Expr *E) const {
  const Stmt *Inner = E;
  for (const Stmt *S = Parents.getParent(E); S;
       Inner = S, S = Parents.getParent(S)) {
    if (isa<DeclStmt>(S))
      return initialised(S, Inner);
    if (!isa<ExprWithCleanups, CXXBindTemporaryExpr, MaterializeTemporaryExpr,
             ImplicitCastExpr, CXXConstructExpr, ParenExpr>(S))
      return nullptr;
  }
  return nullptr;
}

bool ReadOnlyUses::onlyReadsIn(const Stmt *S, const VarDecl *Var) {
  if (!S)
    return true;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
    return Ref->getDecl() != Var || onlyReads(Ref);
  return llvm::all_of(S->children(), [&](const Stmt *Child) {
    return onlyReadsIn(Child, Var);
  });
}

bool ReadOnlyUses::onlyReadsThrough(const Expr *Call) {
  const VarDecl *Guard = namedBy(Call);
  return Guard ? isReadThrough(Guard, true) : isRead(Call, true);
}

bool ReadOnlyUses::isReadThrough(const VarDecl *Var, bool IsGuard) {
  if (!Followed.insert(Var).second)
    return true;
  if (!Var->hasLocalStorage() || isa<DecompositionDecl>(Var))
    return false;
  return llvm::all_of(Mentions.lookup(Var),
                      [&](const Expr *E) { return isRead(E, IsGuard); });
}

/// The object of a method call, or an operand of a member operator: IsGuard if
/// it is the guard itself and not yet what it guards.
bool ReadOnlyUses::isReadByMethod(const CallExpr *Call,
                                  const CXXMethodDecl *Method, bool IsGuard) {
  OverloadedOperatorKind Op = Method->getOverloadedOperator();
  bool GivesAccess = Op == OO_Star || Op == OO_Arrow;
  if (IsGuard)
    return (GivesAccess || simpleName(Method) == "get") && isRead(Call, false);
  // `++it` moves the iterator alone, and is followed where it is used.
  bool Steps = (Op == OO_PlusPlus || Op == OO_MinusMinus) && isStd(Method);
  if (Steps)
    return true;
  if (!Method->isConst() && !hasConstTwin(Method) && !GivesAccess)
    return false;
  QualType Result = Method->getReturnType();
  bool IsValue = !Result->isReferenceType() && !Result->isPointerType() &&
                 (Method->isConst() || Result->isArithmeticType());
  if (IsValue || isConstAccess(Result)) {
    ++Reads;
    return true;
  }
  return isRead(Call, false);
}

bool ReadOnlyUses::isReadBy(const CallExpr *Call, const Expr *Arg) {
  const FunctionDecl *Callee = Call->getDirectCallee();
  if (!Callee)
    return false;
  if (Words.role(Callee) == CallRole::Forward)
    return false;
  unsigned First = isa<CXXOperatorCallExpr>(Call) &&
                           isa<CXXMethodDecl>(Callee) &&
                           cast<CXXMethodDecl>(Callee)->isInstance()
                       ? 1
                       : 0;
  for (unsigned I = 0; I < Call->getNumArgs(); ++I) {
    if (Call->getArg(I) != Arg)
      continue;
    if (I < First)
      return isReadByMethod(Call, cast<CXXMethodDecl>(Callee), false);
    if (I - First >= Callee->getNumParams())
      return false;
    QualType Param = Callee->getParamDecl(I - First)->getType();
    bool ByValue = !Param->isReferenceType() && !Param->isPointerType();
    // An iterator by value still refers to what it points at.
    bool IsPlain = ByValue && !Param->isRecordType();
    bool Compares = Call->getType()->isBooleanType() && isStd(Callee);
    ++Reads;
    bool OfConst = isConstAccess(Param) && !leadsElsewhere(Param);
    return IsPlain || OfConst || Compares;
  }
  return false;
}

bool ReadOnlyUses::isRead(const Expr *E, bool IsGuard) {
  const Stmt *Parent = Parents.getParent(E);
  if (!Parent)
    return false;
  if (const auto *Cast = dyn_cast<ImplicitCastExpr>(Parent)) {
    if (Cast->getCastKind() == CK_LValueToRValue &&
        !Cast->getType()->isPointerType()) {
      ++Reads;
      return true;
    }
    // What is const from here on, is not changed any more.
    if (Cast->getCastKind() == CK_NoOp && !IsGuard &&
        Cast->getType().isConstQualified() &&
        !leadsElsewhere(Cast->getType())) {
      ++Reads;
      return true;
    }
    return isRead(Cast, IsGuard);
  }
  if (isa<ParenExpr, ExprWithCleanups, MaterializeTemporaryExpr,
          CXXBindTemporaryExpr, ConditionalOperator>(Parent))
    return isRead(cast<Expr>(Parent), IsGuard);
  if (const auto *Member = dyn_cast<MemberExpr>(Parent)) {
    const auto *Method = dyn_cast<CXXMethodDecl>(Member->getMemberDecl());
    if (!Method)
      return !IsGuard && isRead(Member, false);
    const auto *Call =
        dyn_cast_or_null<CXXMemberCallExpr>(Parents.getParent(Member));
    return Call && isReadByMethod(Call, Method, IsGuard);
  }
  if (const auto *Call = dyn_cast<CXXOperatorCallExpr>(Parent)) {
    const auto *Method =
        dyn_cast_or_null<CXXMethodDecl>(Call->getDirectCallee());
    bool IsObject = Method && Method->isInstance() && Call->getArg(0) == E;
    return IsObject ? isReadByMethod(Call, Method, IsGuard)
                    : !IsGuard && isReadBy(Call, E);
  }
  if (IsGuard)
    return false;
  if (const auto *Call = dyn_cast<CallExpr>(Parent))
    return isReadBy(Call, E);
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(Parent)) {
    const CXXConstructorDecl *Constructor = Construct->getConstructor();
    bool Copies = Constructor->isCopyConstructor() && E->isLValue() &&
                  isConstAccess(Constructor->getParamDecl(0)->getType());
    Reads += Copies;
    return Copies || isRead(Construct, false);
  }
  if (const auto *Op = dyn_cast<UnaryOperator>(Parent))
    return (Op->getOpcode() == UO_Deref || Op->getOpcode() == UO_AddrOf) &&
           isRead(Op, false);
  if (const auto *Element = dyn_cast<ArraySubscriptExpr>(Parent))
    return isRead(Element, false);
  if (isa<DeclStmt>(Parent)) {
    const VarDecl *Var = initialised(Parent, E);
    bool Reads = Var && isConstAccess(Var->getType());
    this->Reads += Reads;
    return Reads || (Var && isReadThrough(Var, false));
  }
  return false;
}

} // namespace borrow
