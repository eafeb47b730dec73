//===- MemberThreads.h - What an object's own thread uses meanwhile -------===//
//
// A thread that a constructor starts and keeps in a member runs as long as the
// object lives: what it uses without a lock, no other method may change. The
// rule of RaceFindings, for what one method starts and another one uses.
//
// Worked example:
//   Meter() : Worker([this] { while (!Stop) Sum += read(); }) {}
//   void reset() { Sum = 0; } // races with Worker
//   ~Meter() { Stop = true; Worker.join(); }
//
// Silent are: locks on either side; threads that tell others what they have
// done, or wait to be told; threads that anything but the destructor may join;
// methods that wait for something, that the thread runs itself, or that a
// closure calls, which the thread may run.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_SESSION_MEMBERTHREADS_H
#define BORROW_SESSION_MEMBERTHREADS_H

#include "Facts/UnitContext.h"
#include "Session/FunctionAnalysis.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include <memory>

namespace borrow {

/// A method does Access while the thread of its object uses the same.
struct MemberRace {
  const Fact *Access;
  Loan Thread;
};

/// Created by Session when all functions are analysed.
class MemberThreads {
public:
  MemberThreads(UnitContext &Unit,
                llvm::ArrayRef<std::unique_ptr<FunctionAnalysis>> Functions);

  std::vector<MemberRace> races();

private:
  using Function = const clang::FunctionDecl *;
  struct Use {
    const clang::CXXMethodDecl *Maker;
    const void *Handle; ///< The member that keeps the thread.
    Loan Used;
  };

  void collect(const FunctionFacts &Facts);
  void addReached();
  bool isApart(const clang::CXXMethodDecl *Method) const;
  void match(const FunctionFacts &Facts, std::vector<MemberRace> &Found);

  UnitContext &Unit;
  llvm::ArrayRef<std::unique_ptr<FunctionAnalysis>> Functions;
  std::vector<Use> Uses;
  /// Members whose threads may have ended while the object lives.
  llvm::DenseSet<const void *> Ended;
  /// What the threads run.
  llvm::DenseSet<Function> Reached;
};

} // namespace borrow

#endif // BORROW_SESSION_MEMBERTHREADS_H
