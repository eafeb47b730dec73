//===- HandleFacts.cpp - Who has to join a thread -------------------------===//

#include "Facts/FactBuilder.h"
#include "Model/Vocabulary.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace borrow {

/// A thread starts, and Handle has to join it.
void FactBuilder::addThread(const Expr *At, HolderId Handle) {
  if (Handle)
    issue(LoanKind::Thread, Access::Mut, Unit.Places.opaque(At), At, Handle);
}

/// From here on the handle can't be joined, if it is certain which one that is.
void FactBuilder::addSpent(const CallExpr *Call, const Expr *Handle) {
  PlaceId Place = Resolver.storage(Handle);
  if (!Unit.Places.isPrecise(Place))
    return;
  for (PlaceId P = Place; P; P = Unit.Places[P].Parent)
    if (Step Kind = Unit.Places[P].Kind;
        Kind != Step::Var && Kind != Step::Field && Kind != Step::This &&
        !(Kind == Step::Deref &&
          Unit.Places[Unit.Places[P].Parent].Kind == Step::This))
      return;
  const VarDecl *Var = Unit.Places.rootVariable(Place);
  if (Var && Var->getType()->isReferenceType() && !isa<ParmVarDecl>(Var))
    return;
  issue(LoanKind::Spent, Access::Mut, Unit.Places.opaque(Call), Call,
        Objects.storage(Place));
}

/// What H keeps ends, as an object of type T is destroyed or assigned.
void FactBuilder::addDrop(HolderId H, QualType T, const Stmt *At) {
  Fact &F = add(FactKind::Drop, At);
  F.Holder = H;
  bool Temporary = Facts.holder(H).Kind == Holder::Temporary;
  F.Truth = Unit.Words.mustBeJoined(T) ||
            (Temporary && Unit.Words.role(T) == TypeRole::Future);
  for (PlaceId P = Facts.holder(H).Place; P; P = Unit.Places[P].Parent)
    F.Truth &= Unit.Places[P].Kind != Step::IndexBy;
}

void FactBuilder::addShare(const Expr *Handle, const Stmt *At) {
  if (HolderId H = Objects.source(Handle))
    add(FactKind::Share, At).Holder = H;
}

/// `std::ref(t)`, `std::async(…).share()`.
void FactBuilder::addSharedHandle(const CallExpr *Call, const Expr *Object) {
  if (Object && Unit.Words.role(Object->getType()) == TypeRole::Future)
    return addShare(Object, Call);
  if (Unit.Words.role(Call->getType()) == TypeRole::RefWrapper)
    for (const Expr *Arg : Call->arguments())
      if (Unit.Words.mustBeJoined(Arg->getType()))
        addShare(Arg, Call);
}

/// `Joiner j{t};` without a constructor.
void FactBuilder::addSharedMembers(const Expr *Init, const Stmt *At) {
  if (const auto *List = dyn_cast<InitListExpr>(unwrapped(Init)))
    for (const Expr *Member : List->inits())
      if (Member->isLValue() && Unit.Words.mustBeJoined(Member->getType()))
        addShare(Member, At);
}

void FactBuilder::addSharedCaptures(const LambdaExpr *Lambda) {
  for (const Expr *Value : Lambda->capture_inits())
    if (Value && Value->isLValue() && Unit.Words.mustBeJoined(Value->getType()))
      addShare(Value, Lambda);
}

} // namespace borrow
