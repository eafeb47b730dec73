//===- EdgeFacts.cpp - What holds on the edges of the CFG -----------------===//

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

/// The cases of one value, or no cases for no switch.
static llvm::SetVector<const Stmt *> casesOf(const SwitchStmt *Switch) {
  llvm::SetVector<const Stmt *> Result;
  for (const SwitchCase *Label = Switch ? Switch->getSwitchCaseList() : nullptr;
       Label; Label = Label->getNextSwitchCase())
    if (const auto *Case = dyn_cast<CaseStmt>(Label); Case && !Case->getRHS())
      Result.insert(Case);
  return Result;
}

/// What the value of a switch is where it jumps to To. The default knows what
/// it is not, if that is little.
void FactBuilder::addCase(const SwitchStmt *Switch,
                          const llvm::SetVector<const Stmt *> &Cases,
                          const CFGBlock &To, Edge &E) {
  constexpr size_t MaxCases = 8;
  auto Add = [&](const Stmt *Case, bool Equal) {
    if (auto T = Tests.readComparison(Switch->getCond(),
                                      cast<CaseStmt>(Case)->getLHS(), Equal))
      E.Assumes.push_back(literal(*T));
  };
  if (Cases.contains(To.getLabel()))
    return Add(To.getLabel(), true);
  if (Cases.size() <= MaxCases)
    for (const Stmt *Case : Cases)
      Add(Case, false);
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
  const auto *Switch = dyn_cast_or_null<SwitchStmt>(From.getTerminatorStmt());
  const llvm::SetVector<const Stmt *> Cases = casesOf(Switch);
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
    if (Switch)
      addCase(Switch, Cases, *To, E);
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
