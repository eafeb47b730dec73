//===- UnguardedAccessCheck.cpp - Shared data touched without its lock ----===//

#include "BorrowCheck.h"
#include "clang/AST/Stmt.h"

using namespace clang;

namespace borrow {
namespace {

class UnguardedAccessCheck final : public BorrowCheck {
public:
  using BorrowCheck::BorrowCheck;

  void checkUnit(Session &Unit) override {
    const PlaceTable &Places = Unit.places();
    for (const UnguardedAccess &U : Unit.unguardedAccesses()) {
      auto Happens = [](const SharedAccess &A) {
        return A.Writes ? "written" : "read";
      };
      std::string Lock = quoted(Places, U.Lock, "the lock");
      std::string Data = quoted(Places, U.Access.Place, "shared data");
      Violation V(U.Access.At->getBeginLoc(),
                  Data + " is " + Happens(U.Access) + " without " + Lock);
      V.note(insideCallee(U.Access.Via),
             std::string(Happens(U.Access)) + " here, inside the callee");
      V.note(U.Guarded.At->getBeginLoc(), std::string(Happens(U.Guarded)) +
                                              " here while " + Lock +
                                              " is held");
      report(V);
    }
    for (const LostUpdate &U : Unit.lostUpdates())
      reportLost(Places, U);
  }

private:
  void reportLost(const PlaceTable &Places, const LostUpdate &U) {
    Violation V(U.Write->getBeginLoc(),
                quoted(Places, U.Data, "shared data") +
                    " is written from a value that may be old: " +
                    quoted(Places, U.Lock, "the lock") +
                    " was given back since it was read");
    V.note(insideCallee(U.WriteVia), "written here, inside the callee");
    V.note(U.Read->getBeginLoc(), "read here");
    V.note(insideCallee(U.ReadVia), "read here, inside the callee");
    report(V);
  }
};

} // namespace

std::unique_ptr<BorrowCheck>
makeUnguardedAccessCheck(StringRef Name, tidy::ClangTidyContext *Context) {
  return std::make_unique<UnguardedAccessCheck>(Name, Context);
}

} // namespace borrow
