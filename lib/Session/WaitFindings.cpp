//===- WaitFindings.cpp - Waits that may end without a reason -------------===//

#include "Session/FunctionAnalysis.h"
#include "clang/AST/Decl.h"
#include "llvm/ADT/DenseSet.h"

namespace borrow {
namespace {

/// Follows the paths from a wait to the end of its lock.
class AfterWait {
public:
  AfterWait(const FunctionFacts &Facts, const Fact &Wait)
      : Facts(Facts), Wait(Wait) {}

  /// Does every path from the wait in From end the lock without a branch?
  bool isUntested(BlockId From) {
    const Block &B = Facts.block(From);
    const Fact *Next = &Wait + 1;
    return goesOn(B, Next, B.Facts.end());
  }

private:
  bool endsLock(const Fact &F) const {
    switch (F.Kind) {
    case FactKind::Drop:
    case FactKind::Suspend:
    case FactKind::Move:
      return Facts.holder(F.Holder).Kind == Holder::Storage &&
             Facts.holder(F.Holder).Place == Wait.Value;
    case FactKind::Unlock:
      return F.Place == Wait.Value;
    default:
      return false;
    }
  }

  bool goesOn(const Block &B, const Fact *From, const Fact *End) {
    for (; From != End; ++From) {
      if (endsLock(*From))
        return true;
      if (From->Kind == FactKind::Abandon)
        return false;
    }
    const Edge *Only = nullptr;
    for (const Edge &E : B.Successors) {
      if (E.LeavesTry != ~0u)
        continue;
      if (std::exchange(Only, &E))
        return false;
    }
    // A lock that is still held at the end belongs to the caller.
    if (!Only || !Seen.insert(Only->To.index()).second)
      return false;
    const Block &Next = Facts.block(Only->To);
    return goesOn(Next, Next.Facts.begin(), Next.Facts.end());
  }

  const FunctionFacts &Facts;
  const Fact &Wait;
  llvm::SmallDenseSet<uint32_t, 8> Seen;
};

} // namespace

llvm::SmallVector<const Fact *, 1> FunctionAnalysis::untestedWaits() const {
  // What the caller has locked may be tested by the caller.
  auto IsTaken = [&](PlaceId Lock) {
    return llvm::any_of(Facts.Loans, [&](const Loan &L) {
      return L.Kind == LoanKind::Lock && L.Place == Lock;
    });
  };
  llvm::SmallVector<const Fact *, 1> Result;
  for (uint32_t I = 0; I < Facts.Blocks.size(); ++I)
    for (const Fact &F : Facts.Blocks[I].Facts) {
      bool Waits = F.Kind == FactKind::Effect && F.Effect == Effect::CondWait &&
                   !F.Truth && F.Value && !F.Via.Callee;
      if (!Waits)
        continue;
      const clang::VarDecl *Lock = Places.rootVariable(F.Value);
      if (Lock && llvm::isa<clang::ParmVarDecl>(Lock) && !IsTaken(F.Value))
        continue;
      if (AfterWait(Facts, F).isUntested(BlockId(I)))
        Result.push_back(&F);
    }
  return Result;
}

} // namespace borrow
