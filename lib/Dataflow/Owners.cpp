//===- Owners.cpp - Which raw pointers have an owner ----------------------===//

#include "Dataflow/Owners.h"

namespace borrow {

/// Does it name the same pointer until it is assigned? What an accessor returns
/// may be a new one each time.
bool Owners::isStable(PlaceId Pointer) const {
  if (!Places.isPrecise(Pointer))
    return false;
  for (PlaceId P = Pointer; P; P = Places[P].Parent)
    if (Places[P].Kind == Step::Accessor)
      return false;
  return true;
}

void Owners::transfer(const Fact &F, State &S) {
  switch (F.Kind) {
  case FactKind::Own:
    if (isStable(F.Value) && S.Owned.insert(F.Value))
      Made[F.Value] = &F;
    return;
  case FactKind::Disown:
    S.Owned = {};
    return;
  case FactKind::Assign:
  case FactKind::SetFlag:
  case FactKind::Dies: {
    const clang::VarDecl *Var = Places[F.Place].Kind == Step::Var
                                    ? Places.rootVariable(F.Place)
                                    : nullptr;
    S.Owned.eraseIf([&](PlaceId P) {
      return Places.isPrefix(F.Place, P) || (Var && Places.mentions(P, Var));
    });
    return;
  }
  case FactKind::Call: {
    // A function that is not seen may give a member another value.
    if (F.Truth)
      return;
    const CallSite &Site = Facts.Calls[F.Call];
    S.Owned.eraseIf([&](PlaceId P) {
      auto Reaches = [&](PlaceId Root) {
        return Root && P != Root && Places.isPrefix(Root, P);
      };
      return Reaches(Site.Receiver) ||
             llvm::any_of(Site.Arguments,
                          [&](const Argument &A) { return Reaches(A.Place); });
    });
    return;
  }
  default:
    return;
  }
}

/// A null pointer has no object.
bool Owners::follow(const Edge &E, State &S) {
  for (const Literal &L : E.Assumes)
    if (L.Place && !L.Truth)
      S.Owned.erase(L.Place);
  return true;
}

bool Owners::join(State &S, const State &Other) {
  return Which == OnSomePath ? S.Owned.unite(Other.Owned)
                             : S.Owned.intersect(Other.Owned);
}

} // namespace borrow
