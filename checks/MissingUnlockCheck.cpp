//===- MissingUnlockCheck.cpp - Locks left locked, or unlocked twice ------===//

#include "BorrowCheck.h"
#include "clang/AST/Stmt.h"

using namespace clang;

namespace borrow {
namespace {

class MissingUnlockCheck final : public BorrowCheck {
public:
  using BorrowCheck::BorrowCheck;

  void checkFunction(const FunctionAnalysis &Function) override {
    for (const LockLeak &L : Function.leaks())
      reportLeak(Function, L);
    for (const BadUnlock &U : Function.badUnlocks())
      reportUnlock(Function, U);
  }

private:
  static SourceLocation start(const Fact *F) {
    return F && F->At ? F->At->getBeginLoc() : SourceLocation();
  }

  /// The last of them before Loc, else the first of all.
  static SourceLocation nearest(ArrayRef<const Fact *> Facts,
                                SourceLocation Loc) {
    SourceLocation Last;
    for (const Fact *F : Facts)
      if (start(F) < Loc && (Last.isInvalid() || Last < start(F)))
        Last = start(F);
    return Last.isValid() || Facts.empty() ? Last : start(Facts.front());
  }

  void reportLeak(const FunctionAnalysis &Function, const LockLeak &L) {
    const PlaceTable &Places = Function.places();
    std::string Lock = quoted(Places, L.Lock, "a mutex");
    if (L.Abandoned) {
      report(Violation(L.Loc,
                       describe(Function.facts(), Places, L.Abandoned->Holder) +
                           " gives up " + Lock + " without unlocking it")
                 .note(nearest(L.Locks, L.Loc), "locked here"));
      return;
    }
    Violation V(L.Loc,
                Lock + (L.Thrown.Callee ? " stays locked if this call throws"
                                        : " stays locked on this path"));
    V.note(nearest(L.Locks, L.Loc), "locked here");
    if (L.Thrown.Callee)
      V.note(L.Thrown.Loc, "the exception is thrown here");
    for (const Fact *Unlock : L.Unlocks)
      if (L.Loc < start(Unlock)) {
        V.note(start(Unlock), "unlocked here on another path");
        break;
      }
    report(V);
  }

  void reportUnlock(const FunctionAnalysis &Function, const BadUnlock &U) {
    const PlaceTable &Places = Function.places();
    if (U.Guard) {
      Violation V(start(U.Unlock),
                  "unlocking " + quoted(Places, U.Unlock->Place, "a mutex") +
                      ", which " + describe(Function.facts(), Places, U.Guard) +
                      " unlocks once more");
      V.note(location(Function.facts(), Places, U.Guard), "locked here");
      report(V);
      return;
    }
    std::string What =
        U.Unlock->Place ? quoted(Places, U.Unlock->Place, "a mutex") +
                              ", which is not locked here"
                        : describe(Function.facts(), Places, U.Unlock->Holder) +
                              ", which holds no lock here";
    report(Violation(start(U.Unlock), "unlocking " + What)
               .note(start(U.Before), "not held from here on"));
  }
};

} // namespace

std::unique_ptr<BorrowCheck>
makeMissingUnlockCheck(StringRef Name, tidy::ClangTidyContext *Context) {
  return std::make_unique<MissingUnlockCheck>(Name, Context);
}

} // namespace borrow
