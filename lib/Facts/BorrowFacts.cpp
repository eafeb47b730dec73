//===- BorrowFacts.cpp - What refers to guarded data ----------------------===//

#include "Facts/FactBuilder.h"
#include "Facts/MemberWrites.h"
#include "Facts/SourceIndex.h"
#include "Model/Vocabulary.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace borrow {

void FactBuilder::collectQuiet(const Stmt *S) {
  auto Add = [&](const Expr *E) {
    E = E->IgnoreParenImpCasts();
    if (const auto *Ref = dyn_cast<DeclRefExpr>(E);
        Ref && !Ref->getDecl()->getType()->isReferenceType())
      Quiet.insert(Ref);
  };
  if (!S)
    return;
  if (const auto *Lambda = dyn_cast<LambdaExpr>(S)) {
    for (const Expr *Init : Lambda->capture_inits())
      collectQuiet(Init);
    return;
  }
  if (const auto *Member = dyn_cast<MemberExpr>(S)) {
    // A value beside the borrows of a plain struct.
    const auto *Field = dyn_cast<FieldDecl>(Member->getMemberDecl());
    if (Field && !Member->isArrow() && !Field->getType()->isReferenceType() &&
        !mayRefer(Field->getType(), Unit.Words))
      Add(Member->getBase());
  }
  if (const auto *Op = dyn_cast<BinaryOperator>(S)) {
    if (Op->getOpcode() == BO_Assign)
      Add(Op->getLHS());
    if (Op->isComparisonOp()) {
      Add(Op->getLHS());
      Add(Op->getRHS());
    }
  } else if (const auto *Op = dyn_cast<UnaryOperator>(S)) {
    if (Op->getOpcode() == UO_LNot || Op->getOpcode() == UO_AddrOf)
      Add(Op->getSubExpr());
  } else if (const auto *Cast = dyn_cast<CastExpr>(S)) {
    if (Cast->getCastKind() == CK_PointerToBoolean)
      Add(Cast->getSubExpr());
    // Says that a variable is not used.
    if (Cast->getCastKind() == CK_ToVoid)
      if (const auto *Ref =
              dyn_cast<DeclRefExpr>(Cast->getSubExpr()->IgnoreParenImpCasts()))
        Quiet.insert(Ref);
  } else if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(S)) {
    bool Views = Unit.Words.role(Op->getArg(0)->getType()) == TypeRole::View;
    if (Op->getOperator() == OO_Equal)
      Add(Op->getArg(0));
    if (Op->isComparisonOp() && !Views)
      for (const Expr *Arg : Op->arguments())
        Add(Arg);
  } else if (const auto *Call = dyn_cast<CXXMemberCallExpr>(S)) {
    // `v.size()`, `names.clear()`.
    if (Call->getNumArgs() == 0 && Call->getMethodDecl() &&
        isStd(Call->getMethodDecl()) &&
        (Call->getType()->isIntegralOrEnumerationType() ||
         Call->getType()->isVoidType()))
      Add(Call->getImplicitObjectArgument());
  }
  for (const Stmt *Child : S->children())
    collectQuiet(Child);
}

/// Target is bound to, or gets the value of, the expression.
void FactBuilder::addReference(PlaceId Target, QualType T, const Expr *Value,
                               const Stmt *At) {
  bool Refers = T->isReferenceType() || mayRefer(T, Unit.Words);
  const auto *Moved = dyn_cast<CXXConstructExpr>(unwrapped(Value));
  bool Moves = Moved && Moved->getNumArgs() >= 1 &&
               Moved->getConstructor()->isCopyOrMoveConstructor();
  const VarDecl *Whole = namedVariable(Moves ? Moved->getArg(0) : Value);
  bool PassesOn = !Refers && T->isRecordType() && Whole &&
                  Whole->hasLocalStorage() && isa<ReturnStmt>(At) &&
                  !Whole->getType()->isReferenceType();
  if (!Refers && !PassesOn)
    return;
  Lender From = Refers ? Borrows->of(Value) : Lender();
  Fact F;
  F.Kind = FactKind::Refer;
  F.At = At;
  F.Place = Target;
  if (PassesOn)
    F.Value = Unit.Places.variable(Whole);
  bool Matters = From.Owns || !From.Harmless;
  switch (Matters ? From.Kind : Lender::Nobody) {
  case Lender::Nobody:
  case Lender::Root:
    break;
  case Lender::Guard:
    F.To = Objects.storage(Unit.Places.variable(From.At));
    break;
  case Lender::Borrow:
    F.Value = Unit.Places.variable(From.At);
    break;
  case Lender::Temporary:
    F.To = Objects.endsAt(cast<CXXBindTemporaryExpr>(From.Object));
    break;
  case Lender::Ended:
    F.Truth = true;
    break;
  }
  Current->Facts.push_back(F);
  if (!F.To && !F.Value && !F.Truth)
    addLent(Target, T, Value, At);
}

/// The member that a reference of type T is read from, if functions other than
/// this one change it.
PlaceId FactBuilder::changingMember(const Expr *Value, QualType T) {
  Lender From = Borrows->of(Value, nullptr);
  if (From.Kind != Lender::Root || From.Harmless || !From.Member)
    return {};
  bool Whole =
      T->isReferenceType() &&
      T.getNonReferenceType().getCanonicalType().getUnqualifiedType() ==
          From.Member->getType().getCanonicalType().getUnqualifiedType();
  if (!isChangedElsewhere(From.Member,
                          Whole ? MemberPart::Whole : MemberPart::Element,
                          Facts.Function))
    return {};
  return Unit.Places.field(Unit.Places.deref(Resolver.thisPointer()),
                           From.Member);
}

/// The value, of type T, is given to the caller.
void FactBuilder::addExposure(const Expr *Value, QualType T, const Stmt *At) {
  if (PlaceId Member = changingMember(Value, T))
    add(FactKind::Expose, At).Place = Member;
}

/// A local variable, or a container that is one, refers to a member.
void FactBuilder::addLent(PlaceId Target, QualType T, const Expr *Value,
                          const Stmt *At) {
  const VarDecl *Var = Unit.Places.rootVariable(Target);
  if (!Var || !Var->hasLocalStorage() || isOutParameter(Target) ||
      Unit.Places.depth(Target) != 1)
    return;
  if (PlaceId Member = changingMember(Value, T)) {
    Fact &F = add(FactKind::Lend, At);
    F.Place = Target;
    F.Value = Member;
  }
}

/// Does the caller see what is assigned to the place?
bool FactBuilder::isOutParameter(PlaceId Place) const {
  const auto *Param =
      dyn_cast_or_null<ParmVarDecl>(Unit.Places.rootVariable(Place));
  return Param && (Param->getType()->isReferenceType() ||
                   !Unit.Places.isInside(Unit.Places.root(Place), Place));
}

/// `names.push_back(g->name)` of views and pointers.
void FactBuilder::addStoredReference(const CXXMemberCallExpr *Call) {
  const VarDecl *Container = namedVariable(Call->getImplicitObjectArgument());
  StringRef Name = simpleName(Call->getMethodDecl());
  bool Stores = Name.starts_with("push") || Name.starts_with("emplace") ||
                Name == "insert";
  if (!Stores || !Container || !isStd(Call->getMethodDecl()) ||
      isBorrowType(Container->getType(), Unit.Words))
    return;
  const auto *Class = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      Container->getType().getNonReferenceType()->getAsCXXRecordDecl());
  if (!Class || Class->getTemplateArgs().size() == 0 ||
      Class->getTemplateArgs()[0].getKind() != TemplateArgument::Type)
    return;
  QualType Element = Class->getTemplateArgs()[0].getAsType();
  if (!mayRefer(Element, Unit.Words) || Call->getNumArgs() == 0)
    return;
  const Expr *Value = Call->getArg(Call->getNumArgs() - 1);
  if (isOutParameter(Unit.Places.variable(Container)))
    addExposure(Value, Element, Call);
  Lender From = Borrows->of(Value);
  if (From.Kind == Lender::Nobody)
    return addLent(Unit.Places.variable(Container), Element, Value, Call);
  addReference(Unit.Places.variable(Container), Element, Value, Call);
  Current->Facts.back().Kind = FactKind::AlsoRefer;
}

/// What the closure given to `withLock` keeps of what it is lent.
void FactBuilder::addKeptByClosure(const CXXMemberCallExpr *Call) {
  const auto *Lambda = Call->getNumArgs() == 0
                           ? nullptr
                           : dyn_cast<LambdaExpr>(unwrapped(Call->getArg(0)));
  const CXXMethodDecl *Body = calledBody(Lambda);
  if (!Body || Body->getNumParams() != 1 || !Body->hasBody())
    return;
  llvm::SmallVector<const Stmt *, 16> Queue = {Body->getBody()};
  while (!Queue.empty()) {
    const Stmt *S = Queue.pop_back_val();
    if (!S)
      continue;
    Queue.append(S->child_begin(), S->child_end());
    const Expr *Target = nullptr, *Value = nullptr;
    if (const auto *Op = dyn_cast<BinaryOperator>(S);
        Op && Op->getOpcode() == BO_Assign) {
      Target = Op->getLHS();
      Value = Op->getRHS();
    } else if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(S);
               Op && Op->getOperator() == OO_Equal) {
      Target = Op->getArg(0);
      Value = Op->getArg(1);
    }
    const VarDecl *Var = Target ? namedVariable(Target) : nullptr;
    if (!Var || Var->getDeclContext() == Body ||
        !isBorrowType(Target->getType(), Unit.Words))
      continue;
    Lender From = Borrows->of(Value, Body->getParamDecl(0));
    if (From.Kind != Lender::Root || From.Harmless)
      continue;
    Fact &F = add(FactKind::Refer, S);
    F.Place = Unit.Places.variable(Var);
    F.Truth = true;
  }
}

void FactBuilder::addBorrows(const Stmt *S) {
  if (!Borrows)
    return;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(S)) {
    const VarDecl *Var = namedVariable(Ref);
    const auto *Binding = dyn_cast<BindingDecl>(Ref->getDecl());
    bool Copied = Binding && !Var->getType()->isReferenceType() &&
                  !Binding->getType()->isReferenceType() &&
                  !mayRefer(Binding->getType(), Unit.Words);
    if (Var && Var->hasLocalStorage() && !Copied && !Quiet.contains(Ref))
      add(FactKind::Mention, S).Place = Unit.Places.variable(Var);
    return;
  }
  if (const auto *Decls = dyn_cast<DeclStmt>(S)) {
    for (const Decl *D : Decls->decls())
      if (const auto *Var = dyn_cast<VarDecl>(D);
          Var && Var->getInit() && Var->hasLocalStorage())
        addReference(Unit.Places.variable(Var), Var->getType(), Var->getInit(),
                     S);
    return;
  }
  if (const auto *Return = dyn_cast<ReturnStmt>(S)) {
    QualType T = Facts.Function->getReturnType();
    if (!Return->getRetValue() || T->isVoidType())
      return;
    addReference(Unit.Places.result(), T, Return->getRetValue(), Return);
    if (T->isReferenceType() || mayRefer(T, Unit.Words))
      addExposure(Return->getRetValue(), T, Return);
    return;
  }
  const Expr *Target = nullptr, *Value = nullptr;
  if (const auto *Op = dyn_cast<BinaryOperator>(S);
      Op && Op->getOpcode() == BO_Assign) {
    Target = Op->getLHS();
    Value = Op->getRHS();
  } else if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(S);
             Op && Op->getOperator() == OO_Equal && Op->getNumArgs() == 2) {
    Target = Op->getArg(0);
    Value = Op->getArg(1);
  }
  if (Target) {
    PlaceId Place = Resolver.storage(Target);
    if (Unit.Places.isPrecise(Place) &&
        mayRefer(Target->getType(), Unit.Words)) {
      addReference(Place, Target->getType(), Value, S);
      if (isOutParameter(Place))
        addExposure(Value, Target->getType(), S);
    }
    return;
  }
  const auto *Call = dyn_cast<CXXMemberCallExpr>(S);
  if (!Call || !Call->getMethodDecl())
    return;
  CallRole Does = Unit.Words.role(Call->getMethodDecl(), Call->getRecordDecl());
  if (Does == CallRole::WithShared || Does == CallRole::WithMut ||
      lendsToClosure(Call, Unit.Words))
    addKeptByClosure(Call);
  else
    addStoredReference(Call);
}

} // namespace borrow
