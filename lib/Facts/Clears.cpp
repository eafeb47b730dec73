//===- Clears.cpp - What is taken out of members and variables ------------===//

#include "Facts/Clears.h"
#include "Facts/PlaceResolver.h"
#include "Model/Vocabulary.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace borrow {

bool isNothing(const Expr *E) {
  E = unwrapped(E);
  if (const CXXRecordDecl *Class = E->getType()->getAsCXXRecordDecl();
      Class && isStd(Class) && simpleName(Class) == "nullopt_t")
    return true;
  if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E))
    return isNothing(Cast->getSubExpr());
  if (const auto *List = dyn_cast<InitListExpr>(E))
    return List->getNumInits() == 0;
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E))
    return Construct->getNumArgs() == 0 ||
           (Construct->getNumArgs() == 1 && isNothing(Construct->getArg(0)));
  return isa<CXXNullPtrLiteralExpr, GNUNullExpr, CXXScalarValueInitExpr>(E);
}

void Clears::read(const CallExpr *Call, const FunctionDecl *In) {
  Current = In;
  const CXXRecordDecl *Class = nullptr;
  const auto *Member = dyn_cast<CXXMemberCallExpr>(Call);
  if (Member)
    Class = Member->getObjectType()->getAsCXXRecordDecl();
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(Call)) {
    if (Op->getOperator() == OO_Equal && Op->getNumArgs() == 2)
      addAssignment(Op->getArg(0), Op->getArg(1));
    return;
  }
  addEmptied(Call);
  CallRole Role = Words.role(Call->getDirectCallee(), Class);
  bool Empties = llvm::all_of(Call->arguments(), [](const Expr *Arg) {
    return isa<CXXDefaultArgExpr>(Arg) || isNothing(Arg);
  });
  bool Takes = Role == CallRole::Clear || Role == CallRole::Release ||
               Role == CallRole::Abandon || Role == CallRole::Disown ||
               (Role == CallRole::Own && Empties);
  bool Moves = Role == CallRole::Forward && Call->isXValue();
  if (Member && Takes)
    clear(Member->getImplicitObjectArgument());
  if (Moves || (Takes && Role == CallRole::Clear))
    for (const Expr *Arg : Call->arguments())
      clear(Arg);
}

/// `To = nullptr`, or `To = Param`, which is that if a caller passes nothing.
void Clears::addAssignment(const Expr *To, const Expr *Value) {
  if (isNothing(Value))
    clear(To);
  Value = unwrapped(Value);
  if (const auto *Move = dyn_cast<CallExpr>(Value);
      Move && Move->getNumArgs() == 1 &&
      Words.role(Move->getDirectCallee()) == CallRole::Forward)
    Value = unwrapped(Move->getArg(0));
  const auto *Ref = dyn_cast<DeclRefExpr>(Value);
  const auto *Member = dyn_cast<MemberExpr>(unwrapped(To));
  if (Member && Ref && isa<ParmVarDecl>(Ref->getDecl()))
    Setters.push_back({Ref->getDecl(), Member->getMemberDecl()});
}

/// Nothing is passed for a handle.
void Clears::addEmptied(const CallExpr *Call) {
  const FunctionDecl *Callee = Call->getDirectCallee();
  for (unsigned I = 0; Callee && I < Callee->getNumParams(); ++I)
    if (Callee->getParamDecl(I)->getType()->isRecordType() &&
        I < Call->getNumArgs() && isNothing(Call->getArg(I)))
      if (const FunctionDecl *Body = Callee->getDefinition())
        Emptied.insert(Body->getParamDecl(I));
}

/// How many references are looked through: one may be bound to itself.
constexpr unsigned MaxDepth = 8;

void Clears::clear(const Expr *E, unsigned Depth) {
  bool Behind = false;
  for (E = unwrapped(E);;) {
    if (const auto *Member = dyn_cast<MemberExpr>(E)) {
      bool OfThis = isa<CXXThisExpr>(Member->getBase()->IgnoreParenImpCasts());
      bool EndsItself =
          OfThis &&
          isa_and_nonnull<CXXConstructorDecl, CXXDestructorDecl>(Current);
      if (!EndsItself)
        Taken.insert(Member->getMemberDecl());
      return;
    }
    if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(E);
        Op && (Op->getOperator() == OO_Star || Op->getOperator() == OO_Arrow ||
               Op->getOperator() == OO_Subscript)) {
      Behind = true;
      E = unwrapped(Op->getArg(0));
    } else if (const auto *Call = dyn_cast<CXXMemberCallExpr>(E)) {
      E = unwrapped(Call->getImplicitObjectArgument());
    } else if (const auto *Deref = dyn_cast<UnaryOperator>(E)) {
      Behind = true;
      E = unwrapped(Deref->getSubExpr());
    } else {
      break;
    }
  }
  const auto *Ref = dyn_cast<DeclRefExpr>(E);
  const auto *Var = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  if (!Var)
    return;
  if (Behind)
    Taken.insert(Var->getCanonicalDecl());
  if (Var->getType()->isReferenceType() && Var->getInit() &&
      !isa<ParmVarDecl>(Var) && Depth < MaxDepth)
    clear(Var->getInit(), Depth + 1);
}

void Clears::finish() {
  for (auto [Param, Member] : Setters)
    if (Emptied.contains(Param))
      Taken.insert(Member);
}

/// A class of a header whose methods are defined elsewhere too.
static bool hasUnseenWriter(const ValueDecl *D) {
  const auto *Field = dyn_cast<FieldDecl>(D);
  const auto *Class =
      Field ? dyn_cast<CXXRecordDecl>(Field->getParent()) : nullptr;
  if (!Class ||
      D->getASTContext().getSourceManager().isInMainFile(Class->getLocation()))
    return false;
  return llvm::any_of(Class->methods(), [](const CXXMethodDecl *Method) {
    if (const FunctionDecl *Pattern = Method->getTemplateInstantiationPattern();
        Pattern && Pattern->isDefined())
      return false;
    return Method->isUserProvided() && !Method->isConst() &&
           !Method->isPureVirtual() && !Method->isDefined() &&
           !isa<CXXConstructorDecl, CXXDestructorDecl>(Method);
  });
}

bool Clears::contains(const ValueDecl *D) const {
  return Taken.contains(D) || hasUnseenWriter(D);
}

} // namespace borrow
