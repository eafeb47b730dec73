//===- ThreadEntries.h - Which functions threads come into ------*- C++ -*-===//
//
// What a unit shows of who runs its functions: those that it starts on threads,
// those that others may call at any time, and those that only its own functions
// call, with the locks that they hold. Of functions that touch shared data, and
// of those that start threads, the calls are read.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_SESSION_THREADENTRIES_H
#define BORROW_SESSION_THREADENTRIES_H

#include "Facts/UnitContext.h"
#include "Session/FunctionAnalysis.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include <memory>

namespace borrow {

/// The definition of F if there is one, else F.
const clang::FunctionDecl *definition(const clang::FunctionDecl *F);
bool isLambda(const clang::FunctionDecl *F);
/// Has nobody else the object of F yet, or any more: is it a constructor, a
/// destructor or an assignment?
bool ownsItsObject(const clang::FunctionDecl *F);
bool startsThreads(const FunctionFacts &Facts);
/// Are others there after F? In a function that starts threads: from the first
/// one on until they are joined.
bool mayRun(const Fact &F, const FunctionFacts &Facts, bool Before);
/// Runs Visit over the facts with the locks that are held before each.
void visitLocked(
    const FunctionFacts &Facts, const PlaceTable &Places,
    llvm::function_ref<void(const Fact &, llvm::ArrayRef<PlaceId>)> Visit);

/// Created by GuardedData when all functions are analysed.
class ThreadEntries {
public:
  using Function = const clang::FunctionDecl *;

  ThreadEntries(UnitContext &Unit,
                llvm::ArrayRef<std::unique_ptr<FunctionAnalysis>> Functions);

  /// Can a thread come into F without a lock of its caller's?
  bool isEntry(Function F);
  bool isStarted(Function F) const { return Started.contains(F); }
  /// Does more than one thread run it?
  bool isRepeated(Function F) const { return Repeated.contains(F); }
  /// Does one thread alone run it?
  bool isConfined(Function F) const;
  /// May another thread be there when F is called, as far as its callers are
  /// seen?
  bool mayRunBeside(Function F) const;

private:
  struct Site {
    Function Caller;
    bool IsLocked;
    /// No other thread is there.
    bool IsAlone;
  };

  void addSites(const FunctionFacts &Facts);
  void addRuns(const FunctionFacts &Facts);
  bool computeEntry(Function F);

  UnitContext &Unit;
  llvm::DenseSet<Function> Touching, Started, Run, Repeated;
  llvm::DenseMap<Function, llvm::SmallVector<Site, 2>> Sites;
  llvm::DenseMap<Function, bool> Entries;
  unsigned Depth = 0;
};

} // namespace borrow

#endif // BORROW_SESSION_THREADENTRIES_H
