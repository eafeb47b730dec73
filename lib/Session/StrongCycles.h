//===- StrongCycles.h - Objects that keep each other alive ------*- C++ -*-===//
//
// Within a function, what is kept by which object is a graph: an edge for each
// handle that is put into storage of an object, by the function or a callee. A
// handle that closes a cycle of that graph keeps all objects on it alive for
// ever, unless some code takes a handle on the cycle out of its storage again.
//
// Worked example: `a->next = b; b->prev = a;` has the edges a to b and b to a.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_SESSION_STRONGCYCLES_H
#define BORROW_SESSION_STRONGCYCLES_H

#include "Dataflow/KeptHandles.h"
#include "Session/FunctionAnalysis.h"
#include <memory>

namespace borrow {

struct UnitContext;

/// Closing puts the handle of an object into storage that this object keeps
/// alive, by way of what Others have stored.
struct StrongCycle {
  const FunctionAnalysis *In;
  const Fact *Closing;
  llvm::SmallVector<const Fact *, 2> Others;
};

/// Created by Session when all functions are analysed.
class StrongCycles {
public:
  explicit StrongCycles(UnitContext &Unit) : Unit(Unit) {}

  std::vector<StrongCycle>
  find(llvm::ArrayRef<std::unique_ptr<FunctionAnalysis>> Functions);

private:
  using Members = llvm::SmallVector<const clang::ValueDecl *, 4>;

  void findIn(const FunctionAnalysis &Function);
  /// Does the object of From keep that of To alive through Edges?
  bool reaches(PlaceId From, PlaceId To, const KeptHandles &Analysis,
               const KeptHandles::State &S, StrongCycle &Cycle, Members &Via);
  bool isOfCallee(const StrongCycle &Cycle) const;
  bool isCleared(const clang::ValueDecl *D) const;
  bool isOpened(llvm::ArrayRef<const clang::ValueDecl *> Via) const;

  UnitContext &Unit;
  std::vector<StrongCycle> Found;
};

} // namespace borrow

#endif // BORROW_SESSION_STRONGCYCLES_H
