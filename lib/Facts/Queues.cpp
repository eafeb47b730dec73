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

bool Queues::takesOut(const FunctionDecl *Function) {
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Function);
  const FunctionDecl *Definition = nullptr;
  if (!Method || !Method->param_empty() || isStd(Method) ||
      Words.role(Method->getReturnType()->getAsCXXRecordDecl()) !=
          TypeRole::Optional ||
      !Method->isDefined(Definition))
    return false;
  auto [It, New] = Takers.try_emplace(Definition, false);
  if (New)
    It->second = isLocked(Method->getParent()) &&
                 removes(Definition->getBody(), Method->getParent(), MaxDepth);
  return It->second;
}

} // namespace borrow
