//===- DetachedThreadCheck.cpp - Threads that are let go ------------------===//

#include "BorrowCheck.h"
#include "clang/AST/Expr.h"

using namespace clang;

namespace borrow {
namespace {

class DetachedThreadCheck final : public BorrowCheck {
public:
  using BorrowCheck::BorrowCheck;

  void checkFunction(const FunctionAnalysis &Function) override {
    for (const Fact *F : Function.all(FactKind::Escape))
      if (F->Truth && !F->Via.Callee)
        report(Violation(F->At->getBeginLoc(),
                         "this thread is detached: nobody can wait for it"));
  }
};

} // namespace

std::unique_ptr<BorrowCheck>
makeDetachedThreadCheck(StringRef Name, tidy::ClangTidyContext *Context) {
  return std::make_unique<DetachedThreadCheck>(Name, Context);
}

} // namespace borrow
