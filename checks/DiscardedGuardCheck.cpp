//===- DiscardedGuardCheck.cpp - Guards that guard nothing ----------------===//

#include "BorrowCheck.h"
#include "Repair/Repair.h"

using namespace clang;

namespace borrow {
namespace {

class DiscardedGuardCheck final : public BorrowCheck {
public:
  using BorrowCheck::BorrowCheck;

  void checkFunction(const FunctionAnalysis &Function) override {
    const PlaceTable &Places = Function.places();
    const FunctionFacts &Facts = Function.facts();
    for (const Discarded &D : Function.discardedGuards()) {
      Violation V(D.At->At->getBeginLoc(),
                  quoted(Places, Facts.loan(D.Loan).Place, "the lock") +
                      " is locked and unlocked by this statement: nobody "
                      "keeps the guard");
      V.Fixes = nameGuard(Facts, D.At->At);
      report(V);
    }
    for (const CallbackUnderLoan &W : Function.workUnderReceiver())
      report(Violation(W.Call->At->getBeginLoc(),
                       quoted(Places, Facts.loan(W.Loan).Place, "a receiver") +
                           " stays locked while what came out of it is "
                           "worked on")
                 .noteLoan(Facts, Places, Facts.loan(W.Loan), W.Keeper,
                           "locked here"));
    for (const Fact *F : Function.all(FactKind::Idle)) {
      Violation V(F->At->getBeginLoc(), words(Places, *F));
      if (F->Idle == Idleness::Hides)
        V.Fixes = nameGuard(Facts, F->At);
      report(V);
    }
  }

private:
  static std::string words(const PlaceTable &Places, const Fact &F) {
    std::string Name = quoted(Places, F.Place, "this guard");
    switch (F.Idle) {
    case Idleness::Hides:
      return "this declares a new guard " + Name +
             " without a mutex, and doesn't lock " +
             quoted(Places, F.Value, "the mutex");
    case Idleness::Deferred:
      return Name + " never locks " + quoted(Places, F.Value, "its mutex");
    case Idleness::Private:
      return "each call of the function has a mutex " + Name + " of its own";
    }
    llvm_unreachable("not a reason");
  }
};

} // namespace

std::unique_ptr<BorrowCheck>
makeDiscardedGuardCheck(StringRef Name, tidy::ClangTidyContext *Context) {
  return std::make_unique<DiscardedGuardCheck>(Name, Context);
}

} // namespace borrow
