//===- LostUpdates.h - Values written back too late -------------*- C++ -*-===//
//
// Finds shared data that a function reads under a lock, gives the lock back,
// takes it again and writes a value that it has made from the old one:
// `set(get() + 1)`, or the same with two scopes of a guard. What another thread
// has written in between is lost. It is StaleValues, asked across calls: a
// getter returns a LockedRead, a setter stores its parameter.
//
// Silent are writes in a section that has looked at the data again, values that
// a computation of the user's own has made, and functions that only one thread
// runs, if nobody else writes.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_SESSION_LOSTUPDATES_H
#define BORROW_SESSION_LOSTUPDATES_H

#include "Dataflow/StaleValues.h"
#include "Session/SharedAccesses.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/MapVector.h"

namespace borrow {

/// Data is written at Write from a value that was read at Read, under an
/// earlier taking of Lock.
struct LostUpdate {
  PlaceId Data, Lock;
  const clang::Stmt *Write;
  Inside WriteVia;
  const clang::Stmt *Read;
  Inside ReadVia;
};

/// Created by Session when all functions are analysed.
class LostUpdates {
public:
  LostUpdates(UnitContext &Unit, ThreadEntries &Threads,
              llvm::ArrayRef<std::unique_ptr<FunctionAnalysis>> Functions);

  std::vector<LostUpdate> find();

private:
  using Function = const clang::FunctionDecl *;
  /// The callee sets Data to its parameter, under Lock.
  struct Store {
    unsigned Parameter;
    PlaceId Data, Lock;
    const clang::Stmt *At;
  };
  struct Effects {
    const FunctionFacts *Facts;
    llvm::SmallVector<LockedRead, 1> Returned;
    llvm::SmallVector<Store, 1> Stores;
    std::vector<LostUpdate> Lost;
    bool Begun = false;
  };

  Effects *effects(Function F);
  PlaceId imported(PlaceId Data, const CallSite &Site);
  void analyse(Effects &Of);
  StaleValues::Sections sections(const FunctionFacts &Facts);
  void visitCopy(const Fact &F, const StaleValues &Values,
                 const StaleValues::State &S, Effects &Of);
  void visitCall(const Fact &F, const StaleValues &Values,
                 const StaleValues::State &S, Effects &Of);
  bool isContended(Function F, PlaceId Data) const;

  UnitContext &Unit;
  ThreadEntries &Threads;
  llvm::MapVector<Function, Effects> Functions;
  /// Who writes data, by the last step of its place.
  llvm::DenseMap<const void *, llvm::SmallVector<Function, 2>> Writers;
  unsigned Depth = 0;
};

} // namespace borrow

#endif // BORROW_SESSION_LOSTUPDATES_H
