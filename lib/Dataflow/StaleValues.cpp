//===- StaleValues.cpp - Values that an earlier lock has shown ------------===//

#include "Dataflow/StaleValues.h"
#include "clang/AST/Decl.h"

namespace borrow {

StaleValues::StaleValues(const FunctionFacts &Facts, PlaceTable &Places,
                         const Sections &Known)
    : Facts(Facts), Places(Places), Known(Known) {
  for (unsigned I = 0; I < Facts.Function->getNumParams(); ++I) {
    Origin &O = Origins.emplace_back();
    O.Parameter = I;
  }
}

StaleValues::State StaleValues::initial() {
  State S;
  for (unsigned I = 0; I < Facts.Function->getNumParams(); ++I)
    S.Values.insert({Places.variable(Facts.Function->getParamDecl(I)), I});
  return S;
}

llvm::ArrayRef<LoanId> StaleValues::held(const Fact &F) const {
  auto It = Known.find(&F);
  return It == Known.end() ? llvm::ArrayRef<LoanId>() : It->second.Held;
}

LoanId StaleValues::section(const Fact &F, PlaceId Lock) const {
  for (LoanId L : held(F))
    if (Facts.loan(L).Place == Lock)
      return L;
  return {};
}

bool StaleValues::isKept(const Origin &O, const Fact &F) const {
  return llvm::any_of(held(F), [&](LoanId L) {
    return Facts.loan(L).How == Access::Mut && Facts.loan(L).Place != O.Lock &&
           llvm::is_contained(O.Under, L);
  });
}

uint32_t StaleValues::add(const Origin &O) {
  for (uint32_t I = 0; I < Origins.size(); ++I) {
    const Origin &Other = Origins[I];
    if (Other.Data == O.Data && Other.Lock == O.Lock &&
        Other.Section == O.Section && Other.At == O.At)
      return I;
  }
  Origins.push_back(O);
  return Origins.size() - 1;
}

void StaleValues::origins(
    PlaceId Place, const State &S,
    llvm::function_ref<void(const Origin &)> Visit) const {
  for (const auto &[Value, Index] : S.Values)
    if (Value == Place)
      Visit(Origins[Index]);
}

/// An element of a map is read by `m[k]`, which may change the map.
bool StaleValues::isRead(PlaceId Data, LoanId Section, const State &S) const {
  PlaceId Whole = Places.container(Data);
  return S.Looked.contains({Whole, Section}) ||
         (Whole != Data && S.Used.contains({Whole, Section}));
}

/// Sections that are over are told from those that the same lock begins anew.
void StaleValues::expire(llvm::ArrayRef<LoanId> Held, State &S) {
  auto IsOver = [&](LoanId Section) {
    return Section && !llvm::is_contained(Held, Section);
  };
  S.Looked.eraseIf([&](const auto &L) { return IsOver(L.second); });
  S.Used.eraseIf([&](const auto &L) { return IsOver(L.second); });
  llvm::SmallVector<std::pair<PlaceId, Origin>, 2> Old;
  S.Values.eraseIf([&](const auto &V) {
    bool Over = IsOver(Origins[V.second].Section);
    if (Over)
      Old.emplace_back(V.first, Origins[V.second]);
    return Over;
  });
  for (auto &[Place, O] : Old) {
    O.Section = {};
    S.Values.insert({Place, add(O)});
  }
}

void StaleValues::transfer(const Fact &F, State &S) {
  auto Forget = [&](PlaceId Place) {
    S.Values.eraseIf([&](const auto &V) { return V.first == Place; });
  };
  switch (F.Kind) {
  case FactKind::Issue:
  case FactKind::Resume:
    return expire(held(F), S);
  case FactKind::SharedUse:
    for (LoanId L : held(F)) {
      S.Used.insert({F.Place, L});
      if (!F.Truth)
        S.Looked.insert({F.Place, L});
      else // What was taken out, or is known to be the last value.
        S.Values.eraseIf([&](const auto &V) {
          return Origins[V.second].Data == F.Place &&
                 Origins[V.second].Section == L;
        });
    }
    return;
  case FactKind::Copy: {
    llvm::SmallVector<uint32_t, 2> From;
    for (const auto &[Value, Index] : S.Values)
      if (F.Value && Value == F.Value)
        From.push_back(Index);
    for (LoanId L : held(F))
      if (isRead(F.Value, L, S))
        From.push_back(add({F.Value,
                            Facts.loan(L).Place,
                            L,
                            F.At,
                            {},
                            ~0u,
                            llvm::SmallVector<LoanId, 1>(held(F))}));
    if (F.Truth && F.Value != F.Place)
      Forget(F.Place);
    for (uint32_t Index : From)
      S.Values.insert({F.Place, Index});
    return;
  }
  case FactKind::Call: {
    PlaceId Result = Facts.Calls[F.Call].ResultStorage;
    Forget(Result);
    auto It = Known.find(&F);
    if (It == Known.end())
      return;
    for (const LockedRead &R : It->second.Returned)
      S.Values.insert(
          {Result, add({R.Data, R.Lock, section(F, R.Lock), F.At, R.Via, ~0u,
                        llvm::SmallVector<LoanId, 1>(held(F))})});
    return;
  }
  case FactKind::Dies:
    return Forget(F.Place);
  default:
    return;
  }
}

bool StaleValues::join(State &S, const State &Other) {
  bool Values = S.Values.unite(Other.Values);
  bool Used = S.Used.unite(Other.Used);
  return S.Looked.unite(Other.Looked) || Values || Used;
}

} // namespace borrow
