//===- UpgradeRepair.cpp - Tests of upgraded handles ----------------------===//

#include "Repair/Repair.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace borrow {

static bool convertsToBool(QualType T) {
  CXXRecordDecl *Class = T.getNonReferenceType()->getAsCXXRecordDecl();
  if (!Class || !Class->hasDefinition())
    return T->isPointerType();
  return llvm::any_of(
      Class->getVisibleConversionFunctions(), [](const NamedDecl *D) {
        const auto *Conversion =
            dyn_cast<CXXConversionDecl>(D->getUnderlyingDecl());
        QualType To = Conversion ? Conversion->getConversionType() : QualType();
        return Conversion && (To->isBooleanType() || To->isMemberPointerType());
      });
}

/// Is the last of Path used as a handle, so that a variable may stand for it?
static bool isDereferenced(llvm::ArrayRef<const Stmt *> Path) {
  for (const Stmt *S : llvm::reverse(Path.drop_back())) {
    if (isa<ImplicitCastExpr, MaterializeTemporaryExpr, CXXBindTemporaryExpr,
            ParenExpr>(S))
      continue;
    if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(S))
      return Op->getOperator() == OO_Arrow || Op->getOperator() == OO_Star;
    return isa<MemberExpr>(S);
  }
  return false;
}

/// Is the last of Path evaluated exactly once whenever the first is, before
/// anything that the first decides?
static bool isUnconditional(llvm::ArrayRef<const Stmt *> Path) {
  const auto *If = dyn_cast<IfStmt>(Path.front());
  if (If &&
      (If->getInit() || If->getConditionVariable() || Path[1] != If->getCond()))
    return false;
  if (!If && !isa<Expr, DeclStmt, ReturnStmt>(Path.front()))
    return false;
  return llvm::none_of(Path, [](const Stmt *S) {
    const auto *Op = dyn_cast<BinaryOperator>(S);
    return isa<AbstractConditionalOperator>(S) || (Op && Op->isLogicalOp());
  });
}

static Edits leaveIfEmpty(const Body &In, const Body::Position &At,
                          std::string Name) {
  if (At.Leave.empty())
    return {};
  return In.insertBehind(At.Statement,
                         In.newLine(At.Statement) + "if (!" + Name + ")" +
                             In.newLine(At.Statement, 1) + At.Leave);
}

/// `strong && (a || b)`: the condition with Name tested before.
static std::string conjunction(const std::string &Name, const Expr *Condition) {
  bool Binds = isa<BinaryOperator, AbstractConditionalOperator>(
      Condition->IgnoreImplicit());
  return Name + " && " + (Binds ? "(" : "");
}

/// The upgraded handle is used in the expression that upgrades it.
static Edits checkTemporary(const Body &In, const Expr *Upgrade) {
  Body::Position At = In.find(Upgrade);
  if (!At || !convertsToBool(Upgrade->getType()) || !isDereferenced(At.Path))
    return {};
  std::string Name = In.freshName("strong");
  std::string Text = In.text(Upgrade);
  std::string Declaration = "auto " + Name + " = " + Text;
  // What is inserted before the upgrade and replaced at the same place has to
  // be one edit.
  auto Edit = [&](const Stmt *Front, const std::string &Before) -> Edits {
    if (Front->getBeginLoc() == Upgrade->getBeginLoc())
      return {In.replace(Upgrade, Before + Name)};
    return {In.insertBefore(Front, Before), In.replace(Upgrade, Name)};
  };
  if (isa<Expr>(At.Statement))
    return Edit(At.Statement, "if (" + Declaration + ") ");
  if (!isUnconditional(At.Path))
    return {};
  const auto *If = dyn_cast<IfStmt>(At.Statement);
  if (If && !If->getElse() && In.context().getLangOpts().CPlusPlus17) {
    const Expr *Condition = If->getCond();
    std::string Front = conjunction(Name, Condition);
    Edits Result = Edit(Condition, Declaration + "; " + Front);
    if (llvm::StringRef(Front).ends_with("("))
      Result.append(In.insertAfter(Condition, ")"));
    return Result;
  }
  if (At.Leave.empty())
    return {};
  std::string Line = In.newLine(At.Statement);
  return Edit(At.Statement, Declaration + ";" + Line + "if (!" + Name + ")" +
                                In.newLine(At.Statement, 1) + At.Leave + Line);
}

/// The upgraded handle is kept in Var and used later.
static Edits checkVariable(const Body &In, const VarDecl *Var,
                           const Expr *Upgrade, const Stmt *Use) {
  Body::Position At = In.find(Upgrade);
  if (!At || !convertsToBool(Var->getType()))
    return {};
  const auto *Decl = dyn_cast<DeclStmt>(At.Statement);
  bool Declares = Decl && Decl->isSingleDecl() && Decl->getSingleDecl() == Var;
  if (Decl ? !Declares : !mentions(At.Statement, Var))
    return {};
  if (!Decl && !isa<Expr>(At.Statement))
    return {};

  std::string Name = Var->getNameAsString();
  const Stmt *Only = nullptr;
  unsigned Mentions = 0;
  for (const Stmt *S : At.following())
    if (mentions(S, Var)) {
      Only = S;
      ++Mentions;
    }
  if (Declares && Mentions == 1 && isa<Expr>(Only)) {
    Body::Position Used = In.find(Use);
    if (Used && Used.Statement == Only)
      return {In.insertBefore(Only, "if (" + Name + ") ")};
  }
  return leaveIfEmpty(In, At, Name);
}

Edits checkUpgrade(const FunctionFacts &Facts, const PlaceTable &Places,
                   const Fact &Upgrade, const Fact &Use) {
  const auto *Call = dyn_cast<Expr>(Upgrade.At);
  if (!Facts.Function || !Call)
    return {};
  Body In(*Facts.Function);
  if (!Places.isPrecise(Use.Place))
    return checkTemporary(In, Call);
  const VarDecl *Var = Places.rootVariable(Use.Place);
  if (!Var || Places[Use.Place].Kind != Step::Var)
    return {};
  return checkVariable(In, Var, Call, Use.At);
}

} // namespace borrow
