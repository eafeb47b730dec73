//===- NameRepair.cpp - Names for guards that have none -------------------===//

#include "Facts/PlaceResolver.h"
#include "Repair/Repair.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Expr.h"

using namespace clang;

namespace borrow {

Edits nameGuard(const FunctionFacts &Facts, const Stmt *Made) {
  Body In(*Facts.Function);
  Body::Position At = In.find(Made);
  // Before C++17 what can't be moved can't be returned either.
  if (!At || !In.context().getLangOpts().CPlusPlus17)
    return {};
  const auto *Whole = dyn_cast<Expr>(At.Statement);
  if (Whole && unwrapped(Whole)->getBeginLoc() != Made->getBeginLoc())
    return {};
  return {
      In.insertBefore(At.Statement, "auto " + In.freshName("Guard") + " = ")};
}

} // namespace borrow
