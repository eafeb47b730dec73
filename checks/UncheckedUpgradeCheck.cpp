//===- UncheckedUpgradeCheck.cpp - Weak handles used without a check ------===//

#include "BorrowCheck.h"
#include "Repair/Repair.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/Expr.h"

using namespace clang;

namespace borrow {
namespace {

class UncheckedUpgradeCheck final : public BorrowCheck {
public:
  using BorrowCheck::BorrowCheck;

  void checkFunction(const FunctionAnalysis &Function) override {
    for (const UncheckedUse &U : Function.uncheckedUses())
      if (U.Upgrade->Why == Emptiness::Upgrade)
        reportUse(Function, U);
    for (const Fact *F : Function.all(FactKind::Orphan))
      report(Violation(F->At->getBeginLoc(),
                       quoted(Function.places(), F->Place, "this handle") +
                           " is empty at once: nothing else owns its object"));
    for (const Fact *F : Function.throwingUpgrades())
      if (mustNotThrow(Function.facts().Function))
        report(Violation(
            F->At->getBeginLoc(),
            "this upgrade of " +
                quoted(Function.places(), F->Value, "a weak handle") +
                " throws if its object is gone, in a function that must not"));
  }

private:
  static bool mustNotThrow(const FunctionDecl *Function) {
    const auto *Type = Function->getType()->getAs<FunctionProtoType>();
    if (isa<CXXDestructorDecl>(Function))
      return Type && Type->getExceptionSpecType() != EST_NoexceptFalse;
    return Type && Type->isNothrow();
  }

  void reportUse(const FunctionAnalysis &Function, const UncheckedUse &U) {
    const PlaceTable &Places = Function.places();
    std::string What = quoted(Places, U.Use->Place, "the upgraded handle") +
                       " may be empty here: its object can be gone";
    if (U.Use->Via.Callee)
      What = "this call uses " +
             quoted(Places, U.Use->Place, "the upgraded handle") +
             ", which may be empty";
    SourceLocation At = U.Use->At->getBeginLoc();
    if (isWrittenIn(U.Use->At, U.Use->Via))
      At = U.Use->Via.EntryLoc;
    Violation V(At, What);
    V.note(U.Upgrade->At->getBeginLoc(),
           Places.isPrecise(U.Upgrade->Value)
               ? "upgraded from '" + Places.name(U.Upgrade->Value) + "' here"
               : "upgraded here");
    V.note(insideCallee(U.Upgrade->Via), "upgraded here, inside the callee");
    V.note(insideCallee(U.Use->Via), "used here, inside the callee");
    V.Fixes = checkUpgrade(Function.facts(), Places, *U.Upgrade, *U.Use);
    report(V);
  }
};

} // namespace

std::unique_ptr<BorrowCheck>
makeUncheckedUpgradeCheck(StringRef Name, tidy::ClangTidyContext *Context) {
  return std::make_unique<UncheckedUpgradeCheck>(Name, Context);
}

} // namespace borrow
