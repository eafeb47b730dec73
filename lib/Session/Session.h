//===- Session.h - What the checks of one unit share ------------*- C++ -*-===//
//
// Builds everything once per translation unit, whatever number of checks is on:
// the index of its functions, their facts, summaries and analyses.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_SESSION_SESSION_H
#define BORROW_SESSION_SESSION_H

#include "Facts/Exclusivity.h"
#include "Model/Vocabulary.h"
#include "Session/FunctionAnalysis.h"
#include "Session/GuardedData.h"
#include "Session/LockOrder.h"
#include "Session/LostUpdates.h"
#include "Session/MemberThreads.h"
#include "Session/StrongCycles.h"
#include <memory>

namespace borrow {

/// Created by the first check of a translation unit that runs, or by
/// borrow-dump; dies with them. Not for use by several threads.
class Session {
public:
  Session(clang::ASTContext &Context, VocabularyOptions Options);
  ~Session();

  /// The analyses of the functions in user code that can have findings, in
  /// source order.
  const std::vector<std::unique_ptr<FunctionAnalysis>> &functions();

  /// The cycles of owners that a function closes and nothing ever opens.
  const std::vector<StrongCycle> &cycles();

  Vocabulary &vocabulary();
  /// Pairs of locks that are taken in both orders, in source order.
  std::vector<Inversion> lockInversions();
  /// The same member of two objects, for which the unit calls both orders.
  std::vector<SwappedLocks> swappedLocks();

  /// Accesses of shared data without the lock that others hold for it.
  std::vector<UnguardedAccess> unguardedAccesses();

  /// Shared data that is written back after its lock was given back.
  std::vector<LostUpdate> lostUpdates();

  /// Members that an object's own thread and its other methods use at once.
  std::vector<MemberRace> memberRaces();

  /// Locks, cells and borrows that exclude others though they need not, in
  /// source order of their functions.
  NeedlessList needlessExclusivity();

  const PlaceTable &places() const;

  /// What the vocabulary could not make sense of.
  llvm::ArrayRef<const clang::NamedDecl *> unknownAnnotations();
  /// How many functions have no findings because a budget ran out.
  unsigned outOfBudget();

private:
  struct Unit;
  GuardedData &guards();
  LockOrder lockOrder();

  std::unique_ptr<Unit> Parts;
  std::vector<std::unique_ptr<FunctionAnalysis>> Functions;
  std::vector<StrongCycle> Cycles;
  std::unique_ptr<GuardedData> Guards;
  bool Analysed = false;
};

} // namespace borrow

#endif // BORROW_SESSION_SESSION_H
