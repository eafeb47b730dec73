//===- ThreadAcrossThrowCheck.cpp - Calls that may leave a thread alone ---===//

#include "BorrowCheck.h"
#include "clang/AST/Expr.h"

using namespace clang;

namespace borrow {
namespace {

class ThreadAcrossThrowCheck final : public BorrowCheck {
public:
  using BorrowCheck::BorrowCheck;

  void checkFunction(const FunctionAnalysis &Function) override {
    const FunctionFacts &Facts = Function.facts();
    for (const Unjoined &U : Function.unjoinedIfThrown())
      report(Violation(U.Death->At->getBeginLoc(),
                       "this call may throw while the thread of " +
                           describe(Facts, Function.places(), U.Handle) +
                           " runs")
                 .note(Facts.loan(U.Thread).At->getExprLoc(), "started here"));
  }
};

} // namespace

std::unique_ptr<BorrowCheck>
makeThreadAcrossThrowCheck(StringRef Name, tidy::ClangTidyContext *Context) {
  return std::make_unique<ThreadAcrossThrowCheck>(Name, Context);
}

} // namespace borrow
