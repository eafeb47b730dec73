//===- ChannelFacts.cpp - Who can still send ------------------------------===//

#include "Facts/FactBuilder.h"
#include "Model/Vocabulary.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace borrow {

/// A sender, or an optional or pointer that owns one.
static bool holdsSender(QualType T, Vocabulary &Words) {
  const CXXRecordDecl *Class = T.getNonReferenceType()->getAsCXXRecordDecl();
  TypeRole Role = Words.role(Class);
  if (Role != TypeRole::Optional && Role != TypeRole::UniqueOwner)
    return Role == TypeRole::Sender;
  const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(Class);
  return Spec && Spec->getTemplateArgs().size() != 0 &&
         Spec->getTemplateArgs()[0].getKind() == TemplateArgument::Type &&
         Words.role(
             Spec->getTemplateArgs()[0].getAsType()->getAsCXXRecordDecl()) ==
             TypeRole::Sender;
}

/// The sender that a new one, or a handle of one, is made from, or invalid.
PlaceId FactBuilder::sender(const Expr *E) {
  E = unwrapped(E);
  const auto *Call = dyn_cast<CallExpr>(E);
  // `std::make_unique<Sender>(std::move(tx))`.
  if (Call && Call->getNumArgs() == 1 && Call->getDirectCallee() &&
      isStd(Call->getDirectCallee()) &&
      holdsSender(Call->getType(), Unit.Words))
    return sender(Call->getArg(0));
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E))
    return Construct->getNumArgs() == 1 ? sender(Construct->getArg(0))
                                        : PlaceId();
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(E)) {
    bool Clones = simpleName(Member->getMethodDecl()) == "clone";
    return Clones ? Resolver.object(Member) : PlaceId();
  }
  return holdsSender(E->getType(), Unit.Words) ? Resolver.place(E) : PlaceId();
}

/// `auto [tx, rx] = channel();`, `auto p = channel();`, `auto tx2 = tx;`
void FactBuilder::addChannel(const VarDecl *Var, const Stmt *At) {
  if (Var->getType()->isReferenceType())
    return;
  if (holdsSender(Var->getType(), Unit.Words)) {
    if (PlaceId From = sender(Var->getInit())) {
      Fact &F = add(FactKind::Hold, At);
      F.Place = Unit.Places.variable(Var);
      F.Value = From;
    }
    return;
  }
  PlaceId Sender, Receiver;
  auto AddHalf = [&](QualType T, PlaceId Half) {
    TypeRole Role = Unit.Words.role(T->getAsCXXRecordDecl());
    if (Role == TypeRole::Sender)
      Sender = Half;
    else if (Role == TypeRole::Receiver)
      Receiver = Half;
  };
  if (!isa<CallExpr>(unwrapped(Var->getInit())))
    return;
  if (const auto *Halves = dyn_cast<DecompositionDecl>(Var)) {
    for (const BindingDecl *Half : Halves->bindings())
      if (Half->getBinding())
        AddHalf(Half->getType().getNonReferenceType(),
                Resolver.place(Half->getBinding()));
  } else if (const CXXRecordDecl *Class = Var->getType()->getAsCXXRecordDecl();
             Class && Class->hasDefinition()) {
    for (const FieldDecl *Field : Class->fields())
      AddHalf(Field->getType(),
              Unit.Places.field(Unit.Places.variable(Var), Field));
  }
  if (!Sender || !Receiver)
    return;
  Fact &F = add(FactKind::Open, At);
  F.Place = Sender;
  F.Value = Receiver;
}

/// `To` gets the receiver that Value is moved from.
void FactBuilder::addReceiver(PlaceId To, const Expr *Value) {
  Value = unwrapped(Value);
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(Value);
      Construct && Construct->getNumArgs() == 1)
    Value = Construct->getArg(0);
  if (const Expr *Moved = movedFrom(Value, Unit.Words);
      Moved && Unit.Words.role(Moved->getType()) == TypeRole::Receiver)
    Facts.Renamed.push_back({To, Resolver.place(Moved)});
}

void FactBuilder::addPart(const Expr *Sender, const Stmt *At, bool Moves) {
  Fact &F = add(FactKind::Part, At);
  F.Place = Resolver.place(Sender);
  F.Truth = Moves;
}

/// Does S do anything with Var but send on it and copy it?
static bool mayEnd(const Stmt *S, const ValueDecl *Var) {
  if (!S)
    return false;
  if (const auto *Member = dyn_cast<MemberExpr>(S)) {
    const auto *Base =
        dyn_cast<DeclRefExpr>(Member->getBase()->IgnoreParenImpCasts());
    StringRef Name = simpleName(Member->getMemberDecl());
    if (Base && Base->getDecl() == Var)
      return Name != "send" && Name != "try_send" && Name != "clone";
  }
  if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
    return Ref->getDecl() == Var;
  return llvm::any_of(S->children(),
                      [&](const Stmt *Child) { return mayEnd(Child, Var); });
}

void FactBuilder::addSenderUses(const Stmt *S) {
  if (const auto *Lambda = dyn_cast<LambdaExpr>(S)) {
    const auto *Init = Lambda->capture_init_begin();
    for (const LambdaCapture &Capture : Lambda->captures()) {
      const Expr *Value = *Init++;
      const auto *Own = dyn_cast_or_null<VarDecl>(
          Capture.capturesVariable() ? Capture.getCapturedVar() : nullptr);
      if (Value && Own && Own->isInitCapture())
        addReceiver(Unit.Places.variable(Own), Value);
      if (!Value || !Capture.capturesVariable() ||
          Capture.getCaptureKind() != LCK_ByRef ||
          !holdsSender(Value->getType(), Unit.Words))
        continue;
      if (mayEnd(Lambda->getBody(), Capture.getCapturedVar()))
        addPart(Value, Lambda, false);
      else
        add(FactKind::Hold, Lambda).Value = Resolver.place(Value);
    }
    return;
  }
  if (const auto *Op = dyn_cast<UnaryOperator>(S)) {
    if (Op->getOpcode() == UO_AddrOf &&
        holdsSender(Op->getSubExpr()->getType(), Unit.Words))
      addPart(Op->getSubExpr(), Op, false);
    return;
  }
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(S)) {
    if (Construct->getConstructor()->isCopyConstructor() &&
        holdsSender(Construct->getType(), Unit.Words))
      add(FactKind::Hold, S).Value = Resolver.place(Construct->getArg(0));
    return;
  }
  if (const auto *Call = dyn_cast<CallExpr>(S))
    addSenderCall(Call);
}

void FactBuilder::addSenderCall(const CallExpr *Call) {
  const FunctionDecl *Callee = Call->getDirectCallee();
  const Expr *Unused = nullptr;
  CallRole Role = roleOf(Call, Unused);
  if (Role == CallRole::Forward) {
    if (Call->isXValue() && holdsSender(Call->getArg(0)->getType(), Unit.Words))
      addPart(Call->getArg(0), Call, true);
    return;
  }
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(Call)) {
    if (Op->getOperator() == OO_Equal)
      addReceiver(Resolver.place(Op->getArg(0)), Op->getArg(1));
    if (Op->getOperator() == OO_Equal &&
        holdsSender(Op->getArg(0)->getType(), Unit.Words)) {
      addPart(Op->getArg(0), Op, false);
      if (PlaceId From = sender(Op->getArg(1))) {
        Fact &F = add(FactKind::Hold, Op);
        F.Place = Resolver.place(Op->getArg(0));
        F.Value = From;
      }
    }
    return;
  }
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Call);
      Member && holdsSender(Member->getObjectType(), Unit.Words)) {
    const Expr *Object = Member->getImplicitObjectArgument();
    StringRef Name = simpleName(Member->getMethodDecl());
    PlaceId From = Name == "emplace" && Call->getNumArgs() == 1
                       ? sender(Call->getArg(0))
                       : PlaceId();
    if (From) {
      Fact &F = add(FactKind::Hold, Call);
      F.Place = Resolver.storage(Object);
      F.Value = From;
    } else if (Name == "send" || Name == "try_send" || Name == "clone") {
      add(FactKind::Hold, Call).Value = Resolver.object(Member);
    } else if (Member->getMethodDecl() && !Member->getMethodDecl()->isConst()) {
      Fact &F = add(FactKind::Part, Call);
      F.Place = Resolver.storage(Object);
    }
  }
  for (unsigned I = 0; Callee && I < Call->getNumArgs(); ++I) {
    const Expr *Arg = Call->getArg(I);
    if (!Arg->isLValue() || !holdsSender(Arg->getType(), Unit.Words))
      continue;
    bool Mutable = I >= Callee->getNumParams() || !Callee->getParamDecl(I)
                                                       ->getType()
                                                       .getNonReferenceType()
                                                       .isConstQualified();
    if (Mutable)
      addPart(Arg, Call, false);
    else
      add(FactKind::Hold, Call).Value = Resolver.place(Arg);
  }
}

/// `for (auto v : rx)` ends when nothing comes any more.
void FactBuilder::addRangeReceive(const CXXForRangeStmt *Loop) {
  const Expr *Range = Loop->getRangeInit();
  if (!Range ||
      Unit.Words.role(
          Range->IgnoreParenImpCasts()->getType()->getAsCXXRecordDecl()) !=
          TypeRole::Receiver)
    return;
  Fact &F = add(FactKind::Receive, Range);
  F.Place = Resolver.place(Range);
  F.Value = Unit.Places.opaque(Range);
}

/// Is the condition true if a constant member has a certain value? Then what is
/// waited for may be unlimited: `limit == 0 || items.size() < limit`.
static bool isOptional(const Expr *Condition) {
  Condition = Condition->IgnoreParenImpCasts();
  auto IsConstantMember = [](const Expr *E) {
    const auto *Member = dyn_cast<MemberExpr>(E->IgnoreParenImpCasts());
    return Member && Member->getType().isConstQualified();
  };
  if (const auto *Not = dyn_cast<UnaryOperator>(Condition))
    return Not->getOpcode() == UO_LNot && IsConstantMember(Not->getSubExpr());
  const auto *Op = dyn_cast<BinaryOperator>(Condition);
  if (Op && Op->getOpcode() == BO_LOr)
    return isOptional(Op->getLHS()) || isOptional(Op->getRHS());
  return Op && Op->getOpcode() == BO_EQ && IsConstantMember(Op->getLHS()) &&
         isa<IntegerLiteral>(Op->getRHS()->IgnoreParenImpCasts());
}

/// The lock or guard that is asked for what is inside it:
/// `l.mutex()->native_handle()`.
static const Expr *asked(const Expr *Lock, Vocabulary &Words) {
  while (const auto *Call = dyn_cast<CXXMemberCallExpr>(unwrapped(Lock))) {
    const Expr *Object = Call->getImplicitObjectArgument();
    QualType T = Object->getType();
    T = T->isPointerType() ? T->getPointeeType() : T;
    if (!Words.isGuard(T) && !Words.isLock(T))
      break;
    Lock = Object;
  }
  return Lock;
}

/// `c.wait(lock)`, `c.wait(lock, predicate)`, `pthread_cond_wait(c, m)`.
void FactBuilder::addCondWait(const CallExpr *Call, PlaceId Condition,
                              llvm::ArrayRef<const Expr *> Args) {
  unsigned Lock = isa<CXXMemberCallExpr>(Call) ? 0 : 1;
  // A predicate, or the time at which it gives up.
  bool Tests = Args.size() > Lock + 1 && !isa<CXXDefaultArgExpr>(Args.back());
  const FunctionDecl *Predicate = Tests ? closure(Args.back()).Body : nullptr;
  const auto *Body = dyn_cast_or_null<CompoundStmt>(
      Predicate ? Predicate->getBody() : nullptr);
  const auto *Return = dyn_cast_or_null<ReturnStmt>(
      Body && Body->size() == 1 ? Body->body_front() : nullptr);
  if (!Return || !isOptional(Return->getRetValue())) {
    Fact &F = add(FactKind::Effect, Call);
    F.Effect = Effect::CondWait;
    F.Place = Condition;
    if (Lock < Args.size()) {
      const Expr *Released = asked(Args[Lock], Unit.Words);
      F.Value = Released->getType()->isPointerType()
                    ? Unit.Places.deref(Resolver.place(Released))
                    : Resolver.storage(Released);
    }
    F.Truth = Tests;
  }
  addInvocations(Call, Args);
  add(FactKind::Join, Call);
}

} // namespace borrow
