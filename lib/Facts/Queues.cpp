//===- Queues.cpp - Queues of the project's own ---------------------------===//

#include "Facts/Queues.h"
#include "Facts/Clears.h"
#include "Facts/PlaceResolver.h"
#include "Facts/Uses.h"
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

llvm::SmallVector<const CXXRecordDecl *, 2> state(const CXXRecordDecl *Class,
                                                  Vocabulary &Words) {
  llvm::SmallVector<const CXXRecordDecl *, 2> All = {Class};
  for (const FieldDecl *Field : Class->fields()) {
    const auto *Handle = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
        Field->getType()->getAsCXXRecordDecl());
    if (!Handle || Words.role(Handle) != TypeRole::Strong ||
        Handle->getTemplateArgs().size() == 0 ||
        Handle->getTemplateArgs()[0].getKind() != TemplateArgument::Type)
      continue;
    const CXXRecordDecl *Shared =
        Handle->getTemplateArgs()[0].getAsType()->getAsCXXRecordDecl();
    if (Shared && Shared->hasDefinition())
      All.push_back(Shared);
  }
  return All;
}

/// Does the class own a lock, or share an object that does?
bool Queues::isLocked(const CXXRecordDecl *Class) {
  return llvm::any_of(state(Class, Words), [&](const CXXRecordDecl *Part) {
    return Words.ownsMutex(Part);
  });
}

/// Does it say somewhere that there is nothing?
static bool returnsNothing(const Stmt *S) {
  if (!S || isa<LambdaExpr>(S))
    return false;
  if (const auto *Return = dyn_cast<ReturnStmt>(S))
    return Return->getRetValue() && isNothing(Return->getRetValue());
  return llvm::any_of(S->children(), returnsNothing);
}

/// Does S assign what the pointer Param points to?
static bool fills(const Stmt *S, const ParmVarDecl *Param) {
  if (!S || isa<LambdaExpr>(S))
    return false;
  const auto *Op = dyn_cast<BinaryOperator>(S);
  const auto *Call = dyn_cast<CXXOperatorCallExpr>(S);
  const Expr *To = nullptr;
  if (Op && Op->getOpcode() == BO_Assign)
    To = Op->getLHS();
  else if (Call && Call->getOperator() == OO_Equal)
    To = Call->getArg(0);
  const auto *Deref =
      dyn_cast_or_null<UnaryOperator>(To ? To->IgnoreParenImpCasts() : nullptr);
  if (Deref && Deref->getOpcode() == UO_Deref &&
      mentions(Deref->getSubExpr(), Param))
    return true;
  return llvm::any_of(S->children(),
                      [&](const Stmt *Child) { return fills(Child, Param); });
}

/// An optional, a reference or pointer to what is filled in beside `bool`, or a
/// handle that may be null.
bool Queues::tellsOfNothing(const CXXMethodDecl *Method, const Stmt *Body) {
  QualType T = Method->getReturnType();
  if (Method->getNumParams() == 1) {
    const ParmVarDecl *Param = Method->getParamDecl(0);
    QualType Into = Param->getType();
    bool Fills = Into->isPointerType()
                     ? fills(Body, Param)
                     : Into->isLValueReferenceType() &&
                           !Into.getNonReferenceType().isConstQualified();
    return Fills && (T->isBooleanType() || T->isEnumeralType());
  }
  return Method->param_empty() &&
         (Words.mayHoldNothing(T) ||
          ((Words.canBeAsked(T) || T->isPointerType()) &&
           returnsNothing(Body)));
}

/// Has it a condition variable, and a method that takes elements out?
bool Queues::isWaitedFor(const CXXRecordDecl *Class) {
  auto HasCondition = [&](const CXXRecordDecl *Part) {
    return llvm::any_of(Part->fields(), [&](const FieldDecl *Field) {
      return Words.role(Field->getType()) == TypeRole::CondVar;
    });
  };
  return llvm::any_of(state(Class, Words), HasCondition) &&
         llvm::any_of(Class->methods(), [&](const CXXMethodDecl *Method) {
           const FunctionDecl *Definition = nullptr;
           return Method->isDefined(Definition) &&
                  removes(Definition->getBody(), Class, /*Depth=*/0);
         });
}

/// Does S insert Param into a container that is a member?
static bool inserts(const Stmt *S, const ParmVarDecl *Param,
                    Vocabulary &Words) {
  if (!S || isa<LambdaExpr>(S))
    return false;
  if (const auto *Call = dyn_cast<CXXMemberCallExpr>(S);
      Call && Call->getMethodDecl() && isStd(Call->getMethodDecl()) &&
      Words.role(Call->getMethodDecl(), Call->getRecordDecl()) ==
          CallRole::Insert &&
      isMember(Call->getImplicitObjectArgument()))
    return llvm::any_of(Call->arguments(),
                        [&](const Expr *Arg) { return mentions(Arg, Param); });
  return llvm::any_of(S->children(), [&](const Stmt *Child) {
    return inserts(Child, Param, Words);
  });
}

bool Queues::putsIn(const FunctionDecl *Function) {
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Function);
  const FunctionDecl *Definition = nullptr;
  if (!Method || Method->getNumParams() == 0 || isStd(Method) ||
      isa<CXXConstructorDecl>(Method) || !Method->isDefined(Definition))
    return false;
  auto [It, New] = Givers.try_emplace(Definition, false);
  if (New)
    It->second =
        isLocked(Method->getParent()) &&
        inserts(Definition->getBody(), Definition->getParamDecl(0), Words) &&
        isWaitedFor(Method->getParent());
  return It->second;
}

bool Queues::takesOut(const FunctionDecl *Function) {
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Function);
  const FunctionDecl *Definition = nullptr;
  if (!Method || isStd(Method) || !Method->isDefined(Definition))
    return false;
  auto [It, New] = Takers.try_emplace(Definition, false);
  if (New)
    It->second = tellsOfNothing(cast<CXXMethodDecl>(Definition),
                                Definition->getBody()) &&
                 isLocked(Method->getParent()) &&
                 removes(Definition->getBody(), Method->getParent(), MaxDepth);
  return It->second;
}

} // namespace borrow
