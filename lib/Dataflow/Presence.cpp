//===- Presence.cpp - Which handles may be empty where --------------------===//

#include "Dataflow/Presence.h"

namespace borrow {

Presence::Presence(const PlaceTable &Places,
                   llvm::ArrayRef<PlaceId> Parameters)
    : Places(Places),
      Parameters(Parameters.begin(), Parameters.end()) {}

Presence::State Presence::initial() {
  State S;
  for (PlaceId P : Parameters)
    S.Empty.insert(P);
  return S;
}

void Presence::forget(State &S, PlaceId Place) const {
  auto Changes = [&](PlaceId P) { return Places.isPrefix(Place, P); };
  S.Empty.eraseIf(Changes);
  S.SeenAlive.eraseIf(Changes);
  S.Anchors.eraseIf([&](const std::pair<PlaceId, PlaceId> &A) {
    return Changes(A.first) || Changes(A.second);
  });
}

void Presence::transfer(const Fact &F, State &S) {
  switch (F.Kind) {
  case FactKind::Empty: {
    bool Anchored = llvm::any_of(
        S.Anchors, [&](const auto &A) { return A.first == F.Value; });
    // An object that runs its own method is alive.
    bool IsThis = Places.isPrecise(F.Value) &&
                  Places[F.Value].Kind == Step::This;
    if (Anchored || IsThis || S.SeenAlive.contains(F.Value)) {
      S.Empty.erase(F.Place);
      return;
    }
    S.Empty.insert(F.Place);
    Origins[F.Place] = &F;
    return;
  }
  case FactKind::SetFlag: {
    bool Empty = F.Value && F.Truth && S.Empty.contains(F.Value);
    forget(S, F.Place);
    if (Empty) {
      S.Empty.insert(F.Place);
      Origins[F.Place] = Origins.lookup(F.Value);
    }
    return;
  }
  case FactKind::Deref:
  case FactKind::Full:
    S.Empty.erase(F.Place);
    return;
  case FactKind::Assign:
  case FactKind::Dies:
    return forget(S, F.Place);
  case FactKind::Anchor:
    if (Places.isPrecise(F.Value) && Places.rootVariable(F.Value) == nullptr)
      return;
    if (Places.isPrecise(F.Value) && Places.isPrecise(F.Place))
      S.Anchors.insert({F.Place, F.Value});
    return;
  case FactKind::Call:
    S.SeenAlive = {};
    return;
  default:
    return;
  }
}

bool Presence::follow(const Edge &E, State &S) {
  for (const Literal &L : E.Assumes) {
    if (!L.Truth || !L.Place)
      continue;
    if (!S.Empty.erase(L.Place))
      continue;
    if (const Fact *Upgrade = origin(L.Place);
        Upgrade && Places[L.Place].Kind == Step::Opaque)
      S.SeenAlive.insert(Upgrade->Value);
  }
  return true;
}

bool Presence::join(State &S, const State &Other) {
  bool Changed = S.Empty.unite(Other.Empty);
  Changed |= S.Anchors.intersect(Other.Anchors);
  Changed |= S.SeenAlive.intersect(Other.SeenAlive);
  return Changed;
}

} // namespace borrow
