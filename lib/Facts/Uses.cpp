//===- Uses.cpp - How a function uses what it gives away ------------------===//

#include "Facts/Uses.h"
#include "Facts/PlaceResolver.h"
#include "Model/Vocabulary.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/RecursiveASTVisitor.h"

using namespace clang;

namespace borrow {

const Expr *movedFrom(const Expr *E, Vocabulary &Words) {
  const auto *Call = dyn_cast<CallExpr>(unwrapped(E));
  if (!Call || !Call->isXValue() || Call->getNumArgs() != 1 ||
      Words.role(Call->getDirectCallee()) != CallRole::Forward)
    return nullptr;
  const Expr *Value = Call->getArg(0)->IgnoreParenImpCasts();
  const CXXRecordDecl *Class = Value->getType()->getAsCXXRecordDecl();
  // A move of what is copied bit by bit leaves it as it was.
  bool Changes =
      Class && Class->hasDefinition() && !Class->isTriviallyCopyable();
  return Changes ? Value : nullptr;
}

/// Can its value be asked for with a condition, as a pointer's can?
static bool isAskable(QualType T, Vocabulary &Words) {
  switch (Words.role(T->getAsCXXRecordDecl())) {
  case TypeRole::Callable:
  case TypeRole::Optional:
  case TypeRole::Strong:
  case TypeRole::UniqueOwner:
    return true;
  default:
    return false;
  }
}

/// `clear()`, `assign(…)`, `reset()`: afterwards the old value is of no
/// account.
static bool replaces(const CXXMethodDecl *Method, TypeRole Of,
                     Vocabulary &Words) {
  if (Method->isConst())
    return false;
  if (Method->hasAttr<ReinitializesAttr>())
    return true;
  if (!isStd(Method))
    return Method->param_empty() && Method->getReturnType()->isVoidType() &&
           Of == TypeRole::None;
  StringRef Name = simpleName(Method);
  CallRole Role = Words.role(Method, Method->getParent());
  return Role == CallRole::Release || Role == CallRole::Abandon ||
         Name == "assign" || Name == "clear" || Name == "emplace" ||
         Name == "reset" || Name == "resize" || Name == "swap";
}

/// A question about the state of a handle or container that any state answers.
static bool asks(const CXXMethodDecl *Method, const CXXRecordDecl *Object,
                 Vocabulary &Words) {
  switch (Words.role(Method, Object)) {
  case CallRole::GetAddress:
  case CallRole::IsAbsent:
  case CallRole::IsExpired:
  case CallRole::IsPresent:
    return true;
  default:
    return isStd(Method) && Method->isConst() && Method->param_empty() &&
           Method->getReturnType()->isBooleanType();
  }
}

/// Is Class one of the types that an object of Wrapper, a template of std, may
/// hold?
static bool isAlternative(const CXXRecordDecl *Class, QualType Wrapper) {
  const auto *Spec = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      Wrapper->getAsCXXRecordDecl());
  if (!Spec || !isStd(Spec))
    return false;
  auto IsClass = [&](const TemplateArgument &A) {
    return A.getKind() == TemplateArgument::Type &&
           A.getAsType()->getAsCXXRecordDecl() == Class;
  };
  return llvm::any_of(Spec->getTemplateArgs().asArray(),
                      [&](const TemplateArgument &A) {
                        return A.getKind() == TemplateArgument::Pack
                                   ? llvm::any_of(A.pack_elements(), IsClass)
                                   : IsClass(A);
                      });
}

class Uses::Walker : public RecursiveASTVisitor<Uses::Walker> {
public:
  explicit Walker(Uses &Result) : Result(Result), Words(Result.Words) {}

  bool shouldVisitImplicitCode() const { return true; }

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
      if (!Value)
        continue;
      addGift(Value);
      if (Value->isLValue() || Capture.getCaptureKind() == LCK_ByRef)
        mark(Value, Kind::Replaced);
      TraverseStmt(Value);
    }
    return true;
  }

  bool VisitMemberExpr(MemberExpr *Member) {
    if (!isa<FieldDecl>(Member->getMemberDecl()) || Member->isArrow())
      return true;
    mark(Member->getBase(), Kind::Quiet);
    // A move leaves plain members as they were.
    const CXXRecordDecl *Class = Member->getType()->getAsCXXRecordDecl();
    if (!Class || !Class->hasDefinition() || Class->isTriviallyCopyable())
      mark(Member, Kind::Quiet);
    return true;
  }

  bool VisitBinaryOperator(BinaryOperator *Op) {
    if (Op->getOpcode() == BO_Assign)
      mark(Op->getLHS(), Kind::Quiet);
    return true;
  }

  bool VisitUnaryOperator(UnaryOperator *Op) {
    if (Op->getOpcode() == UO_AddrOf)
      mark(Op->getSubExpr(), Kind::Replaced);
    return true;
  }

  bool VisitCastExpr(CastExpr *Cast) {
    if (Cast->getCastKind() == CK_ToVoid)
      mark(Cast->getSubExpr(), Kind::Quiet);
    return true;
  }

  bool VisitVarDecl(VarDecl *Var) {
    // A range-for reads what it goes over.
    if (!Var->isImplicit() && Var->getType()->isReferenceType() &&
        Var->getInit())
      mark(Var->getInit(), Kind::Replaced);
    return true;
  }

  bool VisitCXXConstructExpr(CXXConstructExpr *Construct) {
    if (!Construct->getConstructor()->isCopyOrMoveConstructor())
      addArguments(Construct->getConstructor(),
                   {Construct->getArgs(), Construct->getNumArgs()});
    return true;
  }

  bool VisitCallExpr(CallExpr *Call) {
    const FunctionDecl *Callee = Call->getDirectCallee();
    llvm::ArrayRef<const Expr *> Args(Call->getArgs(), Call->getNumArgs());
    if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(Call)) {
      if (Op->getOperator() == OO_Equal)
        mark(Args[0], Kind::Quiet);
      bool Compares = Op->getOperator() == OO_EqualEqual ||
                      Op->getOperator() == OO_ExclaimEqual;
      for (const Expr *Arg : Args)
        if (Compares && isAskable(Arg->getType(), Words))
          mark(Arg, Kind::Quiet);
      if (!isa_and_nonnull<CXXMethodDecl>(Callee))
        addArguments(Callee, Args);
      return true;
    }
    if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Call);
        Member && Member->getMethodDecl()) {
      const Expr *Object = Member->getImplicitObjectArgument();
      const CXXRecordDecl *Class = Member->getRecordDecl();
      if (replaces(Member->getMethodDecl(), Words.role(Class), Words))
        mark(Object, Kind::Replaced);
      else if (asks(Member->getMethodDecl(), Class, Words))
        mark(Object, Kind::Quiet);
    }
    if (Words.role(Callee) != CallRole::Forward)
      addArguments(Callee, Args);
    return true;
  }

private:
  void mark(const Expr *Mention, Kind K) {
    const Expr *E = unwrapped(Mention);
    if (isa<DeclRefExpr, MemberExpr, CXXOperatorCallExpr>(E))
      Result.Kinds.try_emplace(E, K);
  }

  void addGift(const Expr *Value) {
    const auto *Construct = dyn_cast<CXXConstructExpr>(unwrapped(Value));
    if (!Construct || Construct->getNumArgs() == 0)
      return;
    const Expr *From = movedFrom(Construct->getArg(0), Words);
    if (!From)
      return;
    const CXXRecordDecl *Class = From->getType()->getAsCXXRecordDecl();
    TypeRole Role = Words.role(Class);
    // A move of a base leaves the rest; a handle of a derived class goes whole,
    // and so does what a variant or optional is made from.
    bool Whole = Construct->getConstructor()->isMoveConstructor()
                     ? Class == Construct->getType()->getAsCXXRecordDecl()
                     : isAlternative(Class, Construct->getType()) ||
                           ((Role == TypeRole::Strong ||
                             Role == TypeRole::UniqueOwner) &&
                            Role == Words.role(Construct->getType()));
    if (Whole)
      Result.Gifts.insert(Construct);
  }

  void addArguments(const FunctionDecl *Callee,
                    llvm::ArrayRef<const Expr *> Args) {
    for (const auto &[Index, Arg] : llvm::enumerate(Args)) {
      addGift(Arg);
      bool Known = Callee && Index < Callee->getNumParams();
      QualType Param =
          Known ? Callee->getParamDecl(Index)->getType() : QualType();
      if (!Known || !Param->isReferenceType() || !Arg->isLValue())
        continue;
      if (!Param.getNonReferenceType().isConstQualified())
        mark(Arg, Kind::Replaced);
      else if (isAskable(Arg->getType(), Words))
        mark(Arg, Kind::Quiet);
    }
  }

  Uses &Result;
  Vocabulary &Words;
};

void Uses::collect(const FunctionDecl *Function) {
  Walker W(*this);
  if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(Function))
    for (const CXXCtorInitializer *Init : Constructor->inits())
      W.TraverseStmt(Init->getInit());
  W.TraverseStmt(Function->getBody());
}

bool mentions(const Stmt *S, const ValueDecl *D) {
  if (!S)
    return false;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(S); Ref && Ref->getDecl() == D)
    return true;
  return llvm::any_of(S->children(),
                      [&](const Stmt *Child) { return mentions(Child, D); });
}

} // namespace borrow
