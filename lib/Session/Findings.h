//===- Findings.h - What the analyses find in a function --------*- C++ -*-===//
//
// One struct for each kind of finding: the facts, loans and holders that a
// check puts into words. Made by FunctionAnalysis, which says when they are
// true.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_SESSION_FINDINGS_H
#define BORROW_SESSION_FINDINGS_H

#include "Facts/Facts.h"

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
  LoanId Lock; ///< What a guard that only locks keeps.
};

/// A reference to a guarded member leaves by Return, while Keeper still keeps
/// Lock.
struct ExposedMember {
  const Fact *Return;
  LoanId Lock;
  HolderId Keeper;
};

} // namespace borrow

#endif // BORROW_SESSION_FINDINGS_H
