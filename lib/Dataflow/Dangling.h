//===- Dangling.h - References that outlive their guard ---------*- C++ -*-===//
//
// A forward may-analysis: before each fact, which references, pointers,
// iterators and views refer to what a guard or an upgraded handle keeps, and
// whether that has ended meanwhile. Rust's E0505, E0597 and E0716.
//
// Worked example:
//   auto &v = *c.borrow();   // Refer    v to tmp0
//                            // Drop     tmp0: what v refers to has ended
//   v.push_back(1);          // Mention  v
//
// Invariant: a state lists a reference once per guard and way that it may have
// come from it.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_DATAFLOW_DANGLING_H
#define BORROW_DATAFLOW_DANGLING_H

#include "Dataflow/Loans.h"
#include "Facts/Facts.h"
#include "Support/SortedSet.h"
#include "llvm/ADT/DenseMap.h"
#include <tuple>

namespace borrow {

/// What has become of the guard that a reference came from.
enum class GuardState : uint8_t {
  Held,
  Ended,    ///< Its scope or full expression is over.
  Released, ///< It was given back by hand.
};

/// Reference refers to what Guard keeps, by the Refer fact with this index.
struct Reference {
  PlaceId Place;
  HolderId Guard;
  uint32_t Index;
  GuardState State;

  friend bool operator==(const Reference &L, const Reference &R) {
    return std::tie(L.Place, L.Guard, L.Index, L.State) ==
           std::tie(R.Place, R.Guard, R.Index, R.State);
  }
  friend bool operator<(const Reference &L, const Reference &R) {
    return std::tie(L.Place, L.Guard, L.Index, L.State) <
           std::tie(R.Place, R.Guard, R.Index, R.State);
  }
};

/// Created per function by FunctionAnalysis.
class Dangling {
public:
  using State = SortedSet<Reference, 2>;

  /// The lock under which each Lend reads, where one is held.
  using LockOfLend = llvm::DenseMap<const Fact *, Held>;

  Dangling(const FunctionFacts &Facts, const PlaceTable &Places,
           const LockOfLend &Locks)
      : Facts(Facts), Places(Places), Locks(Locks) {}

  State initial() { return {}; }
  void transfer(const Fact &F, State &S);
  bool follow(const Edge &, State &) { return true; }
  void leaveTry(uint32_t, bool, State &) {}
  bool join(State &S, const State &Other) { return S.unite(Other); }

  /// The fact that made the reference.
  const Fact &origin(const Reference &R) const { return *Origins[R.Index]; }

private:
  uint32_t index(const Fact &F);
  void refer(const Fact &F, State &S);
  void end(HolderId Guard, GuardState How, State &S) const;

  const FunctionFacts &Facts;
  const PlaceTable &Places;
  const LockOfLend &Locks;
  std::vector<const Fact *> Origins;
  llvm::DenseMap<const Fact *, uint32_t> Indices;
};

} // namespace borrow

#endif // BORROW_DATAFLOW_DANGLING_H
