//===- KeptHandles.cpp - Which handles are stored where -------------------===//

#include "Dataflow/KeptHandles.h"

namespace borrow {

KeptHandles::KeptHandles(const FunctionFacts &Facts, const PlaceTable &Places)
    : Places(Places) {
  for (const Block &B : Facts.Blocks)
    for (const Fact &F : B.Facts)
      if (F.Kind == FactKind::Keep)
        Kept.push_back(&F);
}

void KeptHandles::transfer(const Fact &F, State &S) {
  switch (F.Kind) {
  case FactKind::Keep:
    S.Edges.insert(llvm::find(Kept, &F) - Kept.begin());
    return;
  case FactKind::Assign:
  case FactKind::SetFlag:
  case FactKind::Dies: {
    const clang::VarDecl *Var = Places[F.Place].Kind == Step::Var
                                    ? Places.rootVariable(F.Place)
                                    : nullptr;
    auto Changes = [&](PlaceId P) {
      return (P != F.Place && Places.isPrefix(F.Place, P)) ||
             (Var && Places.mentions(P, Var));
    };
    S.Edges.eraseIf([&](uint32_t I) {
      return Changes(Kept[I]->Place) || Changes(Kept[I]->Value);
    });
    return;
  }
  default:
    return;
  }
}

} // namespace borrow
