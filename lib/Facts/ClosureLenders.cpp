//===- ClosureLenders.cpp - What is lent to closures ----------------------===//

#include "Facts/FactBuilder.h"
#include "Facts/Lenders.h"
#include "Facts/SourceIndex.h"
#include "Model/Vocabulary.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace borrow {

llvm::SmallVector<const CXXMethodDecl *, 2>
calledBodies(const LambdaExpr *Lambda) {
  auto *Template = Lambda->getLambdaClass()->getDependentLambdaCallOperator();
  if (!Template)
    return {Lambda->getCallOperator()};
  llvm::SmallVector<const CXXMethodDecl *, 2> Bodies;
  for (const FunctionDecl *Spec : Template->specializations())
    if (isAnalysable(Spec))
      Bodies.push_back(cast<CXXMethodDecl>(Spec));
  return Bodies;
}

const CXXMethodDecl *calledBody(const LambdaExpr *Lambda) {
  if (!Lambda)
    return nullptr;
  auto Bodies = calledBodies(Lambda);
  return Bodies.empty() ? nullptr : Bodies.front();
}

bool lendsToClosure(const CallExpr *Call, Vocabulary &Words) {
  const FunctionDecl *Definition = nullptr;
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Call->getDirectCallee());
  // The first argument of an operator is its object.
  if (!Method || isa<CXXOperatorCallExpr>(Call) ||
      Method->getNumParams() == 0 || Call->getNumArgs() == 0 ||
      !isa<LambdaExpr>(unwrapped(Call->getArg(0))) || isStd(Method) ||
      !Method->isDefined(Definition) || !isAnalysable(Definition))
    return false;
  bool Guarded = false, Lends = false;
  auto Called = [&](const Expr *E) {
    const auto *Call = dyn_cast<CallExpr>(unwrapped(E));
    bool Passes = Call && Call->getNumArgs() == 1 &&
                  Words.role(Call->getDirectCallee()) == CallRole::Forward;
    return namedVariable(Passes ? Call->getArg(0) : E);
  };
  auto IsMember = [](const Expr *E) {
    const auto *Member = dyn_cast<MemberExpr>(unwrapped(E));
    return Member && isa<CXXThisExpr>(unwrapped(Member->getBase()));
  };
  llvm::SmallVector<const Stmt *, 16> Queue = {Definition->getBody()};
  while (!Queue.empty()) {
    const Stmt *S = Queue.pop_back_val();
    if (!S)
      continue;
    Queue.append(S->child_begin(), S->child_end());
    if (const auto *Decls = dyn_cast<DeclStmt>(S))
      for (const Decl *D : Decls->decls())
        if (const auto *Var = dyn_cast<VarDecl>(D))
          Guarded |= Words.isGuard(Var->getType());
    if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(S);
        Op && Op->getOperator() == OO_Call)
      Lends |= Called(Op->getArg(0)) == Definition->getParamDecl(0) &&
               llvm::any_of(llvm::drop_begin(Op->arguments()), IsMember);
  }
  return Guarded && Lends;
}

} // namespace borrow
