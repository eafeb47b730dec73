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
  }
};

} // namespace

std::unique_ptr<BorrowCheck>
makeUnguardedAccessCheck(StringRef Name, tidy::ClangTidyContext *Context) {
  return std::make_unique<UnguardedAccessCheck>(Name, Context);
}

} // namespace borrow
