//===- UseAfterSendCheck.cpp - Values used after they were given away -----===//

#include "BorrowCheck.h"
#include "clang/AST/Stmt.h"

using namespace clang;

namespace borrow {
namespace {

class UseAfterSendCheck final : public BorrowCheck {
public:
  using BorrowCheck::BorrowCheck;

  void checkFunction(const FunctionAnalysis &Function) override {
    const PlaceTable &Places = Function.places();
    for (const UseAfterGift &U : Function.usesAfterGift()) {
      std::string What = quoted(Places, U.Gift->Place, "this value");
      Violation V(U.Use->At->getBeginLoc(),
                  What + " is used after it was moved away");
      V.note(U.Gift->At->getBeginLoc(), "moved here");
      report(V);
    }
    for (const Fact *F : Function.all(FactKind::Lose))
      report(Violation(F->At->getBeginLoc(),
                       "nobody receives what is sent on " +
                           quoted(Places, F->Place, "this channel") +
                           ": its only receiver is gone"));
  }
};

} // namespace

std::unique_ptr<BorrowCheck>
makeUseAfterSendCheck(StringRef Name, tidy::ClangTidyContext *Context) {
  return std::make_unique<UseAfterSendCheck>(Name, Context);
}

} // namespace borrow
