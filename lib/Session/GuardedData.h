//===- GuardedData.h - Which lock guards which data -------------*- C++ -*-===//
//
// Infers from a whole unit which lock guards a member or variable: the one that
// most functions hold when they touch it, if one of them writes it. What others
// do without that lock is a finding. The idea is Engler's ("Bugs as deviant
// behavior", SOSP 2001), that of lock sets Eraser's; counting by the functions
// at which threads enter the code is Infer RacerD's.
//
// Worked example: `inc() { lock_guard l(m); ++n; }`, `reset() { lock_guard
// l(m); n = 0; }`, `get() { return n; }`. Two of the three functions that touch
// n hold m, and both write it: `get` is the odd one out.
//
// What a function does that only its callers reach (a private method, a lambda
// that is called, a function of the unit) is done by its callers, with the
// locks that they hold. Silent are: constructors, destructors, assignments;
// what is done before a thread starts or after it was joined; objects that a
// function owns itself; functions that say in their name or an attribute that
// the caller holds the lock.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_SESSION_GUARDEDDATA_H
#define BORROW_SESSION_GUARDEDDATA_H

#include "Session/SharedAccesses.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SmallPtrSet.h"
#include <optional>

namespace borrow {

/// Access touches what Guarded holds Lock for.
struct UnguardedAccess {
  SharedAccess Access, Guarded;
  PlaceId Lock;
};

/// Created by Session when all functions are analysed.
class GuardedData {
public:
  GuardedData(UnitContext &Unit,
              llvm::ArrayRef<std::unique_ptr<FunctionAnalysis>> Functions);

  std::vector<UnguardedAccess> unguarded();

  /// Who runs the functions.
  ThreadEntries &threads() { return Threads; }

private:
  using Function = const clang::FunctionDecl *;
  /// The steps of a lock: from the object of the data that it guards, or from a
  /// variable.
  using LockName = std::vector<std::pair<Step, const void *>>;
  /// An access with the function by which threads come to it.
  struct Entered {
    SharedAccess Access;
    Function By;
    bool IsEntry;
  };

  /// How the functions that touch one thing use one lock.
  struct Usage {
    llvm::ArrayRef<Entered> All;
    LockName Lock;
    llvm::SmallPtrSet<Function, 4> With, Without;
  };

  LockName name(PlaceId Lock, PlaceId Data) const;
  bool holds(const SharedAccess &A, const LockName &Lock) const;
  bool isUnclear(const SharedAccess &A) const;
  bool mayMeet(const Entered &A, const Entered &B) const;
  /// Of the lock that most functions hold, the first of several; nullopt for no
  /// lock.
  std::optional<Usage> usage(llvm::ArrayRef<Entered> All) const;
  bool isWithout(const Entered &E, const Usage &U) const;
  bool overruns(const Entered &E, const Usage &U) const;
  const Entered *guarded(const Entered &E, const Usage &U) const;
  bool isSole(const LockName &Lock) const;
  bool isOdd(const Entered &E, const Entered &Guarded, const Usage &U) const;
  void report(llvm::ArrayRef<Entered> All,
              std::vector<UnguardedAccess> &Found) const;

  UnitContext &Unit;
  PlaceTable &Places;
  ThreadEntries Threads;
  SharedAccesses Accesses;
  /// The data that is touched under a lock, by the last step of the lock.
  llvm::DenseMap<const void *, llvm::SmallPtrSet<const void *, 2>> GuardedBy;
};

} // namespace borrow

#endif // BORROW_SESSION_GUARDEDDATA_H
