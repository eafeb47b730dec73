//===- Dangling.cpp - References that outlive their guard -----------------===//

#include "Dataflow/Dangling.h"

namespace borrow {

uint32_t Dangling::index(const Fact &F) {
  auto [It, New] = Indices.try_emplace(&F, Origins.size());
  if (New)
    Origins.push_back(&F);
  return It->second;
}

void Dangling::refer(const Fact &F, State &S) {
  uint32_t Index = index(F);
  llvm::SmallVector<Reference, 2> Made;
  // What is read out of a dangling reference is reported there.
  if (F.Value)
    for (const Reference &R : S)
      if (R.Place == F.Value && R.State == GuardState::Held)
        Made.push_back({F.Place, R.Guard, Index, R.State});
  // The temporaries of a returned expression have ended before the return.
  bool OfReturn = F.To && Places[F.Place].Kind == Step::Result &&
                  Facts.holder(F.To).Kind == Holder::Temporary;
  if (F.To || F.Truth)
    Made.push_back(
        {F.Place, F.To, Index,
         OfReturn || F.Truth ? GuardState::Ended : GuardState::Held});
  if (F.Kind == FactKind::Refer)
    S.eraseIf(
        [&](const Reference &R) { return Places.isPrefix(F.Place, R.Place); });
  for (const Reference &R : Made)
    S.insert(R);
}

void Dangling::end(HolderId Guard, GuardState How, State &S) const {
  State Ended;
  S.eraseIf([&](const Reference &R) {
    if (R.Guard != Guard || R.State == GuardState::Ended)
      return false;
    // A guard that was moved into a call ends there.
    bool Moved = Facts.holder(Guard).Kind == Holder::Temporary &&
                 origin(R).To != Guard && !origin(R).Value;
    Ended.insert(
        {R.Place, R.Guard, R.Index, Moved ? GuardState::Released : How});
    return true;
  });
  S.unite(Ended);
}

void Dangling::transfer(const Fact &F, State &S) {
  switch (F.Kind) {
  case FactKind::Refer:
  case FactKind::AlsoRefer:
    return refer(F, S);
  case FactKind::Lend:
    if (auto It = Locks.find(&F); It != Locks.end())
      S.insert({F.Place, It->second.Keeper, index(F), GuardState::Held});
    return;
  case FactKind::Unlock: {
    llvm::SmallVector<HolderId, 1> Ended;
    for (const Reference &R : S)
      if (R.Guard && Facts.holder(R.Guard).Kind == Holder::Nobody &&
          Facts.holder(R.Guard).Place == F.Place)
        Ended.push_back(R.Guard);
    for (HolderId Guard : Ended)
      end(Guard, GuardState::Released, S);
    return;
  }
  case FactKind::Drop: {
    bool ByHand = F.At && Facts.holder(F.Holder).Kind == Holder::Storage;
    return end(F.Holder, ByHand ? GuardState::Released : GuardState::Ended, S);
  }
  case FactKind::Suspend:
    return end(F.Holder, GuardState::Released, S);
  case FactKind::Resume:
    S.eraseIf([&](const Reference &R) {
      return R.Guard == F.Holder && R.State == GuardState::Released;
    });
    return;
  case FactKind::Move: {
    State Moved;
    S.eraseIf([&](const Reference &R) {
      if (R.Guard != F.Holder || R.State != GuardState::Held)
        return false;
      Holder::HolderKind To = Facts.holder(F.To).Kind;
      if (To == Holder::Storage || To == Holder::Temporary)
        Moved.insert({R.Place, F.To, R.Index, R.State});
      return true;
    });
    S.unite(Moved);
    return;
  }
  case FactKind::Dies: {
    State Ended;
    S.eraseIf([&](const Reference &R) {
      if (R.Place == F.Place)
        return true;
      bool Dies = R.Guard && R.State == GuardState::Held &&
                  Facts.holder(R.Guard).Kind == Holder::Storage &&
                  Facts.holder(R.Guard).Place == F.Place;
      if (Dies)
        Ended.insert({R.Place, R.Guard, R.Index, GuardState::Ended});
      return Dies;
    });
    S.unite(Ended);
    return;
  }
  default:
    return;
  }
}

} // namespace borrow
