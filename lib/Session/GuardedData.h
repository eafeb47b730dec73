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

#include "Facts/UnitContext.h"
#include "Session/FunctionAnalysis.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SmallPtrSet.h"
#include <memory>

namespace borrow {

/// One access of shared data, made in a function or in what it calls.
struct SharedAccess {
  PlaceId Place;
  bool Writes;
  /// The access, or the call that leads to it.
  const clang::Stmt *At;
  Inside Via;
  llvm::SmallVector<PlaceId, 2> Locks;
  /// Comes it after one in the same function that holds a lock?
  bool AfterLocked = false;
  /// Is no other thread there, before one starts or after all were joined?
  bool IsAlone = false;
  /// Does it happen whenever the function runs?
  bool IsCertain = true;
};

/// P, a place of the callee, as a place of the caller; invalid if it has none.
PlaceId importedPlace(PlaceId P, const CallSite &Site, PlaceTable &Places);

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

  using Function = const clang::FunctionDecl *;
  /// Can a thread come into F without a lock of its caller's?
  bool isEntry(Function F);
  bool isStarted(Function F) const { return Started.contains(F); }
  /// Does more than one thread run it?
  bool isRepeated(Function F) const { return Repeated.contains(F); }

private:
  /// The steps of a lock: from the object of the data that it guards, or from a
  /// variable.
  using LockName = std::vector<std::pair<Step, const void *>>;
  struct Known {
    const FunctionFacts *Facts;
    std::vector<SharedAccess> Accesses;
    bool Done = false, InProgress = false;
  };
  struct Site {
    Function Caller;
    bool IsLocked;
    /// No other thread is there.
    bool IsAlone;
  };
  /// An access with the function by which threads come to it.
  struct Entered {
    SharedAccess Access;
    Function By;
    bool IsEntry;
  };

  void addSites(const FunctionFacts &Facts);
  void addRuns(const FunctionFacts &Facts);
  bool isConfined(Function F) const;
  bool mayRunBeside(Function F) const;
  llvm::ArrayRef<SharedAccess> accesses(Function F);
  void collect(Known &Of);
  bool isOwn(const SharedAccess &A, Function F) const;
  bool computeEntry(Function F);
  LockName name(PlaceId Lock, PlaceId Data) const;
  bool holds(const SharedAccess &A, const LockName &Lock) const;
  bool isUnclear(const SharedAccess &A) const;
  bool mayMeet(const Entered &A, const Entered &B) const;
  void report(llvm::ArrayRef<Entered> All,
              std::vector<UnguardedAccess> &Found) const;

  UnitContext &Unit;
  PlaceTable &Places;
  llvm::MapVector<Function, Known> Functions;
  llvm::DenseMap<Function, llvm::SmallVector<Site, 2>> Sites;
  llvm::DenseMap<Function, bool> Entries;
  /// The data that is touched under a lock, by the last step of the lock.
  llvm::DenseMap<const void *, llvm::SmallPtrSet<const void *, 2>> GuardedBy;
  llvm::DenseSet<Function> Started, Run, Repeated;
  unsigned Depth = 0;
};

} // namespace borrow

#endif // BORROW_SESSION_GUARDEDDATA_H
