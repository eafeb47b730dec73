//===- StaleValues.h - Values that an earlier lock has shown ----*- C++ -*-===//
//
// A forward may-analysis: before each fact, which places have a value that was
// made from shared data, and under which taking of which lock that was read.
// When the lock has been given back, others may have changed the data: a value
// that is made from the old one and written back loses what they did. Flanagan
// and Qadeer call it a violation of atomicity (PLDI 2003).
//
// Worked example:
//   { lock_guard l(m); old = n; }     // Copy  old <- n, read under section l
//   { lock_guard k(m); n = old + 1; } // Copy  n <- old: l is over, n not read
//                                     // again: the update of another is lost
//
// Invariant: a section is the lock loan that the reader itself holds, or none
// if a callee has taken the lock and given it back.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_DATAFLOW_STALEVALUES_H
#define BORROW_DATAFLOW_STALEVALUES_H

#include "Facts/Facts.h"
#include "Support/SortedSet.h"
#include "llvm/ADT/DenseMap.h"

namespace borrow {

/// Where a value comes from: from Data, read under Lock, or from a parameter.
struct Origin {
  PlaceId Data, Lock;
  LoanId Section;
  const clang::Stmt *At = nullptr;
  Inside Via;
  unsigned Parameter = ~0u;
  /// The locks that were held when it was read.
  llvm::SmallVector<LoanId, 1> Under;
};

/// What a callee returns: a value that it has read from Data under Lock.
struct LockedRead {
  PlaceId Data, Lock;
  Inside Via;
};

/// The locks that are held before a fact, and what the callee of a Call
/// returns, in the caller's places.
struct FactSections {
  llvm::SmallVector<LoanId, 1> Held;
  llvm::SmallVector<LockedRead, 1> Returned;
};

/// Created per function by LostUpdates.
class StaleValues {
public:
  struct State {
    /// (place, index of an origin)
    SortedSet<std::pair<PlaceId, uint32_t>> Values;
    /// (data, the section in which it was read, or in which it was used)
    SortedSet<std::pair<PlaceId, LoanId>> Looked, Used;
    size_t size() const { return Values.size() + Looked.size() + Used.size(); }
  };
  using Sections = llvm::DenseMap<const Fact *, FactSections>;

  StaleValues(const FunctionFacts &Facts, PlaceTable &Places,
              const Sections &Known);

  State initial();
  void transfer(const Fact &F, State &S);
  bool follow(const Edge &, State &) { return true; }
  void leaveTry(uint32_t, bool, State &) {}
  bool join(State &S, const State &Other);

  /// Calls Visit with each origin of the value of Place.
  void origins(PlaceId Place, const State &S,
               llvm::function_ref<void(const Origin &)> Visit) const;
  /// The sections that F lies in, and that of Lock, if it is held.
  llvm::ArrayRef<LoanId> held(const Fact &F) const;
  LoanId section(const Fact &F, PlaceId Lock) const;
  /// Is a lock held at F, other than that of O, that was held when O was read?
  bool isKept(const Origin &O, const Fact &F) const;
  /// Has Data, or an element of it, been read in Section?
  bool isRead(PlaceId Data, LoanId Section, const State &S) const;

private:
  uint32_t add(const Origin &O);
  void expire(llvm::ArrayRef<LoanId> Held, State &S);

  const FunctionFacts &Facts;
  PlaceTable &Places;
  const Sections &Known;
  std::vector<Origin> Origins;
};

} // namespace borrow

#endif // BORROW_DATAFLOW_STALEVALUES_H
