//===- ReceiveLoops.cpp - Loops that receive until nothing comes ----------===//

#include "Dataflow/ReceiveLoops.h"
#include "llvm/ADT/BitVector.h"

namespace borrow {

namespace {

/// A search over facts and edges that stops at one fact.
class Search {
public:
  Search(const FunctionFacts &Facts, const Fact &Goal)
      : Facts(Facts), Goal(Goal), Seen(Facts.Blocks.size()) {}

  /// False if Breaks said so of a fact that can be reached.
  bool run(BlockId Start, const Fact *From,
           llvm::function_ref<bool(const Fact &)> Breaks,
           llvm::function_ref<bool(const Edge &)> IsTaken) {
    if (!scan(Start, From, Breaks, IsTaken))
      return false;
    while (!Queue.empty()) {
      BlockId B = Queue.pop_back_val();
      if (Seen.test(B.index()))
        continue;
      Seen.set(B.index());
      if (!scan(B, Facts.block(B).Facts.begin(), Breaks, IsTaken))
        return false;
    }
    return true;
  }

  bool Found = false; ///< The goal.
  bool Ended = false; ///< The exit, or a block that control does not leave.

private:
  bool scan(BlockId B, const Fact *From,
            llvm::function_ref<bool(const Fact &)> Breaks,
            llvm::function_ref<bool(const Edge &)> IsTaken) {
    const Block &At = Facts.block(B);
    for (const Fact *F = From; F != At.Facts.end(); ++F) {
      if (F == &Goal) {
        Found = true;
        return true;
      }
      if (Breaks(*F))
        return false;
    }
    Ended |= B == Facts.Exit || At.IsDeadEnd || At.Successors.empty();
    for (const Edge &E : At.Successors)
      if (IsTaken(E))
        Queue.push_back(E.To);
    return true;
  }

  const FunctionFacts &Facts;
  const Fact &Goal;
  llvm::BitVector Seen;
  llvm::SmallVector<BlockId, 8> Queue;
};

} // namespace

bool receivesForGood(const FunctionFacts &Facts, const Fact &Receive,
                     llvm::function_ref<bool(const Fact &)> Breaks) {
  for (unsigned I = 0; I < Facts.Blocks.size(); ++I) {
    const Block &B = Facts.Blocks[I];
    if (&Receive < B.Facts.begin() || &Receive >= B.Facts.end())
      continue;
    // `v = rx.recv()`: what is received is tested under another name.
    llvm::SmallVector<PlaceId, 2> Names = {Receive.Value};
    for (const Fact *F = &Receive + 1; F != B.Facts.end(); ++F)
      if (F->Kind == FactKind::SetFlag && F->Truth && F->Value == Receive.Value)
        Names.push_back(F->Place);
    Search Loop(Facts, Receive);
    bool Unbroken =
        Loop.run(BlockId(I), &Receive + 1, Breaks, [&](const Edge &E) {
          return llvm::none_of(E.Assumes, [&](const Literal &L) {
            return llvm::is_contained(Names, L.Place) && !L.Truth;
          });
        });
    return Unbroken && Loop.Found && !Loop.Ended;
  }
  return false;
}

bool isPassed(const FunctionFacts &Facts, const Fact &F) {
  Search Way(Facts, F);
  Way.run(
      Facts.Entry, Facts.block(Facts.Entry).Facts.begin(),
      [](const Fact &) { return false; }, [](const Edge &) { return true; });
  return Way.Found && !Way.Ended;
}

} // namespace borrow
