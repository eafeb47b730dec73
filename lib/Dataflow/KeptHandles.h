//===- KeptHandles.h - Which handles are stored where -----------*- C++ -*-===//
//
// A forward may-analysis: before each fact, the handles that have been put into
// storage while the names of both, storage and object, still mean the same.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_DATAFLOW_KEPTHANDLES_H
#define BORROW_DATAFLOW_KEPTHANDLES_H

#include "Facts/Facts.h"
#include "Support/SortedSet.h"

namespace borrow {

/// Created for each function that stores handles.
class KeptHandles {
public:
  struct State {
    /// Indices into facts().
    SortedSet<uint32_t> Edges;
    size_t size() const { return Edges.size(); }
  };

  KeptHandles(const FunctionFacts &Facts, const PlaceTable &Places);

  llvm::ArrayRef<const Fact *> facts() const { return Kept; }

  State initial() { return {}; }
  void transfer(const Fact &F, State &S);
  bool follow(const Edge &, State &) { return true; }
  void leaveTry(uint32_t, bool, State &) {}
  bool join(State &S, const State &Other) { return S.Edges.unite(Other.Edges); }

private:
  const PlaceTable &Places;
  std::vector<const Fact *> Kept;
};

} // namespace borrow

#endif // BORROW_DATAFLOW_KEPTHANDLES_H
