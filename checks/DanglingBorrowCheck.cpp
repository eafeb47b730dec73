//===- DanglingBorrowCheck.cpp - References that outlive their guard ------===//

#include "BorrowCheck.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"

using namespace clang;

namespace borrow {
namespace {

class DanglingBorrowCheck final : public BorrowCheck {
public:
  using BorrowCheck::BorrowCheck;

  void checkFunction(const FunctionAnalysis &Function) override {
    for (const DanglingUse &D : Function.danglingUses())
      if (D.ByHand)
        reportAfterRelease(Function, D);
      else
        reportOutliving(Function, D);
    for (const ExposedMember &E : Function.exposedMembers())
      reportExposed(Function, E);
  }

private:
  /// What was bound, in words.
  static std::string subject(const FunctionAnalysis &Function,
                             const DanglingUse &D) {
    const PlaceTable &Places = Function.places();
    if (Places[Places.root(D.Refer->Place)].Kind == Step::Result)
      return "what is returned here";
    const VarDecl *Var = Places.rootVariable(D.Refer->Place);
    if (Var && Var->isImplicit())
      return "the range of this loop";
    if (Var && Var->getDeclName().isEmpty())
      return "this binding";
    return quoted(Places, D.Refer->Place, "this reference");
  }

  static std::string lock(const FunctionAnalysis &Function,
                          const DanglingUse &D) {
    return "the lock on " +
           quoted(Function.places(), Function.facts().loan(D.Lock).Place,
                  "its mutex") +
           ", under which it was read";
  }

  void reportOutliving(const FunctionAnalysis &Function, const DanglingUse &D) {
    const FunctionFacts &Facts = Function.facts();
    bool Named = D.Guard && Facts.holder(D.Guard).Kind == Holder::Storage;
    std::string From = D.Guard ? "the temporary that it was read from"
                               : "the call that lent it";
    if (Named)
      From = describe(Facts, Function.places(), D.Guard) +
             ", which it was read from";
    if (D.Lock)
      From = lock(Function, D);
    Violation V(D.Refer->At->getBeginLoc(),
                subject(Function, D) + " outlives " + From);
    if (Named)
      V.note(location(Facts, Function.places(), D.Guard),
             describe(Facts, Function.places(), D.Guard) +
                 " ends with its scope");
    if (D.Use)
      V.note(D.Use->At->getBeginLoc(), "used here");
    report(V);
  }

  void reportAfterRelease(const FunctionAnalysis &Function,
                          const DanglingUse &D) {
    // It may have been moved into the call that ended it.
    HolderId Lender = D.Refer->To ? D.Refer->To : D.Guard;
    std::string From =
        D.Lock ? lock(Function, D)
               : describe(Function.facts(), Function.places(), Lender) +
                     ", which it was read from";
    Violation V(D.Use->At->getBeginLoc(), subject(Function, D) +
                                              " is used after " + From +
                                              ", was released");
    V.note(D.Refer->At->getBeginLoc(), "read here");
    report(V);
  }

  void reportExposed(const FunctionAnalysis &Function, const ExposedMember &E) {
    const FunctionFacts &Facts = Function.facts();
    const PlaceTable &Places = Function.places();
    Violation V(
        E.Return->At->getBeginLoc(),
        "a reference to " + quoted(Places, E.Return->Place, "a member") +
            " outlives the lock " + describe(Facts, Places, E.Keeper) + " on " +
            quoted(Places, Facts.loan(E.Lock).Place, "its mutex"));
    V.note(Facts.loan(E.Lock).At->getExprLoc(), "locked here");
    report(V);
  }
};

} // namespace

std::unique_ptr<BorrowCheck>
makeDanglingBorrowCheck(StringRef Name, tidy::ClangTidyContext *Context) {
  return std::make_unique<DanglingBorrowCheck>(Name, Context);
}

} // namespace borrow
