//===- Summary.h - What a call does to its caller's places ------*- C++ -*-===//
//
// The part of a function's facts that its callers can see, over its
// parameters, `this`, captured variables and globals. A caller replays them at
// the call (Expansion.h). Unknown code has no summary and does nothing.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_SUMMARY_SUMMARY_H
#define BORROW_SUMMARY_SUMMARY_H

#include "Facts/Facts.h"

namespace borrow {

struct Summary {
  /// Loans that are taken and given back.
  llvm::SmallVector<Loan, 0> Touches;
  /// Loans of Second that are taken while First is kept. They exclude each
  /// other where a caller's arguments make both places one.
  struct Nested {
    Loan First, Second;
  };
  llvm::SmallVector<Nested, 0> Nesting;
  /// Loans that the returned object keeps.
  llvm::SmallVector<Loan, 0> Returned;

  /// Loans that outlive the call, with the storage that keeps them; an invalid
  /// keeper is a lock left locked by hand.
  struct LeftLoan {
    Loan Taken;
    PlaceId Keeper;
    Holder::HolderKind Kind = Holder::Storage;
  };
  llvm::SmallVector<LeftLoan, 0> Left;
  /// Loans of what the caller lent out, which a thread keeps.
  llvm::SmallVector<LeftLoan, 0> Captured;
  llvm::SmallVector<PlaceId, 1> Unlocked;
  /// What is certain of locks and guards once it returns.
  llvm::SmallVector<LockExit, 0> Locks;
  /// Does it unlock what a guard object, `this`, was keeping?
  /// Guards that it reaches and unlocks, or locks again.
  llvm::SmallVector<PlaceId, 1> Suspended, Resumed;
  bool SuspendsThis = false;
  bool ResumesThis = false;

  struct OuterEffect {
    Effect What;
    PlaceId Place;
    PlaceId Released;
    Inside Via;
    /// It releases a lock that the caller has taken, whatever its name there.
    bool OfCaller = false;
  };
  llvm::SmallVector<OuterEffect, 0> Effects;

  /// Handles that are used without a check.
  struct Use {
    PlaceId Handle;
    Inside Via;
  };
  llvm::SmallVector<Use, 0> Unchecked;
  /// Where the returned handle was upgraded, if nobody has checked it.
  Inside ReturnsUpgrade;
  bool ReturnsUnchecked = false;
  Emptiness ReturnsWhy = Emptiness::Upgrade;

  /// The result, a bool, is the test of Place (invalid: not known to be).
  Literal ReturnsTest;
  /// Handles that are certainly present once it returns.
  llvm::SmallVector<PlaceId, 1> PresentAfter;
  /// Handles that are certainly present if the result is true, or false.
  llvm::SmallVector<PlaceId, 1> PresentIfTrue, PresentIfFalse;

  /// Guards that were given by reference and no longer keep their locks.
  llvm::SmallVector<PlaceId, 1> Ended;

  /// A function parameter that is called, and the loans kept meanwhile.
  struct Invocation {
    unsigned Parameter;
    llvm::SmallVector<Loan, 0> While;
    /// What it is called with; invalid where the caller can't name it.
    llvm::SmallVector<PlaceId, 2> Arguments;
    /// Is it a closure whose body is known there, so that the loans and
    /// effects of this summary are also those of the closure?
    bool IsKnown = false;
  };
  llvm::SmallVector<Invocation, 0> Invokes;

  /// A function parameter that another thread runs, and who keeps the thread:
  /// the result, a storage place, or nobody.
  struct SpawnedParameter {
    unsigned Parameter;
    Holder::HolderKind Keeper;
    PlaceId Place;
  };
  llvm::SmallVector<SpawnedParameter, 0> Spawns;
  /// Storage whose threads have ended; an invalid place stands for any.
  struct Join {
    PlaceId Place;
    bool OfHandle;
    /// Is the handle joined or detached whatever happens?
    bool Certain;
  };
  llvm::SmallVector<Join, 0> Joined;

  /// Threads that nobody waits for any more.
  llvm::SmallVector<PlaceId, 1> Escaped;

  /// Storage that keeps the object of a handle, or what a closure parameter
  /// keeps.
  struct Kept {
    PlaceId Slot, Handle;
    Inside Via;
  };
  llvm::SmallVector<Kept, 0> Keeps;

  /// Raw pointers, parameters or `this`, that get an owner on every path.
  struct Owned {
    PlaceId Pointer;
    Inside Via;
  };
  llvm::SmallVector<Owned, 0> Owns;

  llvm::SmallVector<PlaceId, 2> Assigned;

  /// Receivers that it receives from, whatever happens, until nothing comes any
  /// more.
  llvm::SmallVector<PlaceId, 1> Drains;

  /// Storage that is read or changed, for a function that threads run.
  struct SharedAccess {
    PlaceId Place;
    bool Changes;
    Circumstances How;
    Inside Via;
  };
  llvm::SmallVector<SharedAccess, 0> Accesses;
  /// Does it wait for another thread, or make known what was done?
  bool Waits = false;
  bool Publishes = false;
};

} // namespace borrow

#endif // BORROW_SUMMARY_SUMMARY_H
