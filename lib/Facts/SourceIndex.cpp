//===- SourceIndex.cpp - One walk over the user's code --------------------===//

#include "Facts/SourceIndex.h"
#include "Facts/BrokenCode.h"
#include "Facts/Lenders.h"
#include "Facts/Ownership.h"
#include "Facts/PlaceResolver.h"
#include "Facts/Touches.h"
#include "Model/Vocabulary.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;

namespace borrow {

bool isAnalysable(const FunctionDecl *Function) {
  return Function && Function->doesThisDeclarationHaveABody() &&
         Function->getBody() && !Function->isDependentContext() &&
         !Function->isDefaulted() && !Function->isInvalidDecl();
}

const ValueDecl *mutexOf(const Expr *Pointer) {
  const auto *Address = dyn_cast<UnaryOperator>(Pointer->IgnoreParenCasts());
  if (!Address || Address->getOpcode() != UO_AddrOf)
    return nullptr;
  const Expr *Mutex = Address->getSubExpr()->IgnoreParenCasts();
  if (const auto *Member = dyn_cast<MemberExpr>(Mutex))
    return Member->getMemberDecl();
  const auto *Ref = dyn_cast<DeclRefExpr>(Mutex);
  return Ref ? Ref->getDecl() : nullptr;
}

bool SourceIndex::mayBeRecursive(const Expr *Mutex, Vocabulary &Words) const {
  const ValueDecl *OfC = mutexOf(Mutex);
  return Words.role(Mutex->IgnoreParenImpCasts()->getType()) !=
             TypeRole::Mutex &&
         !(OfC && PlainMutexes.lookup(OfC));
}

const Expr *ownedPointer(llvm::ArrayRef<const Expr *> Args) {
  llvm::SmallVector<const Expr *, 2> Given;
  for (const Expr *Arg : Args)
    if (!isa<CXXDefaultArgExpr>(Arg))
      Given.push_back(Arg->IgnoreParenImpCasts());
  bool Raw = Given.size() == 1 && Given[0]->getType()->isPointerType() &&
             !isa<CXXNewExpr, CXXNullPtrLiteralExpr, GNUNullExpr>(Given[0]);
  return Raw ? Given[0] : nullptr;
}

class SourceIndex::Walker : public RecursiveASTVisitor<SourceIndex::Walker> {
public:
  Walker(SourceIndex &Index, ASTContext &Context, Vocabulary &Words)
      : Index(Index), Context(Context), Sources(Context.getSourceManager()),
        Words(Words) {}

  bool shouldVisitTemplateInstantiations() const { return true; }

  // An expression with errors need not even have a type.
  bool dataTraverseStmtPre(Stmt *S) {
    const auto *Value = dyn_cast<Expr>(S);
    return !Value || !Value->containsErrors();
  }

  // Clang's own asserts that what was instantiated from a partial
  // specialisation was written out.
  bool TraverseVarTemplateSpecializationDecl(VarTemplateSpecializationDecl *D) {
    return !D->hasInit() || TraverseStmt(D->getInit());
  }

  bool TraverseDecl(Decl *D) {
    if (D && !D->isImplicit() && isTopLevel(D) &&
        Sources.isInSystemHeader(D->getLocation()))
      return true;
    auto *Function = dyn_cast_or_null<FunctionDecl>(D);
    if (!Function || Function->isDependentContext())
      return RecursiveASTVisitor::TraverseDecl(D);
    return inside(Function,
                  [&] { return RecursiveASTVisitor::TraverseDecl(D); });
  }

  bool TraverseLambdaExpr(LambdaExpr *Lambda) {
    CXXMethodDecl *Operator = Lambda->getCallOperator();
    note(Operator, Lambda);
    if (auto *Template =
            Lambda->getLambdaClass()->getDependentLambdaCallOperator())
      for (FunctionDecl *Spec : Template->specializations()) {
        note(cast<CXXMethodDecl>(Spec), Lambda);
        if (isAnalysable(Spec))
          inside(Spec, [&] { return TraverseStmt(Spec->getBody()); });
      }
    for (Expr *Init : Lambda->capture_inits())
      if (Init && !TraverseStmt(Init))
        return false;
    if (Operator->isDependentContext())
      return true;
    for (const Expr *Init : Lambda->capture_inits())
      addUse(Init && !Init->containsErrors() &&
             Words.role(Init->getType()->getAsCXXRecordDecl()) ==
                 TypeRole::Strong);
    for (const LambdaCapture &Capture : Lambda->captures())
      if (Capture.capturesVariable() &&
          isHandle(Capture.getCapturedVar()->getType()))
        Index.HandleUsers.insert(Operator);
    // The function around it does not call it here.
    bool OuterTry = std::exchange(InTry, true);
    addCall(Operator);
    InTry = OuterTry;
    return inside(Operator, [&] { return TraverseStmt(Lambda->getBody()); });
  }

  bool TraverseCXXTryStmt(CXXTryStmt *Try) {
    bool Outer = std::exchange(InTry, true);
    bool Continue = TraverseStmt(Try->getTryBlock());
    InTry = Outer;
    for (unsigned I = 0; Continue && I < Try->getNumHandlers(); ++I)
      Continue = TraverseStmt(Try->getHandler(I));
    return Continue;
  }

  bool VisitCXXThrowExpr(CXXThrowExpr *Throw) {
    if (Current && !InTry && Throw->getSubExpr() &&
        Words.role(Current) != CallRole::Panic)
      Index.Throws.try_emplace(Current, Throw);
    return true;
  }

  bool VisitCallExpr(CallExpr *Call) {
    const FunctionDecl *Callee = Call->getDirectCallee();
    if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(Call))
      if (Op->isAssignmentOp() || Op->getOperator() == OO_PlusPlus ||
          Op->getOperator() == OO_MinusMinus)
        reassign(Op->getArg(0),
                 Op->getOperator() == OO_Equal ? Op->getArg(1) : nullptr);
    Index.Cleared.read(Call, Current);
    Index.PassedOn.read(Call);
    if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(Call))
      addUse(storesHandle(Op) ||
             (Op->isAssignmentOp() &&
              Words.role(Op->getArg(0)->getType()) == TypeRole::Weak));
    if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Call);
        Member && Member->getMethodDecl() &&
        !Member->getMethodDecl()->isConst() &&
        isRebindable(Member->getObjectType()))
      reassign(Member->getImplicitObjectArgument());
    addUse(callsParameter(Call) || callsStored(Call));
    if (!Callee)
      return true;
    if (Words.role(Callee) == CallRole::Forward && Call->getNumArgs() == 1 &&
        Current && Call->isXValue())
      Index.Movers.insert(Current);
    if (simpleName(Callee) == "pthread_mutex_init" && Call->getNumArgs() == 2)
      noteMutex(mutexOf(Call->getArg(0)),
                Call->getArg(1)->isNullPointerConstant(
                    Context, Expr::NPC_ValueDependentIsNotNull));
    const CXXRecordDecl *Object = nullptr;
    if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Call))
      Object = Member->getObjectType()->getAsCXXRecordDecl();
    CallRole Role = Words.role(Callee, Object);
    llvm::SmallVector<const Expr *, 4> Args(Call->arg_begin(), Call->arg_end());
    addUse(Role == CallRole::Insert && llvm::any_of(Args, [&](const Expr *A) {
             return keepsHandle(A->getType(), Words);
           }));
    addUse(emplacedOwner(Call, Words));
    bool Holds = Object && isStd(Callee) &&
                 Words.mayHold(cast<CXXMemberCallExpr>(Call)->getObjectType());
    addUse(starts(Role) || (Role == CallRole::Own && ownedPointer(Args)) ||
           Holds);
    bool Starts = isThread(Words.madeRole(Call)) ||
                  (Holds && simpleName(Callee).starts_with("emplace"));
    addUse(Starts);
    if (Role == CallRole::Spawn || Starts || sendsPointer(Role, Object, Args))
      addSharer(Args);
    addLending(lendsData(Role) || lendsToClosure(Call, Words) ||
               (Call->isPRValue() && !isStd(Callee) &&
                Words.givesAccess(Call->getType())));
    addCall(Callee);
    for (unsigned I = 0; I < Call->getNumArgs(); ++I)
      bindMutable(Call->getArg(I));
    return true;
  }

  bool VisitCXXConstructExpr(CXXConstructExpr *Construct) {
    TypeRole Role = Words.role(Construct->getConstructor()->getParent());
    bool FromWeak =
        Role == TypeRole::Strong && Construct->getNumArgs() >= 1 &&
        Words.role(Construct->getArg(0)->getType()) == TypeRole::Weak;
    llvm::SmallVector<const Expr *, 2> Args(Construct->arg_begin(),
                                            Construct->arg_end());
    bool Owns = Words.role(Construct->getConstructor()) == CallRole::Own &&
                ownedPointer(Args);
    bool Starts = isThread(Role);
    if (Starts && !Args.empty())
      addSharer(Args);
    addUse(FromWeak || Owns || Role == TypeRole::Weak || Starts ||
           Role == TypeRole::Guard || Role == TypeRole::SharedGuard);
    bool Guards = Role == TypeRole::Guard || Role == TypeRole::SharedGuard;
    addLending(FromWeak || (Guards && Current && handsOut(Current)));
    if (Guards && Current)
      Index.Guarded.insert(Current);
    addCall(Construct->getConstructor());
    for (Expr *Arg : Construct->arguments())
      bindMutable(Arg);
    return true;
  }

  bool VisitMemberExpr(MemberExpr *Member) {
    if (Current && isa<FieldDecl>(Member->getMemberDecl()) &&
        isSharedData(Member->getMemberDecl(), Current, Words))
      Index.Touchers.insert(Current);
    return true;
  }

  bool VisitDeclRefExpr(DeclRefExpr *Ref) {
    if (Current && isa<VarDecl>(Ref->getDecl()) &&
        !Index.VariableUsers.contains(Current) &&
        isSharedData(Ref->getDecl(), Current, Words))
      Index.VariableUsers.insert(Current);
    return true;
  }

  bool VisitReturnStmt(ReturnStmt *Return) {
    if (!Current || !Current->getReturnType()->isReferenceType())
      return true;
    const auto *Deref = dyn_cast_or_null<UnaryOperator>(
        Return->getRetValue() ? Return->getRetValue()->IgnoreParenImpCasts()
                              : nullptr);
    bool IsThis = Deref && Deref->getOpcode() == UO_Deref &&
                  isa<CXXThisExpr>(Deref->getSubExpr()->IgnoreParenImpCasts());
    Index.ReturnsThis.try_emplace(Current, true).first->second &= IsThis;
    return true;
  }

  bool VisitCXXMethodDecl(CXXMethodDecl *Method) {
    if (!Method->isPureVirtual() && !Method->isDependentContext())
      noteOverrider(Method->getCanonicalDecl(), Method->getCanonicalDecl());
    return true;
  }

  bool VisitFieldDecl(FieldDecl *Field) {
    noteMutex(Field, Field->getInClassInitializer());
    return true;
  }

  bool VisitVarDecl(VarDecl *Var) {
    noteMutex(Var, Var->getInit());
    Index.HasMutexVariable |=
        !isa<ParmVarDecl>(Var) && Words.isLock(Var->getType());
    bool Refers =
        Current && Var->hasLocalStorage() && !Var->isImplicit() &&
        !isa<ParmVarDecl>(Var) && !Var->isCXXForRangeDecl() &&
        (Var->getType()->isReferenceType() || mayRefer(Var->getType(), Words));
    if (Refers)
      Index.Referring.insert(Current);
    return true;
  }

  bool VisitBinaryOperator(BinaryOperator *Op) {
    if (Op->isAssignmentOp())
      reassign(Op->getLHS(),
               Op->getOpcode() == BO_Assign ? Op->getRHS() : nullptr);
    return true;
  }

  bool VisitUnaryOperator(UnaryOperator *Op) {
    bool Exposes = Op->getOpcode() == UO_AddrOf &&
                   isRebindable(Op->getSubExpr()->getType());
    if (Op->isIncrementDecrementOp() || Exposes)
      reassign(Op->getSubExpr());
    return true;
  }

private:
  /// Directly in a file or namespace, where whole declarations can be skipped.
  static bool isTopLevel(const Decl *D) {
    return D->getDeclContext()->isFileContext() && !isa<NamespaceDecl>(D);
  }

  template <typename Fn> bool inside(FunctionDecl *Function, Fn Traverse) {
    bool Analysable = isAnalysable(Function);
    if (Analysable && !Index.Walked.insert(Function).second)
      return true;
    const FunctionDecl *Outer = Current;
    bool OuterTry = InTry;
    if (Analysable) {
      InTry = false;
      if (llvm::any_of(Function->parameters(), [&](const ParmVarDecl *P) {
            return isHandle(P->getType()) ||
                   (P->getType()->isBooleanType() &&
                    Function->getReturnType()->isVoidType());
          }))
        Index.HandleUsers.insert(Function);
      Current = Function;
      if (Context.getDiagnostics().hasUncompilableErrorOccurred() &&
          isBroken(Function, Context))
        Index.Broken.insert(Function);
      if (!Sources.isInSystemHeader(Function->getLocation()))
        Index.Functions.push_back(Function);
    }
    bool Continue = Traverse();
    Current = Outer;
    InTry = OuterTry;
    return Continue;
  }

  bool isHandle(QualType T) {
    T = T.getNonReferenceType();
    TypeRole Role = Words.role(T->getAsCXXRecordDecl());
    return T->isPointerType() || Role == TypeRole::Strong ||
           Role == TypeRole::Optional || Role == TypeRole::Callable ||
           Role == TypeRole::Guard;
  }

  void note(const CXXMethodDecl *Operator, const LambdaExpr *Lambda) {
    Index.Lambdas.try_emplace(Operator, Lambda);
  }

  /// Can the caller get a reference by what it returns, or by a parameter?
  static bool handsOut(const FunctionDecl *Function) {
    return !Function->getReturnType()->isVoidType() ||
           llvm::any_of(Function->parameters(), [](const ParmVarDecl *P) {
             return P->getType()->isPointerType() ||
                    (P->getType()->isLValueReferenceType() &&
                     !P->getType().getNonReferenceType().isConstQualified());
           });
  }

  void noteMutex(const ValueDecl *Mutex, bool Plain) {
    if (Mutex)
      Index.PlainMutexes.try_emplace(Mutex, true).first->second &= Plain;
  }

  /// `= PTHREAD_MUTEX_INITIALIZER`, also of a member.
  void noteMutex(const ValueDecl *D, const Expr *Init) {
    if (!Init || Init->getType().isNull())
      return;
    if (const auto *List = dyn_cast<InitListExpr>(Init)) {
      SourceLocation Begin = List->getBeginLoc();
      if (Begin.isMacroID() &&
          Lexer::getImmediateMacroName(Begin, Sources, Context.getLangOpts()) ==
              "PTHREAD_MUTEX_INITIALIZER")
        return noteMutex(D, true);
      const RecordDecl *Record = List->getType()->getAsRecordDecl();
      if (Record && !Record->isUnion() && List->isSemanticForm())
        for (const auto &[Field, Value] :
             llvm::zip(Record->fields(), List->inits()))
          noteMutex(Field, Value);
    }
  }

  void addLending(bool Lends) {
    if (Lends && Current)
      Index.Lending.insert(Current);
  }

  void addUse(bool Matters) {
    if (Matters && Current)
      Index.Interesting.insert(Current);
  }

  /// May it be a queue of the project's own that it sends on?
  bool sendsPointer(CallRole Role, const CXXRecordDecl *Object,
                    llvm::ArrayRef<const Expr *> Args) {
    bool Sends = Role == CallRole::Send ||
                 (Role == CallRole::None && Object && Words.ownsMutex(Object));
    return Sends && llvm::any_of(Args, [&](const Expr *Arg) {
             TypeRole Sent = Words.role(Arg->getType()->getAsCXXRecordDecl());
             return Arg->getType()->isPointerType() ||
                    Sent == TypeRole::Strong || Sent == TypeRole::View ||
                    Sent == TypeRole::RefWrapper;
           });
  }

  /// The functions among the arguments run on another thread.
  void addSharer(llvm::ArrayRef<const Expr *> Args) {
    if (Current)
      Index.Sharers.insert(Current);
    for (const Expr *Arg : Args) {
      Arg = unwrapped(Arg);
      if (const auto *Op = dyn_cast<UnaryOperator>(Arg))
        Arg = Op->getSubExpr()->IgnoreParens();
      if (const auto *Ref = dyn_cast<DeclRefExpr>(Arg))
        if (const auto *Function = dyn_cast<FunctionDecl>(Ref->getDecl()))
          addCall(Function);
    }
  }

  /// Method overrides what Base overrides.
  void noteOverrider(const CXXMethodDecl *Method, const CXXMethodDecl *Base) {
    for (const CXXMethodDecl *Overridden : Base->overridden_methods()) {
      if (Overridden->isPureVirtual()) {
        auto [It, New] = Index.Overriders.try_emplace(
            Overridden->getCanonicalDecl(), Method);
        if (!New && It->second != Method)
          It->second = nullptr;
      }
      noteOverrider(Method, Overridden);
    }
  }

  void addCall(const FunctionDecl *Callee) {
    const FunctionDecl *Definition = nullptr;
    if (Current && Callee->isPureVirtual())
      PureCalls.push_back({cast<CXXMethodDecl>(Callee), Current});
    if (!Current || !Callee->isDefined(Definition))
      return;
    if (Sources.isInSystemHeader(Definition->getLocation()) &&
        !isVocabulary(Definition))
      return;
    Index.Callers[Definition].push_back(Current);
    const auto *Method = dyn_cast<CXXMethodDecl>(Callee);
    if (!InTry && !(Method && Method->isVirtual()))
      Index.Passes[Definition].push_back(Current);
    // In an editor the bodies of headers are outside the traversal scope.
    if (!Index.Walked.contains(Definition) && isAnalysable(Definition))
      Pending.push_back(const_cast<FunctionDecl *>(Definition));
  }

  /// Of a library's body only what belongs to a cell, lock or channel is read.
  bool isVocabulary(const FunctionDecl *Function) {
    const auto *Method = dyn_cast<CXXMethodDecl>(Function);
    if (!Method || isStd(Method))
      return false;
    TypeRole Role = Words.role(Method->getParent());
    auto IsMutex = [&](const FieldDecl *Field) {
      return Field->getType()->isRecordType() &&
             Words.isMutex(Field->getType());
    };
    return Role == TypeRole::Cell || Role == TypeRole::LockedData ||
           Role == TypeRole::Guard ||
           llvm::any_of(Method->getParent()->fields(), IsMutex);
  }

  /// A call through a function parameter, which callers may know.
  bool callsParameter(const CallExpr *Call) {
    CallRole Role = Words.role(Call->getDirectCallee());
    if (Role == CallRole::Invoke || Role == CallRole::InvokeOnce)
      return llvm::any_of(Call->arguments(), [](const Expr *Arg) {
        Arg = unwrapped(Arg);
        if (const auto *Copy = dyn_cast<CXXConstructExpr>(Arg);
            Copy && Copy->getNumArgs() == 1)
          Arg = unwrapped(Copy->getArg(0));
        const auto *Ref = dyn_cast<DeclRefExpr>(Arg);
        return Ref && isa<ParmVarDecl>(Ref->getDecl());
      });
    const Expr *Callee = Call->getCallee();
    if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(Call)) {
      if (Op->getOperator() != OO_Call)
        return false;
      Callee = Op->getArg(0);
    }
    const Expr *Inner = Callee->IgnoreParenImpCasts();
    if (const auto *Forward = dyn_cast<CallExpr>(Inner))
      if (Words.role(Forward->getDirectCallee()) == CallRole::Forward &&
          Forward->getNumArgs() == 1)
        Inner = Forward->getArg(0)->IgnoreParenImpCasts();
    const auto *Ref = dyn_cast<DeclRefExpr>(Inner);
    return Ref && isa<ParmVarDecl>(Ref->getDecl());
  }

  /// A call of a function object whose code is kept elsewhere.
  bool callsStored(const CallExpr *Call) {
    const auto *Op = dyn_cast<CXXOperatorCallExpr>(Call);
    return Op && Op->getOperator() == OO_Call &&
           Words.role(Op->getArg(0)->getType()) == TypeRole::Callable;
  }

  /// `a->next = b` for strong handles.
  bool storesHandle(const CXXOperatorCallExpr *Op) {
    return Op->getOperator() == OO_Equal && Op->getNumArgs() == 2 &&
           !isa<DeclRefExpr>(Op->getArg(0)->IgnoreParenImpCasts()) &&
           keepsHandle(Op->getArg(0)->getType(), Words);
  }

  void reassign(const Expr *Target, const Expr *Value = nullptr) {
    const Expr *Whole = Target->IgnoreParenImpCasts();
    const auto *Member = dyn_cast<MemberExpr>(Whole);
    if (Member && Current && isHandle(Member->getType()))
      Index.AssignedMembers.insert(
          {Current, Member->getMemberDecl()->getCanonicalDecl()});
    if (Member)
      Whole = Member->getBase()->IgnoreParenImpCasts();
    const auto *Ref = dyn_cast<DeclRefExpr>(Whole);
    const auto *Var = dyn_cast_or_null<VarDecl>(Ref ? Ref->getDecl() : nullptr);
    if (!Var || (Member && Member->isArrow()))
      return;
    Index.Assignments[Var->getCanonicalDecl()].push_back(
        {Member ? Member->getMemberDecl() : nullptr, Value});
    if (!Member)
      noteAssigned(Var->getCanonicalDecl());
  }

  void noteAssigned(const VarDecl *Var) {
    Index.Reassigned.insert(Var);
    const DeclContext *Scope = Var->getParentFunctionOrMethod();
    if (Current && Scope && Scope != Current) {
      Index.SetByClosures.insert(Var);
      Index.ClosureSetters.insert(Scope);
    }
  }

  /// A variable that is bound to a reference to non-const may get a new value.
  void bindMutable(const Expr *Arg) {
    if (Arg->isLValue() && !Arg->getType().isConstQualified() &&
        isRebindable(Arg->getType()))
      reassign(Arg);
  }

  /// Does a new value of type T mean another object?
  bool isRebindable(QualType T) {
    return T->isScalarType() || Words.role(T) == TypeRole::Strong;
  }

public:
  /// A pure method that one class completes runs what that class has written.
  void addPureCalls() {
    for (const auto &[Pure, Caller] : PureCalls) {
      llvm::SaveAndRestore<const FunctionDecl *> Calling(Current, Caller);
      if (const CXXMethodDecl *Overrider = Index.onlyOverrider(Pure))
        addCall(Overrider);
    }
  }

  void drainPending() {
    while (!Pending.empty()) {
      FunctionDecl *Function = Pending.pop_back_val();
      const FunctionDecl *Outer = Current;
      Current = nullptr;
      TraverseDecl(Function);
      Current = Outer;
    }
  }

private:
  SourceIndex &Index;
  ASTContext &Context;
  const SourceManager &Sources;
  Vocabulary &Words;
  const FunctionDecl *Current = nullptr;
  bool InTry = false;
  llvm::SmallVector<FunctionDecl *, 16> Pending;
  /// Pure methods, and who calls them.
  std::vector<std::pair<const CXXMethodDecl *, const FunctionDecl *>> PureCalls;
};

SourceIndex::SourceIndex(ASTContext &Context, Vocabulary &Words)
    : Cleared(Words), PassedOn(Words) {
  // No template is instantiated any more, not even classes of members.
  if (Context.getDiagnostics().hasFatalErrorOccurred())
    return;
  Walker W(*this, Context, Words);
  for (Decl *Top : Context.getTraversalScope()) {
    if (auto *Unit = dyn_cast<TranslationUnitDecl>(Top)) {
      for (Decl *D : Unit->decls())
        W.TraverseDecl(D);
      continue;
    }
    W.TraverseDecl(Top);
  }
  W.addPureCalls();
  W.drainPending();
  Cleared.finish();
  propagateInterest();
  propagateSharing();
  propagateThrows();
  propagateTouches();
}

bool SourceIndex::isReassigned(const VarDecl *Var) const {
  return Reassigned.contains(Var->getCanonicalDecl());
}

const LambdaExpr *SourceIndex::lambda(const FunctionDecl *Operator) const {
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Operator);
  return Method ? Lambdas.lookup(Method) : nullptr;
}

} // namespace borrow
