//===- Senders.cpp - Which senders certainly live -------------------------===//

#include "Dataflow/Senders.h"

namespace borrow {

bool Senders::ends(const Fact &F, PlaceId Sender) const {
  switch (F.Kind) {
  case FactKind::Part:
  case FactKind::Dies:
  case FactKind::Open:
    return Places.isPrefix(F.Place, Sender) || Places.isPrefix(Sender, F.Place);
  case FactKind::Hold:
    return F.Place == Sender;
  default:
    return false;
  }
}

void Senders::transfer(const Fact &F, State &S) {
  auto Use = [&](PlaceId Sender) {
    for (const auto *Set : {&S.Alive, &S.Moved})
      for (const auto &[Tx, Rx] : *Set)
        if (Sender && Places.isPrefix(Sender, Tx))
          S.Unused.erase(Rx);
  };
  State Before =
      F.Kind == FactKind::Hold || F.Kind == FactKind::Part ? S : State();
  S.Alive.eraseIf([&](const Ends &E) { return ends(F, E.first); });
  switch (F.Kind) {
  case FactKind::Open:
    S.Alive.insert({F.Place, F.Value});
    S.Unused.insert(F.Value);
    return;
  case FactKind::Hold:
    Use(F.Value);
    if (F.Place)
      for (const auto *Set : {&Before.Alive, &Before.Moved})
        for (const auto &[Tx, Rx] : *Set)
          if (Tx == F.Value)
            S.Alive.insert({F.Place, Rx});
    return;
  case FactKind::Part:
    for (const auto &[Tx, Rx] : Before.Alive)
      if (Places.isPrefix(F.Place, Tx)) {
        S.Unused.erase(Rx);
        if (F.Truth)
          S.Moved.insert({Tx, Rx});
      }
    return;
  case FactKind::Effect:
    Use(F.Place);
    return;
  case FactKind::Drain:
    if (F.Holder)
      S.Draining.insert({F.Holder, F.Place});
    return;
  case FactKind::Move: {
    SortedSet<std::pair<HolderId, PlaceId>> Moved;
    S.Draining.eraseIf([&](const auto &D) {
      if (D.first == F.Holder)
        Moved.insert({F.To, D.second});
      return D.first == F.Holder;
    });
    S.Draining.unite(Moved);
    return;
  }
  default:
    return;
  }
}

bool Senders::join(State &S, const State &Other) {
  bool Shrank = S.Alive.intersect(Other.Alive);
  Shrank |= S.Moved.intersect(Other.Moved);
  Shrank |= S.Draining.intersect(Other.Draining);
  return S.Unused.intersect(Other.Unused) || Shrank;
}

PlaceId Senders::keeping(PlaceId Receiver, const State &S) const {
  for (const auto &[Tx, Rx] : S.Alive)
    if (Rx == Receiver)
      return Tx;
  return {};
}

} // namespace borrow
