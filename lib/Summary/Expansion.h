//===- Expansion.h - Replaying a callee's summary at its call ---*- C++ -*-===//
//
// Replaces the Call facts of a function by what their callees' summaries say,
// with the callee's places rebased onto the arguments: a parameter becomes the
// argument, `this` the receiver. A call without a summary stays a Call fact.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_SUMMARY_EXPANSION_H
#define BORROW_SUMMARY_EXPANSION_H

#include "Summary/Summary.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <optional>

namespace borrow {

class Vocabulary;

using SummaryLookup =
    llvm::function_ref<const Summary *(const clang::FunctionDecl *)>;

/// Created for one function, used once.
class Expansion {
public:
  Expansion(FunctionFacts &Facts, PlaceTable &Places, Vocabulary &Words,
            SummaryLookup Lookup)
      : Facts(Facts), Places(Places), Words(Words), Lookup(Lookup) {}

  void run();

private:
  void expand(const Fact &Call);
  void replayNesting(const Summary &S, const CallSite &Site);
  void addProven(PlaceId Handle, const CallSite &Site);
  void replayProven(const Argument &Condition, const CallSite &Site);
  void replayUnknown(const CallSite &Site);
  void replayDeferred(const CallSite &Destruction);
  void replayLoans(const Summary &S, const CallSite &Site);
  void replayLeft(const Loan &L, const Summary &S, const CallSite &Site);
  void replayLocks(const Summary &S, const CallSite &Site);
  void replayEffects(const Summary &S, const CallSite &Site);
  void replayKept(const Summary &S, const CallSite &Site);
  void replayAccesses(const Summary &S, const CallSite &Site);
  void replayDrains(const Summary &S, const CallSite &Site, HolderId Thread);
  void startThread(const Fact &Run);
  void replayOwners(const Summary &S, const CallSite &Site);
  void replayPresence(const Summary &S, const CallSite &Site);
  void replayInvocations(const Summary &S, const CallSite &Site);
  bool goesOn(const Summary::SpawnedParameter &P, HolderId Keeper);
  void replaySpawns(const Summary &S, const CallSite &Site);
  void issueCaptures(const Argument &A, const CallSite &Site, HolderId Keeper);
  void resolve(Edge &E);

  PlaceId imported(PlaceId P, const CallSite &Site, bool AsStorage = false);
  PlaceId bound(PlaceId P);
  /// The loan as the caller sees it, or nullopt if it sees nothing certain.
  std::optional<Loan> imported(const Loan &L, const CallSite &Site);
  HolderId storage(PlaceId P);
  HolderId storageOf(PlaceId P);
  Fact &add(FactKind Kind, const CallSite &Site);
  void issue(const Loan &L, HolderId Keeper, const CallSite &Site);

  FunctionFacts &Facts;
  PlaceTable &Places;
  Vocabulary &Words;
  SummaryLookup Lookup;
  llvm::SmallVector<Fact> Out;
  /// The first holder of each storage.
  llvm::DenseMap<PlaceId, HolderId> Storages;
};

} // namespace borrow

#endif // BORROW_SUMMARY_EXPANSION_H
