//===- PathSensitive.h - An analysis per valuation --------------*- C++ -*-===//
//
// Runs another analysis once more with its states kept apart by what is known
// of a few conditions, so that two tests of the same unchanged condition agree.
// This is property simulation (Das, Lerner, Seigle: ESP, PLDI 2002), used on
// functions with a finding only, to refute it.
//
// Worked example: `if (f) a = c.borrow_mut(); … if (!f) b = c.borrow_mut();`
// joins to "the loan may live" after the first if. Kept apart by f, the state
// with the loan has f = true and can't take the second branch.
//
// Bounds: 16 conditions; 128 valuations a block, then they are joined into one.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_DATAFLOW_PATHSENSITIVE_H
#define BORROW_DATAFLOW_PATHSENSITIVE_H

#include "Dataflow/Atoms.h"
#include "Dataflow/Solver.h"

namespace borrow {

template <typename Inner, unsigned N>
size_t weight(const llvm::SmallVector<std::pair<Valuation, Inner>, N> &Paths) {
  size_t Sum = 0;
  for (const auto &[Known, Inside] : Paths)
    Sum += weight(Inside);
  return Sum;
}

template <typename Inner> class PathSensitive {
public:
  using InnerState = typename Inner::State;
  using State = llvm::SmallVector<std::pair<Valuation, InnerState>, 2>;

  PathSensitive(const Atoms &Conditions, Inner &A)
      : Conditions(Conditions), A(A) {}

  State initial() {
    State S;
    S.push_back({Valuation(), A.initial()});
    return S;
  }

  void transfer(const Fact &F, State &S) {
    State Result;
    for (auto &[Known, Inside] : S) {
      A.transfer(F, Inside);
      for (Valuation After : Conditions.transfer(F, Known))
        add(Result, After, Inside);
    }
    S = std::move(Result);
  }

  bool follow(const Edge &E, State &S) {
    State Result;
    for (auto &[Known, Inside] : S) {
      Valuation After = Known;
      bool Feasible = llvm::all_of(E.Assumes, [&](const Literal &L) {
        return Conditions.assume(L, After);
      });
      if (Feasible && A.follow(E, Inside))
        add(Result, After, Inside);
    }
    S = std::move(Result);
    return !S.empty();
  }

  void leaveTry(uint32_t Try, bool Certain, State &S) {
    for (auto &[Known, Inside] : S)
      A.leaveTry(Try, Certain, Inside);
  }

  bool join(State &S, const State &Other) {
    bool Changed = false;
    for (const auto &[Known, Inside] : Other)
      Changed |= add(S, Known, Inside);
    return Changed;
  }

private:
  static constexpr size_t MaxValuations = 128;

  bool add(State &S, Valuation Known, const InnerState &Inside) {
    for (auto &[Other, Existing] : S)
      if (Other == Known)
        return A.join(Existing, Inside);
    if (S.size() < MaxValuations) {
      S.push_back({Known, Inside});
      return true;
    }
    InnerState All = Inside;
    for (auto &[Other, Existing] : S)
      A.join(All, Existing);
    S.clear();
    S.push_back({Valuation(), std::move(All)});
    return true;
  }

  const Atoms &Conditions;
  Inner &A;
};

} // namespace borrow

#endif // BORROW_DATAFLOW_PATHSENSITIVE_H
