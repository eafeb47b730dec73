//===- ChosenOrder.cpp - Does a function put objects in order? ------------===//

#include "Facts/ChosenOrder.h"
#include "Facts/PlaceResolver.h"
#include "Model/Vocabulary.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/RecursiveASTVisitor.h"

using namespace clang;

namespace borrow {
namespace {

class Finder : public RecursiveASTVisitor<Finder> {
public:
  bool VisitBinaryOperator(BinaryOperator *Op) {
    if (Op->isRelationalOp() || Op->getOpcode() == BO_Cmp)
      Found |= isAddress(Op->getLHS()) ||
               isSameMember(unwrapped(Op->getLHS()), unwrapped(Op->getRHS()));
    return true;
  }

  bool VisitCXXConstructExpr(CXXConstructExpr *Construct) {
    // std::less<T *>()(A, B).
    const CXXRecordDecl *Class = Construct->getConstructor()->getParent();
    Found |= isStd(Class) &&
             (simpleName(Class) == "less" || simpleName(Class) == "greater");
    return true;
  }

  bool Found = false;

private:
  static bool isAddress(const Expr *E) {
    const Expr *Value = unwrapped(E);
    if (const auto *Cast = dyn_cast<ExplicitCastExpr>(Value))
      Value = unwrapped(Cast->getSubExpr());
    return Value->getType()->isPointerType();
  }

  static bool isSameMember(const Expr *L, const Expr *R) {
    if (const auto *Call = dyn_cast<CallExpr>(L)) {
      const auto *Other = dyn_cast<CallExpr>(R);
      return Other && Call->getDirectCallee() &&
             Call->getDirectCallee() == Other->getDirectCallee();
    }
    const auto *Left = dyn_cast<MemberExpr>(L);
    const auto *Right = dyn_cast<MemberExpr>(R);
    return Left && Right && Left->getMemberDecl() == Right->getMemberDecl();
  }
};

} // namespace

bool choosesOrder(const FunctionDecl *F) {
  Finder Search;
  Search.TraverseStmt(F->getBody());
  return Search.Found;
}

} // namespace borrow
