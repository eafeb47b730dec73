//===- StrongCycleCheck.cpp - Objects that keep each other alive ----------===//

#include "BorrowCheck.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/DenseSet.h"

using namespace clang;

namespace borrow {
namespace {

class StrongCycleCheck final : public BorrowCheck {
public:
  using BorrowCheck::BorrowCheck;

  void checkUnit(Session &Unit) override {
    llvm::DenseSet<SourceLocation> Reported;
    for (const StrongCycle &C : Unit.cycles())
      if (Reported.insert(C.Closing->At->getBeginLoc()).second)
        reportCycle(C);
  }

private:
  void reportCycle(const StrongCycle &C) {
    const PlaceTable &Places = C.In->places();
    const Fact &F = *C.Closing;
    std::string What =
        quoted(Places, F.Place, "this storage") + " keeps " +
        quoted(Places, F.Value, "the object") +
        " alive, which keeps it alive itself: neither is ever destroyed";
    Violation V(F.At->getBeginLoc(), What);
    V.note(insideCallee(F.Via), "stored here, inside the callee");
    for (const Fact *E : C.Others) {
      std::string Value = quoted(Places, E->Value, "an object");
      std::string Place = quoted(Places, E->Place, "its storage");
      V.note(E->At->getBeginLoc(),
             E->Kind == FactKind::Keep
                 ? Value + " is kept by " + Place + " here"
                 : Place + " refers to " + Value + " here");
      V.note(insideCallee(E->Via), "stored here, inside the callee");
    }
    report(V);
  }
};

} // namespace

std::unique_ptr<BorrowCheck>
makeStrongCycleCheck(StringRef Name, tidy::ClangTidyContext *Context) {
  return std::make_unique<StrongCycleCheck>(Name, Context);
}

} // namespace borrow
