//===- MoveFacts.cpp - What is moved away, and used -----------------------===//

#include "Facts/FactBuilder.h"
#include "Facts/SourceIndex.h"
#include "Model/Vocabulary.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace borrow {

/// The storage of E; of `auto [a, b] = pair` each for itself.
static PlaceId givenStorage(const Expr *E, PlaceResolver &Resolver) {
  const auto *Ref = dyn_cast<DeclRefExpr>(unwrapped(E));
  const auto *Half =
      dyn_cast_or_null<BindingDecl>(Ref ? Ref->getDecl() : nullptr);
  bool IsOwn =
      Half && Half->getHoldingVar() &&
      !cast<VarDecl>(Half->getDecomposedDecl())->getType()->isReferenceType();
  return IsOwn ? Resolver.place(E) : Resolver.storage(E);
}

/// Mentions of variables and members, and what gets a new value.
void FactBuilder::addReplacement(const Stmt *S) {
  if (const auto *Decls = dyn_cast<DeclStmt>(S)) {
    for (const Decl *D : Decls->decls())
      if (const auto *Var = dyn_cast<VarDecl>(D))
        add(FactKind::Replace, S).Place = Unit.Places.variable(Var);
    return;
  }
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(S)) {
    if (Op->getOperator() == OO_Equal)
      add(FactKind::Replace, S).Place = givenStorage(Op->getArg(0), Resolver);
    else if (Unit.Words.mayBeEmpty(Op->getArg(0)->getType()) &&
             (Op->getOperator() == OO_Star || Op->getOperator() == OO_Arrow))
      addMention(Op, Unit.Places.deref(Resolver.place(Op->getArg(0))));
    return;
  }
  const auto *Ref = dyn_cast<DeclRefExpr>(S);
  const auto *Member = dyn_cast<MemberExpr>(S);
  bool IsMention = (Ref && isa<VarDecl, BindingDecl>(Ref->getDecl())) ||
                   (Member && isa<FieldDecl>(Member->getMemberDecl()));
  if (!IsMention)
    return;
  addMention(cast<Expr>(S), givenStorage(cast<Expr>(S), Resolver));
}

void FactBuilder::addMention(const Expr *E, PlaceId Place) {
  Uses::Kind Kind = Mentions->kind(E);
  if (Kind != Uses::Kind::Quiet)
    add(Kind == Uses::Kind::Read ? FactKind::Use : FactKind::Replace, E).Place =
        Place;
}

void FactBuilder::addGift(const Expr *Moved, const Stmt *At,
                          PlaceId HandedBack) {
  const Expr *From = movedFrom(Moved, Unit.Words);
  if (!From)
    return;
  Fact &F = add(FactKind::Give, At);
  F.Place = givenStorage(From, Resolver);
  F.Value = HandedBack;
}

/// What goes by rvalue reference into a function whose body moves it on. One
/// that returns something may say by it that it took nothing.
void FactBuilder::addTaken(const CallExpr *Call) {
  const FunctionDecl *Definition = nullptr;
  if (!Call->getDirectCallee() || isStd(Call->getDirectCallee()) ||
      !Call->getDirectCallee()->isDefined(Definition) ||
      isa<CXXOperatorCallExpr>(Call) || !Call->getType()->isVoidType())
    return;
  for (const auto &[Index, Arg] : llvm::enumerate(Call->arguments()))
    if (Index < Definition->getNumParams() &&
        Definition->getParamDecl(Index)->getType()->isRValueReferenceType() &&
        Unit.Index.isPassedOn(Definition->getParamDecl(Index)))
      addGift(Arg, Call);
}

/// What goes by rvalue reference to a channel or a thread is taken. A send that
/// fails may leave it: a result that is no truth value is not understood.
void FactBuilder::addGifts(const CallExpr *Call) {
  const Expr *Object = nullptr;
  CallRole Role = roleOf(Call, Object);
  if (Role == CallRole::None)
    return addTaken(Call);
  if (Role != CallRole::Send && Role != CallRole::Spawn)
    return;
  QualType Result = Call->getType();
  if (Role == CallRole::Send && Result->isIntegralOrEnumerationType() &&
      !Result->isBooleanType())
    return;
  for (const Expr *Arg : Call->arguments())
    addGift(Arg, Call,
            Role == CallRole::Send ? storageOfResult(Call) : PlaceId());
}

} // namespace borrow
