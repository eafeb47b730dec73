//===- LockOrderCheck.cpp - Two orders of the same two locks --------------===//

#include "BorrowCheck.h"
#include "clang/AST/Expr.h"

using namespace clang;

namespace borrow {
namespace {

class LockOrderCheck final : public BorrowCheck {
public:
  using BorrowCheck::BorrowCheck;

  void checkUnit(Session &Unit) override {
    for (const Inversion &I : Unit.lockInversions())
      reportInversion(I);
    for (const SwappedLocks &S : Unit.swappedLocks())
      reportSwapped(S);
  }

private:
  static void addOrder(Violation &V, const OrderedLocks &Order,
                       const std::string &Where) {
    const FunctionFacts &Facts = Order.Function->facts();
    const PlaceTable &Places = Order.Function->places();
    const Loan &First = Facts.loan(Order.Locks->First);
    V.note(First.At->getExprLoc(),
           quoted(Places, First.Place, "a lock") + " is locked here" + Where);
  }

  void reportInversion(const Inversion &I) {
    const PlaceTable &Places = I.Later.Function->places();
    const Loan &First = I.Later.Function->facts().loan(I.Later.Locks->First);
    const Loan &Second = I.Later.Locks->Second;
    std::string What = quoted(Places, Second.Place, "a lock") +
                       " is locked while " +
                       quoted(Places, First.Place, "a lock") +
                       " is held, and elsewhere in the opposite order";
    Violation V(Second.At->getExprLoc(), What);
    addOrder(V, I.Later, "");
    V.note(insideCallee(Second.Via), "locked here, inside the callee");
    const Loan &Other = I.Earlier.Locks->Second;
    addOrder(V, I.Earlier, " in the opposite order");
    V.note(Other.At->getExprLoc(),
           "then " + quoted(Places, Other.Place, "a lock") + " here");
    V.note(insideCallee(Other.Via), "locked here, inside the callee");
    report(V);
  }

  void reportSwapped(const SwappedLocks &S) {
    const PlaceTable &Places = S.Locks.Function->places();
    const Loan &First = S.Locks.Function->facts().loan(S.Locks.Locks->First);
    const Loan &Second = S.Locks.Locks->Second;
    Violation V(Second.At->getExprLoc(),
                quoted(Places, Second.Place, "a lock") + " is locked while " +
                    quoted(Places, First.Place, "a lock") +
                    " is held, and this is called with the two objects both "
                    "ways round");
    addOrder(V, S.Locks, "");
    V.note(S.Call->getBeginLoc(), "called with two objects here");
    V.note(S.Swapped->getBeginLoc(), "called the other way round here");
    report(V);
  }
};

} // namespace

std::unique_ptr<BorrowCheck>
makeLockOrderCheck(StringRef Name, tidy::ClangTidyContext *Context) {
  return std::make_unique<LockOrderCheck>(Name, Context);
}

} // namespace borrow
