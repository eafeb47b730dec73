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

#include "Facts/Facts.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace borrow {

/// Second is taken while Keeper still keeps First.
struct Overlap {
  LoanId First;
  HolderId Keeper;
  Loan Second;
};

/// Second is taken while Keeper still keeps First, another lock, and Others,
/// which lie over both.
struct NestedLock {
  LoanId First;
  HolderId Keeper;
  Loan Second;
  llvm::SmallVector<PlaceId, 2> Others;
};

/// A stored function object is called while Keeper keeps Loan.
struct CallbackUnderLoan {
  const Fact *Call;
  LoanId Loan;
  HolderId Keeper;
};

/// The effect happens while Keeper keeps Loan.
struct HeldAcross {
  const Fact *Effect;
  LoanId Loan;
  HolderId Keeper;
};

/// The thread that Keeper keeps may still run when the place of Capture dies:
/// at Death, or, for what belongs to `this`, at some time that nobody waits for
/// (no Death).
struct Outlived {
  LoanId Capture;
  HolderId Keeper;
  const Fact *Death;
};

/// Handle is destroyed or assigned at Death, where it may keep Thread running.
struct Unjoined {
  LoanId Thread;
  HolderId Handle;
  const Fact *Death;
};

/// Handle is joined or detached again: Second after First.
struct Rejoined {
  LoanId First, Second;
  HolderId Handle;
};

/// Use fails if the result of Upgrade is empty.
struct UncheckedUse {
  const Fact *Use;
  const Fact *Upgrade;
};

/// Second makes an owner of what First has made an owner of; without First, of
/// what the place of its pointer owns.
struct DoubleOwner {
  const Fact *Second;
  const Fact *First;
};

/// Use reads what Gift has moved away.
struct UseAfterGift {
  const Fact *Use;
  const Fact *Gift;
};

/// The thread that Thread is lent to, and what else does Second, use the same
/// storage at once, and one of them changes it. Second is an Access of the
/// function itself, the Issue of a loan to another thread, or the end of a
/// local to which a pointer was sent.
struct Race {
  LoanId Thread;
  const Fact *Second;
};

/// Lock, taken by hand, is certainly still held where control leaves at Loc,
/// and would be unlocked on another way: Unlocks. By a jump, by an exception
/// that a callee throws (Thrown), or because a guard gives it up (Abandoned).
struct LockLeak {
  PlaceId Lock;
  clang::SourceLocation Loc;
  llvm::SmallVector<const Fact *, 2> Locks, Unlocks;
  Inside Thrown;
  const Fact *Abandoned = nullptr;
};

/// Unlock gives back what is certainly not held since Before: a lock, or what
/// a guard keeps. With a Guard as well, that one unlocks it once more.
struct BadUnlock {
  const Fact *Unlock;
  const Fact *Before;
  HolderId Guard;
};

/// Lock is unlocked or adopted by a function that has not locked it. With By,
/// that function leaves it unlocked: it counts if By unlocks what others lock.
struct ForeignUnlock {
  PlaceId Lock;
  const clang::FunctionDecl *By;
};

/// Again locks by a guard that keeps its lock since Before.
struct Relock {
  const Fact *Again;
  const Fact *Before;
};

/// The lock Loan is taken by a temporary of the statement At, and ends with it.
struct Discarded {
  const Fact *At;
  LoanId Loan;
};

/// At is a Receive, a Drain or the Join of a thread that drains: nothing comes
/// any more, or nothing at all, but Sender still lives.
struct EndlessReceive {
  const Fact *At;
  PlaceId Sender;
  bool NothingSent;
};

/// What Refer has bound refers to what Guard keeps no more: at Use, or, without
/// one, when the function has returned it or left it in storage of others. No
/// Guard: a call had given it back already.
struct DanglingUse {
  const Fact *Refer;
  const Fact *Use;
  HolderId Guard;
  bool ByHand; ///< Was the guard released before its scope ended?
};

/// A reference to a guarded member leaves by Return, while Keeper still keeps
/// Lock.
struct ExposedMember {
  const Fact *Return;
  LoanId Lock;
  HolderId Keeper;
};

/// Created by Session, once per function.
class FunctionAnalysis {
public:
  FunctionAnalysis(const FunctionFacts &Facts, const PlaceTable &Places);

  const FunctionFacts &facts() const { return Facts; }
  const PlaceTable &places() const { return Places; }

  llvm::ArrayRef<Overlap> overlaps() const { return Overlaps; }
  llvm::ArrayRef<NestedLock> nestedLocks() const { return Nested; }
  llvm::ArrayRef<CallbackUnderLoan> callbacks() const { return Callbacks; }
  /// An overlap that only the whole translation unit shows.
  void add(Overlap O) { Overlaps.push_back(std::move(O)); }
  llvm::ArrayRef<HeldAcross> heldAcross() const { return Held; }
  /// Waits on a condition variable with a lock of the function's own that may
  /// end without a reason (a spurious wakeup, a signal that came too early),
  /// where nothing is tested before the lock ends.
  llvm::SmallVector<const Fact *, 1> untestedWaits() const;
  llvm::ArrayRef<Outlived> outlived() const { return Outliving; }
  llvm::ArrayRef<Unjoined> unjoined() const { return Threads; }
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
  void analyseReceives();
  void analyseDangling();
  void analyseExposure();

  const FunctionFacts &Facts;
  const PlaceTable &Places;
  std::vector<Overlap> Overlaps;
  std::vector<NestedLock> Nested;
  std::vector<CallbackUnderLoan> Callbacks;
  std::vector<HeldAcross> Held;
  std::vector<Outlived> Outliving;
  std::vector<Unjoined> Threads;
  std::vector<Rejoined> Joins;
  std::vector<UncheckedUse> Unchecked;
  std::vector<DoubleOwner> Doubles;
  std::vector<UseAfterGift> AfterGift;
  std::vector<Discarded> Discards;
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
