//===- Lenders.cpp - What an expression refers into -----------------------===//

#include "Facts/Lenders.h"
#include "Facts/FactBuilder.h"
#include "Facts/SourceIndex.h"
#include "Model/Vocabulary.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;

namespace borrow {

constexpr unsigned MaxDepth = 32;

const VarDecl *namedVariable(const Expr *E) {
  const auto *Ref = dyn_cast<DeclRefExpr>(E->IgnoreParenImpCasts());
  if (!Ref)
    return nullptr;
  if (const auto *Binding = dyn_cast<BindingDecl>(Ref->getDecl()))
    return cast_or_null<VarDecl>(Binding->getDecomposedDecl());
  return dyn_cast<VarDecl>(Ref->getDecl());
}

static QualType referred(QualType T) {
  return T->isPointerType() ? T->getPointeeType() : T;
}

Lender Lenders::of(const Expr *E) {
  HasRoot = false;
  Lender Result = walk(E);
  Result.Harmless |= isSelfGuarded(referred(E->getType()));
  return Result;
}

Lender Lenders::of(const Expr *E, const VarDecl *Parameter) {
  bool OuterHas = std::exchange(HasRoot, true);
  const VarDecl *Outer = std::exchange(RootParameter, Parameter);
  Lender Result = walk(E);
  Result.Harmless |= isSelfGuarded(referred(E->getType()));
  HasRoot = OuterHas;
  RootParameter = Outer;
  return Result;
}

/// The type of a handle or guard before it is read as one of its bases.
static QualType handleType(const Expr *E) {
  E = E->IgnoreParens();
  while (const auto *Cast = dyn_cast<ImplicitCastExpr>(E)) {
    if (Cast->getCastKind() != CK_NoOp &&
        Cast->getCastKind() != CK_DerivedToBase &&
        Cast->getCastKind() != CK_UncheckedDerivedToBase)
      break;
    E = Cast->getSubExpr()->IgnoreParens();
  }
  return E->getType();
}

/// A guard that gives access to the data that it guards.
bool Lenders::isGuard(QualType T) {
  if (T.isNull() || !Unit.Words.givesAccess(T))
    return false;
  TypeRole Role = Unit.Words.role(T);
  return Role == TypeRole::Guard || Role == TypeRole::SharedGuard ||
         (Role == TypeRole::None && Unit.Words.mayHold(T));
}

/// Does it bring what makes it safe to share: is it atomic, or has a lock?
bool Lenders::isSelfGuarded(QualType T) {
  const CXXRecordDecl *Class = T->getAsCXXRecordDecl();
  auto Guards = [&](const CXXRecordDecl *C) {
    switch (Unit.Words.role(C)) {
    case TypeRole::Atomic:
    case TypeRole::Cell:
    case TypeRole::Channel:
    case TypeRole::CondVar:
    case TypeRole::Executor:
    case TypeRole::Latch:
    case TypeRole::LockedData:
    case TypeRole::Mutex:
    case TypeRole::Receiver:
    case TypeRole::RecursiveMutex:
    case TypeRole::Sender:
      return true;
    default:
      return false;
    }
  };
  if (!Class || Guards(Class))
    return Class != nullptr;
  Class = Class->getDefinition();
  return Class && llvm::any_of(Class->fields(), [&](const FieldDecl *Field) {
           const CXXRecordDecl *Of = Field->getType()->getAsCXXRecordDecl();
           return Of && Guards(Of);
         });
}

bool Lenders::isUpgrade(const Expr *E) {
  E = unwrapped(E);
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E)) {
    if (Construct->getNumArgs() == 0)
      return false;
    return Unit.Words.role(Construct->getArg(0)->getType()) == TypeRole::Weak ||
           (Construct->getConstructor()->isCopyOrMoveConstructor() &&
            Construct->getArg(0)->isXValue() &&
            isUpgrade(Construct->getArg(0)));
  }
  const auto *Call = dyn_cast<CXXMemberCallExpr>(E);
  if (!Call)
    return false;
  switch (Unit.Words.role(Call->getMethodDecl(), Call->getRecordDecl())) {
  case CallRole::Upgrade:
    return true;
  case CallRole::Unwrap:
    return isUpgrade(Call->getImplicitObjectArgument());
  default:
    return false;
  }
}

/// The guard or upgraded handle itself: a local variable or a temporary.
Lender Lenders::guard(const Expr *E) {
  llvm::SaveAndRestore<unsigned> Nesting(Depth, Depth + 1);
  if (Depth > MaxDepth)
    return {};
  bool Strong = Unit.Words.role(handleType(E)) == TypeRole::Strong;
  const CXXBindTemporaryExpr *Bind = nullptr;
  for (;;) {
    E = E->IgnoreParens();
    if (const auto *Full = dyn_cast<FullExpr>(E))
      E = Full->getSubExpr();
    else if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(E))
      E = Temporary->getSubExpr();
    else if (const auto *B = dyn_cast<CXXBindTemporaryExpr>(E))
      E = (Bind = B)->getSubExpr();
    else if (const auto *Cast = dyn_cast<CastExpr>(E))
      E = Cast->getSubExpr();
    else
      break;
  }
  Lender Result;
  if (E->isPRValue() && Bind && (!Strong || isUpgrade(E))) {
    Result.Kind = Lender::Temporary;
    Result.Object = Bind;
    Result.Owns = Strong;
    return Result;
  }
  const auto *Ref = dyn_cast<DeclRefExpr>(E);
  const auto *Var = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  if (Var) {
    if (!Var->hasLocalStorage() || Var->getType()->isPointerType())
      return {};
    if (Var->getType()->isReferenceType()) {
      const Expr *Init = Var->getInit();
      if (isa<ParmVarDecl>(Var) || !Init)
        return {};
      if (const auto *Full = dyn_cast<FullExpr>(Init))
        Init = Full->getSubExpr();
      const auto *Kept = dyn_cast<MaterializeTemporaryExpr>(Init);
      if (!Kept || Kept->getExtendingDecl() != Var)
        return guard(Init);
    }
    if (Strong && (!Var->getInit() || !isUpgrade(Var->getInit())))
      return {};
    Result.Kind = Lender::Guard;
    Result.At = Var;
    Result.Owns = Strong;
    return Result;
  }
  // The guard in an optional.
  const Expr *Optional = nullptr;
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(E);
      Op && Op->getNumArgs() == 1)
    Optional = Op->getArg(0);
  else if (const auto *Call = dyn_cast<CXXMemberCallExpr>(E);
           Call && Call->isGLValue() &&
           Unit.Words.role(Call->getMethodDecl(), Call->getRecordDecl()) ==
               CallRole::Unwrap)
    Optional = Call->getImplicitObjectArgument();
  bool Inside =
      Optional && Unit.Words.role(handleType(Optional)) == TypeRole::Optional;
  return Inside && !Strong ? guard(Optional) : Result;
}

/// What an iterator, view or pointer in a variable, or made here, refers to.
/// One that is read out of a member refers to another object.
Lender Lenders::value(const Expr *E) {
  const Expr *Inner = E->IgnoreParenImpCasts();
  // A temporary that is bound to a reference is made here too.
  if (Inner->isPRValue() && !E->getType()->isPointerType())
    return walk(Inner);
  if (E->isPRValue() && !E->getType()->isPointerType())
    return walk(E);
  const VarDecl *Var = namedVariable(E);
  bool Local = Var && Var->hasLocalStorage() &&
               !Var->getType()->isReferenceType() && isa<DeclRefExpr>(Inner) &&
               isa<VarDecl>(cast<DeclRefExpr>(Inner)->getDecl());
  if (!Local)
    return {};
  return borrowed(Var);
}

/// A variable that refers to something itself. Where a root is asked for, what
/// it was initialised with counts if that stays.
Lender Lenders::borrowed(const VarDecl *Var) {
  Lender Result;
  if (HasRoot && Var == RootParameter) {
    Result.Kind = Lender::Root;
    return Result;
  }
  bool Keeps =
      Var->getInit() && !isa<ParmVarDecl>(Var) && !Unit.Index.isReassigned(Var);
  if (HasRoot)
    return Keeps ? walk(Var->getInit()) : Result;
  Result.Kind = Lender::Borrow;
  Result.At = Var;
  return Result;
}

/// The object that a handle or guard gives access to.
Lender Lenders::through(const Expr *Handle) {
  QualType T = handleType(Handle);
  if (isGuard(T) || Unit.Words.role(T) == TypeRole::Strong)
    return guard(Handle);
  if (Unit.Words.role(T) == TypeRole::Optional)
    return walk(Handle);
  return isBorrowType(T, Unit.Words) &&
                 Unit.Words.role(T) != TypeRole::RefWrapper
             ? value(Handle)
             : Lender();
}

Lender Lenders::named(const Expr *E) {
  const VarDecl *Var = namedVariable(E);
  if (!Var)
    return {};
  bool Reference = Var->hasLocalStorage() &&
                   Var->getType()->isReferenceType() && !isa<ParmVarDecl>(Var);
  return Reference || (HasRoot && Var == RootParameter) ? borrowed(Var)
                                                        : Lender();
}

Lender Lenders::member(const MemberExpr *E) {
  const auto *Field = dyn_cast<FieldDecl>(E->getMemberDecl());
  if (!Field || Field->getType()->isReferenceType())
    return {};
  Lender Result = E->getBase()->isPRValue() && !E->isArrow()
                      ? Lender()
                      : walk(E->getBase());
  if (!Result)
    return Result;
  Result.Harmless |=
      Field->getType().isConstQualified() || isSelfGuarded(Field->getType());
  if (!Result.Member)
    Result.Member = Field;
  return Result;
}

Lender Lenders::operation(const CXXOperatorCallExpr *Call) {
  const Expr *Object = Call->getArg(0);
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Call->getDirectCallee());
  QualType T = Object->getType();
  switch (Call->getOperator()) {
  case OO_Star:
  case OO_Arrow:
    if (Call->getNumArgs() != 1)
      return {};
    if (Lender Result = through(Object))
      return Result;
    break;
  case OO_Subscript:
    if (Method && isStd(Method) && Unit.Words.role(T) == TypeRole::None)
      return walk(Object);
    if (isBorrowType(T, Unit.Words))
      return value(Object);
    break;
  case OO_Plus:
  case OO_Minus:
  case OO_PlusPlus:
  case OO_MinusMinus:
  case OO_PlusEqual:
  case OO_MinusEqual:
    return isBorrowType(T, Unit.Words) &&
                   isBorrowType(Call->getType(), Unit.Words)
               ? value(Object)
               : Lender();
  default:
    return {};
  }
  return Method && !isStd(Method) && returnsPartOf(Method, nullptr)
             ? walk(Object)
             : Lender();
}

Lender Lenders::method(const CXXMemberCallExpr *Call) {
  const CXXMethodDecl *Method = Call->getMethodDecl();
  const Expr *Object = Call->getImplicitObjectArgument();
  if (!Method || !Object ||
      !(Call->isGLValue() || mayRefer(Call->getType(), Unit.Words)))
    return {};
  QualType T = Object->IgnoreParenImpCasts()->getType();
  if (T->isPointerType())
    T = T->getPointeeType();
  CallRole Does = Unit.Words.role(Method, Call->getRecordDecl());
  if (Does == CallRole::WithShared || Does == CallRole::WithMut ||
      lendsToClosure(Call, Unit.Words)) {
    const auto *Lambda = Call->getNumArgs() == 0
                             ? nullptr
                             : dyn_cast<LambdaExpr>(unwrapped(Call->getArg(0)));
    const CXXMethodDecl *Body = calledBody(Lambda);
    Lender Result;
    if (Body && Body->getNumParams() == 1 &&
        returnsPartOf(Body, Body->getParamDecl(0))) {
      Result.Kind = Lender::Ended;
      Result.Object = Call;
    }
    return Result;
  }
  if (isGuard(T))
    return guard(Object);
  switch (Unit.Words.role(T->getAsCXXRecordDecl())) {
  case TypeRole::Strong:
    return Does == CallRole::GetAddress ? guard(Object) : Lender();
  case TypeRole::Optional:
    return Does == CallRole::Unwrap ? walk(Object) : Lender();
  case TypeRole::View:
    return value(Object);
  case TypeRole::None:
    break;
  default:
    return {};
  }
  if (isBorrowType(T, Unit.Words))
    return value(Object);
  bool Part =
      isStd(Method) ? !Method->isStatic() : returnsPartOf(Method, nullptr);
  return Part ? walk(Object) : Lender();
}

/// Standard functions that give the address of what they are given.
static bool refersToArgument(StringRef Name) {
  static constexpr llvm::StringLiteral Names[] = {
      "addressof", "as_bytes", "begin", "cbegin", "cend",   "crbegin", "cref",
      "crend",     "data",     "end",   "get_if", "rbegin", "ref",     "rend"};
  return llvm::is_contained(Names, Name);
}

Lender Lenders::call(const CallExpr *Call) {
  const FunctionDecl *Callee = Call->getDirectCallee();
  if (!Callee || !(Call->isGLValue() || mayRefer(Call->getType(), Unit.Words)))
    return {};
  bool Forwards = Unit.Words.role(Callee) == CallRole::Forward;
  for (unsigned I = 0; I < Call->getNumArgs(); ++I) {
    const Expr *Arg = Call->getArg(I);
    const ParmVarDecl *Param =
        I < Callee->getNumParams() ? Callee->getParamDecl(I) : nullptr;
    bool Refers;
    if (isStd(Callee) || Forwards)
      Refers = Arg->isGLValue() && !isBorrowType(Arg->getType(), Unit.Words)
                   ? Call->isGLValue() || refersToArgument(simpleName(Callee))
                   : isBorrowType(Arg->getType(), Unit.Words);
    else
      Refers = Param && (Param->hasAttr<LifetimeBoundAttr>() ||
                         returnsPartOf(Callee, Param));
    if (!Refers)
      continue;
    Lender Result =
        isBorrowType(Arg->getType(), Unit.Words) ? value(Arg) : walk(Arg);
    if (!Result && Arg->isPRValue())
      Result = walk(Arg);
    if (Result)
      return Result;
  }
  return {};
}

/// What an optional, pair or tuple, Of, or a plain struct keeps of E.
Lender Lenders::part(const Expr *E, const CXXRecordDecl *Of) {
  if (mayRefer(E->getType(), Unit.Words))
    return E->isPRValue() ? walk(E) : value(E);
  const CXXRecordDecl *Class = E->getType()->getAsCXXRecordDecl();
  return E->isGLValue() &&
                 (!Of || (Class && isStd(Class) && holdsView(Of, Unit.Words)))
             ? walk(E)
             : Lender();
}

Lender Lenders::construction(const CXXConstructExpr *Construct) {
  if (!mayRefer(Construct->getType(), Unit.Words) ||
      Construct->getNumArgs() == 0)
    return {};
  const Expr *Arg = Construct->getArg(0);
  if (!isBorrowType(Construct->getType(), Unit.Words)) {
    if (Construct->getConstructor()->isCopyOrMoveConstructor())
      return value(Arg);
    for (const Expr *A : Construct->arguments())
      if (Lender Result = part(A, Construct->getConstructor()->getParent()))
        return Result;
    return {};
  }
  if (isBorrowType(Arg->getType(), Unit.Words))
    return Arg->isPRValue() ? walk(Arg) : value(Arg);
  return Arg->isGLValue() ? walk(Arg) : Lender();
}

Lender Lenders::walk(const Expr *E) {
  llvm::SaveAndRestore<unsigned> Nesting(Depth, Depth + 1);
  if (Depth > MaxDepth)
    return {};
  E = E->IgnoreParens();
  if (const auto *Full = dyn_cast<FullExpr>(E))
    return walk(Full->getSubExpr());
  if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(E))
    return walk(Temporary->getSubExpr());
  if (const auto *Bind = dyn_cast<CXXBindTemporaryExpr>(E))
    return walk(Bind->getSubExpr());
  if (const auto *Cast = dyn_cast<CastExpr>(E)) {
    if (Cast->getCastKind() == CK_LValueToRValue)
      return value(Cast->getSubExpr());
    bool Refers = Cast->isGLValue() || mayRefer(E->getType(), Unit.Words);
    return Refers ? walk(Cast->getSubExpr()) : Lender();
  }
  if (isa<CXXThisExpr>(E)) {
    Lender Result;
    Result.Kind = HasRoot && !RootParameter ? Lender::Root : Lender::Nobody;
    return Result;
  }
  if (isa<DeclRefExpr>(E))
    return named(E);
  if (const auto *Member = dyn_cast<MemberExpr>(E))
    return member(Member);
  if (const auto *Subscript = dyn_cast<ArraySubscriptExpr>(E))
    return walk(Subscript->getBase());
  if (const auto *Op = dyn_cast<UnaryOperator>(E))
    return Op->getOpcode() == UO_AddrOf || Op->getOpcode() == UO_Deref
               ? walk(Op->getSubExpr())
               : Lender();
  if (const auto *Op = dyn_cast<BinaryOperator>(E)) {
    if (Op->isCommaOp())
      return walk(Op->getRHS());
    return Op->isAdditiveOp() && Op->getType()->isPointerType()
               ? walk(Op->getLHS())
               : Lender();
  }
  if (const auto *Either = dyn_cast<ConditionalOperator>(E)) {
    Lender Result = walk(Either->getTrueExpr());
    return Result ? Result : walk(Either->getFalseExpr());
  }
  if (const auto *List = dyn_cast<InitListExpr>(E)) {
    for (const Expr *Init : List->inits())
      if (Lender Result = part(Init, nullptr))
        return Result;
    return {};
  }
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(E))
    return operation(Op);
  if (const auto *Method = dyn_cast<CXXMemberCallExpr>(E))
    return method(Method);
  if (const auto *Call = dyn_cast<CallExpr>(E))
    return this->call(Call);
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E))
    return construction(Construct);
  return {};
}

static void collectReturns(const Stmt *S,
                           llvm::SmallVectorImpl<const Expr *> &To) {
  if (!S || isa<LambdaExpr>(S))
    return;
  if (const auto *Return = dyn_cast<ReturnStmt>(S))
    To.push_back(Return->getRetValue());
  for (const Stmt *Child : S->children())
    collectReturns(Child, To);
}

/// Is what the function returns certainly part of its parameter, or of `this`?
bool Lenders::returnsPartOf(const FunctionDecl *Callee,
                            const VarDecl *Parameter) {
  const FunctionDecl *Definition = nullptr;
  const auto *Method = dyn_cast<CXXMethodDecl>(Callee);
  if ((Method && Method->isVirtual()) || !Callee->isDefined(Definition) ||
      !isAnalysable(Definition))
    return false;
  if (Parameter && Definition != Callee)
    Parameter = Definition->getParamDecl(
        cast<ParmVarDecl>(Parameter)->getFunctionScopeIndex());
  auto [It, New] = Parts.try_emplace({Definition, Parameter}, false);
  if (!New)
    return It->second;
  llvm::SmallVector<const Expr *, 2> Values;
  collectReturns(Definition->getBody(), Values);
  bool Result = !Values.empty();
  for (const Expr *Value : Values) {
    Lender From = Value ? of(Value, Parameter) : Lender();
    Result &= From.Kind == Lender::Root && !From.Harmless;
  }
  return Parts[{Definition, Parameter}] = Result;
}

} // namespace borrow
