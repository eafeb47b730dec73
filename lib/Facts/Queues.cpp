//===- Queues.cpp - Queues of the project's own ---------------------------===//

#include "Facts/Queues.h"
#include "Facts/PlaceResolver.h"
#include "Model/Vocabulary.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace borrow {

/// How many methods of the class deep an element is looked for.
constexpr unsigned MaxDepth = 3;

/// Is the object a member, or a member of what a member refers to?
static bool isMember(const Expr *Object) {
  const auto *Member = dyn_cast<MemberExpr>(Object->IgnoreParenImpCasts());
  return Member && isa<FieldDecl>(Member->getMemberDecl());
}

/// Does S, or a method of the class that it calls, remove an element of a
/// container that is a member?
static bool removes(const Stmt *S, const CXXRecordDecl *Class, unsigned Depth) {
  if (!S || isa<LambdaExpr>(S))
    return false;
  if (const auto *Call = dyn_cast<CXXMemberCallExpr>(S);
      Call && Call->getMethodDecl()) {
    static constexpr llvm::StringLiteral Removals[] = {
        "erase", "extract", "pop", "pop_back", "pop_front"};
    const CXXMethodDecl *Method = Call->getMethodDecl();
    if (isStd(Method) && llvm::is_contained(Removals, simpleName(Method)) &&
        isMember(Call->getImplicitObjectArgument()))
      return true;
    const FunctionDecl *Definition = nullptr;
    if (Depth != 0 && Method->getParent() == Class &&
        Method->isDefined(Definition) &&
        removes(Definition->getBody(), Class, Depth - 1))
      return true;
  }
  return llvm::any_of(S->children(), [&](const Stmt *Child) {
    return removes(Child, Class, Depth);
  });
}

/// Does the class own a lock, or share an object that does?
bool Queues::isLocked(const CXXRecordDecl *Class) {
  if (Words.ownsMutex(Class))
    return true;
  return llvm::any_of(Class->fields(), [&](const FieldDecl *Field) {
    const auto *Handle = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
        Field->getType()->getAsCXXRecordDecl());
    if (!Handle || Words.role(Handle) != TypeRole::Strong ||
        Handle->getTemplateArgs().size() == 0 ||
        Handle->getTemplateArgs()[0].getKind() != TemplateArgument::Type)
      return false;
    return Words.ownsMutex(
        Handle->getTemplateArgs()[0].getAsType()->getAsCXXRecordDecl());
  });
}

/// `nullptr`, `{}`, `std::unique_ptr<T>()`.
static bool isNothing(const Expr *E) {
  E = unwrapped(E);
  if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E))
    return isNothing(Cast->getSubExpr());
  if (const auto *List = dyn_cast<InitListExpr>(E))
    return List->getNumInits() == 0;
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E))
    return Construct->getNumArgs() == 0 ||
           (Construct->getNumArgs() == 1 && isNothing(Construct->getArg(0)));
  return isa<CXXNullPtrLiteralExpr, GNUNullExpr, CXXScalarValueInitExpr>(E);
}

/// Does it say somewhere that there is nothing?
static bool returnsNothing(const Stmt *S) {
  if (!S || isa<LambdaExpr>(S))
    return false;
  if (const auto *Return = dyn_cast<ReturnStmt>(S))
    return Return->getRetValue() && isNothing(Return->getRetValue());
  return llvm::any_of(S->children(), returnsNothing);
}

/// An optional, a reference to fill in beside `bool`, or a handle that may be
/// null.
bool Queues::tellsOfNothing(const CXXMethodDecl *Method, const Stmt *Body) {
  QualType T = Method->getReturnType();
  if (Method->getNumParams() == 1) {
    QualType Into = Method->getParamDecl(0)->getType();
    return (T->isBooleanType() || T->isEnumeralType()) &&
           Into->isLValueReferenceType() &&
           !Into.getNonReferenceType().isConstQualified();
  }
  return Method->param_empty() &&
         (Words.mayHoldNothing(T) ||
          ((Words.canBeAsked(T) || T->isPointerType()) &&
           returnsNothing(Body)));
}

bool Queues::takesOut(const FunctionDecl *Function) {
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Function);
  const FunctionDecl *Definition = nullptr;
  if (!Method || isStd(Method) || !Method->isDefined(Definition))
    return false;
  auto [It, New] = Takers.try_emplace(Definition, false);
  if (New)
    It->second = tellsOfNothing(Method, Definition->getBody()) &&
                 isLocked(Method->getParent()) &&
                 removes(Definition->getBody(), Method->getParent(), MaxDepth);
  return It->second;
}

} // namespace borrow
