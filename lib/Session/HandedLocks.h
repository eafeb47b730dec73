//===- HandedLocks.h - Locks that are left locked on purpose ----*- C++ -*-===//
//
// `bool tryEnter() { m.lock(); if (full) { m.unlock(); return false; } return
// true; }` leaves the lock to somebody else, who unlocks it without having
// locked it. Where any function of the unit does so, leaving that lock locked
// is no mistake. Locks are told apart by their member or variable alone: who
// unlocks may know the object by another name.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_SESSION_HANDEDLOCKS_H
#define BORROW_SESSION_HANDEDLOCKS_H

#include "Session/FunctionAnalysis.h"
#include <memory>
#include <vector>

namespace borrow {

/// Forgets the leaks of locks that other functions unlock. A function that the
/// leaking one itself calls to unlock does not count.
void forgetHandedLocks(
    std::vector<std::unique_ptr<FunctionAnalysis>> &Functions);

} // namespace borrow

#endif // BORROW_SESSION_HANDEDLOCKS_H
