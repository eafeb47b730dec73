//===- Solver.h - A forward worklist over facts -----------------*- C++ -*-===//
//
// Runs an analysis over the blocks of a function, in reverse post-order, until
// nothing changes. An analysis is a class with
//
//   State            copyable; size() tells how large it is
//   State initial()                          at the function's entry
//   void transfer(const Fact &, State &)     across one fact
//   bool follow(const Edge &, State &)       along an edge; false: infeasible
//   void leaveTry(uint32_t, bool, State &)   what dies as an exception leaves;
//                                            true: one can certainly be thrown
//   bool join(State &, const State &)        commutative; true if it changed
//
// A budget bounds the work and the memory: it is linear in the size of the
// function, and what a visit costs grows with the state. When it runs out the
// function has no result.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_DATAFLOW_SOLVER_H
#define BORROW_DATAFLOW_SOLVER_H

#include "Facts/Facts.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <optional>
#include <set>

namespace borrow {

/// How large a state is.
template <typename State> size_t weight(const State &S) { return S.size(); }

/// The blocks that can be reached from the entry, in reverse post-order.
std::vector<BlockId> reversePostOrder(const FunctionFacts &Facts);

template <typename Analysis> class Solver {
public:
  using State = typename Analysis::State;

  Solver(const FunctionFacts &Facts, Analysis &A)
      : Facts(Facts), A(A), Order(reversePostOrder(Facts)),
        Position(Facts.Blocks.size(), ~0u), In(Facts.Blocks.size()) {
    for (unsigned I = 0; I < Order.size(); ++I)
      Position[Order[I].index()] = I;
  }

  /// False if the budget ran out.
  bool run() {
    uint64_t Budget = VisitCost * (20000 + 50 * Order.size());
    reach(Facts.Entry, A.initial());
    while (!Queue.empty()) {
      BlockId B = Order[*Queue.begin()];
      Queue.erase(Queue.begin());
      uint64_t Cost = VisitCost + flow(B, Budget);
      if (Budget < Cost)
        return false;
      Budget -= Cost;
    }
    return true;
  }

  /// Visits every reached fact, blocks in reverse post-order, with the state
  /// before it.
  void visit(llvm::function_ref<void(const Fact &, const State &)> Visitor) {
    for (BlockId B : Order) {
      if (!In[B.index()])
        continue;
      State S = *In[B.index()];
      for (const Fact &F : Facts.block(B).Facts) {
        Visitor(F, S);
        A.transfer(F, S);
      }
    }
  }

  /// The state at the start of a block, if it is reached.
  std::optional<State> atStart(BlockId B) { return In[B.index()]; }

  /// The state at the end of a block, if it is reached.
  std::optional<State> atEnd(BlockId B) {
    if (!In[B.index()])
      return std::nullopt;
    State S = *In[B.index()];
    for (const Fact &F : Facts.block(B).Facts)
      A.transfer(F, S);
    return S;
  }

private:
  void reach(BlockId B, const State &S) {
    if (Position[B.index()] == ~0u)
      return;
    std::optional<State> &At = In[B.index()];
    bool Changed = !At || A.join(*At, S);
    if (!At)
      At = S;
    if (Changed)
      Queue.insert(Position[B.index()]);
  }

  void leave(const Fact &F, State Thrown) {
    A.leaveTry(F.Try, F.Kind == FactKind::Raise, Thrown);
    if (BlockId Handler = Facts.Tries[F.Try].Dispatch)
      reach(Handler, Thrown);
  }

  /// Gives the cost of the states; stops when they cost more than Limit.
  uint64_t flow(BlockId B, uint64_t Limit) {
    State S = *In[B.index()];
    uint64_t Cost = StoreCost * weight(S);
    const Block &Block = Facts.block(B);
    for (const Fact &F : Block.Facts) {
      if ((Cost += weight(S)) > Limit)
        return Cost;
      if (F.Kind == FactKind::Throw) {
        leave(F, S);
        continue;
      }
      if (F.Kind == FactKind::Raise && F.Try != ~0u)
        leave(F, S);
      A.transfer(F, S);
    }
    for (const Edge &E : Block.Successors) {
      State Out = S;
      if (!A.follow(E, Out))
        continue;
      if (E.LeavesTry != ~0u)
        A.leaveTry(E.LeavesTry, true, Out);
      reach(E.To, Out);
    }
    return Cost;
  }

  /// Of a visit of a block, and of an element of a state that is kept at its
  /// start, as multiples of an element that one fact is applied to.
  static constexpr uint64_t VisitCost = 512, StoreCost = 256;

  const FunctionFacts &Facts;
  Analysis &A;
  std::vector<BlockId> Order;
  std::vector<uint32_t> Position;
  std::vector<std::optional<State>> In;
  std::set<uint32_t> Queue;
};

/// The state at the end of the function; nullopt if that is not reached or the
/// budget runs out.
template <typename Analysis>
std::optional<typename Analysis::State> stateAtExit(const FunctionFacts &Facts,
                                                    Analysis &A) {
  Solver<Analysis> Flow(Facts, A);
  return Flow.run() ? Flow.atEnd(Facts.Exit) : std::nullopt;
}

} // namespace borrow

#endif // BORROW_DATAFLOW_SOLVER_H
