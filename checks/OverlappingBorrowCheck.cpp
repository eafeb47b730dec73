//===- OverlappingBorrowCheck.cpp - Two borrows that exclude each other ---===//

#include "BorrowCheck.h"
#include "clang/AST/DeclCXX.h"

using namespace clang;

namespace borrow {
namespace {

class OverlappingBorrowCheck final : public BorrowCheck {
public:
  using BorrowCheck::BorrowCheck;

  void checkFunction(const FunctionAnalysis &Function) override {
    for (const Overlap &O : Function.overlaps())
      if (Function.facts().loan(O.First).Kind != LoanKind::Lock)
        reportOverlap(Function, O);
  }

private:
  static std::string action(const Loan &L) {
    if (L.Kind == LoanKind::Data)
      return L.How == Access::Mut ? "lock" : "shared lock";
    return L.How == Access::Mut ? "mutable borrow" : "shared borrow";
  }

  static std::string state(const Loan &L) {
    if (L.Kind == LoanKind::Data)
      return L.How == Access::Mut ? "locked" : "locked for reading";
    return L.How == Access::Mut ? "mutably borrowed" : "borrowed";
  }

  void reportOverlap(const FunctionAnalysis &Function, const Overlap &O) {
    const FunctionFacts &Facts = Function.facts();
    const PlaceTable &Places = Function.places();
    const Loan &First = Facts.loan(O.First), &Second = O.Second;
    std::string What = action(Second) + " of " +
                       quoted(Places, Second.Place, "this cell") +
                       " while it is already " + state(First);
    // What a closure of this very call does is reported where it does it.
    bool InClosure = isWrittenIn(Second.At, Second.Via);
    bool InCallee = Second.Via.Callee &&
                    !(InClosure && Second.Via.Callee == Second.Via.Entry);
    if (InCallee)
      What = "this call makes a " + What;
    Violation V(InClosure ? Second.Via.EntryLoc : Second.At->getExprLoc(),
                What);
    bool Repeated = First.At == Second.At && First.Via.Loc == Second.Via.Loc;
    V.noteLoan(Facts, Places, First, O.Keeper,
               Repeated ? "first taken here, in an earlier round"
                        : "first taken here");
    if (First.At == Second.At && !Repeated)
      V.note(insideCallee(First.Via), "taken first here, inside the callee");
    if (InClosure)
      V.note(Second.At->getExprLoc(), "the closure is called here");
    if (InCallee)
      V.note(insideCallee(Second.Via), "taken again here, inside the callee");
    report(V);
  }
};

} // namespace

std::unique_ptr<BorrowCheck>
makeOverlappingBorrowCheck(StringRef Name, tidy::ClangTidyContext *Context) {
  return std::make_unique<OverlappingBorrowCheck>(Name, Context);
}

} // namespace borrow
