//===- CopyFacts.cpp - What values are made from and compared with --------===//

#include "Facts/FactBuilder.h"
#include "Facts/SourceIndex.h"
#include "Model/Vocabulary.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace borrow {

constexpr unsigned MaxDepth = 8;

/// `a + b`, `-a`, `!a`: another value of the same thing. Not a comparison.
static bool isArithmetic(const Expr *E) {
  if (const auto *Op = dyn_cast<BinaryOperator>(E))
    return Op->isAdditiveOp() || Op->isMultiplicativeOp() ||
           Op->isBitwiseOp() || Op->isShiftOp();
  if (const auto *Op = dyn_cast<UnaryOperator>(E))
    return Op->isArithmeticOp();
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(E))
    return Op->isInfixBinaryOp() && !Op->isComparisonOp() &&
           !Op->isAssignmentOp();
  return false;
}

/// `X.name(k)` on a container of the standard library: X.
static const Expr *container(const CXXMemberCallExpr *Call, StringRef Name) {
  bool Named = Call && Call->getMethodDecl() && Call->getNumArgs() == 1 &&
               isStd(Call->getMethodDecl()) &&
               simpleName(Call->getMethodDecl()) == Name;
  return Named ? Call->getImplicitObjectArgument() : nullptr;
}

/// The element of a container that E denotes: `c[k]`, `c.at(k)`, or
/// `it->second` where `it` is what `c.find(k)` has found.
PlaceId FactBuilder::element(const Expr *E) {
  const Expr *Whole = nullptr, *Key = nullptr;
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(E);
      Op && Op->getOperator() == OO_Subscript && Op->getNumArgs() == 2) {
    Whole = Op->getArg(0);
    Key = Op->getArg(1);
  } else if (const auto *Subscript = dyn_cast<ArraySubscriptExpr>(E)) {
    Whole = Subscript->getBase();
    Key = Subscript->getIdx();
  } else if (const auto *At = dyn_cast<CXXMemberCallExpr>(E)) {
    Whole = container(At, "at");
    Key = Whole ? At->getArg(0) : nullptr;
  } else if (const auto *Member = dyn_cast<MemberExpr>(E)) {
    const auto *Arrow =
        dyn_cast<CXXOperatorCallExpr>(Member->getBase()->IgnoreParenImpCasts());
    bool OfPair =
        Arrow && simpleName(Member->getMemberDecl()) == "second" &&
        (Arrow->getOperator() == OO_Arrow || Arrow->getOperator() == OO_Star);
    const auto *Ref =
        OfPair ? dyn_cast<DeclRefExpr>(Arrow->getArg(0)->IgnoreParenImpCasts())
               : nullptr;
    const auto *Var = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
    const auto *Find = dyn_cast_or_null<CXXMemberCallExpr>(
        Var && Var->getInit() ? unwrapped(Var->getInit()) : nullptr);
    Whole = Find ? container(Find, "find") : nullptr;
    Key = Whole ? Find->getArg(0) : nullptr;
  }
  const auto *By =
      dyn_cast_or_null<DeclRefExpr>(Key ? Key->IgnoreParenImpCasts() : nullptr);
  const auto *Var = By ? dyn_cast<VarDecl>(By->getDecl()) : nullptr;
  PlaceId P = Var && !Unit.Index.isReassigned(Var) ? Resolver.storage(Whole)
                                                   : PlaceId();
  return P && Unit.Places.isPrecise(P) ? Unit.Places.indexBy(P, Var)
                                       : PlaceId();
}

/// The places whose values E copies or computes with.
void FactBuilder::addSources(const Expr *E, llvm::SmallVectorImpl<PlaceId> &To,
                             unsigned Depth) {
  E = unwrapped(E);
  if (!E || Depth > MaxDepth)
    return;
  auto AddAll = [&](auto &&Children) {
    for (const Stmt *Child : Children)
      if (const auto *Value = dyn_cast_or_null<Expr>(Child))
        addSources(Value, To, Depth + 1);
  };
  if (PlaceId P = element(E)) {
    To.push_back(P);
    return;
  }
  if (isa<DeclRefExpr, MemberExpr>(E)) {
    if (PlaceId P = Resolver.storage(E); Unit.Places.isPrecise(P))
      To.push_back(P);
    return;
  }
  if (const auto *Either = dyn_cast<ConditionalOperator>(E)) {
    addSources(Either->getTrueExpr(), To, Depth + 1);
    return addSources(Either->getFalseExpr(), To, Depth + 1);
  }
  const auto *Call = dyn_cast<CallExpr>(E);
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  static constexpr llvm::StringLiteral Choices[] = {"clamp", "max", "min"};
  bool Chooses = Callee && isStd(Callee) &&
                 llvm::is_contained(Choices, simpleName(Callee));
  bool Forwards = Unit.Words.role(Callee) == CallRole::Forward;
  if (Call && (isArithmetic(E) || Chooses || Forwards))
    return AddAll(Call->arguments());
  if (isArithmetic(E) || isa<ExplicitCastExpr, InitListExpr>(E))
    return AddAll(E->children());
  if (Callee && !isStd(Callee)) {
    To.push_back(storageOfResult(Call));
    return;
  }
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E))
    if (Construct->getNumArgs() == 1)
      addSources(Construct->getArg(0), To, Depth + 1);
}

/// Target gets the value of E.
void FactBuilder::addCopies(PlaceId Target, const Expr *E, const Stmt *At) {
  if (!Unit.Index.updates(Facts.Function) || !E ||
      !Unit.Places.isPrecise(Target))
    return;
  llvm::SmallVector<PlaceId, 2> Sources;
  addSources(E, Sources);
  if (Sources.empty())
    Sources.push_back({});
  bool MadeFromItself = llvm::is_contained(Sources, Target);
  for (PlaceId Source : Sources) {
    Fact &F = add(FactKind::Copy, At);
    F.Place = Target;
    F.Value = Source;
    F.Truth = Source == Sources.front() && !MadeFromItself;
  }
}

/// The parameters, and `this`, that S is about, also by way of locals.
static void addRoots(const Stmt *S, PlaceTable &Places, PlaceResolver &Resolver,
                     llvm::SmallVectorImpl<PlaceId> &To, unsigned Depth = 0) {
  if (!S || Depth > 2 * MaxDepth)
    return;
  PlaceId Root;
  if (isa<CXXThisExpr>(S))
    Root = Resolver.thisPointer();
  if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
    if (const auto *Var = dyn_cast<VarDecl>(Ref->getDecl())) {
      if (isa<ParmVarDecl>(Var))
        Root = Places.variable(Var);
      if (Var->isLocalVarDecl())
        addRoots(Var->getInit(), Places, Resolver, To, Depth + MaxDepth);
    }
  if (Root && !llvm::is_contained(To, Root))
    To.push_back(Root);
  for (const Stmt *Child : S->children())
    addRoots(Child, Places, Resolver, To, Depth + 1);
}

/// `&a == &b`, `a.id() < b.id()`, `a.isSame(b)`.
void FactBuilder::addComparison(const Stmt *S) {
  const auto *Op = dyn_cast<BinaryOperator>(S);
  const auto *Call = dyn_cast<CallExpr>(S);
  bool Compares =
      Op ? Op->isComparisonOp() : Call && Call->getType()->isBooleanType();
  if (!Compares)
    return;
  llvm::SmallVector<PlaceId, 2> Roots;
  addRoots(S, Unit.Places, Resolver, Roots);
  for (PlaceId L : Roots)
    for (PlaceId R : Roots)
      if (L < R)
        Facts.Compared.push_back({L, R});
}

} // namespace borrow
