//===- CaptureFacts.cpp - What a closure refers to, and who runs it -------===//

#include "Facts/FactBuilder.h"
#include "Facts/SourceIndex.h"
#include "Model/Vocabulary.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace borrow {

using Exprs = llvm::SmallVector<const Expr *, 4>;

constexpr unsigned MaxNesting = 8;

/// A class whose objects point into storage of others: views, iterators.
static bool isPointerLike(QualType T, Vocabulary &Words) {
  const CXXRecordDecl *Class = T->getAsCXXRecordDecl();
  if (!Class)
    return false;
  TypeRole Role = Words.role(Class);
  return Role == TypeRole::View || Role == TypeRole::RefWrapper ||
         Class->hasAttr<PointerAttr>();
}

static bool isLambda(QualType T) {
  const CXXRecordDecl *Class = T->getAsCXXRecordDecl();
  return Class && Class->isLambda();
}

/// A struct of the user's own without constructors.
static bool isAggregate(QualType T) {
  const CXXRecordDecl *Class = T->getAsCXXRecordDecl();
  return Class && Class->isAggregate() && !isStd(Class);
}

static bool ownsStorage(QualType T) {
  T = T.getNonReferenceType();
  const CXXRecordDecl *Class = T->getAsCXXRecordDecl();
  return T->isArrayType() || (Class && Class->hasAttr<OwnerAttr>());
}

/// The variable that a range-for iterates over, for its loop variable.
static const Expr *rangeOf(const VarDecl *LoopVariable) {
  const Expr *Init = unwrapped(LoopVariable->getInit());
  const Expr *Iterator = nullptr;
  if (const auto *Deref = dyn_cast<UnaryOperator>(Init))
    Iterator = Deref->getSubExpr();
  else if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(Init))
    Iterator = Op->getArg(0);
  const auto *Ref = Iterator
                        ? dyn_cast<DeclRefExpr>(Iterator->IgnoreParenImpCasts())
                        : nullptr;
  const auto *Begin = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  const Expr *Range = Begin ? unwrapped(Begin->getInit()) : nullptr;
  if (const auto *Call = dyn_cast_or_null<CXXMemberCallExpr>(Range))
    return Call->getImplicitObjectArgument();
  if (const auto *Call = dyn_cast_or_null<CallExpr>(Range))
    return Call->getNumArgs() == 1 ? Call->getArg(0) : nullptr;
  return Range;
}

/// The storage that a capture by reference refers to: for a reference to an
/// element, the container that owns it.
PlaceId FactBuilder::captured(const Expr *Value) {
  const auto *Ref = dyn_cast<DeclRefExpr>(unwrapped(Value));
  const auto *Var = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  if (!Var || !Var->getType()->isReferenceType() || !Var->getInit() ||
      isa<ParmVarDecl>(Var))
    return Resolver.storage(Value);
  const Expr *Owner = nullptr;
  const Expr *Init = unwrapped(Var->getInit());
  if (Var->isCXXForRangeDecl())
    Owner = rangeOf(Var);
  else if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Init))
    Owner = Member->getImplicitObjectArgument();
  else if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(Init))
    Owner = Op->getArg(0);
  return Owner && ownsStorage(Owner->getType()) ? Resolver.storage(Owner)
                                                : Resolver.storage(Value);
}

/// `[this, self = shared_from_this()]`: the second capture keeps the first
/// alive, or lets the closure ask whether it still is.
static bool keepsThisAlive(const LambdaExpr *Lambda, Vocabulary &Words) {
  for (const Expr *Value : Lambda->capture_inits()) {
    const auto *Handle = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
        Value ? Value->getType()->getAsCXXRecordDecl() : nullptr);
    TypeRole Role = Words.role(Handle);
    if ((Role != TypeRole::Strong && Role != TypeRole::Weak) ||
        Handle->getTemplateArgs().size() == 0 ||
        Handle->getTemplateArgs()[0].getKind() != TemplateArgument::Type)
      continue;
    const CXXRecordDecl *Kept =
        Handle->getTemplateArgs()[0].getAsType()->getAsCXXRecordDecl();
    for (const LambdaCapture &Capture : Lambda->captures()) {
      if (!Capture.capturesThis() || !Kept)
        continue;
      const DeclContext *Outer = Lambda->getLambdaClass()->getDeclContext();
      while (Outer && !isa<CXXRecordDecl>(Outer))
        Outer = Outer->getParent();
      const auto *This = dyn_cast_or_null<CXXRecordDecl>(Outer);
      if (This && (This->getCanonicalDecl() == Kept->getCanonicalDecl() ||
                   This->isLambda() || This->isDerivedFrom(Kept) ||
                   Kept->isDerivedFrom(This)))
        return true;
    }
  }
  return false;
}

void FactBuilder::addLambdaReferences(const LambdaExpr *Lambda,
                                      llvm::SmallVectorImpl<PlaceId> &To,
                                      unsigned Depth) {
  const auto *Init = Lambda->capture_init_begin();
  for (const LambdaCapture &Capture : Lambda->captures()) {
    const Expr *Value = *Init++;
    if (Capture.capturesThis()) {
      if (Capture.getCaptureKind() == LCK_This &&
          !keepsThisAlive(Lambda, Unit.Words))
        To.push_back(Unit.Places.deref(Resolver.thisPointer()));
      continue;
    }
    const auto *Var = dyn_cast_or_null<VarDecl>(
        Capture.capturesVariable() ? Capture.getCapturedVar() : nullptr);
    bool ByReference =
        Capture.getCaptureKind() == LCK_ByRef ||
        (Var && Var->isInitCapture() && Var->getType()->isReferenceType());
    if (!ByReference)
      addReferences(Value, To, Depth + 1);
    else if (Value)
      To.push_back(captured(Value));
  }
}

/// Is the variable the result of std::bind?
static bool isBound(const VarDecl *Var, Vocabulary &Words) {
  const auto *Call = dyn_cast_or_null<CallExpr>(
      Var && Var->getInit() ? unwrapped(Var->getInit()) : nullptr);
  return Call && Words.role(Call->getDirectCallee()) == CallRole::Bind;
}

/// Does a variable with this initialiser refer to nothing yet?
static bool isPlaceholder(const Expr *Init) {
  Init = Init ? unwrapped(Init) : nullptr;
  if (const auto *Construct = dyn_cast_or_null<CXXConstructExpr>(Init))
    return Construct->getNumArgs() == 0;
  if (const auto *List = dyn_cast_or_null<InitListExpr>(Init))
    return llvm::all_of(List->inits(), isPlaceholder);
  return !Init || isa<CXXNullPtrLiteralExpr, GNUNullExpr, ImplicitValueInitExpr,
                      CXXDefaultInitExpr, StringLiteral, IntegerLiteral>(Init);
}

/// What a variable refers to that gets values after its declaration: what all
/// of them refer to, and for its members what each of them gets.
void FactBuilder::addValueReferences(const Expr *Mention, const VarDecl *Var,
                                     llvm::SmallVectorImpl<PlaceId> &To,
                                     unsigned Depth) {
  llvm::SmallVector<SourceIndex::Assignment, 4> Values;
  for (const SourceIndex::Assignment &A : Unit.Index.assignments(Var)) {
    if (!A.Value)
      return;
    const SourceManager &Sources = Unit.Context.getSourceManager();
    bool IsLater = Sources.isBeforeInTranslationUnit(Mention->getExprLoc(),
                                                     A.Value->getExprLoc());
    if (!IsLater && !mentions(A.Value, Var) && !isPlaceholder(A.Value))
      Values.push_back(A);
  }
  bool ByMembers = llvm::any_of(Values, [](const auto &A) { return A.Member; });
  if (!isPlaceholder(Var->getInit()) && !ByMembers)
    Values.push_back({nullptr, Var->getInit()});
  for (const auto &[Index, A] : llvm::enumerate(Values)) {
    llvm::SmallVector<PlaceId, 2> Refers;
    addReferences(A.Value, Refers, Depth + 1);
    if (Index == 0 || A.Member)
      To.append(Refers);
    else
      llvm::erase_if(To,
                     [&](PlaceId P) { return !llvm::is_contained(Refers, P); });
  }
}

/// Adds the storage that the value of E refers to without owning it.
void FactBuilder::addReferences(const Expr *E,
                                llvm::SmallVectorImpl<PlaceId> &To,
                                unsigned Depth) {
  if (!E || Depth > MaxNesting)
    return;
  E = unwrapped(E);
  if (const auto *Lambda = dyn_cast<LambdaExpr>(E))
    return addLambdaReferences(Lambda, To, Depth);
  QualType T = E->getType();
  if (T->isArrayType() && E->isLValue()) {
    if (!isa<StringLiteral>(E))
      To.push_back(Resolver.storage(E));
    return;
  }
  if (const auto *List = dyn_cast<InitListExpr>(E)) {
    for (const Expr *Init : List->inits())
      addReferences(Init, To, Depth + 1);
    return;
  }
  if (const auto *Cast = dyn_cast<CastExpr>(E))
    return addReferences(Cast->getSubExpr(), To, Depth + 1);
  const auto *Ref = dyn_cast<DeclRefExpr>(E);
  const auto *Var = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  bool IsLocal = Var && Var->isLocalVarDecl() && !Var->isStaticLocal() &&
                 !T->isArrayType() && !Var->isCXXForRangeDecl();
  bool Refers = T->isPointerType() || isPointerLike(T, Unit.Words) ||
                isLambda(T) || isAggregate(T) || isBound(Var, Unit.Words) ||
                Unit.Words.role(T) == TypeRole::Callable;
  if (IsLocal && Refers && !Unit.Index.assignments(Var).empty()) {
    llvm::SmallVector<PlaceId, 2> All;
    addValueReferences(Ref, Var, All, Depth);
    To.append(All);
    return;
  }
  if (T->isPointerType()) {
    if (const auto *Member = dyn_cast<CXXMemberCallExpr>(E);
        Member && ownsStorage(Member->getObjectType())) {
      To.push_back(Resolver.place(Member->getImplicitObjectArgument()));
      return;
    }
    To.push_back(Unit.Places.deref(Resolver.place(E)));
    return;
  }
  if (Ref) {
    bool IsValue = Var && Var->getInit() && !isa<ParmVarDecl>(Var) &&
                   !Unit.Index.isReassigned(Var);
    if (IsValue && Refers && !T->isArrayType())
      addReferences(Var->getInit(), To, Depth + 1);
    return;
  }
  if (const auto *Call = dyn_cast<CallExpr>(E)) {
    const Expr *Object = nullptr;
    if (roleOf(Call, Object) == CallRole::Forward && Call->getNumArgs() == 1) {
      if (Unit.Words.role(T) == TypeRole::RefWrapper)
        To.push_back(Resolver.storage(Call->getArg(0)));
      else
        addReferences(Call->getArg(0), To, Depth + 1);
      return;
    }
    if (Object && isPointerLike(T, Unit.Words)) {
      if (ownsStorage(Object->getType()) && Object->isLValue())
        To.push_back(Resolver.storage(Object));
      else
        addReferences(Object, To, Depth + 1);
      return;
    }
    if (Unit.Words.role(Call->getDirectCallee()) == CallRole::Bind)
      for (const Expr *Arg : Call->arguments())
        addReferences(Arg, To, Depth + 1);
    return;
  }
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E))
    for (const Expr *Arg : Construct->arguments()) {
      bool Views = isPointerLike(T, Unit.Words) && Arg->isLValue() &&
                   ownsStorage(Arg->getType()) &&
                   !isa<StringLiteral>(Arg->IgnoreParenImpCasts());
      if (Views)
        To.push_back(Resolver.storage(Arg));
      else if (isPointerLike(T, Unit.Words) || isLambda(T) || isAggregate(T) ||
               Construct->getConstructor()->isCopyOrMoveConstructor() ||
               Unit.Words.role(T) == TypeRole::Callable)
        addReferences(Arg, To, Depth + 1);
    }
}

Closure FactBuilder::closure(const Expr *E, unsigned Depth) {
  Closure Result;
  if (Depth > MaxNesting)
    return Result;
  E = unwrapped(E);
  if (const auto *Lambda = dyn_cast<LambdaExpr>(E)) {
    Result.Body = calledBody(Lambda);
    addLambdaReferences(Lambda, Result.Refers, Depth);
    return Result;
  }
  if (const auto *Cast = dyn_cast<CastExpr>(E))
    return closure(Cast->getSubExpr(), Depth + 1);
  if (const auto *Op = dyn_cast<UnaryOperator>(E);
      Op && Op->getOpcode() == UO_AddrOf)
    return closure(Op->getSubExpr(), Depth + 1);
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    if (const auto *Function = dyn_cast<FunctionDecl>(Ref->getDecl())) {
      Result.Body = Function;
      return Result;
    }
    const auto *Var = dyn_cast<VarDecl>(Ref->getDecl());
    bool KeepsValue = Var && Var->getInit() && !isa<ParmVarDecl>(Var) &&
                      !Unit.Index.isReassigned(Var);
    return KeepsValue ? closure(Var->getInit(), Depth + 1) : Result;
  }
  if (const auto *Call = dyn_cast<CallExpr>(E)) {
    const Expr *Object = nullptr;
    bool Passes =
        roleOf(Call, Object) == CallRole::Forward && Call->getNumArgs() == 1;
    return Passes ? closure(Call->getArg(0), Depth + 1) : Result;
  }
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E))
    if (Construct->getNumArgs() == 1)
      return closure(Construct->getArg(0), Depth + 1);
  return Result;
}

/// A call of a closure, or one that is given it, may assign the variables that
/// the closure assigns.
void FactBuilder::addSetByClosures(const Stmt *S) {
  llvm::SmallVector<const Expr *, 4> Given;
  if (const auto *Call = dyn_cast<CallExpr>(S))
    Given.append(Call->arg_begin(), Call->arg_end());
  else if (const auto *Construct = dyn_cast<CXXConstructExpr>(S))
    Given.append(Construct->arg_begin(), Construct->arg_end());
  for (const Expr *E : Given)
    for (PlaceId P : closure(E).Refers) {
      const VarDecl *Var = Unit.Places.rootVariable(P);
      if (Var && Unit.Index.isSetByClosure(Var))
        add(FactKind::Assign, S).Place = Unit.Places.variable(Var);
    }
}

/// A handle of the kind Role is made, and with it a thread that runs what is
/// among the arguments.
void FactBuilder::addStart(const Expr *At, HolderId Handle,
                           llvm::ArrayRef<const Expr *> Args, TypeRole Role) {
  if (Mentions)
    for (const Expr *Arg : Args)
      addGift(Arg, At);
  addSpawn(At, Handle, Args);
  addRun(At, Handle, Args);
  if (Role == TypeRole::Thread)
    addThread(At, Handle);
}

/// Does no object of the class end: is its destructor deleted, or does it end
/// the program?
static bool livesForever(const CXXRecordDecl *Class) {
  const CXXDestructorDecl *Destructor = Class->getDestructor();
  const FunctionDecl *Definition = nullptr;
  if (!Destructor || Destructor->isDeleted())
    return Destructor;
  if (!Destructor->isDefined(Definition) ||
      !isa_and_nonnull<CompoundStmt>(Definition->getBody()))
    return false;
  auto EndsProgram = [](const Stmt *S) {
    const auto *Value = dyn_cast<Expr>(S);
    const auto *Call =
        dyn_cast_or_null<CallExpr>(Value ? unwrapped(Value) : nullptr);
    const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
    return Callee && Callee->isNoReturn();
  };
  return llvm::any_of(cast<CompoundStmt>(Definition->getBody())->body(),
                      EndsProgram);
}

void FactBuilder::addSpawn(const Expr *At, HolderId Thread,
                           llvm::ArrayRef<const Expr *> Args) {
  llvm::SmallVector<PlaceId, 4> Refers;
  for (const Expr *Arg : Args) {
    addReferences(Arg, Refers);
    if (const FunctionDecl *Body = closure(Arg).Body)
      Facts.Started.push_back(Body);
  }
  if (!Thread)
    Thread = Objects.detached();
  auto Stays = [&](PlaceId Place) {
    const PlaceTable::Node &Root = Unit.Places[Unit.Places.root(Place)];
    const auto *Method = Root.Kind == Step::This
                             ? dyn_cast<CXXMethodDecl>(
                                   static_cast<const FunctionDecl *>(Root.Key))
                             : nullptr;
    return Method && livesForever(Method->getParent());
  };
  for (PlaceId Place : Refers)
    if (Unit.Places.isPrecise(Place) && !Stays(Place))
      issue(LoanKind::Capture, Access::Shared, Place, At, Thread);
  addClosureParameters(Args, At, Thread);
}

/// Function parameters that the thread runs: what they refer to is known to the
/// caller.
void FactBuilder::addClosureParameters(llvm::ArrayRef<const Expr *> Args,
                                       const Expr *At, HolderId Thread) {
  for (const Expr *Arg : Args) {
    const Expr *Value = unwrapped(Arg);
    if (const auto *Lambda = dyn_cast<LambdaExpr>(Value)) {
      addClosureParameters(
          Exprs(Lambda->capture_init_begin(), Lambda->capture_init_end()), At,
          Thread);
      continue;
    }
    PlaceId Place = Resolver.storage(Arg);
    const auto *Param = dyn_cast_or_null<ParmVarDecl>(
        Unit.Places.isPrecise(Place) ? Unit.Places.rootVariable(Place)
                                     : nullptr);
    if (Param && Unit.Places.variable(Param) == Place &&
        Param->getType().getNonReferenceType()->isRecordType())
      issue(LoanKind::Closure, Access::Shared, Place, At, Thread);
  }
}

/// A call that starts a thread: the result is its handle, or for
/// pthread_create what its first argument points to.
bool FactBuilder::addSpawnCall(const CallExpr *Call) {
  Exprs Args(Call->arg_begin(), Call->arg_end());
  HolderId Thread = Objects.result(Call);
  if (!Args.empty() && Args[0]->getType()->isPointerType() &&
      Call->getType()->isIntegerType()) {
    PlaceId Handle = Unit.Places.deref(Resolver.place(Args[0]));
    Thread = Objects.storage(Handle);
    Args.erase(Args.begin());
    Facts.SpawnTests.push_back({storageOfResult(Call), Thread});
  }
  addSpawn(Call, Thread, Args);
  addRun(Call, Thread, Args);
  // A future that nobody keeps waits for the work at once.
  if (Thread && Facts.holder(Thread).Kind == Holder::Temporary &&
      Unit.Words.role(Call->getType()) == TypeRole::Future)
    addThread(Call, Thread);
  return true;
}

/// An executor of the project's own may run its closures whenever it likes, at
/// once or when it is asked to.
bool FactBuilder::isOwnExecutor(const Expr *Object) {
  const CXXRecordDecl *Class =
      Object->IgnoreParenImpCasts()->getType()->getAsCXXRecordDecl();
  return Class && Unit.Words.role(Class) == TypeRole::None &&
         !Unit.Context.getSourceManager().isInSystemHeader(
             Class->getLocation());
}

/// A slot with a context object is disconnected when that object dies.
bool FactBuilder::hasContext(llvm::ArrayRef<const Expr *> Args) {
  return llvm::any_of(Args.drop_front(), [](const Expr *Arg) {
    QualType T = Arg->IgnoreParenImpCasts()->getType();
    return T->isPointerType() && T->getPointeeType()->isRecordType();
  });
}

/// The threads of H run on without anybody to wait for them.
void FactBuilder::addEscape(HolderId H, const Stmt *At) {
  Fact &F = add(FactKind::Escape, At);
  F.Holder = H;
  F.To = Objects.detached();
}

/// The executor that a closure is given to: a local one ends its loans when it
/// is waited for, any other keeps them for good.
HolderId FactBuilder::executor(const Expr *Object) {
  // `io.get_executor()`, `make_strand(io)`: what they come from.
  for (;;) {
    Object = unwrapped(Object);
    if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Object))
      Object = Member->getImplicitObjectArgument();
    else if (const auto *Call = dyn_cast<CallExpr>(Object);
             Call && Call->getNumArgs() != 0)
      Object = Call->getArg(0);
    else
      break;
  }
  PlaceId Place = Resolver.place(Object);
  const VarDecl *Root =
      Unit.Places.isPrecise(Place) ? Unit.Places.rootVariable(Place) : nullptr;
  bool Known = Root && (Unit.Words.role(Object->getType()) != TypeRole::None ||
                        !Root->getType()->isReferenceType());
  return Known ? Objects.storage(Place) : Objects.queue();
}

/// The holder whose threads a join of Handle ends; invalid if it can't be told.
HolderId FactBuilder::joined(const Expr *Handle) {
  Handle = unwrapped(Handle);
  // That of an optional or unique owner.
  while (const auto *Op = dyn_cast<CXXOperatorCallExpr>(Handle)) {
    bool LooksInto = Op->getNumArgs() == 1 && (Op->getOperator() == OO_Star ||
                                               Op->getOperator() == OO_Arrow);
    if (!LooksInto || !Unit.Words.mustBeJoined(Op->getArg(0)->getType()))
      break;
    Handle = unwrapped(Op->getArg(0));
  }
  if (const auto *Ref = dyn_cast<DeclRefExpr>(Handle))
    if (const auto *Var = dyn_cast<VarDecl>(Ref->getDecl());
        Var && Var->isCXXForRangeDecl()) {
      const Expr *Range = rangeOf(Var);
      return Range ? Objects.source(Range) : HolderId();
    }
  HolderId H = Objects.source(Handle);
  if (H || !isa<CXXOperatorCallExpr, CXXMemberCallExpr, ArraySubscriptExpr,
                UnaryOperator>(Handle))
    return H;
  return {};
}

} // namespace borrow
