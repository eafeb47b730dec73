//===- SharedAccesses.h - What functions do with shared data ----*- C++ -*-===//
//
// The accesses of shared data in each function, with the locks that are held
// for them. What a function does that only its callers reach is done by its
// callers, with the locks that they hold.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_SESSION_SHAREDACCESSES_H
#define BORROW_SESSION_SHAREDACCESSES_H

#include "Session/ThreadEntries.h"

namespace borrow {

/// One access of shared data, made in a function or in what it calls.
struct SharedAccess {
  PlaceId Place;
  bool Writes;
  /// The access, or the call that leads to it.
  const clang::Stmt *At;
  Inside Via;
  llvm::SmallVector<PlaceId, 2> Locks;
  /// Comes it after one in the same function that holds a lock?
  bool AfterLocked = false;
  /// Is no other thread there, before one starts or after all were joined?
  bool IsAlone = false;
  /// Does it happen whenever the function runs?
  bool IsCertain = true;
};

/// P, a place of the callee, as a place of the caller; invalid if it has none.
PlaceId importedPlace(PlaceId P, const CallSite &Site, PlaceTable &Places);

/// Created by GuardedData when all functions are analysed.
class SharedAccesses {
public:
  using Function = const clang::FunctionDecl *;

  SharedAccesses(UnitContext &Unit, ThreadEntries &Threads,
                 llvm::ArrayRef<std::unique_ptr<FunctionAnalysis>> Functions);

  /// The functions that touch shared data, in source order.
  llvm::ArrayRef<Function> functions() const { return Touching; }
  llvm::ArrayRef<SharedAccess> of(Function F);

private:
  struct Known {
    const FunctionFacts *Facts;
    std::vector<SharedAccess> Accesses;
    bool Done = false, InProgress = false;
  };

  void addKeeper(const FunctionFacts &Facts);
  bool isKeeper(Function F) const;
  void collect(Known &Of);
  bool isOwn(const SharedAccess &A, Function F) const;

  PlaceTable &Places;
  ThreadEntries &Threads;
  std::vector<Function> Touching;
  llvm::DenseMap<Function, Known> Functions;
  /// Classes whose constructor locks something by hand for as long as their
  /// objects live.
  llvm::DenseSet<const clang::CXXRecordDecl *> Keepers;
  unsigned Depth = 0;
};

} // namespace borrow

#endif // BORROW_SESSION_SHAREDACCESSES_H
