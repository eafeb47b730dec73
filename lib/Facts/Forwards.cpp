//===- Forwards.cpp - Parameters that a function gives away ---------------===//

#include "Facts/Forwards.h"
#include "Model/Vocabulary.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace borrow {

/// The parameter that Call moves or forwards, or null.
const ParmVarDecl *Forwards::forwarded(const CallExpr *Call) {
  if (Call->getNumArgs() != 1 || !Call->getDirectCallee() ||
      Words.role(Call->getDirectCallee()) != CallRole::Forward)
    return nullptr;
  const auto *Ref =
      dyn_cast<DeclRefExpr>(Call->getArg(0)->IgnoreParenImpCasts());
  return Ref ? dyn_cast<ParmVarDecl>(Ref->getDecl()) : nullptr;
}

void Forwards::read(const CallExpr *Call) {
  if (const ParmVarDecl *Param = forwarded(Call)) {
    if (!Arguments.contains(Call))
      Taken.insert(Param);
    return;
  }
  const FunctionDecl *Callee = Call->getDirectCallee();
  if (!Callee)
    return;
  const FunctionDecl *Definition = nullptr;
  bool IsSeen = Callee->isDefined(Definition) && !isStd(Callee);
  unsigned Object =
      isa<CXXOperatorCallExpr>(Call) && isa<CXXMethodDecl>(Callee);
  for (unsigned I = Object; I < Call->getNumArgs(); ++I) {
    const auto *Given =
        dyn_cast<CallExpr>(Call->getArg(I)->IgnoreParenImpCasts());
    const ParmVarDecl *Param = Given ? forwarded(Given) : nullptr;
    if (!Param || I - Object >= Callee->getNumParams())
      continue;
    QualType T = Callee->getParamDecl(I - Object)->getType();
    if (T->isRValueReferenceType() && IsSeen)
      Next[Param].push_back(Definition->getParamDecl(I - Object));
    else if (!T->isLValueReferenceType())
      continue;
    Arguments.insert(Given);
  }
}

bool Forwards::contains(const ParmVarDecl *Param) const {
  llvm::SmallVector<const ParmVarDecl *, 4> Open = {Param};
  for (size_t I = 0; I < Open.size(); ++I) {
    if (Taken.contains(Open[I]))
      return true;
    auto It = Next.find(Open[I]);
    if (It == Next.end())
      continue;
    for (const ParmVarDecl *Further : It->second)
      if (!llvm::is_contained(Open, Further))
        Open.push_back(Further);
  }
  return false;
}

} // namespace borrow
