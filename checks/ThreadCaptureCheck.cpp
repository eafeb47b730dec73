//===- ThreadCaptureCheck.cpp - Closures that outlive what they refer to --===//

#include "BorrowCheck.h"
#include "Repair/Repair.h"
#include "clang/AST/Decl.h"

using namespace clang;

namespace borrow {
namespace {

class ThreadCaptureCheck final : public BorrowCheck {
public:
  using BorrowCheck::BorrowCheck;

  void checkFunction(const FunctionAnalysis &Function) override {
    for (const Outlived &O : Function.outlived())
      reportOutlived(Function, O);
  }

private:
  void reportOutlived(const FunctionAnalysis &Function, const Outlived &O) {
    const PlaceTable &Places = Function.places();
    const Loan &Capture = Function.facts().loan(O.Capture);
    std::string What = quoted(Places, Capture.Place, "an object");
    if (!O.Death)
      What = "'*this'";
    Violation V(Capture.At->getExprLoc(), "this thread may outlive " + What +
                                              ", which its closure refers to");
    if (const VarDecl *Var = Places.rootVariable(Capture.Place))
      V.note(Var->getLocation(), What + " ends with its scope");
    V.note(location(Function.facts(), Places, O.Keeper),
           "the thread is kept by " +
               describe(Function.facts(), Places, O.Keeper));
    V.Fixes = captureByValue(Function.facts(), Places, vocabulary(), Capture);
    report(V);
  }
};

} // namespace

std::unique_ptr<BorrowCheck>
makeThreadCaptureCheck(StringRef Name, tidy::ClangTidyContext *Context) {
  return std::make_unique<ThreadCaptureCheck>(Name, Context);
}

} // namespace borrow
