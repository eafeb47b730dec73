//===- KeptHandles.cpp - Which handles are stored where -------------------===//

#include "Dataflow/KeptHandles.h"
#include "Facts/Ownership.h"
#include "Model/Vocabulary.h"
#include "Place/PlaceTable.h"
#include "clang/AST/DeclCXX.h"

using namespace clang;

namespace borrow {

constexpr size_t MaxWalks = 64;

KeptHandles::KeptHandles(const FunctionFacts &Facts, const PlaceTable &Places,
                         Vocabulary &Words)
    : Facts(Facts), Places(Places), Words(Words) {
  for (const Block &B : Facts.Blocks)
    for (const Fact &F : B.Facts)
      if (F.Kind == FactKind::Keep)
        Kept.push_back(&F);
}

/// A handle or raw pointer that is a variable or a member.
bool KeptHandles::isHandle(PlaceId P) const {
  if (!Places.isPrecise(P))
    return false;
  const PlaceTable::Node &N = Places[P];
  QualType T;
  if (N.Kind == Step::Var)
    T = static_cast<const VarDecl *>(N.Key)->getType();
  else if (N.Kind == Step::Field)
    T = static_cast<const FieldDecl *>(N.Key)->getType();
  else
    return false;
  return T->isPointerType() || isOwner(P, Places, Words);
}

/// Where the handle F.Place comes from if it gets the value of F.Value: that of
/// another handle, or of an owning member of a handle's object.
SortedSet<Reached, 2> KeptHandles::moved(const Fact &F, const State &S) {
  SortedSet<Reached, 2> Result;
  bool Copies = (F.Kind == FactKind::SetFlag && F.Truth && F.Needs == ~0u) ||
                F.Kind == FactKind::Assign;
  if (Kept.empty() || !Copies || !F.Value || !isHandle(F.Place) ||
      !isHandle(F.Value) || S.Walks.size() >= MaxWalks)
    return Result;
  auto [Id, New] = StepIds.try_emplace(&F, Steps.size());
  if (New)
    Steps.push_back(&F);
  auto Add = [&, Step = Id->second](PlaceId From, PlaceId Handle,
                                    uint32_t Member) {
    if (From != Handle)
      Result.insert({From, Handle, Member, Step});
  };
  for (const Reached &R : S.Walks) {
    if (R.Handle == F.Value)
      Add(R.From, F.Place, R.Member);
    if (R.From == F.Value)
      Add(F.Place, R.Handle, R.Member);
  }
  Add(F.Value, F.Place, Same);
  Add(F.Place, F.Value, Same);
  const PlaceTable::Node &N = Places[F.Value];
  PlaceId Object = N.Kind == Step::Field ? N.Parent : PlaceId();
  if (!Object || Places[Object].Kind != Step::Deref ||
      !isOwner(F.Value, Places, Words))
    return Result;
  const auto *Field = static_cast<const FieldDecl *>(N.Key);
  uint32_t Member = llvm::find(Members, Field) - Members.begin();
  if (Member == Members.size())
    Members.push_back(Field);
  PlaceId Before = Places[Object].Parent;
  Add(Before, F.Place, Member);
  for (const Reached &R : S.Walks)
    if (R.Handle == Before && (R.Member == Same || R.Member == Member))
      Add(R.From, F.Place, Member);
  return Result;
}

/// Another object may follow where a member is assigned, except at the end of
/// the way.
void KeptHandles::cut(PlaceId Assigned, State &S) const {
  const PlaceTable::Node &N = Places[Assigned];
  if (N.Kind != Step::Field)
    return;
  PlaceId Object = N.Parent;
  PlaceId Of =
      Places[Object].Kind == Step::Deref ? Places[Object].Parent : PlaceId();
  S.Walks.eraseIf([&](const Reached &R) {
    return R.Member != Same && Members[R.Member] == N.Key && R.Handle != Of;
  });
}

void KeptHandles::transfer(const Fact &F, State &S) {
  switch (F.Kind) {
  case FactKind::Keep:
    S.Edges.insert(llvm::find(Kept, &F) - Kept.begin());
    return;
  case FactKind::Assign:
  case FactKind::SetFlag:
  case FactKind::Dies: {
    const VarDecl *Var = Places[F.Place].Kind == Step::Var
                             ? Places.rootVariable(F.Place)
                             : nullptr;
    auto Changes = [&](PlaceId P) {
      return (P != F.Place && Places.isPrefix(F.Place, P)) ||
             (Var && Places.mentions(P, Var));
    };
    SortedSet<Reached, 2> Moved = moved(F, S);
    S.Edges.eraseIf([&](uint32_t I) {
      return Changes(Kept[I]->Place) || Changes(Kept[I]->Value);
    });
    auto Ends = [&](PlaceId P) { return P == F.Place || Changes(P); };
    cut(F.Place, S);
    S.Walks.eraseIf(
        [&](const Reached &R) { return Ends(R.From) || Ends(R.Handle); });
    // A longer name that the assignment changes means another object now.
    auto IsStale = [&](PlaceId P) { return P != F.Place && Changes(P); };
    Moved.eraseIf(
        [&](const Reached &R) { return IsStale(R.From) || IsStale(R.Handle); });
    S.Walks.unite(Moved);
    return;
  }
  case FactKind::Call: {
    // What is not seen may take objects out on the way.
    const FunctionDecl *Callee = Facts.Calls[F.Call].Callee;
    if (!F.Truth && !(Callee && isStd(Callee)))
      S.Walks.eraseIf([](const Reached &R) { return R.Member != Same; });
    return;
  }
  default:
    return;
  }
}

} // namespace borrow
