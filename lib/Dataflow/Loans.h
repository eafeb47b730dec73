//===- Loans.h - Which loans live where -------------------------*- C++ -*-===//
//
// A forward may-analysis: before each fact, which loans live, and who keeps
// them. A loan lives from the fact that issues it until its keeper dies, gives
// it back or is moved from. Loans whose place starts to mean something else
// (its variable is assigned or dies) are forgotten: that is silent.
//
// Worked example:
//   auto a = c.borrow_mut();   // Issue  loan 0 of c, kept by a
//   auto b = std::move(a);     // Move   a -> b
//   c.borrow();                // Issue  loan 1 of c: conflicts with loan 0 of
//   b
//
// Invariant: a state lists each (loan, keeper) once, either alive or dormant (a
// unique_lock that is unlocked at the moment).
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_DATAFLOW_LOANS_H
#define BORROW_DATAFLOW_LOANS_H

#include "Facts/Facts.h"
#include "Support/SortedSet.h"

namespace borrow {

/// A loan together with who keeps it.
struct Held {
  LoanId Loan;
  HolderId Keeper;

  friend bool operator==(Held L, Held R) {
    return L.Loan == R.Loan && L.Keeper == R.Keeper;
  }
  friend bool operator<(Held L, Held R) {
    return L.Loan != R.Loan ? L.Loan < R.Loan : L.Keeper < R.Keeper;
  }
};

/// Created per function by FunctionAnalysis and by the summary builder.
class Loans {
public:
  struct State {
    SortedSet<Held> Alive;
    SortedSet<Held, 1> Dormant;
    size_t size() const { return Alive.size() + Dormant.size(); }
  };

  Loans(const FunctionFacts &Facts, const PlaceTable &Places)
      : Facts(Facts), Places(Places) {}

  State initial() { return {}; }
  void transfer(const Fact &F, State &S);
  bool follow(const Edge &E, State &S);
  void leaveTry(uint32_t Try, bool Certain, State &S);
  bool join(State &S, const State &Other);

  /// Does taking Second while First lives break the rule "one writer or many
  /// readers"? Only if both are certainly loans of the same place.
  static bool conflict(const Loan &First, const Loan &Second,
                       const PlaceTable &Places);

  /// The loan that the keeper of a dormant one takes again at Resume, as one
  /// that is taken there.
  Loan resumed(const Held &Dormant, const Fact &Resume) const;
  /// Does Resume take the loan again, whatever happens?
  bool resumes(const Fact &Resume, const Held &Dormant) const;

private:
  enum class Reach : uint8_t { No, Certain, Perhaps };

  /// Is what I keeps affected when H is moved from or dropped?
  Reach reaches(HolderId H, HolderId I) const;
  bool isPartOf(HolderId H, HolderId I) const;
  void end(HolderId H, State &S) const;
  void endKind(LoanKind Kind, HolderId H, State &S) const;
  void endKind(LoanKind Kind, State &S) const;
  void forgetShared(State &S) const;
  void suspend(HolderId H, State &S) const;
  void forget(State &S, PlaceId Place) const;
  void applyPresence(const Literal &L, State &S) const;

  const FunctionFacts &Facts;
  const PlaceTable &Places;
};

} // namespace borrow

#endif // BORROW_DATAFLOW_LOANS_H
