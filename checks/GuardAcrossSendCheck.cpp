//===- GuardAcrossSendCheck.cpp - A lock held across a channel ------------===//

#include "BorrowCheck.h"
#include "Repair/Repair.h"
#include "clang/AST/Expr.h"

using namespace clang;

namespace borrow {
namespace {

class GuardAcrossSendCheck final : public BorrowCheck {
public:
  using BorrowCheck::BorrowCheck;

  void checkFunction(const FunctionAnalysis &Function) override {
    for (const HeldAcross &H : Function.heldAcross()) {
      bool Channel =
          H.Effect->Effect == Effect::Send || H.Effect->Effect == Effect::Recv;
      const Loan &Held = Function.facts().loan(H.Loan);
      // Reading a cell while its values are sent is ordinary.
      bool Reads = Held.Kind == LoanKind::Borrow && Held.How == Access::Shared;
      if (Channel && !Reads)
        reportHeld(Function, H);
    }
  }

private:
  void reportHeld(const FunctionAnalysis &Function, const HeldAcross &H) {
    const PlaceTable &Places = Function.places();
    const Fact &E = *H.Effect;
    bool Sends = E.Effect == Effect::Send;
    std::string Channel = quoted(Places, E.Place, "a channel");
    Violation V = heldAcross(
        Function, H, (Sends ? "sending on " : "receiving from ") + Channel,
        (Sends ? "sends on " : "receives from ") + Channel);
    V.note(insideCallee(E.Via), "waits here, inside the callee");
    if (Sends)
      V.Fixes =
          unlockBefore(Function.facts(), Places, vocabulary(), E, H.Keeper);
    report(V);
  }
};

} // namespace

std::unique_ptr<BorrowCheck>
makeGuardAcrossSendCheck(StringRef Name, tidy::ClangTidyContext *Context) {
  return std::make_unique<GuardAcrossSendCheck>(Name, Context);
}

} // namespace borrow
