//===- CallSites.cpp - Which code a call runs, and what it is given -------===//

#include "Facts/FactBuilder.h"
#include "Facts/Lenders.h"
#include "Facts/SourceIndex.h"
#include "Model/Vocabulary.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace borrow {

/// The function that a call certainly runs; null if that can't be told.
const FunctionDecl *FactBuilder::target(const CallExpr *Call) const {
  const FunctionDecl *Callee = Call->getDirectCallee();
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Callee);
  const auto *Member = dyn_cast<MemberExpr>(Call->getCallee()->IgnoreParens());
  if (!Method || !Method->isVirtual() || !Member || Member->hasQualifier())
    return Callee;
  const Expr *Object = Member->getBase()->IgnoreParenImpCasts();
  if (const auto *Ref = dyn_cast<DeclRefExpr>(Object))
    if (Ref->getType()->isRecordType() &&
        !Ref->getDecl()->getType()->isReferenceType())
      return Method->getCorrespondingMethodInClass(
          Ref->getType()->getAsCXXRecordDecl());
  // What a base class leaves open is what the class that completes it does.
  if (Method->isPureVirtual() && isa<CXXThisExpr>(Object))
    return Unit.Index.onlyOverrider(Method);
  return Method->getDevirtualizedMethod(Object, /*IsAppleKext=*/false);
}

/// What a call runs code of that somebody else has registered: a function
/// object or pointer that is kept or passed in, or a listener, whose class is
/// an interface and is only told something. Null for any other call.
const Expr *FactBuilder::registered(const CallExpr *Call) {
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Call)) {
    const CXXMethodDecl *Method = Member->getMethodDecl();
    const Expr *Object = Member->getImplicitObjectArgument();
    bool Tells = Method && Method->isPureVirtual() && !target(Call) &&
                 Method->getReturnType()->isVoidType() &&
                 !isa<CXXThisExpr>(Object->IgnoreParenImpCasts());
    return Tells ? Object : nullptr;
  }
  const auto *Op = dyn_cast<CXXOperatorCallExpr>(Call);
  if (Op && Op->getOperator() != OO_Call)
    return nullptr;
  const Expr *Callee = unwrapped(Op ? Op->getArg(0) : Call->getCallee());
  bool IsFunction = Callee->getType()->isFunctionPointerType() ||
                    Unit.Words.role(Callee->getType()) == TypeRole::Callable;
  const auto *Ref = dyn_cast<DeclRefExpr>(Callee);
  bool IsParameter =
      Ref && isa<ParmVarDecl>(Ref->getDecl()) && (Op || IsFunction);
  bool IsKnown = !IsParameter && closure(Callee).Body;
  return (IsFunction || IsParameter) && !IsKnown ? Callee : nullptr;
}

uint32_t FactBuilder::callSite(const Expr *At, const FunctionDecl *Callee,
                               llvm::ArrayRef<const Expr *> Args) {
  CallSite Site;
  Site.Callee = Callee;
  Site.At = At;
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Callee);
  Site.IsStored = Method && Method->getOverloadedOperator() == OO_Call &&
                  Unit.Words.role(Method->getParent()) == TypeRole::Callable;
  if (const auto *Call = dyn_cast<CallExpr>(At)) {
    Site.Receiver = Resolver.receiver(Call);
    if (!Site.Receiver && !Callee)
      Site.Receiver = Unit.Places.address(Resolver.place(Call->getCallee()));
    if (isa<CXXOperatorCallExpr>(Call) && Site.Receiver && !Callee)
      Site.Receiver = Unit.Places.address(
          Resolver.place(cast<CXXOperatorCallExpr>(Call)->getArg(0)));
    if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Call))
      Site.Object = Unit.Words.mayHold(Member->getObjectType())
                        ? Objects.source(Member->getImplicitObjectArgument())
                        : HolderId();
  }
  Site.IsUnasked = isUnaskedSend(At);
  Site.Result = Objects.result(At);
  Site.ResultStorage = storageOfResult(At);
  if (isa<CXXConstructExpr>(At))
    Site.Receiver = Unit.Places.address(Site.ResultStorage);
  for (const Expr *Arg : Args) {
    Argument A;
    A.Place = Resolver.place(Arg);
    A.Storage = Resolver.storage(Arg);
    if (Unit.Words.mayHold(Arg->getType())) {
      A.Source = Objects.source(Arg);
      // What goes by value is an object of its own.
      const Holder *Own = A.Source ? &Facts.holder(A.Source) : nullptr;
      if (Own && Own->Kind == Holder::Temporary)
        A.Storage = Unit.Places.opaque(Own->Object);
    }
    A.Function = closure(Arg);
    if (Unit.Index.updates(Facts.Function))
      addSources(Arg, A.MadeFrom);
    if (Unit.Words.role(Arg->getType()) != TypeRole::Strong)
      addHandles(Arg, A.Function.Keeps);
    bool Value;
    if (Arg->getType()->isBooleanType() && !Arg->isValueDependent() &&
        Arg->EvaluateAsBooleanCondition(Value, Unit.Context))
      A.Constant = Value;
    if (Arg->getType()->isBooleanType() && !Arg->isLValue()) {
      llvm::SmallVector<Test, 2> All;
      Tests.readAll(Arg, /*Truth=*/true, All);
      for (const Test &T : All)
        if (T.Place && T.Truth)
          A.Proves.push_back(T.Place);
    }
    Site.Arguments.push_back(std::move(A));
  }
  Facts.Calls.push_back(std::move(Site));
  return Facts.Calls.size() - 1;
}

void FactBuilder::addCallSite(const Expr *At, const FunctionDecl *Callee,
                              llvm::ArrayRef<const Expr *> Args) {
  // What an unknown function may assign through a reference is not known to
  // be empty any more.
  for (const Expr *Arg : Args)
    if (Arg->isLValue() && !Arg->getType().isConstQualified() &&
        Unit.Words.mayBeEmpty(Arg->getType()))
      add(FactKind::Full, At).Place = Resolver.storage(Arg);
    else if (Arg->isXValue() && Unit.Words.mayBeEmpty(Arg->getType()) &&
             !isa<MaterializeTemporaryExpr>(Arg->IgnoreParens()))
      add(FactKind::Assign, At).Place = Resolver.storage(Arg);
  addRaise(At, Callee);
  add(FactKind::Call, At).Call = callSite(At, Callee, Args);
  const auto *Call = dyn_cast<CallExpr>(At);
  if (const Expr *Registered = Call ? registered(Call) : nullptr) {
    Fact &F = add(FactKind::Effect, Call);
    F.Effect = Effect::Callback;
    F.Place = Resolver.storage(Registered);
  }
}

/// A call of Body with what was given for it; a method is called on the first.
uint32_t FactBuilder::invocation(const Expr *At, const FunctionDecl *Body,
                                 llvm::ArrayRef<const Expr *> Args) {
  const auto *Method = dyn_cast<CXXMethodDecl>(Body);
  bool OnObject = Method && Method->isInstance() &&
                  !Method->getParent()->isLambda() && !Args.empty();
  uint32_t Id = callSite(At, Body, OnObject ? Args.drop_front() : Args);
  PlaceId &Receiver = Facts.Calls[Id].Receiver;
  Receiver = OnObject ? Resolver.place(Args.front()) : PlaceId();
  if (OnObject && !Args.front()->getType()->isPointerType())
    Receiver = Unit.Places.address(Receiver);
  return Id;
}

/// A function parameter that the callee calls: the caller knows which code that
/// is.
void FactBuilder::addParameterCall(const Expr *At, const Expr *Function) {
  PlaceId Place = Resolver.storage(Function);
  const VarDecl *Var = Unit.Places.rootVariable(Place);
  if (!isa_and_nonnull<ParmVarDecl>(Var) || Unit.Places.variable(Var) != Place)
    return;
  uint32_t Id = callSite(At, nullptr, {});
  Facts.Calls[Id].Receiver = Unit.Places.address(Place);
  add(FactKind::Call, At).Call = Id;
}

/// Function arguments that the callee calls before it returns: with what comes
/// after it, if the function is the first argument, as in std::invoke.
void FactBuilder::addInvocations(const Expr *At,
                                 llvm::ArrayRef<const Expr *> Args) {
  for (const auto &[Index, Arg] : llvm::enumerate(Args)) {
    // `overloaded{[](A) {…}, [](B) {…}}`: any of them.
    if (const auto *List = dyn_cast<InitListExpr>(
            unwrapped(Arg)->IgnoreUnlessSpelledInSource()))
      addInvocations(At, List->inits());
    Closure Called = closure(Arg);
    if (!Called.Body) {
      addParameterCall(At, Arg);
      continue;
    }
    llvm::ArrayRef<const Expr *> Rest =
        Index == 0 ? Args.drop_front() : llvm::ArrayRef<const Expr *>();
    llvm::SmallVector<const FunctionDecl *, 2> Bodies = {Called.Body};
    // `std::visit([](const auto &V) {…}, …)`: any of its instantiations.
    if (const auto *Lambda = dyn_cast<LambdaExpr>(unwrapped(Arg))) {
      auto All = calledBodies(Lambda);
      Bodies.assign(All.begin(), All.end());
    }
    for (const FunctionDecl *Body : Bodies) {
      uint32_t Id = invocation(At, Body, Rest);
      add(FactKind::Call, At).Call = Id;
    }
  }
}

} // namespace borrow
