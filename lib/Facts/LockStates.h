//===- LockStates.h - What may be known of a lock ---------------*- C++ -*-===//
//
// The states of a lock as sets, and how a function leaves one: the part of a
// summary that tells callers what is certain.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_FACTS_LOCKSTATES_H
#define BORROW_FACTS_LOCKSTATES_H

#include "Place/PlaceTable.h"

namespace borrow {

/// A set of states that a lock may be in; a guard has all but ByHand.
using LockStates = uint8_t;
constexpr LockStates Untouched = 1; ///< As it was when the function began.
constexpr LockStates ByHand = 2;    ///< Locked, and nobody's to unlock.
constexpr LockStates ByGuard = 4;   ///< Locked and kept by a guard.
constexpr LockStates Free = 8;      ///< Not locked.

/// How a function leaves the lock Place, or the guard Place.
struct LockExit {
  PlaceId Place;
  bool IsGuard = false;
  LockStates States = Untouched;
  /// The same by what it returns, a bool; both are States if that tells
  /// nothing.
  LockStates IfTrue = Untouched, IfFalse = Untouched;

  bool dependsOnResult() const { return IfTrue != IfFalse; }
};

} // namespace borrow

#endif // BORROW_FACTS_LOCKSTATES_H
