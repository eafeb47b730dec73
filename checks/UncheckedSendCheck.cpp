//===- UncheckedSendCheck.cpp - Sends whose result is dropped -------------===//

#include "BorrowCheck.h"
#include "clang/AST/Stmt.h"

using namespace clang;

namespace borrow {
namespace {

class UncheckedSendCheck final : public BorrowCheck {
public:
  using BorrowCheck::BorrowCheck;

  void checkFunction(const FunctionAnalysis &Function) override {
    for (const Fact *F : Function.all(FactKind::Ignore))
      if (F->Truth && !F->Strict)
        report(
            Violation(F->At->getBeginLoc(),
                      "nobody asks whether this was sent: " +
                          quoted(Function.places(), F->Place, "the channel") +
                          " may be closed"));
  }
};

} // namespace

std::unique_ptr<BorrowCheck>
makeUncheckedSendCheck(StringRef Name, tidy::ClangTidyContext *Context) {
  return std::make_unique<UncheckedSendCheck>(Name, Context);
}

} // namespace borrow
