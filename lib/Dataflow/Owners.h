//===- Owners.h - Which raw pointers have an owner --------------*- C++ -*-===//
//
// A forward analysis: before each fact, the raw pointers of which an owner has
// been made since they got their value. A second owner of one of them deletes
// it once more (C++ Core Guidelines R.20 to R.23; in Rust, `Box::from_raw` and
// `Rc::from_raw` are unsafe for that reason).
//
// Worked example: after `shared_ptr<T> a(p);` the set is {p}, so that
// `shared_ptr<T> b(p);` is a finding; `p = next();` takes p out of it.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_DATAFLOW_OWNERS_H
#define BORROW_DATAFLOW_OWNERS_H

#include "Facts/Facts.h"
#include "Support/SortedSet.h"
#include "llvm/ADT/DenseMap.h"

namespace borrow {

/// Created per function by FunctionAnalysis and by the summary builder.
class Owners {
public:
  struct State {
    SortedSet<PlaceId, 2> Owned;
    size_t size() const { return Owned.size(); }
  };
  /// Where paths meet: what is owned on one of them, or on all?
  enum Paths : uint8_t { OnSomePath, OnEveryPath };

  Owners(const FunctionFacts &Facts, const PlaceTable &Places, Paths Which)
      : Facts(Facts), Places(Places), Which(Which) {}

  State initial() { return {}; }
  void transfer(const Fact &F, State &S);
  bool follow(const Edge &E, State &S);
  void leaveTry(uint32_t, bool, State &) {}
  bool join(State &S, const State &Other);

  /// The fact that made an owner of the raw pointer.
  const Fact *owner(PlaceId Pointer) const { return Made.lookup(Pointer); }

private:
  bool isStable(PlaceId Pointer) const;

  const FunctionFacts &Facts;
  const PlaceTable &Places;
  Paths Which;
  llvm::DenseMap<PlaceId, const Fact *> Made;
};

} // namespace borrow

#endif // BORROW_DATAFLOW_OWNERS_H
