//===- Touches.cpp - Mentions of what threads may share -------------------===//

#include "Facts/Touches.h"
#include "Facts/PlaceResolver.h"
#include "Model/Vocabulary.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include <algorithm>

using namespace clang;

namespace borrow {

bool isSharedData(const ValueDecl *D, const FunctionDecl *Function,
                  Vocabulary &Words) {
  QualType T = D->getType();
  if (T.isConstQualified() || T.isVolatileQualified() || T->isReferenceType())
    return false;
  if (const auto *Field = dyn_cast<FieldDecl>(D))
    return Words.ownsMutex(dyn_cast<CXXRecordDecl>(Field->getParent())) &&
           Words.needsLock(T);
  const auto *Var = dyn_cast<VarDecl>(D);
  if (!Var || Var->isConstexpr() || Var->getTLSKind() != VarDecl::TLS_None)
    return false;
  const auto *Method = dyn_cast<CXXMethodDecl>(Function);
  bool Captured = Var->hasLocalStorage() && Method &&
                  Method->getParent()->isLambda() &&
                  Var->getDeclContext() != Function;
  return (Captured || Var->hasGlobalStorage()) && Words.needsLock(T);
}

/// Is it `this->a`, or `this->a.b`?
static bool isOfThis(const MemberExpr *Member) {
  const Expr *Base = Member->getBase()->IgnoreParenImpCasts();
  const auto *Outer = dyn_cast<MemberExpr>(Base);
  return isa<CXXThisExpr>(Base) || (Outer && isOfThis(Outer));
}

bool isShared(const Stmt *S, Vocabulary &Words) {
  const auto *Member = dyn_cast<MemberExpr>(S);
  const auto *Ref = dyn_cast<DeclRefExpr>(S);
  QualType T;
  if (Member && isOfThis(Member)) {
    if (const auto *Method = dyn_cast<CXXMethodDecl>(Member->getMemberDecl()))
      return Method->isInstance();
    T = Member->getType();
  } else if (Ref) {
    const auto *Var = dyn_cast<VarDecl>(Ref->getDecl());
    if (!Var || !Var->hasGlobalStorage())
      return false;
    T = Var->getType();
  }
  if (T.isNull() || T.isConstQualified() || T->isReferenceType())
    return false;
  TypeRole Role = Words.role(T->getAsCXXRecordDecl());
  return Role != TypeRole::Atomic && Role != TypeRole::CondVar &&
         Role != TypeRole::Mutex && Role != TypeRole::RecursiveMutex;
}

const Stmt *firstAccess(const Stmt *S, Vocabulary &Words) {
  if (!S || isShared(S, Words))
    return S;
  for (const Stmt *Child : S->children())
    if (const Stmt *Found = firstAccess(Child, Words))
      return Found;
  return nullptr;
}

/// Is what E denotes, or is an iterator, pointer or handle to, known to others?
static bool isOfOthers(const Expr *E, unsigned Depth = 0) {
  E = E ? unwrapped(E) : nullptr;
  if (!E || Depth > 8)
    return false;
  if (isa<CXXThisExpr>(E))
    return true;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    if (const auto *Binding = dyn_cast<BindingDecl>(Ref->getDecl()))
      return isOfOthers(Binding->getBinding(), Depth + 1);
    const auto *Var = dyn_cast<VarDecl>(Ref->getDecl());
    if (!Var || Var->hasGlobalStorage())
      return Var;
    if (isa<ParmVarDecl>(Var))
      return Var->getType()->isReferenceType() ||
             Var->getType()->isPointerType();
    return isOfOthers(Var->getInit(), Depth + 1);
  }
  if (const auto *Member = dyn_cast<MemberExpr>(E))
    return isOfOthers(Member->getBase(), Depth + 1);
  if (const auto *Element = dyn_cast<ArraySubscriptExpr>(E))
    return isOfOthers(Element->getBase(), Depth + 1);
  if (const auto *Op = dyn_cast<UnaryOperator>(E))
    return isOfOthers(Op->getSubExpr(), Depth + 1);
  if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E))
    return isOfOthers(Cast->getSubExpr(), Depth + 1);
  if (const auto *Copy = dyn_cast<CXXConstructExpr>(E))
    return Copy->getNumArgs() == 1 && isOfOthers(Copy->getArg(0), Depth + 1);
  const auto *Call = dyn_cast<CallExpr>(E);
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  if (!Callee)
    return false;
  if (!isStd(Callee))
    return Call->isLValue();
  const auto *Method = dyn_cast<CXXMemberCallExpr>(Call);
  const Expr *Object = Method ? Method->getImplicitObjectArgument()
                       : Call->getNumArgs() ? Call->getArg(0)
                                            : nullptr;
  return isOfOthers(Object, Depth + 1);
}

bool refersToOthers(const VarDecl *Var) { return isOfOthers(Var->getInit()); }

bool hasConstTwin(const CXXMethodDecl *Method) {
  return llvm::any_of(Method->getParent()->lookup(Method->getDeclName()),
                      [&](const NamedDecl *D) {
                        if (const auto *Template =
                                dyn_cast<FunctionTemplateDecl>(D))
                          D = Template->getTemplatedDecl();
                        const auto *Twin = dyn_cast<CXXMethodDecl>(D);
                        return Twin && Twin->isConst() &&
                               Twin->getNumParams() == Method->getNumParams();
                      });
}

/// `Args &&...`, which takes anything and seldom changes it.
static bool isForwarding(const FunctionDecl *Callee, unsigned Index) {
  const FunctionDecl *Pattern = Callee->getTemplateInstantiationPattern();
  if (!Pattern || Pattern->param_empty())
    return false;
  Index = std::min(Index, Pattern->getNumParams() - 1);
  QualType T = Pattern->getParamDecl(Index)->getType();
  if (const auto *Pack = T->getAs<PackExpansionType>())
    T = Pack->getPattern();
  return T->isRValueReferenceType();
}

/// The member of its object whose value a method returns, by itself or through
/// a question to it (`return Db.get();`), and does nothing else. Or null.
static const FieldDecl *askedMember(const CXXMethodDecl *Method) {
  const FunctionDecl *Definition = nullptr;
  QualType Result = Method->getReturnType();
  if (!Method->isDefined(Definition) || Method->isVirtual() ||
      (Result->isReferenceType() &&
       !Result.getNonReferenceType().isConstQualified()))
    return nullptr;
  const auto *Body = dyn_cast_or_null<CompoundStmt>(Definition->getBody());
  const auto *Return = dyn_cast_or_null<ReturnStmt>(
      Body && Body->size() == 1 ? Body->body_front() : nullptr);
  const Expr *Value = Return && Return->getRetValue()
                          ? unwrapped(Return->getRetValue())
                          : nullptr;
  if (const auto *Call = dyn_cast_or_null<CXXMemberCallExpr>(Value))
    Value = Call->getMethodDecl()->isConst() && Call->getNumArgs() == 0
                ? Call->getImplicitObjectArgument()->IgnoreParenImpCasts()
                : nullptr;
  const auto *Member = dyn_cast_or_null<MemberExpr>(Value);
  return Member && isa<CXXThisExpr>(Member->getBase()->IgnoreParenImpCasts())
             ? dyn_cast<FieldDecl>(Member->getMemberDecl())
             : nullptr;
}

class Touches::Walker : public RecursiveASTVisitor<Touches::Walker> {
public:
  explicit Walker(Touches &Result) : Result(Result), Words(Result.Words) {}

  bool TraverseDecl(Decl *D) {
    if (isa_and_nonnull<TagDecl, FunctionDecl>(D))
      return true;
    return RecursiveASTVisitor::TraverseDecl(D);
  }

  // The body of a lambda is a function of its own.
  bool TraverseLambdaExpr(LambdaExpr *Lambda) {
    const auto *Init = Lambda->capture_init_begin();
    for (const LambdaCapture &Capture : Lambda->captures()) {
      Expr *Value = *Init++;
      if (Value && Capture.getCaptureKind() != LCK_ByRef)
        TraverseStmt(Value);
    }
    return true;
  }

  bool TraverseUnaryExprOrTypeTraitExpr(UnaryExprOrTypeTraitExpr *) {
    return true;
  }
  bool TraverseCXXNoexceptExpr(CXXNoexceptExpr *) { return true; }

  bool VisitMemberExpr(MemberExpr *Member) {
    return addRead(Member, Member->getMemberDecl());
  }

  bool VisitDeclRefExpr(DeclRefExpr *Ref) {
    return addRead(Ref, Ref->getDecl());
  }

  bool VisitBinaryOperator(BinaryOperator *Op) {
    if (Op->isAssignmentOp())
      mark(Op->getLHS(), Kind::Write);
    return true;
  }

  bool VisitUnaryOperator(UnaryOperator *Op) {
    if (Op->isIncrementDecrementOp())
      mark(Op->getSubExpr(), Kind::Write);
    if (Op->getOpcode() == UO_AddrOf)
      expose(Op->getSubExpr());
    return true;
  }

  bool VisitVarDecl(VarDecl *Var) {
    if (Var->getType()->isReferenceType() && Var->getInit() &&
        !Var->isCXXForRangeDecl() && !Var->isImplicit())
      expose(Var->getInit());
    return true;
  }

  bool VisitReturnStmt(ReturnStmt *Return) {
    if (Return->getRetValue() &&
        Result.Function->getReturnType()->isReferenceType())
      expose(Return->getRetValue());
    return true;
  }

  bool VisitCXXConstructExpr(CXXConstructExpr *Construct) {
    addArguments(Construct->getConstructor(),
                 {Construct->getArgs(), Construct->getNumArgs()}, false);
    return true;
  }

  bool VisitCallExpr(CallExpr *Call) {
    const FunctionDecl *Callee = Call->getDirectCallee();
    llvm::ArrayRef<const Expr *> Args(Call->getArgs(), Call->getNumArgs());
    const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Callee);
    if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(Call);
        Op && Method && Method->isInstance()) {
      addObject(Method, Args[0]);
      Args = Args.drop_front();
    }
    if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Call);
        Member && Method &&
        !Member->getImplicitObjectArgument()->getType()->isPointerType())
      addObject(Method, Member->getImplicitObjectArgument());
    if (Words.role(Callee) == CallRole::Forward && Args.size() == 1) {
      if (Call->isXValue())
        mark(Args[0], Kind::Write);
      return true;
    }
    addArguments(Callee, Args, Call->isGLValue());
    return true;
  }

private:
  bool addRead(const Expr *Mention, const ValueDecl *D) {
    if (isSharedData(D, Result.Function, Words))
      Result.Kinds.try_emplace(Mention, Kind::Read);
    return true;
  }

  void addObject(const CXXMethodDecl *Method, const Expr *Object) {
    if (const FieldDecl *Member = askedMember(Method)) {
      if (Member->getType().isConstQualified())
        expose(Object);
      return;
    }
    if (!Method->isConst() && !hasConstTwin(Method) &&
        Words.role(Method) != CallRole::Concurrent)
      mark(Object, Kind::Write);
  }

  void addArguments(const FunctionDecl *Callee,
                    llvm::ArrayRef<const Expr *> Args, bool PassesOn) {
    for (const auto &[Index, Arg] : llvm::enumerate(Args)) {
      if (!Callee || Index >= Callee->getNumParams() || !Arg->isLValue())
        continue;
      QualType Param = Callee->getParamDecl(Index)->getType();
      if (!Param->isReferenceType() || isForwarding(Callee, Index) ||
          Param.getNonReferenceType().isConstQualified())
        continue;
      if (PassesOn || Words.role(Callee) == CallRole::Bind ||
          isa<CXXConstructorDecl>(Callee))
        expose(Arg);
      else
        mark(Arg, Kind::Write);
    }
  }

  /// Marks what is changed if E is: the object that E is a part of.
  void mark(const Expr *E, Kind K) {
    for (E = unwrapped(E); E;) {
      const Expr *Outer = nullptr;
      if (const auto *Member = dyn_cast<MemberExpr>(E)) {
        set(E, Member->getMemberDecl(), K);
        Outer = Member->isArrow() ? nullptr : Member->getBase();
      } else if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
        set(E, Ref->getDecl(), K);
      } else if (const auto *Element = dyn_cast<ArraySubscriptExpr>(E)) {
        Outer = Element->getBase()->IgnoreParenImpCasts();
        Outer = Outer->getType()->isArrayType() ? Outer : nullptr;
      } else if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E)) {
        Outer = Cast->getSubExpr();
      } else if (K == Kind::Write) {
        Outer = container(E);
      }
      E = Outer ? unwrapped(Outer) : nullptr;
    }
  }

  /// The standard container that E is an element of, or null.
  static const Expr *container(const Expr *E) {
    const auto *Call = dyn_cast<CallExpr>(E);
    const auto *Method = dyn_cast_or_null<CXXMethodDecl>(
        Call ? Call->getDirectCallee() : nullptr);
    if (!Method || !isStd(Method) || !E->isGLValue() || Method->isConst())
      return nullptr;
    const auto *Member = dyn_cast<CXXMemberCallExpr>(Call);
    return Member               ? Member->getImplicitObjectArgument()
           : Call->getNumArgs() ? Call->getArg(0)
                                : nullptr;
  }

  void expose(const Expr *E) { mark(E, Kind::None); }

  void set(const Expr *Mention, const ValueDecl *D, Kind K) {
    if (isSharedData(D, Result.Function, Words))
      Result.Kinds.try_emplace(Mention, K);
  }

  Touches &Result;
  Vocabulary &Words;
};

void Touches::collect() {
  Walker W(*this);
  W.TraverseStmt(Function->getBody());
}

} // namespace borrow
