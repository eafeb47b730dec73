//===- SummaryBuilder.h - From facts to a function's summary ----*- C++ -*-===//
#ifndef BORROW_SUMMARY_SUMMARYBUILDER_H
#define BORROW_SUMMARY_SUMMARYBUILDER_H

#include "Dataflow/KnownLiterals.h"
#include "Dataflow/Loans.h"
#include "Dataflow/Owners.h"
#include "Summary/Summary.h"

namespace clang {
class LambdaExpr;
} // namespace clang

namespace borrow {

class Vocabulary;

/// Created for one function whose calls are expanded, used once. Each list of a
/// summary is bounded; what is over the bound is left out.
class SummaryBuilder {
public:
  /// Lambda is the function's, if it is a call operator.
  SummaryBuilder(const FunctionFacts &Facts, PlaceTable &Places,
                 Vocabulary &Words, const clang::LambdaExpr *Lambda)
      : Facts(Facts), Places(Places), Words(Words), Lambda(Lambda) {}

  Summary build();

private:
  void addLoans();
  void addNesting(const Loan &Second, const Loans::State &S);
  void addTouch(const Fact &F, const Loan &L);
  void addEffect(const Fact &F, const Loans::State &S);
  void addFact(const Fact &F, const Loans::State &S, const Loans &Analysis);
  void addSpawn(const Held &L);
  void addCaptured(const Held &L);
  bool isCertain(const Fact &Join) const;
  PlaceId endedGuard(const Loans::State &S) const;
  PlaceId released(const Fact &Wait, const Loans::State &S) const;
  bool releasesOfCaller(const Fact &Wait, PlaceId Released,
                        const Loans::State &S) const;
  bool assigned(PlaceId Handle) const;
  void addInvocation(const Fact &Called, const Loans::State &S);
  void addReturned(const Loan &L);
  void addLeft(Summary::LeftLoan Left);
  void addExit(const Loans::State &S);
  void addOwners();
  bool tests(const Fact &F, PlaceId P) const;
  void addPresence();
  void addConditions();
  void addReleased();
  void addDrains();
  void addAccesses();
  void addAccess(const Fact &F, const Loans::State &S, bool AfterWait);
  bool isShared(PlaceId P) const;
  void addLocks();
  bool isVisible(PlaceId P) const;
  bool isGiven(PlaceId P) const;
  int parameter(PlaceId P) const;
  Inside via(const Fact &F, const Inside &Deeper) const;
  Loan exported(Loan Copy) const;

  static constexpr size_t MaxEntries = 16;
  template <typename List, typename Entry>
  static void append(List &To, Entry &&E) {
    if (To.size() < MaxEntries)
      To.push_back(std::forward<Entry>(E));
  }

  const FunctionFacts &Facts;
  PlaceTable &Places;
  Vocabulary &Words;
  const clang::LambdaExpr *Lambda;
  Summary Result;
  std::vector<const Fact *> TouchFacts, EffectFacts;
  /// Does it unlock a guard that it was given?
  bool GivesBack = false;
};

} // namespace borrow

#endif // BORROW_SUMMARY_SUMMARYBUILDER_H
