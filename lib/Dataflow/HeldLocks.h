//===- HeldLocks.h - What is certain of locks where -------------*- C++ -*-===//
//
// A forward analysis: before each fact, in which states each lock can be: not
// touched so far, taken by hand, kept by a guard, free. One state alone is a
// certainty: that is what a leak or a second unlock has to be. Beside it the
// same for guards: not touched, keeps its lock, keeps nothing.
//
// Worked example:
//   m.lock();             // m: {ByHand}
//   if (k) m.unlock();    // m: {Free} on this branch
//   return;               // m: {ByHand, Free}: nothing certain
//
// What a callee does comes as a Settle fact; the loans and unlocks replayed
// from its summary are not looked at. Recursive locks are taken to be held once
// at most; when they are taken again they count as not touched. The states
// are those of Engler et al. ("Checking system rules", OSDI 2000).
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_DATAFLOW_HELDLOCKS_H
#define BORROW_DATAFLOW_HELDLOCKS_H

#include "Facts/Facts.h"
#include "Support/SortedSet.h"

namespace borrow {

/// A small map from ids to sets of lock states, sorted by id; what is not
/// listed is Untouched.
template <typename Id> class LockStateMap {
public:
  LockStates get(Id I) const {
    auto It = find(I);
    return It != Entries.end() && It->first == I ? It->second : Untouched;
  }
  void set(Id I, LockStates S) {
    auto It = find(I);
    if (It != Entries.end() && It->first == I)
      Entries[It - Entries.begin()].second = S;
    else if (S != Untouched)
      Entries.insert(Entries.begin() + (It - Entries.begin()), {I, S});
  }
  bool join(const LockStateMap &Other) {
    LockStateMap Joined;
    for (const auto &[I, S] : Entries)
      Joined.set(I, S | Other.get(I));
    for (const auto &[I, S] : Other.Entries)
      Joined.set(I, S | get(I));
    std::swap(Entries, Joined.Entries);
    return Entries != Joined.Entries;
  }
  size_t size() const { return Entries.size(); }
  auto begin() const { return Entries.begin(); }
  auto end() const { return Entries.end(); }

private:
  auto find(Id I) const {
    return llvm::lower_bound(
        Entries, I, [](const auto &Entry, Id I) { return Entry.first < I; });
  }

  llvm::SmallVector<std::pair<Id, LockStates>, 2> Entries;
};

/// Created per function by FunctionAnalysis and by the summary builder.
class HeldLocks {
public:
  struct State {
    LockStateMap<PlaceId> Locks;
    /// ByGuard: keeps its locks; Free: keeps nothing.
    LockStateMap<HolderId> Guards;
    SortedSet<std::pair<HolderId, PlaceId>, 1> Kept;
    size_t size() const { return Locks.size() + Guards.size() + Kept.size(); }
  };

  HeldLocks(const FunctionFacts &Facts, const PlaceTable &Places);

  /// Does the function do anything with a lock but keep it in guards?
  static bool concerns(const FunctionFacts &Facts);

  /// The lock that F gives back, or adopts, though nobody here has taken it: it
  /// is the caller's. Or an invalid place.
  static PlaceId lent(const Fact &F, const State &S);

  State initial() { return {}; }
  void transfer(const Fact &F, State &S);
  bool follow(const Edge &E, State &S);
  void leaveTry(uint32_t Try, bool Certain, State &S);
  bool join(State &S, const State &Other);

private:
  void take(const Loan &L, HolderId Keeper, State &S) const;
  void giveBack(HolderId Guard, State &S) const;
  void takeAgain(HolderId Guard, LockStates As, State &S) const;
  void end(HolderId Guard, State &S) const;
  void forget(PlaceId Lock, State &S) const;
  void forgetGuard(HolderId Guard, State &S) const;
  void forgetReached(const CallSite &Site, State &S) const;
  void settle(const Fact &F, State &S) const;
  void assume(const Literal &L, State &S) const;
  bool assumeGuard(HolderId Guard, bool Keeps, State &S) const;

  const FunctionFacts &Facts;
  const PlaceTable &Places;
  /// Locks by the place that tells whether taking them by hand succeeded.
  llvm::SmallVector<std::pair<PlaceId, PlaceId>, 1> Tries;
  /// Settle facts by the result that tells how the callee left the lock.
  llvm::SmallVector<std::pair<PlaceId, const Fact *>, 1> Results;
};

} // namespace borrow

#endif // BORROW_DATAFLOW_HELDLOCKS_H
