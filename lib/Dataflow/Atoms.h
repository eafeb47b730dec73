//===- Atoms.h - The conditions that paths are told apart by ----*- C++ -*-===//
//
// An atom is a place that a function tests or sets as a truth value at least
// twice, or a comparison of a place that it compares twice. A valuation says
// for each atom whether it is true, false or unknown.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_DATAFLOW_ATOMS_H
#define BORROW_DATAFLOW_ATOMS_H

#include "Facts/Facts.h"

namespace borrow {

class Valuation {
public:
  enum Truth : uint8_t { Unknown = 0, True = 1, False = 2 };

  Truth get(unsigned Atom) const {
    return static_cast<Truth>((Bits >> (2 * Atom)) & 3);
  }
  void set(unsigned Atom, Truth T) {
    Bits = (Bits & ~(3u << (2 * Atom))) | (uint32_t(T) << (2 * Atom));
  }
  friend bool operator==(Valuation L, Valuation R) { return L.Bits == R.Bits; }

private:
  uint32_t Bits = 0;
};

/// Created for one function when it has findings to confirm.
class Atoms {
public:
  Atoms(const FunctionFacts &Facts, const PlaceTable &Places);

  bool empty() const { return List.empty(); }

  /// The valuations after a fact: two where a flag is set to the value of a
  /// test that is not known.
  llvm::SmallVector<Valuation, 2> transfer(const Fact &F, Valuation V) const;
  /// False if V contradicts the literal; else V knows it.
  bool assume(const Literal &L, Valuation &V) const;
  bool isTrue(PlaceId Place, Valuation V) const;

private:
  static constexpr unsigned MaxAtoms = 16;

  int find(PlaceId Place) const;
  void forget(PlaceId Place, Valuation &V) const;
  void forgetShared(Valuation &V) const;
  bool assume(PlaceId Place, bool Truth, Valuation &V) const;
  PlaceId tested(PlaceId Test) const;

  const FunctionFacts &Facts;
  const PlaceTable &Places;
  llvm::SmallVector<PlaceId, MaxAtoms> List;
};

} // namespace borrow

#endif // BORROW_DATAFLOW_ATOMS_H
