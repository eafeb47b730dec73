//===- Solver.cpp - A forward worklist over facts -------------------------===//

#include "Dataflow/Solver.h"
#include <algorithm>

namespace borrow {

std::vector<BlockId> reversePostOrder(const FunctionFacts &Facts) {
  struct Frame {
    BlockId Block;
    size_t Next = 0;
    llvm::SmallVector<BlockId, 4> Targets;
  };
  llvm::BitVector Seen(Facts.Blocks.size());
  std::vector<BlockId> Order;
  std::vector<Frame> Stack;
  auto Enter = [&](BlockId B) {
    if (!B || Seen.test(B.index()))
      return;
    Seen.set(B.index());
    Frame New{B, 0, {}};
    for (const Edge &E : Facts.block(B).Successors)
      New.Targets.push_back(E.To);
    for (const Fact &F : Facts.block(B).Facts)
      if (F.Kind == FactKind::Throw)
        New.Targets.push_back(Facts.Tries[F.Try].Dispatch);
    Stack.push_back(std::move(New));
  };
  Enter(Facts.Entry);
  while (!Stack.empty()) {
    Frame &Top = Stack.back();
    if (Top.Next < Top.Targets.size()) {
      Enter(Top.Targets[Top.Next++]);
      continue;
    }
    Order.push_back(Top.Block);
    Stack.pop_back();
  }
  std::reverse(Order.begin(), Order.end());
  return Order;
}

} // namespace borrow
