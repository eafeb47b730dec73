//===- DoubleLockCheck.cpp - A mutex that this thread holds already -------===//

#include "BorrowCheck.h"
#include "clang/AST/Expr.h"

using namespace clang;

namespace borrow {
namespace {

class DoubleLockCheck final : public BorrowCheck {
public:
  using BorrowCheck::BorrowCheck;

  void checkFunction(const FunctionAnalysis &Function) override {
    for (const Overlap &O : Function.overlaps())
      if (Function.facts().loan(O.First).Kind == LoanKind::Lock &&
          !isLeft(Function, O))
        reportLock(Function, O);
    for (const Relock &R : Function.relocks())
      reportRelock(Function, R);
  }

private:
  /// A lock that a round of a loop leaves locked is the subject of
  /// borrow-missing-unlock.
  static bool isLeft(const FunctionAnalysis &Function, const Overlap &O) {
    const Loan &First = Function.facts().loan(O.First);
    return First.At == O.Second.At &&
           llvm::any_of(Function.leaks(), [&](const LockLeak &L) {
             return L.Lock == First.Place;
           });
  }

  void reportRelock(const FunctionAnalysis &Function, const Relock &R) {
    Violation V(
        R.Again->At->getBeginLoc(),
        "locking " +
            describe(Function.facts(), Function.places(), R.Again->Holder) +
            ", which holds its lock already");
    if (R.Before && R.Before->At)
      V.note(R.Before->At->getBeginLoc(), "first locked here");
    report(V);
  }

  static std::string holds(const Loan &First, const Loan &Second) {
    if (First.How == Access::Shared)
      return " for writing while this thread holds it for reading";
    if (Second.How == Access::Shared)
      return " for reading while this thread holds it";
    return ", which this thread holds already";
  }

  void reportLock(const FunctionAnalysis &Function, const Overlap &O) {
    const FunctionFacts &Facts = Function.facts();
    const PlaceTable &Places = Function.places();
    const Loan &First = Facts.loan(O.First), &Second = O.Second;
    // What a closure of this very call does is reported where it does it.
    bool InClosure = isWrittenIn(Second.At, Second.Via);
    bool InCallee = Second.Via.Callee &&
                    !(InClosure && Second.Via.Callee == Second.Via.Entry);
    Violation V(InClosure ? Second.Via.EntryLoc : Second.At->getExprLoc(),
                (InCallee ? "this call locks " : "locking ") +
                    quoted(Places, Second.Place, "a mutex") +
                    holds(First, Second));
    V.noteLoan(Facts, Places, First, O.Keeper,
               First.At == Second.At && !First.Via.Callee
                   ? "first locked here, in an earlier round"
                   : "first locked here");
    if (InClosure)
      V.note(Second.At->getExprLoc(), "the closure is called here");
    if (InCallee)
      V.note(insideCallee(Second.Via), "locked again here, inside the callee");
    report(V);
  }
};

} // namespace

std::unique_ptr<BorrowCheck>
makeDoubleLockCheck(StringRef Name, tidy::ClangTidyContext *Context) {
  return std::make_unique<DoubleLockCheck>(Name, Context);
}

} // namespace borrow
