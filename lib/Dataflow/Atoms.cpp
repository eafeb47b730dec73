//===- Atoms.cpp - The conditions that paths are told apart by ------------===//

#include "Dataflow/Atoms.h"
#include "clang/AST/Decl.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/STLExtras.h"

namespace borrow {

Atoms::Atoms(const FunctionFacts &Facts, const PlaceTable &Places)
    : Facts(Facts), Places(Places) {
  llvm::MapVector<PlaceId, unsigned> Uses;
  for (const Block &B : Facts.Blocks) {
    for (const Fact &F : B.Facts)
      if (F.Kind == FactKind::SetFlag) {
        ++Uses[F.Place];
        // A flag stands for what it was set from.
        if (F.Value)
          Uses[F.Value] += 2;
        if (F.Needs != ~0u)
          for (const Literal &L : Facts.Conjunctions[F.Needs])
            Uses[L.Place] += 2;
      }
    for (const Edge &E : B.Successors)
      for (const Literal &L : E.Assumes)
        if (L.Place && L.Truth)
          ++Uses[L.Place];
  }
  for (const Loan &L : Facts.Loans) {
    if (L.TestedBy)
      ++Uses[L.TestedBy];
    for (const Literal &Needed : L.When)
      ++Uses[Needed.Place];
  }
  // `n != 1` says something about `n == 2`.
  llvm::MapVector<PlaceId, unsigned> Together;
  for (const auto &[Place, Count] : Uses)
    Together[tested(Place)] += Count;
  std::vector<std::pair<PlaceId, unsigned>> Ranked;
  for (const auto &[Place, Count] : Uses)
    if (Together[tested(Place)] >= 2 && Places.isPrecise(Place))
      Ranked.push_back({Place, Count});
  std::sort(Ranked.begin(), Ranked.end(), [](const auto &L, const auto &R) {
    return L.second != R.second ? L.second > R.second : L.first < R.first;
  });
  for (const auto &[Place, Count] : Ranked)
    if (List.size() < MaxAtoms)
      List.push_back(Place);
}

/// What a comparison with a constant compares.
PlaceId Atoms::tested(PlaceId Test) const {
  Step Kind = Places[Test].Kind;
  return Kind == Step::Equals || Kind == Step::Below ? Places[Test].Parent
                                                     : Test;
}

namespace {

/// The values of a place for which a test of it holds: those from First to
/// Last, or, Except, all others.
struct Values {
  int64_t First, Last;
  bool Except;

  /// Does the test hold for Other only if this one does?
  bool contains(const Values &Other) const {
    if (Other.Except)
      return Except && First == Other.First && Last == Other.Last;
    return Except ? Other.Last < First || Other.First > Last
                  : First <= Other.First && Other.Last <= Last;
  }
};

} // namespace

static Values valuesOf(const PlaceTable::Node &Test, bool Truth) {
  auto Constant = reinterpret_cast<intptr_t>(Test.Key);
  switch (Test.Kind) {
  case Step::Equals:
    return {Constant, Constant, !Truth};
  case Step::Below:
    return Truth ? Values{INT64_MIN, Constant - 1, false}
                 : Values{Constant, INT64_MAX, false};
  default:
    return {0, 0, Truth};
  }
}

int Atoms::find(PlaceId Place) const {
  for (unsigned I = 0; I < List.size(); ++I)
    if (List[I] == Place)
      return I;
  return -1;
}

void Atoms::forget(PlaceId Place, Valuation &V) const {
  const clang::VarDecl *Var =
      Places[Place].Kind == Step::Var ? Places.rootVariable(Place) : nullptr;
  for (unsigned I = 0; I < List.size(); ++I)
    if (Places.isPrefix(Place, List[I]) ||
        (Var && Places.mentions(List[I], Var)))
      V.set(I, Valuation::Unknown);
}

/// An unknown function may change everything but locals.
void Atoms::forgetShared(Valuation &V) const {
  for (unsigned I = 0; I < List.size(); ++I) {
    const clang::VarDecl *Root = Places.rootVariable(List[I]);
    bool IsLocal = Root && Root->hasLocalStorage() &&
                   Places.isInside(Places.root(List[I]), List[I]) &&
                   !Root->getType()->isReferenceType();
    if (!IsLocal)
      V.set(I, Valuation::Unknown);
  }
}

bool Atoms::assume(PlaceId Place, bool Truth, Valuation &V) const {
  int Atom = find(Place);
  if (Atom < 0)
    return true;
  Valuation::Truth Wanted = Truth ? Valuation::True : Valuation::False;
  Valuation::Truth Known = V.get(Atom);
  if (Known != Valuation::Unknown && Known != Wanted)
    return false;
  V.set(Atom, Wanted);
  // What is known of a number by this test decides its other tests.
  Values Left = valuesOf(Places[Place], Truth);
  for (unsigned I = 0; I < List.size(); ++I) {
    if (List[I] == Place || tested(List[I]) != tested(Place))
      continue;
    for (bool Other : {true, false})
      if (valuesOf(Places[List[I]], Other).contains(Left)) {
        if (V.get(I) == (Other ? Valuation::False : Valuation::True))
          return false;
        V.set(I, Other ? Valuation::True : Valuation::False);
      }
  }
  return true;
}

bool Atoms::assume(const Literal &L, Valuation &V) const {
  return !L.Place || assume(L.Place, L.Truth, V);
}

bool Atoms::isTrue(PlaceId Place, Valuation V) const {
  int Atom = find(Place);
  return Atom >= 0 && V.get(Atom) == Valuation::True;
}

llvm::SmallVector<Valuation, 2> Atoms::transfer(const Fact &F,
                                                Valuation V) const {
  switch (F.Kind) {
  case FactKind::Assign:
  case FactKind::Dies:
  case FactKind::Empty:
    forget(F.Place, V);
    return {V};
  case FactKind::Full:
    if (!F.Truth)
      forget(F.Place, V);
    return {V};
  case FactKind::Call:
    if (!F.Truth)
      forgetShared(V);
    return {V};
  case FactKind::Deref:
    // What is dereferenced is present from here on.
    if (int Atom = find(F.Place); Atom >= 0)
      V.set(Atom, Valuation::True);
    return {V};
  case FactKind::SetFlag: {
    forget(F.Place, V);
    int Atom = find(F.Place);
    if (Atom < 0)
      return {V};
    if (F.Needs != ~0u) {
      Valuation Holds = V;
      bool Possible =
          llvm::all_of(Facts.Conjunctions[F.Needs],
                       [&](const Literal &L) { return assume(L, Holds); });
      Holds.set(Atom, F.Truth ? Valuation::True : Valuation::False);
      V.set(Atom, F.Truth ? Valuation::False : Valuation::True);
      if (Possible)
        return {V, Holds};
      return {V};
    }
    if (!F.Value) {
      V.set(Atom, F.Truth ? Valuation::True : Valuation::False);
      return {V};
    }
    llvm::SmallVector<Valuation, 2> Result;
    for (bool Test : {true, false}) {
      Valuation Copy = V;
      if (!assume(F.Value, Test, Copy))
        continue;
      Copy.set(Atom, Test == F.Truth ? Valuation::True : Valuation::False);
      Result.push_back(Copy);
    }
    return Result;
  }
  default:
    return {V};
  }
}

} // namespace borrow
