//===- UncheckedResultCheck.cpp - Tries that nobody asks for success ------===//

#include "BorrowCheck.h"
#include "clang/AST/Stmt.h"

using namespace clang;

namespace borrow {
namespace {

class UncheckedResultCheck final : public BorrowCheck {
public:
  using BorrowCheck::BorrowCheck;

  void checkFunction(const FunctionAnalysis &Function) override {
    const PlaceTable &Places = Function.places();
    for (const UncheckedUse &U : Function.uncheckedUses())
      if (U.Upgrade->Why != Emptiness::Upgrade)
        reportUse(Places, U);
    for (const Fact *F : Function.all(FactKind::Ignore))
      if (!F->Truth || F->Strict)
        report(Violation(F->At->getBeginLoc(),
                         "nobody asks whether this succeeded: " +
                             failure(Places, *F)));
  }

private:
  static std::string failure(const PlaceTable &Places, const Fact &F) {
    if (F.Truth)
      return quoted(Places, F.Place, "the channel") + " may be closed";
    if (F.Why == Emptiness::Recv)
      return quoted(Places, F.Place, "the channel") + " may be empty";
    return quoted(Places, F.Place, "the lock") + " may be locked";
  }

  void reportUse(const PlaceTable &Places, const UncheckedUse &U) {
    bool Tried = U.Upgrade->Why == Emptiness::Try;
    SourceLocation At = U.Use->At->getBeginLoc();
    if (isWrittenIn(U.Use->At, U.Use->Via))
      At = U.Use->Via.EntryLoc;
    Violation V(At, quoted(Places, U.Use->Place, "this result") +
                        (Tried ? " may be empty here: the try can fail"
                               : " may be empty here: the channel can be empty "
                                 "or closed"));
    V.note(U.Upgrade->At->getBeginLoc(),
           Tried ? "tried here" : "received here");
    V.note(insideCallee(U.Upgrade->Via), "made here, inside the callee");
    V.note(insideCallee(U.Use->Via), "used here, inside the callee");
    report(V);
  }
};

} // namespace

std::unique_ptr<BorrowCheck>
makeUncheckedResultCheck(StringRef Name, tidy::ClangTidyContext *Context) {
  return std::make_unique<UncheckedResultCheck>(Name, Context);
}

} // namespace borrow
