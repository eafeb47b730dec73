//===- GuardAcrossSuspendCheck.cpp - a suspension under a lock ------------===//

#include "BorrowCheck.h"

using namespace clang;

namespace borrow {
namespace {

class GuardAcrossSuspendCheck final : public BorrowCheck {
public:
  using BorrowCheck::BorrowCheck;

  void checkFunction(const FunctionAnalysis &Function) override {
    for (const HeldAcross &H : Function.heldAcross())
      if (H.Effect->Effect == Effect::Suspend)
        report(heldAcross(Function, H, "this coroutine may be suspended",
                          "suspends this coroutine"));
  }
};

} // namespace

std::unique_ptr<BorrowCheck>
makeGuardAcrossSuspendCheck(StringRef Name, tidy::ClangTidyContext *Context) {
  return std::make_unique<GuardAcrossSuspendCheck>(Name, Context);
}

} // namespace borrow
