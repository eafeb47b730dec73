//===- SpinFacts.cpp - Loops that ask a channel without a pause -----------===//

#include "Facts/FactBuilder.h"
#include "Model/Vocabulary.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace borrow {
namespace {

/// Looks at what a loop does when the channel was empty. Whatever may let time
/// pass, end the loop or do other work makes it no spinning loop.
class SpinLoop {
public:
  SpinLoop(const CallExpr *Try, Vocabulary &Words) : Try(Try), Words(Words) {}

  bool spins(const Stmt *Loop) {
    Result = assigned(Loop);
    if (const auto *While = dyn_cast<WhileStmt>(Loop)) {
      // `while (auto v = rx.try_recv())` ends when the channel is empty.
      const Expr *Condition = While->getCond();
      bool Asks = contains(Condition, Try) ||
                  contains(While->getConditionVariableDeclStmt(), Try);
      if ((Asks || asksResult(Condition)) && !isNegated(Condition))
        return false;
      return isQuiet(Condition, true) && isQuiet(While->getBody(), false);
    }
    if (const auto *Do = dyn_cast<DoStmt>(Loop))
      return !contains(Do->getCond(), Try) &&
             (!asksResult(Do->getCond()) || isNegated(Do->getCond())) &&
             isQuiet(Do->getCond(), true) && isQuiet(Do->getBody(), false);
    // A loop that counts ends.
    const auto *For = dyn_cast<ForStmt>(Loop);
    return For && !For->getInc() && !asksResult(For->getCond()) &&
           isQuiet(For->getCond(), true) && isQuiet(For->getBody(), false);
  }

private:
  static bool contains(const Stmt *S, const Stmt *Inner) {
    return S && (S == Inner || llvm::any_of(S->children(), [&](const Stmt *C) {
                   return contains(C, Inner);
                 }));
  }

  /// The local variable that S assigns what came, or null.
  const VarDecl *assigned(const Stmt *S) const {
    if (!S || isa<LambdaExpr>(S))
      return nullptr;
    const Expr *To = nullptr;
    const auto *Op = dyn_cast<BinaryOperator>(S);
    const auto *Call = dyn_cast<CXXOperatorCallExpr>(S);
    if (Op && Op->getOpcode() == BO_Assign && contains(Op->getRHS(), Try))
      To = Op->getLHS();
    else if (Call && Call->getOperator() == OO_Equal &&
             contains(Call->getArg(1), Try))
      To = Call->getArg(0);
    const auto *Ref =
        To ? dyn_cast<DeclRefExpr>(To->IgnoreParenImpCasts()) : nullptr;
    if (const auto *Var = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr)
      return Var->hasLocalStorage() && !isa<ParmVarDecl>(Var) ? Var : nullptr;
    for (const Stmt *Child : S->children())
      if (const VarDecl *Var = assigned(Child))
        return Var;
    return nullptr;
  }

  bool asksResult(const Expr *Condition) const {
    return Condition && Result && mentions(Condition, Result);
  }

  static bool isNegated(const Expr *Condition) {
    const auto *Not = dyn_cast<UnaryOperator>(Condition->IgnoreParenImpCasts());
    return Not && Not->getOpcode() == UO_LNot;
  }

  /// Is it true if the try has given something?
  bool isSuccess(const IfStmt *If) const {
    if (contains(If->getConditionVariableDeclStmt(), Try))
      return true;
    const Expr *Condition = If->getCond();
    return !isNegated(Condition) && (contains(Condition, Try) ||
                                     (Result && mentions(Condition, Result)));
  }

  /// `if (!v) continue;`: what follows has something to work on.
  bool leavesIfEmpty(const IfStmt *If) const {
    return isNegated(If->getCond()) && Result &&
           mentions(If->getCond(), Result) && !If->getElse() &&
           jumps(If->getThen());
  }

  static bool jumps(const Stmt *S) {
    if (const auto *Block = dyn_cast<CompoundStmt>(S))
      S = Block->body_empty() ? S : Block->body_back();
    return isa<ContinueStmt>(S);
  }

  bool isQuietBlock(const CompoundStmt *Block) {
    for (const Stmt *S : Block->body()) {
      if (const auto *Declaration = dyn_cast<DeclStmt>(S))
        for (const Decl *D : Declaration->decls())
          if (const auto *Var = dyn_cast<VarDecl>(D);
              Var && contains(Var->getInit(), Try))
            Result = Var;
      if (!isQuiet(S, false))
        return false;
      if (const auto *If = dyn_cast<IfStmt>(S); If && leavesIfEmpty(If))
        return true;
    }
    return true;
  }

  /// A number or truth value in the loop's condition stays what it is while
  /// nothing comes if it is mentioned only where something came. Any other
  /// local variable may look at the time.
  bool mayChange(const DeclRefExpr *Ref, bool IsCondition) {
    const auto *Var = dyn_cast<VarDecl>(Ref->getDecl());
    if (!Var || Var == Result || !Var->hasLocalStorage() ||
        isa<ParmVarDecl>(Var))
      return false;
    if (!IsCondition)
      return Tested.contains(Var);
    if (contains(Try, Ref))
      return false;
    Tested.insert(Var);
    return !Var->getType()->isIntegralOrEnumerationType() ||
           Var->getType().isVolatileQualified();
  }

  static bool changes(const Stmt *S) {
    const auto *Op = dyn_cast<BinaryOperator>(S);
    const auto *Step = dyn_cast<UnaryOperator>(S);
    return (Op && Op->isAssignmentOp()) ||
           (Step && Step->isIncrementDecrementOp());
  }

  /// Does S only ask, and compute on what this thread alone sees?
  bool isQuiet(const Stmt *S, bool IsCondition) {
    if (!S || S == Try)
      return true;
    if (const auto *Block = dyn_cast<CompoundStmt>(S))
      return isQuietBlock(Block);
    if (const auto *If = dyn_cast<IfStmt>(S); If && isSuccess(If))
      return isQuiet(If->getElse(), false);
    if (isa<BreakStmt, ReturnStmt, GotoStmt, CXXThrowExpr, CoawaitExpr,
            CoyieldExpr, LambdaExpr, WhileStmt, DoStmt, ForStmt,
            CXXForRangeStmt, SwitchStmt, AsmStmt>(S))
      return false;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S);
        Ref && mayChange(Ref, IsCondition))
      return false;
    if (IsCondition && changes(S))
      return false;
    if (const auto *Call = dyn_cast<CallExpr>(S)) {
      const FunctionDecl *Callee = Call->getDirectCallee();
      // std::this_thread says that the loop knows of others.
      const auto *Space = dyn_cast_or_null<NamespaceDecl>(
          Callee ? Callee->getDeclContext() : nullptr);
      bool Rests = Space && Space->getName() == "this_thread";
      if (!Callee || Rests || !isStd(Callee) ||
          Words.role(Callee) != CallRole::None)
        if (!isEmptyTest(Callee))
          return false;
    }
    return llvm::all_of(S->children(), [&](const Stmt *Child) {
      return isQuiet(Child, IsCondition);
    });
  }

  bool isEmptyTest(const FunctionDecl *Callee) {
    CallRole Role = Callee ? Words.role(Callee) : CallRole::None;
    return Role == CallRole::IsPresent || Role == CallRole::IsAbsent ||
           Role == CallRole::Forward;
  }

  const CallExpr *Try;
  Vocabulary &Words;
  const VarDecl *Result = nullptr;
  llvm::SmallPtrSet<const VarDecl *, 2> Tested;
};

/// The member of `this` that E is, or is behind.
const ValueDecl *ownMember(const Expr *E) {
  for (const Stmt *S = E; S;) {
    const auto *Member = dyn_cast<MemberExpr>(S);
    if (Member && isa<CXXThisExpr>(Member->getBase()->IgnoreParenImpCasts()))
      return isa<FieldDecl>(Member->getMemberDecl()) ? Member->getMemberDecl()
                                                     : nullptr;
    if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(S))
      S = Operator->getArg(0);
    else
      S = S->child_begin() == S->child_end() ? nullptr : *S->child_begin();
  }
  return nullptr;
}

/// Is another member asked in S, with a method that changes it?
bool asksAnother(const Stmt *S, const ValueDecl *Channel) {
  if (!S)
    return false;
  if (const auto *Call = dyn_cast<CXXMemberCallExpr>(S)) {
    const CXXMethodDecl *Method = Call->getMethodDecl();
    const ValueDecl *Asked = ownMember(Call->getImplicitObjectArgument());
    if (Method && !Method->isConst() && Asked && Asked != Channel)
      return true;
  }
  return llvm::any_of(S->children(), [&](const Stmt *Child) {
    return asksAnother(Child, Channel);
  });
}

/// Has a condition before the loop asked another member than the channel, as a
/// semaphore that counts what is in it? Then there is something to come.
bool isCounted(const Stmt *S, const Stmt *Loop, const ValueDecl *Channel) {
  if (!S || S == Loop)
    return false;
  const Stmt *Condition = nullptr;
  if (const auto *If = dyn_cast<IfStmt>(S))
    Condition = If->getCond();
  else if (const auto *While = dyn_cast<WhileStmt>(S))
    Condition = While->getCond();
  if (Condition && Condition->getBeginLoc() < Loop->getBeginLoc() &&
      asksAnother(Condition, Channel))
    return true;
  return llvm::any_of(S->children(), [&](const Stmt *Child) {
    return isCounted(Child, Loop, Channel);
  });
}

} // namespace

void FactBuilder::addSpin(const CallExpr *Try, PlaceId Channel) {
  const Stmt *Loop = Objects.enclosingLoop(Try);
  if (!Loop || !SpinLoop(Try, Unit.Words).spins(Loop))
    return;
  const auto *Member = dyn_cast<CXXMemberCallExpr>(Try);
  const ValueDecl *Own =
      Member ? ownMember(Member->getImplicitObjectArgument()) : nullptr;
  if (!Own || !isCounted(Facts.Function->getBody(), Loop, Own))
    add(FactKind::Spin, Try).Place = Channel;
}

} // namespace borrow
