//===- FlagFacts.cpp - What variables say about conditions ----------------===//

#include "Facts/FactBuilder.h"
#include "Model/Vocabulary.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace borrow {

void FactBuilder::addFlag(PlaceId Target, const Expr *Value, const Stmt *At) {
  bool Known;
  if (!Value->isValueDependent() &&
      Value->EvaluateAsBooleanCondition(Known, Unit.Context)) {
    Fact &Flag = add(FactKind::SetFlag, At);
    Flag.Place = Target;
    Flag.Truth = Known;
    return;
  }
  if (const auto *Op = dyn_cast<BinaryOperator>(unwrapped(Value));
      Op && Op->isLogicalOp())
    return addConjunction(Target, Op, At);
  std::optional<Test> T = Tests.read(Value);
  if (!T || !T->Place || Unit.Places.isPrefix(Target, T->Place)) {
    Fact &F = add(FactKind::Assign, At);
    F.Place = Target;
    // `last = last->next;`
    if (T && T->Place && T->Truth && !Value->getType()->isBooleanType())
      F.Value = T->Place;
    return;
  }
  Fact &Flag = add(FactKind::SetFlag, At);
  Flag.Place = Target;
  Flag.Value = T->Place;
  Flag.Truth = T->Truth;
}

/// `bool ok = p && p->ready();`: if ok is true then p is present.
void FactBuilder::addConjunction(PlaceId Target, const BinaryOperator *Value,
                                 const Stmt *At) {
  bool Truth = Value->getOpcode() == BO_LAnd;
  llvm::SmallVector<Test, 2> All;
  Tests.readAll(Value, Truth, All);
  llvm::SmallVector<Literal, 2> Needs;
  for (const Test &T : All)
    if (T.Place && !Unit.Places.isPrefix(Target, T.Place))
      Needs.push_back({T.Place, T.Truth});
  if (Needs.empty()) {
    add(FactKind::Assign, At).Place = Target;
    return;
  }
  Facts.Conjunctions.push_back(std::move(Needs));
  Fact &Flag = add(FactKind::SetFlag, At);
  Flag.Place = Target;
  Flag.Truth = Truth;
  Flag.Needs = Facts.Conjunctions.size() - 1;
}

/// Does a value of type T mean "present" or "true" when it is tested?
bool FactBuilder::isTestable(QualType T) const {
  return T->isBooleanType() || T->isPointerType() || Unit.Words.mayBeEmpty(T);
}

/// A class that is made from a test and is a test itself, such as gtest's
/// AssertionResult.
static bool isVerdict(QualType T, Vocabulary &Words) {
  const CXXRecordDecl *Class = T->getAsCXXRecordDecl();
  if (!Class || !Class->hasDefinition() || isStd(Class) ||
      Words.role(Class) != TypeRole::None || Words.canBeAsked(T))
    return false;
  return llvm::any_of(Class->methods(), [](const CXXMethodDecl *M) {
    return isa<CXXConversionDecl>(M) && M->getReturnType()->isBooleanType();
  });
}

void FactBuilder::addVerdict(PlaceId Target, const Expr *Init, const Stmt *At) {
  const Expr *Value = unwrapped(Init);
  while (const auto *Cast = dyn_cast<CXXFunctionalCastExpr>(Value))
    Value = unwrapped(Cast->getSubExpr());
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(Value))
    Value = Construct->getNumArgs() ? Construct->getArg(0) : nullptr;
  else if (const auto *List = dyn_cast<InitListExpr>(Value))
    Value = List->getNumInits() ? List->getInit(0) : nullptr;
  else if (!isa<CallExpr>(Value))
    return;
  std::optional<Test> T = Value ? Tests.read(Value) : std::nullopt;
  if (!T || !T->Place || Unit.Places.isPrefix(Target, T->Place))
    return;
  Fact &Flag = add(FactKind::SetFlag, At);
  Flag.Place = Target;
  Flag.Value = T->Place;
  Flag.Truth = T->Truth;
}

void FactBuilder::addInitialiser(PlaceId Target, QualType T, const Expr *Init,
                                 const Stmt *At) {
  if (!T->isReferenceType() && isVerdict(T, Unit.Words))
    return addVerdict(Target, Init, At);
  if (T->isReferenceType() || !isTestable(T))
    return;
  // A new upgrade marks its own storage.
  PlaceId Source = Resolver.storage(Init);
  if (T->isRecordType() && Source == Target)
    return;
  const Expr *Value = unwrapped(Init);
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(Value);
      Construct && T->isRecordType()) {
    if (Construct->getNumArgs() != 1 ||
        !Construct->getConstructor()->isCopyOrMoveConstructor())
      return;
    Value = Construct->getArg(0);
  }
  if (isa<CallExpr>(unwrapped(Value)) && T->isRecordType() &&
      unwrapped(Value)->isPRValue())
    return;
  addFlag(Target, Value, At);
}

} // namespace borrow
