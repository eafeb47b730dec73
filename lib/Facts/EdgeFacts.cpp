//===- EdgeFacts.cpp - What holds on the edges of the CFG ------------------
//===//

#include "Facts/FactBuilder.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Analysis/CFG.h"

using namespace clang;

namespace borrow {

Literal FactBuilder::literal(const Test &T) {
  Literal L{T.Place, T.Truth};
  if (T.Predicate) {
    llvm::SmallVector<const Expr *, 3> Args(T.Predicate->arg_begin(),
                                            T.Predicate->arg_end());
    L.Predicate = callSite(T.Predicate, T.Predicate->getDirectCallee(), Args);
  }
  return L;
}

/// The condition that decides between the two successors of a block. For `a &&
/// b` the terminator's condition is the whole expression, whose false edge says
/// nothing, so the last one evaluated is asked first.
static const Expr *branchCondition(const CFGBlock &B) {
  CFGTerminator Terminator = B.getTerminator();
  if (!Terminator.isValid() || !Terminator.isStmtBranch() ||
      B.succ_size() != 2 || isa<CXXTryStmt, SwitchStmt>(Terminator.getStmt()))
    return nullptr;
  if (const Expr *Last = B.getLastCondition())
    return Last;
  return dyn_cast_or_null<Expr>(B.getTerminatorCondition());
}

/// The statement by which control leaves the block, if the user wrote one.
static const Stmt *jump(const CFGBlock &From) {
  if (const Stmt *S = From.getTerminatorStmt();
      isa_and_nonnull<BreakStmt, ContinueStmt, GotoStmt>(S))
    return S;
  for (const CFGElement &Element : llvm::reverse(From))
    if (auto Last = Element.getAs<CFGStmt>())
      return isa<ReturnStmt, CoreturnStmt, CXXThrowExpr>(Last->getStmt())
                 ? Last->getStmt()
                 : nullptr;
  return nullptr;
}

/// What the value of a switch is where it jumps to To. The default knows what
/// it is not, if that is little.
void FactBuilder::addCase(const SwitchStmt *Switch, const CFGBlock &To,
                          Edge &E) {
  constexpr size_t MaxCases = 8;
  llvm::SmallVector<const CaseStmt *, 8> Others;
  for (const SwitchCase *Label = Switch->getSwitchCaseList(); Label;
       Label = Label->getNextSwitchCase()) {
    const auto *Case = dyn_cast<CaseStmt>(Label);
    if (!Case || Case->getRHS())
      continue;
    Others.push_back(Case);
    if (Case != To.getLabel())
      continue;
    if (auto T = Tests.readComparison(Switch->getCond(), Case->getLHS(), true))
      E.Assumes.push_back(literal(*T));
    return;
  }
  if (Others.size() > MaxCases)
    return;
  for (const CaseStmt *Case : Others)
    if (auto T = Tests.readComparison(Switch->getCond(), Case->getLHS(), false))
      E.Assumes.push_back(literal(*T));
}

void FactBuilder::addEdges(const CFGBlock &From) {
  Current->IsDeadEnd = From.hasNoReturnElement();
  CFGTerminator Terminator = From.getTerminator();
  const auto *Throw = dyn_cast_or_null<CXXThrowExpr>(
      From.empty() || !From.back().getAs<CFGStmt>()
          ? nullptr
          : From.back().castAs<CFGStmt>().getStmt());
  Current->IsDeadEnd |= Throw != nullptr;
  if (Throw && Objects.enclosingTry(Throw) == ~0u)
    add(FactKind::Leave, Throw);
  Current->Jump = jump(From);
  const Expr *Condition = branchCondition(From);
  const auto *Range =
      dyn_cast_or_null<CXXForRangeStmt>(From.getTerminatorStmt());
  if (Range)
    addRangeReceive(Range);
  unsigned Index = 0;
  for (const CFGBlock::AdjacentBlock &Successor : From.succs()) {
    unsigned Which = Index++;
    const CFGBlock *To = Successor.getReachableBlock();
    // Nothing runs at the end of a function that was left by an exception.
    if (!To || (Current->IsDeadEnd && To->getBlockID() == Facts.Exit.index()))
      continue;
    Edge E;
    E.To = BlockId(To->getBlockID());
    if (Range && Which == 1)
      E.Assumes.push_back({Unit.Places.opaque(Range->getRangeInit()), false});
    if (const auto *Switch =
            dyn_cast_or_null<SwitchStmt>(From.getTerminatorStmt()))
      addCase(Switch, *To, E);
    if (Condition) {
      llvm::SmallVector<Test, 2> All;
      Tests.readAll(Condition, Which == 0, All);
      for (const Test &T : All)
        E.Assumes.push_back(literal(T));
    }
    if (Terminator.isValid() && Terminator.isTemporaryDtorsBranch())
      if (const auto *Bind =
              dyn_cast_or_null<CXXBindTemporaryExpr>(Terminator.getStmt())) {
        if (Which == 0)
          E.Unmade = Objects.rivals(Bind);
        else if (HolderId H = Objects.endsAt(Bind))
          E.Unmade.push_back(H);
      }
    // A throw jumps to the handlers without running destructors.
    if (const auto *Try = dyn_cast_or_null<CXXTryStmt>(To->getTerminatorStmt()))
      if (auto It = Objects.tries().find(Try);
          It != Objects.tries().end() &&
          Facts.Tries[It->second].Dispatch == E.To)
        E.LeavesTry = It->second;
    Current->Successors.push_back(std::move(E));
  }
}

} // namespace borrow
