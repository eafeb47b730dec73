//===- SharedMutationCheck.cpp - Data that two threads use at once --------===//

#include "BorrowCheck.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/Expr.h"

using namespace clang;

namespace borrow {
namespace {

class SharedMutationCheck final : public BorrowCheck {
public:
  using BorrowCheck::BorrowCheck;

  void checkFunction(const FunctionAnalysis &Function) override {
    for (const Race &R : Function.races())
      reportRace(Function, R);
  }

  void checkUnit(Session &Unit) override {
    for (const MemberRace &R : Unit.memberRaces()) {
      bool Writes = R.Thread.How == Access::Mut;
      Violation V(R.Access->At->getBeginLoc(),
                  quoted(Unit.places(), R.Access->Place, "this object") +
                      " is " + does(R.Access->Truth) +
                      " while the thread of this object " +
                      (Writes ? "changes" : "reads") + " it");
      V.note(insideCallee(R.Access->Via), "used here, inside the callee");
      V.note(R.Thread.Via.Loc, "the thread uses it here");
      report(V);
    }
  }

private:
  /// Where the thread uses it: in its closure if that is written at its start.
  static SourceLocation inThread(const Loan &Used) {
    const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Used.Via.Entry);
    return Method && Method->getParent()->isLambda() ? Used.Via.EntryLoc
                                                     : Used.At->getExprLoc();
  }

  static std::string does(bool Changes) { return Changes ? "changed" : "read"; }

  void reportRace(const FunctionAnalysis &Function, const Race &R) {
    const PlaceTable &Places = Function.places();
    const Loan &First = Function.facts().loan(R.Thread);
    const PlaceTable::Node &Place = Places[First.Place];
    SourceLocation Start = First.At->getExprLoc();
    if (Place.Kind == Step::Free) {
      std::string Cell = quoted(Places, Place.Parent, "a cell");
      SourceLocation There = R.Second->At->getBeginLoc();
      // A handle's count changes where the thread ends, not in its function.
      bool IsCount = !First.Via.Callee;
      Violation V(closure(First),
                  (IsCount ? "the count of " : "the cell ") + Cell +
                      (IsCount ? " is changed" : " is borrowed") +
                      " by this thread, and by another at once");
      V.note(There, IsCount ? "changed by the other here"
                            : "borrowed by the other here");
      report(V);
      return;
    }
    std::string What = quoted(Places, First.Place, "this object");
    if (First.Kind == LoanKind::Sent)
      return reportSent(Function, R, What);
    if (R.Second->Kind == FactKind::Issue) {
      const Loan &Second = Function.facts().loan(R.Second->Loan);
      bool Changes = Second.How == Access::Mut;
      Violation V(inThread(Second),
                  What + " is " + does(Changes) +
                      " by this thread while another one " +
                      (First.How == Access::Mut ? "changes" : "reads") + " it");
      if (First.At != Second.At)
        V.note(inThread(First), "the other thread uses it here");
      else
        V.note(Start, "threads that do so are started here in a loop");
      report(V);
      return;
    }
    SourceLocation Here = R.Second->At->getBeginLoc();
    // The side that changes without a lock is the one to look at.
    bool AtThread = !R.Second->Truth && First.Use.Locks.empty();
    Violation V(AtThread ? inThread(First) : Here,
                What + " is " + does(AtThread || R.Second->Truth) +
                    (AtThread ? " by this thread while it is read outside"
                              : " while a running thread uses it"));
    V.note(AtThread ? Here : inThread(First),
           AtThread ? "read here" : "the thread uses it here");
    V.note(insideCallee(R.Second->Via), "used here, inside the callee");
    report(V);
  }

  void reportSent(const FunctionAnalysis &Function, const Race &R,
                  const std::string &What) {
    const Loan &Sent = Function.facts().loan(R.Thread);
    SourceLocation There = Sent.At->getExprLoc();
    if (R.Second->Kind == FactKind::Dies) {
      const VarDecl *Var = Function.places().rootVariable(Sent.Place);
      report(Violation(There, "a pointer to " + What +
                                  " is sent, which nobody waits for before " +
                                  What + " ends")
                 .note(Var->getLocation(), What + " ends with its scope"));
      return;
    }
    report(Violation(R.Second->At->getBeginLoc(),
                     What + " is changed after a pointer to it was sent")
               .note(There, "sent here")
               .note(insideCallee(R.Second->Via),
                     "changed here, inside the callee"));
  }

  /// The closure of a thread, or the start of the thread.
  static SourceLocation closure(const Loan &Used) {
    const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Used.Via.Entry);
    return Method && Method->getParent()->isLambda()
               ? Method->getParent()->getBeginLoc()
               : Used.At->getExprLoc();
  }
};

} // namespace

std::unique_ptr<BorrowCheck>
makeSharedMutationCheck(StringRef Name, tidy::ClangTidyContext *Context) {
  return std::make_unique<SharedMutationCheck>(Name, Context);
}

} // namespace borrow
