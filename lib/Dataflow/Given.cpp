//===- Given.cpp - What was given away where ------------------------------===//

#include "Dataflow/Given.h"
#include "Model/Vocabulary.h"
#include "clang/AST/Decl.h"

namespace borrow {

/// Only what no callee can reach keeps its state across calls.
bool Given::isLocal(PlaceId Place) const {
  const clang::VarDecl *Var = Places.rootVariable(Place);
  return Var && !Var->hasGlobalStorage() &&
         Places.isInside(Places.root(Place), Place);
}

void Given::transfer(const Fact &F, State &S) {
  switch (F.Kind) {
  case FactKind::Give: {
    if (!Places.isPrecise(F.Place))
      return;
    auto [It, New] = Indices.try_emplace(&F, Gifts.size());
    if (New)
      Gifts.push_back(&F);
    S.insert({F.Place, It->second});
    return;
  }
  case FactKind::Replace:
  case FactKind::Assign:
  case FactKind::SetFlag:
  case FactKind::Dies: {
    const clang::VarDecl *Index =
        Places.depth(F.Place) == 1 ? Places.rootVariable(F.Place) : nullptr;
    S.eraseIf([&](const auto &G) {
      return Places.isPrefix(F.Place, G.first) ||
             (Index && Places.mentions(G.first, Index));
    });
    return;
  }
  case FactKind::Call:
    if (const clang::FunctionDecl *Callee = Facts.Calls[F.Call].Callee;
        Callee && isStd(Callee))
      return;
    S.eraseIf([&](const auto &G) { return !isLocal(G.first); });
    return;
  default:
    return;
  }
}

/// What could not be sent has been handed back, and a handle that is present
/// was not moved.
bool Given::follow(const Edge &E, State &S) {
  for (const Literal &L : E.Assumes)
    S.eraseIf([&](const auto &G) {
      return L.Place && (L.Truth ? G.first : Gifts[G.second]->Value) == L.Place;
    });
  return true;
}

const Fact *Given::gift(PlaceId Place, const State &S) const {
  for (const auto &[Moved, Index] : S)
    if (Places.isPrefix(Moved, Place))
      return Gifts[Index];
  return nullptr;
}

} // namespace borrow
