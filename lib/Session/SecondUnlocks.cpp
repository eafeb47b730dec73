//===- SecondUnlocks.cpp - Unlocks that another one leads to --------------===//
//
// Where ways with and without a lock meet, nothing is certain of it. But if
// every way on from an unlock comes to a second one before the lock is taken
// again, that one unlocks what is not locked.
//
//   if (k) {
//     g.unlock();        // from here every way comes to the next unlock
//     reject();
//   }
//   g.unlock();          // reported
//
//===----------------------------------------------------------------------===//

#include "Session/FunctionAnalysis.h"
#include "clang/AST/Stmt.h"
#include "llvm/ADT/BitVector.h"

namespace borrow {
namespace {

/// Follows the ways from an unlock, by hand or by a guard, to what happens next
/// to the lock.
class AfterUnlock {
public:
  AfterUnlock(const FunctionFacts &Facts, const PlaceTable &Places,
              const Fact &First)
      : Facts(Facts), Places(Places), First(First), Seen(Facts.Blocks.size()) {}

  /// The only thing that comes next, if it is an unlock; else null.
  const Fact *next(BlockId From) {
    if (!follow(&First + 1, From))
      return nullptr;
    while (!Queue.empty()) {
      BlockId B = Queue.pop_back_val();
      if (!follow(Facts.block(B).Facts.begin(), B))
        return nullptr;
    }
    return Second;
  }

private:
  bool follow(const Fact *From, BlockId In) {
    const Block &B = Facts.block(In);
    for (const Fact *F = From; F != B.Facts.end(); ++F) {
      if (!concerns(*F))
        continue;
      bool Again = F->Kind == First.Kind && F->Strict && !F->Via.Callee &&
                   (!Second || Second == F);
      Second = F;
      return Again;
    }
    if (In == Facts.Exit || B.IsDeadEnd)
      return false;
    for (const Edge &E : B.Successors)
      if (E.LeavesTry == ~0u && !Seen.test(E.To.index())) {
        Seen.set(E.To.index());
        Queue.push_back(E.To);
      }
    return true;
  }

  bool concerns(const Fact &F) const {
    if (First.Kind == FactKind::Suspend)
      return F.Holder == First.Holder || F.To == First.Holder ||
             (F.Kind == FactKind::Call &&
              llvm::any_of(
                  Facts.Calls[F.Call].Arguments,
                  [&](const Argument &A) { return A.Source == First.Holder; }));
    switch (F.Kind) {
    case FactKind::Issue:
      return Facts.loan(F.Loan).Place == First.Place;
    case FactKind::Call:
      return !F.Truth && mayReach(Facts.Calls[F.Call]);
    case FactKind::Assign:
    case FactKind::Dies:
    case FactKind::SetFlag:
    case FactKind::Resume:
      return true;
    default:
      return F.Place == First.Place;
    }
  }

  /// Is the lock given to an unknown function, alone or with its object?
  bool mayReach(const CallSite &Site) const {
    auto Reaches = [&](PlaceId Given) {
      if (!Given)
        return false;
      PlaceId Object =
          Places[Given].Kind == Step::Address ? Places[Given].Parent : Given;
      return Places.isPrefix(Object, First.Place);
    };
    return Reaches(Site.Receiver) ||
           llvm::any_of(Site.Arguments,
                        [&](const Argument &A) { return Reaches(A.Place); });
  }

  const FunctionFacts &Facts;
  const PlaceTable &Places;
  const Fact &First;
  const Fact *Second = nullptr;
  llvm::SmallVector<BlockId, 8> Queue;
  llvm::BitVector Seen;
};

} // namespace

void FunctionAnalysis::addSecondUnlocks() {
  for (uint32_t I = 0; I < Facts.Blocks.size(); ++I)
    for (const Fact &F : Facts.Blocks[I].Facts) {
      bool Unlocks =
          (F.Kind == FactKind::Unlock && Places.isPrecise(F.Place)) ||
          F.Kind == FactKind::Suspend;
      if (!Unlocks || !F.Strict || F.Via.Callee)
        continue;
      const Fact *Second = AfterUnlock(Facts, Places, F).next(BlockId(I));
      bool Known = llvm::any_of(BadUnlocks, [&](const BadUnlock &U) {
        return Second && U.Unlock->At == Second->At;
      });
      if (Second && !Known)
        BadUnlocks.push_back({Second, &F, {}});
    }
}

} // namespace borrow
