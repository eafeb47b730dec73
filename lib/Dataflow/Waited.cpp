//===- Waited.cpp - Has another thread been waited for? -------------------===//

#include "Dataflow/Waited.h"

namespace borrow {

/// A loop with more blocks than this does more than to wait.
constexpr size_t MaxLoop = 8;

/// The blocks of the shortest loop around From; none if there is no short one.
static llvm::SmallVector<BlockId, MaxLoop>
shortestLoop(const FunctionFacts &Facts, BlockId From) {
  llvm::DenseMap<uint32_t, BlockId> CameFrom;
  llvm::SmallVector<BlockId, 16> Queue = {From};
  for (size_t I = 0; I < Queue.size() && I < MaxLoop * MaxLoop; ++I)
    for (const Edge &E : Facts.block(Queue[I]).Successors) {
      if (E.To != From) {
        if (CameFrom.try_emplace(E.To.index(), Queue[I]).second)
          Queue.push_back(E.To);
        continue;
      }
      llvm::SmallVector<BlockId, MaxLoop> Loop = {From};
      for (BlockId B = Queue[I]; B != From; B = CameFrom.lookup(B.index()))
        Loop.push_back(B);
      return Loop.size() <= MaxLoop ? Loop
                                    : llvm::SmallVector<BlockId, MaxLoop>();
    }
  return {};
}

Waited::Waited(const FunctionFacts &Facts) {
  for (unsigned I = 0; I < Facts.Blocks.size(); ++I) {
    bool WaitsHere = llvm::any_of(Facts.Blocks[I].Facts, [](const Fact &F) {
      return F.Kind == FactKind::Effect && F.Effect == Effect::CondWait;
    });
    if (!WaitsHere)
      continue;
    llvm::SmallVector<BlockId, MaxLoop> Loop = shortestLoop(Facts, BlockId(I));
    for (BlockId B : Loop)
      for (const Edge &E : Facts.block(B).Successors)
        if (!llvm::is_contained(Loop, E.To))
          LeavesLoop.insert(&E);
  }
}

} // namespace borrow
