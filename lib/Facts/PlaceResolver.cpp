//===- PlaceResolver.cpp - From expressions to places ---------------------===//

#include "Facts/PlaceResolver.h"
#include "Facts/SourceIndex.h"
#include "Model/Vocabulary.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/Builtins.h"

using namespace clang;

namespace borrow {

constexpr unsigned MaxDepth = 32;

/// `__builtin_expect(x, 0)`, as in macros LIKELY and UNLIKELY, is x.
static bool isLikelihood(const CallExpr *Call) {
  unsigned Id = Call->getBuiltinCallee();
  return Id == Builtin::BI__builtin_expect ||
         Id == Builtin::BI__builtin_expect_with_probability;
}

const Expr *unwrapped(const Expr *E) {
  while (E) {
    const Expr *Outer = E;
    E = E->IgnoreParenImpCasts();
    if (const auto *Full = dyn_cast<FullExpr>(E))
      E = Full->getSubExpr();
    else if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(E))
      E = Temporary->getSubExpr();
    else if (const auto *Bind = dyn_cast<CXXBindTemporaryExpr>(E))
      E = Bind->getSubExpr();
    else if (const auto *Construct = dyn_cast<CXXConstructExpr>(E);
             Construct && Construct->isElidable() &&
             Construct->getNumArgs() >= 1)
      E = Construct->getArg(0);
    else if (const auto *Call = dyn_cast_or_null<CallExpr>(E);
             Call && isLikelihood(Call))
      E = Call->getArg(0);
    if (E == Outer)
      break;
  }
  return E;
}

/// The method whose `this` is meant in Function: its own, or for a lambda that
/// of the function around it.
static const FunctionDecl *ownerOfThis(const FunctionDecl *Function) {
  while (const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Function)) {
    if (!Method->getParent()->isLambda())
      break;
    const DeclContext *Outer = Method->getParent()->getDeclContext();
    Function = dyn_cast<FunctionDecl>(Outer);
  }
  return Function ? Function->getCanonicalDecl() : nullptr;
}

PlaceResolver::PlaceResolver(PlaceTable &Places, Vocabulary &Words,
                             const SourceIndex &Index,
                             const ASTContext &Context,
                             const FunctionDecl *Function)
    : Places(Places), Words(Words), Index(Index), Context(Context),
      Function(Function), ThisOwner(ownerOfThis(Function)) {}

bool PlaceResolver::isHandle(QualType T) {
  if (T->isPointerType())
    return true;
  switch (Words.role(T->getAsCXXRecordDecl())) {
  case TypeRole::Strong:
  case TypeRole::Weak:
  case TypeRole::Guard:
  case TypeRole::SharedGuard:
  case TypeRole::RefWrapper:
    return true;
  default:
    return false;
  }
}

/// Does P denote the same object all the time? A variable whose value is looked
/// through, or used as an index, must not get another value; nor must a member,
/// in this function.
bool PlaceResolver::isStable(PlaceId P) const {
  if (!Places.isPrecise(P))
    return false;
  bool Dereferenced = false;
  for (; P; P = Places[P].Parent) {
    const PlaceTable::Node &N = Places[P];
    bool ByValue =
        N.Kind == Step::IndexBy || (N.Kind == Step::Var && Dereferenced);
    if (ByValue && Index.isReassigned(static_cast<const VarDecl *>(N.Key)))
      return false;
    if (N.Kind == Step::Field && Dereferenced &&
        Index.assigns(Function, static_cast<const FieldDecl *>(N.Key)))
      return false;
    Dereferenced |= N.Kind == Step::Deref;
  }
  return true;
}

PlaceId PlaceResolver::variable(const VarDecl *Var, unsigned Depth) {
  PlaceId Self = Places.variable(Var);
  const Expr *Init = Var->getInit();
  if (isa<ParmVarDecl>(Var) || Var->hasGlobalStorage() || !Init ||
      Var->isCXXForRangeDecl())
    return Self;
  bool Reference = Var->getType()->isReferenceType();
  if (!Reference && (Index.isReassigned(Var) || !isHandle(Var->getType())))
    return Self;
  PlaceId Source = place(Init, Depth + 1);
  bool Same = isStable(Reference ? Source : Places.deref(Source));
  return Same ? Source : Self;
}

PlaceId PlaceResolver::element(PlaceId Base, const Expr *Subscript) {
  Subscript = Subscript->IgnoreParenImpCasts();
  Expr::EvalResult Result;
  if (!Subscript->isValueDependent() &&
      Subscript->EvaluateAsInt(Result, Context))
    return Places.index(Base, Result.Val.getInt().getLimitedValue());
  if (const auto *Ref = dyn_cast<DeclRefExpr>(Subscript))
    if (const auto *Var = dyn_cast<VarDecl>(Ref->getDecl()))
      return Places.indexBy(Base, Var);
  return Places.opaque(Subscript);
}

PlaceId PlaceResolver::receiver(const CallExpr *Call) {
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Call))
    return Places.address(object(Member));
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(Call))
    if (isa_and_nonnull<CXXMethodDecl>(Op->getDirectCallee()))
      return Places.address(place(Op->getArg(0)));
  return {};
}

PlaceId PlaceResolver::object(const CXXMemberCallExpr *Call) {
  const Expr *Object = Call->getImplicitObjectArgument();
  PlaceId P = place(Object);
  return Object->getType()->isPointerType() ? Places.deref(P) : P;
}

/// The value that a function returns if returning it is all that it does.
static const Expr *returnedValue(const FunctionDecl *Callee) {
  const FunctionDecl *Definition = nullptr;
  if (!Callee->isDefined(Definition) || !isAnalysable(Definition))
    return nullptr;
  const auto *Body = dyn_cast<CompoundStmt>(Definition->getBody());
  if (!Body || Body->body_empty())
    return nullptr;
  for (const Stmt *S : Body->body())
    if (const auto *Decls = dyn_cast<DeclStmt>(S)) {
      const auto *Var = dyn_cast<VarDecl>(*Decls->decl_begin());
      if (!Var || !Var->isStaticLocal())
        return nullptr;
    } else if (S != Body->body_back()) {
      return nullptr;
    }
  const auto *Return = dyn_cast<ReturnStmt>(Body->body_back());
  return Return ? Return->getRetValue() : nullptr;
}

/// Is Var the only object of its class, of which This is a method? Nobody else
/// can construct one.
static bool isOnlyObject(const VarDecl *Var, const FunctionDecl *This) {
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(This);
  const CXXRecordDecl *Class = Var->getType()->getAsCXXRecordDecl();
  return Method && Method->isInstance() && Class &&
         Class->hasUserDeclaredConstructor() &&
         Class->getCanonicalDecl() == Method->getParent()->getCanonicalDecl() &&
         llvm::all_of(Class->ctors(), [](const CXXConstructorDecl *C) {
           return C->getAccess() != AS_public || C->isDeleted() ||
                  C->isCopyOrMoveConstructor();
         });
}

PlaceId PlaceResolver::accessorResult(const FunctionDecl *Callee,
                                      PlaceId Receiver, unsigned Depth) {
  const Expr *Value = returnedValue(Callee);
  const auto *Method = dyn_cast<CXXMethodDecl>(Callee);
  if (!Value || (Method && Method->isVirtual()))
    return {};
  if (!Callee->getReturnType()->isReferenceType() &&
      !isHandle(Callee->getReturnType()))
    return {};
  PlaceId Inside = PlaceResolver(Places, Words, Index, Context, Callee)
                       .place(Value, Depth + 1);
  if (!Places.isPrecise(Inside))
    return {};
  PlaceId Root = Places.root(Inside);
  if (Places[Root].Kind == Step::This)
    return Receiver ? Places.rebase(Inside, Root, Receiver) : PlaceId();
  const VarDecl *Var = Places.rootVariable(Inside);
  if (Inside == Root && Var && isOnlyObject(Var, ThisOwner))
    return Places.deref(thisPointer());
  return Var && Var->hasGlobalStorage() ? Inside : PlaceId();
}

PlaceId PlaceResolver::operatorResult(const CXXOperatorCallExpr *Call,
                                      unsigned Depth) {
  switch (Call->getOperator()) {
  case OO_Star:
  case OO_Arrow:
    if (Call->getNumArgs() != 1)
      break;
    // The AST shows `p->x` as a member of the pointer that operator-> returns,
    // so the dereference is the member access's.
    if (Call->getOperator() == OO_Arrow)
      return place(Call->getArg(0), Depth + 1);
    return Places.deref(place(Call->getArg(0), Depth + 1));
  case OO_Subscript:
    if (Call->getNumArgs() == 2)
      return element(place(Call->getArg(0), Depth + 1), Call->getArg(1));
    break;
  case OO_Equal:
    return place(Call->getArg(0), Depth + 1);
  default:
    break;
  }
  return returnsObject(Call->getDirectCallee())
             ? place(Call->getArg(0), Depth + 1)
             : Places.opaque(Call);
}

/// `return *this;`, as of methods that can be called one after the other.
bool PlaceResolver::returnsObject(const FunctionDecl *Callee) const {
  const FunctionDecl *Definition = nullptr;
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Callee);
  return Method && !Method->isVirtual() && !Method->getParent()->isLambda() &&
         Callee->isDefined(Definition) && Index.returnsThis(Definition);
}

PlaceId PlaceResolver::callResult(const CallExpr *Call, unsigned Depth) {
  const FunctionDecl *Callee = Call->getDirectCallee();
  if (!Callee)
    return Places.opaque(Call);
  const auto *Member = dyn_cast<CXXMemberCallExpr>(Call);
  const CXXRecordDecl *Object =
      Member ? Member->getObjectType()->getAsCXXRecordDecl() : nullptr;
  switch (Words.role(Callee, Object)) {
  case CallRole::Forward:
    return Member ? object(Member) : place(Call->getArg(0), Depth + 1);
  case CallRole::Clone:
  case CallRole::Downgrade:
    if (Member)
      return object(Member);
    return Call->getNumArgs() == 1 ? place(Call->getArg(0), Depth + 1)
                                   : Places.opaque(Call);
  case CallRole::ShareThis:
    return Member ? Places.address(object(Member)) : Places.opaque(Call);
  case CallRole::GetAddress:
  case CallRole::Upgrade:
  case CallRole::Shared:
  case CallRole::Mut:
    return Member ? object(Member) : Places.opaque(Call);
  case CallRole::Unwrap: {
    // A guard that is taken out has a value of its own.
    bool TakesOut = Call->isPRValue() && Words.isGuard(Call->getType());
    return Member && !TakesOut ? object(Member) : Places.opaque(Call);
  }
  default:
    break;
  }
  if (simpleName(Callee) == "addressof" && Call->getNumArgs() == 1)
    return Places.address(place(Call->getArg(0), Depth + 1));
  if (Member && returnsObject(Callee))
    return object(Member);
  if (Call->getNumArgs() != 0)
    return Places.opaque(Call);
  PlaceId Receiver = Member ? Places.address(object(Member)) : PlaceId();
  if (PlaceId Result = accessorResult(Callee, Receiver, Depth))
    return Result;
  const auto *Method = dyn_cast<CXXMethodDecl>(Callee);
  bool Repeatable = Method && Member && Method->isConst() &&
                    (Callee->getReturnType()->isReferenceType() ||
                     isHandle(Callee->getReturnType()));
  return Repeatable ? Places.accessor(object(Member), Method)
                    : Places.opaque(Call);
}

PlaceId PlaceResolver::place(const Expr *E, unsigned Depth) {
  E = unwrapped(E);
  if (Depth > MaxDepth)
    return Places.opaque(E);
  if (isa<CXXThisExpr>(E))
    return thisPointer();
  if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E))
    return place(Cast->getSubExpr(), Depth + 1);
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    if (const auto *Binding = dyn_cast<BindingDecl>(Ref->getDecl()))
      if (const Expr *Bound = Binding->getBinding())
        return place(Bound, Depth + 1);
    if (const auto *Var = dyn_cast<VarDecl>(Ref->getDecl()))
      return variable(Var, Depth);
    return Places.opaque(E);
  }
  if (const auto *Member = dyn_cast<MemberExpr>(E)) {
    if (const auto *Var = dyn_cast<VarDecl>(Member->getMemberDecl()))
      return Places.variable(Var);
    const auto *Field = dyn_cast<FieldDecl>(Member->getMemberDecl());
    if (!Field)
      return Places.opaque(E);
    PlaceId Base = place(Member->getBase(), Depth + 1);
    return Places.field(Member->isArrow() ? Places.deref(Base) : Base, Field);
  }
  if (const auto *Op = dyn_cast<UnaryOperator>(E)) {
    if (Op->getOpcode() == UO_Deref)
      return Places.deref(place(Op->getSubExpr(), Depth + 1));
    if (Op->getOpcode() == UO_AddrOf)
      return Places.address(place(Op->getSubExpr(), Depth + 1));
    return Places.opaque(E);
  }
  if (const auto *Op = dyn_cast<BinaryOperator>(E))
    return Op->getOpcode() == BO_Assign ? place(Op->getLHS(), Depth + 1)
                                        : Places.opaque(E);
  if (const auto *Subscript = dyn_cast<ArraySubscriptExpr>(E))
    return element(place(Subscript->getBase(), Depth + 1), Subscript->getIdx());
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(E))
    return operatorResult(Op, Depth);
  if (const auto *Call = dyn_cast<CallExpr>(E))
    return callResult(Call, Depth);
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E))
    if (Construct->getNumArgs() == 1 && isHandle(Construct->getType()) &&
        isHandle(Construct->getArg(0)->getType().getNonReferenceType()))
      return place(Construct->getArg(0), Depth + 1);
  return Places.opaque(E);
}

PlaceId PlaceResolver::storage(const Expr *E, unsigned Depth) {
  E = unwrapped(E);
  if (Depth > MaxDepth)
    return Places.opaque(E);
  if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E))
    return storage(Cast->getSubExpr(), Depth + 1);
  if (const auto *Call = dyn_cast<CallExpr>(E);
      Call && Call->getNumArgs() == 1 &&
      Words.role(Call->getDirectCallee()) == CallRole::Forward)
    return storage(Call->getArg(0), Depth + 1);
  if (const auto *Get = dyn_cast<CXXMemberCallExpr>(E);
      Get && E->getType()->isPointerType() &&
      Words.role(Get->getMethodDecl(), Get->getRecordDecl()) ==
          CallRole::GetAddress)
    return storage(Get->getImplicitObjectArgument(), Depth + 1);
  if (const auto *Copy = dyn_cast<CXXConstructExpr>(E);
      Copy && Copy->getNumArgs() == 1 &&
      Copy->getConstructor()->isCopyOrMoveConstructor())
    return storage(Copy->getArg(0), Depth + 1);
  if (isa<CallExpr>(E) && E->isPRValue())
    return Places.opaque(E);
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    if (const auto *Binding = dyn_cast<BindingDecl>(Ref->getDecl()))
      if (Binding->getHoldingVar()) {
        const auto *Whole = cast<VarDecl>(Binding->getDecomposedDecl());
        return Whole->getType()->isReferenceType() && Whole->getInit()
                   ? storage(Whole->getInit(), Depth + 1)
                   : Places.variable(Whole);
      }
    if (const auto *Var = dyn_cast<VarDecl>(Ref->getDecl())) {
      PlaceId Self = Places.variable(Var);
      if (!Var->getType()->isReferenceType() || !Var->getInit() ||
          isa<ParmVarDecl>(Var) || Var->isCXXForRangeDecl())
        return Self;
      PlaceId Source = storage(Var->getInit(), Depth + 1);
      const Expr *Init = Var->getInit();
      if (const auto *Full = dyn_cast<FullExpr>(Init))
        Init = Full->getSubExpr();
      const auto *Kept = dyn_cast<MaterializeTemporaryExpr>(Init);
      bool Extends = Kept && Kept->getExtendingDecl() == Var;
      return Extends || isStable(Source) ? Source : Self;
    }
  }
  return place(E, Depth);
}

} // namespace borrow
