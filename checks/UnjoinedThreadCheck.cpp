//===- UnjoinedThreadCheck.cpp - Threads that nobody waits for ------------===//

#include "BorrowCheck.h"
#include "clang/AST/Expr.h"
#include "clang/AST/Stmt.h"

using namespace clang;

namespace borrow {
namespace {

class UnjoinedThreadCheck final : public BorrowCheck {
public:
  using BorrowCheck::BorrowCheck;

  void checkFunction(const FunctionAnalysis &Function) override {
    for (const Unjoined &U : Function.unjoined())
      reportUnjoined(Function, U);
    for (const Rejoined &R : Function.rejoined())
      reportRejoined(Function, R);
  }

private:
  void reportUnjoined(const FunctionAnalysis &Function, const Unjoined &U) {
    const FunctionFacts &Facts = Function.facts();
    SourceLocation Start = Facts.loan(U.Thread).At->getExprLoc();
    if (Facts.holder(U.Handle).Kind == Holder::Temporary) {
      report(Violation(Start, "the handle of this thread is dropped at once"));
      return;
    }
    std::string Handle = describe(Facts, Function.places(), U.Handle);
    bool Thrown = U.Death->Kind == FactKind::Raise;
    bool AtEnd =
        !U.Death->At ||
        isa<ReturnStmt, BreakStmt, ContinueStmt, GotoStmt>(U.Death->At);
    if (AtEnd && !Function.isJoinedSomewhere(U.Handle)) {
      report(Violation(Start, "the thread of " + Handle +
                                  " is never joined or detached"));
      return;
    }
    if (!U.Death->At) {
      report(Violation(Start, "the thread of " + Handle +
                                  " is not joined on every path to the end of "
                                  "its scope"));
      return;
    }
    Violation V(U.Death->At->getBeginLoc(),
                "the thread of " + Handle +
                    (Thrown ? " still runs if this call throws"
                            : " may still run where its handle is dropped "
                              "here"));
    V.note(Start, "started here");
    if (Thrown)
      V.note(U.Death->Via.Loc, "the exception is thrown here");
    report(V);
  }

  void reportRejoined(const FunctionAnalysis &Function, const Rejoined &R) {
    const FunctionFacts &Facts = Function.facts();
    std::string Handle = describe(Facts, Function.places(), R.Handle);
    report(Violation(Facts.loan(R.Second).At->getExprLoc(),
                     Handle + " may have been joined or detached already")
               .note(Facts.loan(R.First).At->getExprLoc(), "here"));
  }
};

} // namespace

std::unique_ptr<BorrowCheck>
makeUnjoinedThreadCheck(StringRef Name, tidy::ClangTidyContext *Context) {
  return std::make_unique<UnjoinedThreadCheck>(Name, Context);
}

} // namespace borrow
