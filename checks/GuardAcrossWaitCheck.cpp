//===- GuardAcrossWaitCheck.cpp - a thread waits for another one while it holds
// a lock ---===//

#include "BorrowCheck.h"
#include "clang/AST/Expr.h"

using namespace clang;

namespace borrow {
namespace {

class GuardAcrossWaitCheck final : public BorrowCheck {
public:
  using BorrowCheck::BorrowCheck;

  void checkFunction(const FunctionAnalysis &Function) override {
    for (const HeldAcross &H : Function.heldAcross())
      // A cell belongs to one thread, so nobody else waits for it.
      if (Function.facts().loan(H.Loan).Kind != LoanKind::Borrow)
        reportWaiting(Function, H);
    for (const Fact *Wait : Function.untestedWaits())
      report(Violation(cast<Expr>(Wait->At)->getExprLoc(),
                       "this wait may end without a reason, and nothing is "
                       "tested after it"));
  }

private:
  void reportWaiting(const FunctionAnalysis &Function, const HeldAcross &H) {
    const PlaceTable &Places = Function.places();
    const Fact &E = *H.Effect;
    std::string Doing, Does;
    switch (E.Effect) {
    case Effect::Join:
      Does = quoted(Places, E.Place, "a thread");
      Doing = "joining " + Does;
      Does = "joins " + Does;
      break;
    case Effect::Wait:
    case Effect::CondWait:
      Does = quoted(Places, E.Place, "another thread");
      Doing = "waiting for " + Does;
      Does = "waits for " + Does;
      break;
    case Effect::Sleep:
      Doing = "sleeping";
      Does = "sleeps";
      break;
    default:
      return;
    }
    Violation V = heldAcross(Function, H, Doing, Does);
    V.note(insideCallee(E.Via), "waits here, inside the callee");
    report(V);
  }
};

} // namespace

std::unique_ptr<BorrowCheck>
makeGuardAcrossWaitCheck(StringRef Name, tidy::ClangTidyContext *Context) {
  return std::make_unique<GuardAcrossWaitCheck>(Name, Context);
}

} // namespace borrow
