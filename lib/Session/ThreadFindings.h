//===- ThreadFindings.h - What becomes of running threads -------*- C++ -*-===//
//
// Reads off the states of Loans which threads outlive what they refer to, lose
// their handle while they may run, or are joined twice.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_SESSION_THREADFINDINGS_H
#define BORROW_SESSION_THREADFINDINGS_H

#include "Dataflow/Loans.h"
#include "Session/Findings.h"

namespace borrow {

/// Created for one run over a function's facts, plain or per path.
class ThreadFindings {
public:
  ThreadFindings(const FunctionFacts &Facts, const PlaceTable &Places)
      : Facts(Facts), Places(Places) {}

  void clear();
  bool empty() const;

  void visit(const Fact &F, const Loans::State &S);
  void visitExit(const Loans::State &S);

  std::vector<Outlived> Outliving;
  std::vector<Unjoined> Threads;
  /// Where a callee may throw, for all that is known of it.
  std::vector<Unjoined> AtRisk;
  std::vector<Rejoined> Joins;

private:
  void visitDeath(const Fact &F, const Loans::State &S);
  bool isPart(PlaceId Dying, HolderId Keeper) const;
  bool diesWith(PlaceId Dying, PlaceId Place) const;
  void addOutlived(Outlived O);

  void visitJoin(const Fact &F, const Loans::State &S);
  void visitDrop(const Fact &F, const Loans::State &S);
  void visitLeave(const Fact &F, const Loans::State &S);
  void visitRaise(const Fact &F, const Loans::State &S,
                  std::vector<Unjoined> &Found);
  void visitHandles(const Fact &F, const Loans::State &S,
                    std::vector<Unjoined> &Found);
  bool leaves(HolderId Holder, uint32_t Try) const;
  bool isGivenTo(const clang::Stmt *Call, PlaceId Handle) const;
  bool mustBeJoined(HolderId Handle) const;
  bool isLocal(PlaceId P) const;

  const FunctionFacts &Facts;
  const PlaceTable &Places;
};

} // namespace borrow

#endif // BORROW_SESSION_THREADFINDINGS_H
