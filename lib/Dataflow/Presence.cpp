//===- Presence.cpp - Which handles may be empty where --------------------===//

#include "Dataflow/Presence.h"
#include "clang/AST/Decl.h"

namespace borrow {

Presence::Presence(const PlaceTable &Places, llvm::ArrayRef<PlaceId> Parameters)
    : Places(Places), Parameters(Parameters.begin(), Parameters.end()) {}

Presence::State Presence::initial() {
  State S;
  for (PlaceId P : Parameters)
    S.Empty.insert(P);
  return S;
}

bool Presence::isAnchored(PlaceId Weak, const State &S) const {
  return llvm::any_of(S.Anchors,
                      [&](const auto &A) { return A.first == Weak; });
}

/// Only a handle that nobody else can reset keeps its object alive.
bool Presence::isLocal(PlaceId Strong) const {
  const clang::VarDecl *Var =
      Places.isPrecise(Strong) ? Places.rootVariable(Strong) : nullptr;
  return Var && !Var->hasGlobalStorage() &&
         Places.isInside(Places.root(Strong), Strong);
}

void Presence::forget(State &S, PlaceId Place) const {
  auto Changes = [&](PlaceId P) { return Places.isPrefix(Place, P); };
  S.Empty.eraseIf(Changes);
  S.Anchors.eraseIf([&](const std::pair<PlaceId, PlaceId> &A) {
    return Changes(A.first) || Changes(A.second);
  });
}

void Presence::transfer(const Fact &F, State &S) {
  switch (F.Kind) {
  case FactKind::Empty: {
    Origins[F.Place] = &F;
    if (F.Why == Emptiness::Upgrade && isAnchored(F.Value, S))
      S.Empty.erase(F.Place);
    else
      S.Empty.insert(F.Place);
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
    return forget(S, F.Place);
  case FactKind::Dies:
    // What is certain of a parameter is asked for where the function ends.
    if (!llvm::is_contained(Parameters, F.Place))
      forget(S, F.Place);
    return;
  case FactKind::Anchor:
    if (isLocal(F.Value))
      S.Anchors.insert({F.Place, F.Value});
    return;
  default:
    return;
  }
}

bool Presence::follow(const Edge &E, State &S) {
  for (const Literal &L : E.Assumes) {
    if (!L.Truth || !L.Place)
      continue;
    // A weak handle that has not expired has not expired before either.
    S.Empty.eraseIf([&](PlaceId P) {
      const Fact *Upgrade = origin(P);
      return Upgrade && Upgrade->Why == Emptiness::Upgrade &&
             Upgrade->Value == L.Place;
    });
    // What was upgraded and is present anchors the handle that it came from.
    S.Empty.erase(L.Place);
    if (const Fact *Upgrade = origin(L.Place);
        Upgrade && Upgrade->Why == Emptiness::Upgrade)
      if (isLocal(L.Place))
        S.Anchors.insert({Upgrade->Value, L.Place});
  }
  return true;
}

bool Presence::join(State &S, const State &Other) {
  bool Changed = S.Empty.unite(Other.Empty);
  Changed |= S.Anchors.intersect(Other.Anchors);
  return Changed;
}

} // namespace borrow
