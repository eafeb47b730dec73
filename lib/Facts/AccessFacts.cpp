//===- AccessFacts.cpp - What threads may read and change -----------------===//
//
// Facts of functions that start threads or run on them: which storage is read
// and changed, and what orders that against other threads.
//
//===----------------------------------------------------------------------===//

#include "Facts/FactBuilder.h"
#include "Facts/SourceIndex.h"
#include "Model/Vocabulary.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Analysis/CFG.h"
#include "llvm/ADT/StringSwitch.h"

using namespace clang;

namespace borrow {

using Exprs = llvm::SmallVector<const Expr *, 4>;

/// May several threads use an object of the class at once?
static bool isForThreads(TypeRole Role) {
  switch (Role) {
  case TypeRole::Atomic:
  case TypeRole::Channel:
  case TypeRole::CondVar:
  case TypeRole::Executor:
  case TypeRole::Future:
  case TypeRole::Guard:
  case TypeRole::JoiningThread:
  case TypeRole::Latch:
  case TypeRole::LockedData:
  case TypeRole::Mutex:
  case TypeRole::Promise:
  case TypeRole::Receiver:
  case TypeRole::RecursiveMutex:
  case TypeRole::Sender:
  case TypeRole::SharedGuard:
  case TypeRole::TaskGroup:
  case TypeRole::Thread:
  case TypeRole::ThreadDetaching:
    return true;
  default:
    return false;
  }
}

/// A class of the library whose const methods read and whose others write.
static bool isValue(const CXXRecordDecl *Class, Vocabulary &Words) {
  switch (Words.role(Class)) {
  case TypeRole::Callable:
  case TypeRole::Optional:
  case TypeRole::Strong:
  case TypeRole::UniqueOwner:
    return true;
  case TypeRole::None:
    return isStd(Class) && (Class->hasAttr<OwnerAttr>() ||
                            simpleName(Class).ends_with("stream"));
  default:
    return false;
  }
}

/// A method that isn't const but leaves its object as it is.
static bool onlyLooks(const CXXMethodDecl *Method) {
  if (Method->isConst() || Method->isStatic())
    return true;
  if (Method->getOverloadedOperator() == OO_Subscript)
    return !simpleName(Method->getParent()).ends_with("map");
  if (Method->isOverloadedOperator())
    return Method->getOverloadedOperator() == OO_Star ||
           Method->getOverloadedOperator() == OO_Arrow ||
           Method->getOverloadedOperator() == OO_Call;
  static constexpr llvm::StringLiteral Looks[] = {
      "at",          "back", "begin", "data",        "end",
      "equal_range", "find", "front", "get",         "lower_bound",
      "rbegin",      "rend", "top",   "upper_bound", "value"};
  return llvm::is_contained(Looks, simpleName(Method));
}

void FactBuilder::addAccess(const Expr *E, bool Writes, const Stmt *At) {
  E = E->IgnoreParenImpCasts();
  addAccess(Resolver.storage(E), E->getType(), Writes, At);
}

void FactBuilder::addAccess(PlaceId P, QualType T, bool Writes,
                            const Stmt *At) {
  if (T.isVolatileQualified() || T->isFunctionType() ||
      isForThreads(Unit.Words.role(T->getAsCXXRecordDecl())) ||
      !Unit.Places.isPrecise(P))
    return;
  const VarDecl *Root = Unit.Places.rootVariable(P);
  if (Root && (Root->getTLSKind() != VarDecl::TLS_None || isStd(Root)))
    return;
  Fact &F = add(FactKind::Access, At);
  F.Place = P;
  F.Truth = Writes;
}

/// Arguments of library functions; what other functions do is in their
/// summaries.
void FactBuilder::addArgumentAccesses(const FunctionDecl *Callee,
                                      llvm::ArrayRef<const Expr *> Args,
                                      const Stmt *At) {
  OverloadedOperatorKind Op = Callee->getOverloadedOperator();
  bool Writes = Op == OO_LessLess || Op == OO_GreaterGreater ||
                llvm::is_contained<llvm::StringRef>(
                    {"exchange", "getline", "swap"}, simpleName(Callee));
  // `std::sort(v.begin(), v.end())` changes what is in between.
  static constexpr llvm::StringLiteral Fillers[] = {
      "fill",    "fill_n", "generate", "generate_n", "iota",        "partition",
      "reverse", "rotate", "shuffle",  "sort",       "stable_sort", "unique"};
  bool Fills = llvm::is_contained(Fillers, simpleName(Callee));
  const auto *Begin = dyn_cast_or_null<CXXMemberCallExpr>(
      Fills && !Args.empty() ? unwrapped(Args[0]) : nullptr);
  if (Begin && simpleName(Begin->getMethodDecl()) == "begin")
    addAccess(Resolver.object(Begin), Begin->getObjectType(), true, At);
  for (const auto &[Index, Arg] : llvm::enumerate(Args)) {
    if (Index >= Callee->getNumParams() || !Arg->isLValue())
      continue;
    QualType Param = Callee->getParamDecl(Index)->getType();
    if (!Param->isLValueReferenceType())
      continue;
    bool Const = Param.getNonReferenceType().isConstQualified();
    const CXXRecordDecl *Class = Arg->getType()->getAsCXXRecordDecl();
    if ((Const || Writes) && (!Class || isValue(Class, Unit.Words)))
      addAccess(Arg, !Const, At);
  }
}

/// What a call does to the order between threads.
void FactBuilder::addOrdering(const CallExpr *Call, const Expr *Object) {
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Call->getDirectCallee());
  if (!Method || !Object)
    return;
  QualType T = Object->IgnoreParenImpCasts()->getType();
  TypeRole Of = Unit.Words.role(T);
  if (Of == TypeRole::Atomic) {
    StringRef Name = simpleName(Method);
    bool Loads = isa<CXXConversionDecl>(Method) || Name == "load" ||
                 Name == "test" || Name == "wait";
    bool Stores = Name == "store" || Name == "clear" ||
                  Name.starts_with("notify") ||
                  Method->getOverloadedOperator() == OO_Equal;
    if (!Loads)
      add(FactKind::Publish, Call);
    if (!Stores && !LoopTests.contains(Call))
      add(FactKind::Sync, Call);
    return;
  }
  bool Announces = Of == TypeRole::CondVar || Of == TypeRole::Executor ||
                   Of == TypeRole::Latch || Of == TypeRole::Promise ||
                   Of == TypeRole::TaskGroup;
  if (Announces)
    add(FactKind::Publish, Call);
}

void FactBuilder::addCallAccesses(const CallExpr *Call) {
  const FunctionDecl *Callee = Call->getDirectCallee();
  if (!Callee) {
    addOrdering(Call, nullptr);
    return;
  }
  const auto *Method = dyn_cast<CXXMethodDecl>(Callee);
  const auto *Member = dyn_cast<CXXMemberCallExpr>(Call);
  const auto *Op = dyn_cast<CXXOperatorCallExpr>(Call);
  Exprs Args(Call->arg_begin(), Call->arg_end());
  const Expr *Object = Member ? Member->getImplicitObjectArgument()
                       : Op && Method && !Args.empty() ? Args[0]
                                                       : nullptr;
  addOrdering(Call, Object);
  if (Op && Object)
    Args.erase(Args.begin());
  const Expr *Unused = nullptr;
  CallRole Role = roleOf(Call, Unused);
  if (Role == CallRole::Forward || Role == CallRole::Spawn ||
      Role == CallRole::Post || Role == CallRole::Bind)
    return;
  bool ByPointer = Object && Object->getType()->isPointerType();
  QualType T = ByPointer ? Object->getType()->getPointeeType()
               : Object  ? Object->IgnoreParenImpCasts()->getType()
                         : QualType();
  const CXXRecordDecl *Class = Object ? T->getAsCXXRecordDecl() : nullptr;
  if (Class && Method && isValue(Class, Unit.Words))
    addAccess(ByPointer ? Resolver.object(Member) : Resolver.storage(Object), T,
              !onlyLooks(Method), Call);
  // A cell counts its borrows where everyone can see it.
  if (Member && Unit.Words.role(Object->getType()) == TypeRole::Cell &&
      Role != CallRole::None && Role != CallRole::CanBorrow) {
    Fact &F = add(FactKind::Access, Call);
    F.Place = Unit.Places.free(Resolver.object(Member));
    F.Truth = true;
  }
  if (isStd(Callee))
    addArgumentAccesses(Callee, Args, Call);
}

void FactBuilder::addAccesses(const Stmt *S) {
  if (const auto *Cast = dyn_cast<ImplicitCastExpr>(S)) {
    if (Cast->getCastKind() == CK_LValueToRValue)
      addAccess(Cast->getSubExpr(), false, Cast);
    return;
  }
  if (const auto *Op = dyn_cast<BinaryOperator>(S)) {
    if (Op->isAssignmentOp())
      addAccess(Op->getLHS(), true, Op);
    return;
  }
  if (const auto *Op = dyn_cast<UnaryOperator>(S)) {
    if (Op->isIncrementDecrementOp())
      addAccess(Op->getSubExpr(), true, Op);
    return;
  }
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(S)) {
    const CXXConstructorDecl *Constructor = Construct->getConstructor();
    if (Constructor->isCopyConstructor() &&
        isValue(Constructor->getParent(), Unit.Words) &&
        Construct->getArg(0)->isLValue())
      addAccess(Construct->getArg(0), false, Construct);
    if (Constructor->isCopyConstructor() &&
        Unit.Words.isForOneThread(Construct->getType())) {
      Fact &F = add(FactKind::Access, Construct);
      F.Place = Unit.Places.free(Resolver.place(Construct->getArg(0)));
      F.Truth = true;
    }
    return;
  }
  if (const auto *Call = dyn_cast<CallExpr>(S))
    addCallAccesses(Call);
}

/// `while (!Ready.load());`: what others did is known where the loop ends, not
/// in its body.
void FactBuilder::addLoopSyncs(const CFG &Graph) {
  for (const CFGBlock *Header : Graph) {
    const Stmt *Loop = Header->getTerminatorStmt();
    if (!isa_and_nonnull<DoStmt, ForStmt, WhileStmt>(Loop) ||
        Header->succ_size() != 2)
      continue;
    const Stmt *Condition = Header->getTerminatorCondition(false);
    llvm::SmallVector<const Stmt *, 8> Queue = {Condition};
    size_t Before = LoopTests.size();
    while (!Queue.empty()) {
      const Stmt *S = Queue.pop_back_val();
      if (!S)
        continue;
      Queue.append(S->child_begin(), S->child_end());
      const auto *Call = dyn_cast<CallExpr>(S);
      const auto *Member = dyn_cast<CXXMemberCallExpr>(S);
      const Expr *Object = Member ? Member->getImplicitObjectArgument()
                           : Call && Call->getNumArgs() != 0 ? Call->getArg(0)
                                                             : nullptr;
      if (Object && Unit.Words.role(Object->getType()) == TypeRole::Atomic)
        LoopTests.insert(Call);
    }
    const CFGBlock *After =
        std::next(Header->succ_begin())->getReachableBlock();
    if (LoopTests.size() == Before || !After)
      continue;
    Current = &Facts.Blocks[After->getBlockID()];
    add(FactKind::Sync, Loop);
  }
}

/// Who receives a pointer reads what it refers to.
void FactBuilder::addSentPointers(const CallExpr *Call, PlaceId Channel) {
  llvm::SmallVector<PlaceId, 2> Refers;
  for (const Expr *Arg : Call->arguments()) {
    const Expr *Value = unwrapped(Arg);
    TypeRole Role = Unit.Words.role(Value->getType()->getAsCXXRecordDecl());
    if (Role == TypeRole::Strong)
      Refers.push_back(Unit.Places.deref(Resolver.place(Arg)));
    else if (Value->getType()->isPointerType() || Role == TypeRole::View ||
             Role == TypeRole::RefWrapper)
      addReferences(Arg, Refers);
  }
  for (PlaceId Place : Refers)
    if (Unit.Places.isPrecise(Place) && Unit.Places.isPrecise(Channel))
      issue(LoanKind::Sent, Access::Shared, Place, Call,
            Facts.addHolder({Holder::Queue, Channel}));
}

/// A handle that the thread gets while others have the same: it counts down
/// when the thread ends.
void FactBuilder::addCount(const Expr *Given, const Expr *At, HolderId Thread) {
  if (!Given || !Unit.Words.isForOneThread(Given->getType()))
    return;
  PlaceId Handle = Resolver.place(Given);
  const auto *Construct = dyn_cast<CXXConstructExpr>(unwrapped(Given));
  const Expr *Moved = movedFrom(
      Construct && Construct->getNumArgs() == 1 ? Construct->getArg(0) : Given,
      Unit.Words);
  bool IsOnly = Moved && Resolver.storage(Moved) == Handle;
  if (!IsOnly && Unit.Places.isPrecise(Handle))
    issue(LoanKind::Running, Access::Mut, Unit.Places.free(Handle), At, Thread);
}

/// Is the value of an argument another object in the thread?
static bool isCopied(const Expr *Arg, Vocabulary &Words) {
  QualType T = Arg->getType();
  TypeRole Role = Words.role(T->getAsCXXRecordDecl());
  return !T->isPointerType() && !T->isArrayType() &&
         Role != TypeRole::RefWrapper && Role != TypeRole::Strong;
}

/// A new thread runs the function among the arguments with what follows it.
void FactBuilder::addRun(const Expr *At, HolderId Thread,
                         llvm::ArrayRef<const Expr *> Args) {
  if (!Thread)
    return;
  for (const Expr *Arg : Args) {
    addCount(Arg, At, Thread);
    if (const auto *Lambda = dyn_cast<LambdaExpr>(unwrapped(Arg)))
      for (const Expr *Captured : Lambda->capture_inits())
        if (Captured && !Captured->isLValue())
          addCount(Captured, At, Thread);
  }
  for (const auto &[Index, Arg] : llvm::enumerate(Args)) {
    const auto *Policy = dyn_cast<DeclRefExpr>(Arg->IgnoreParenImpCasts());
    if (Policy && simpleName(Policy->getDecl()) == "deferred")
      return;
    Closure Called = closure(Arg);
    if (!Called.Body)
      continue;
    llvm::ArrayRef<const Expr *> Rest = Args.drop_front(Index + 1);
    uint32_t Id = invocation(At, Called.Body, Rest);
    CallSite &Site = Facts.Calls[Id];
    for (Argument &A : Site.Arguments) {
      const Expr *Given = Rest[Rest.size() - Site.Arguments.size() +
                               (&A - Site.Arguments.data())];
      if (isCopied(Given, Unit.Words))
        A.Place = A.Storage = PlaceId();
    }
    Fact &F = add(FactKind::Run, At);
    F.Call = Id;
    F.Holder = Thread;
    return;
  }
}

} // namespace borrow
