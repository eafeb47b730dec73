//===- GuardAcrossCallbackCheck.cpp - Code of others under a lock ---------===//

#include "BorrowCheck.h"

using namespace clang;

namespace borrow {
namespace {

class GuardAcrossCallbackCheck final : public BorrowCheck {
public:
  using BorrowCheck::BorrowCheck;

  void checkFunction(const FunctionAnalysis &Function) override {
    for (const HeldAcross &H : Function.heldAcross())
      if (H.Effect->Effect == Effect::Callback &&
          Function.facts().loan(H.Loan).Kind != LoanKind::Borrow)
        reportCalled(Function, H);
  }

private:
  void reportCalled(const FunctionAnalysis &Function, const HeldAcross &H) {
    std::string Code =
        quoted(Function.places(), H.Effect->Place, "a function object");
    Violation V =
        heldAcross(Function, H, "calling unknown code through " + Code,
                   "calls unknown code through " + Code);
    V.note(insideCallee(H.Effect->Via), "called here, inside the callee");
    report(V);
  }
};

} // namespace

std::unique_ptr<BorrowCheck>
makeGuardAcrossCallbackCheck(StringRef Name, tidy::ClangTidyContext *Context) {
  return std::make_unique<GuardAcrossCallbackCheck>(Name, Context);
}

} // namespace borrow
