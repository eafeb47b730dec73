//===- FunctionAnalysis.h - The questions that checks ask -------*- C++ -*-===//
//
// What the analyses found in one function, as answers: which borrows overlap,
// what is held across a blocking call, which captures a thread may outlive,
// which upgrades are used unchecked. A finding is a candidate of the plain
// analysis that the path-sensitive one confirms.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_SESSION_FUNCTIONANALYSIS_H
#define BORROW_SESSION_FUNCTIONANALYSIS_H

#include "Session/Findings.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace borrow {

struct Held;

/// Created by Session, once per function.
class FunctionAnalysis {
public:
  FunctionAnalysis(const FunctionFacts &Facts, const PlaceTable &Places);

  const FunctionFacts &facts() const { return Facts; }
  const PlaceTable &places() const { return Places; }

  llvm::ArrayRef<Overlap> overlaps() const { return Overlaps; }
  llvm::ArrayRef<NestedLock> nestedLocks() const { return Nested; }
  llvm::ArrayRef<CallbackUnderLoan> callbacks() const { return Callbacks; }
  /// Calls of what was received through a guard of the receiver.
  llvm::ArrayRef<CallbackUnderLoan> workUnderReceiver() const { return Work; }
  /// A finding that only the whole translation unit shows.
  void add(Overlap O) { Overlaps.push_back(std::move(O)); }
  void add(EndlessReceive E) { Endless.push_back(E); }
  llvm::ArrayRef<HeldAcross> heldAcross() const { return Held; }
  /// Waits on a condition variable with a lock of the function's own that may
  /// end without a reason (a spurious wakeup, a signal that came too early),
  /// where nothing is tested before the lock ends.
  llvm::SmallVector<const Fact *, 1> untestedWaits() const;
  llvm::ArrayRef<Outlived> outlived() const { return Outliving; }
  llvm::ArrayRef<Unjoined> unjoined() const { return Threads; }
  /// The same at calls of unseen functions that may throw.
  llvm::ArrayRef<Unjoined> unjoinedIfThrown() const { return AtRisk; }
  llvm::ArrayRef<Rejoined> rejoined() const { return Joins; }
  /// May anything in the function join the threads of the handle?
  bool isJoinedSomewhere(HolderId Handle) const;
  llvm::ArrayRef<UncheckedUse> uncheckedUses() const { return Unchecked; }
  llvm::ArrayRef<DoubleOwner> doubleOwners() const { return Doubles; }
  llvm::ArrayRef<UseAfterGift> usesAfterGift() const { return AfterGift; }
  llvm::ArrayRef<Discarded> discardedGuards() const { return Discards; }
  llvm::ArrayRef<EndlessReceive> endlessReceives() const { return Endless; }
  llvm::ArrayRef<Race> races() const { return Races; }
  llvm::ArrayRef<LockLeak> leaks() const { return Leaks; }
  llvm::ArrayRef<BadUnlock> badUnlocks() const { return BadUnlocks; }
  llvm::ArrayRef<Relock> relocks() const { return Relocks; }
  llvm::ArrayRef<ForeignUnlock> foreignUnlocks() const {
    return ForeignUnlocks;
  }
  /// Forgets leaks that only the whole translation unit shows to be none.
  void forgetLeaks(llvm::function_ref<bool(const LockLeak &)> IsNone) {
    llvm::erase_if(Leaks, IsNone);
  }
  llvm::ArrayRef<DanglingUse> danglingUses() const { return Dangles; }
  llvm::ArrayRef<ExposedMember> exposedMembers() const { return Exposed; }
  /// Upgrades by construction (std::shared_ptr(weak)) that may throw.
  llvm::ArrayRef<const Fact *> throwingUpgrades() const { return Throwing; }
  /// Did an analysis stop early? Then there are no findings of its kind.
  bool ranOutOfBudget() const { return OutOfBudget; }
  /// All facts of a kind, in block order.
  llvm::SmallVector<const Fact *, 4> all(FactKind Kind) const;

private:
  void analyseLoans();
  bool mayJoin(const Fact &F, HolderId Handle) const;
  bool isCertain(const Unjoined &U) const;
  void analysePresence();
  void analyseOwners();
  void analyseGifts();
  void analyseRaces();
  void analyseLocks();
  void addSecondUnlocks();
  void analyseReceives();
  void analyseDangling();
  llvm::DenseMap<const Fact *, borrow::Held> analyseLent();

  const FunctionFacts &Facts;
  const PlaceTable &Places;
  std::vector<Overlap> Overlaps;
  std::vector<NestedLock> Nested;
  std::vector<CallbackUnderLoan> Callbacks;
  std::vector<HeldAcross> Held;
  std::vector<Outlived> Outliving;
  std::vector<Unjoined> Threads;
  std::vector<Unjoined> AtRisk;
  std::vector<Rejoined> Joins;
  std::vector<UncheckedUse> Unchecked;
  std::vector<DoubleOwner> Doubles;
  std::vector<UseAfterGift> AfterGift;
  std::vector<Discarded> Discards;
  std::vector<CallbackUnderLoan> Work;
  std::vector<EndlessReceive> Endless;
  std::vector<Race> Races;
  std::vector<DanglingUse> Dangles;
  std::vector<ExposedMember> Exposed;
  std::vector<const Fact *> Throwing;
  std::vector<LockLeak> Leaks;
  std::vector<BadUnlock> BadUnlocks;
  std::vector<Relock> Relocks;
  std::vector<ForeignUnlock> ForeignUnlocks;
  bool OutOfBudget = false;
};

} // namespace borrow

#endif // BORROW_SESSION_FUNCTIONANALYSIS_H
