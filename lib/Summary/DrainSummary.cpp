//===- DrainSummary.cpp - Receivers that a function receives from for good ===//

#include "Dataflow/ReceiveLoops.h"
#include "Summary/SummaryBuilder.h"
#include "clang/AST/Decl.h"

using namespace clang;

namespace borrow {

void SummaryBuilder::addDrains() {
  for (const Block &B : Facts.Blocks)
    for (const Fact &F : B.Facts) {
      bool Receives = F.Kind == FactKind::Receive ||
                      (F.Kind == FactKind::Drain && !F.Holder);
      const VarDecl *Root = Receives ? Places.rootVariable(F.Place) : nullptr;
      bool Known = Receives && (isVisible(F.Place) || parameter(F.Place) >= 0 ||
                                (Root && Root->isInitCapture()));
      if (!Known || llvm::is_contained(Result.Drains, F.Place) ||
          !isPassed(Facts, F))
        continue;
      bool ForGood =
          F.Kind == FactKind::Drain ||
          receivesForGood(Facts, F, [](const Fact &) { return false; });
      if (ForGood)
        Result.Drains.push_back(F.Place);
    }
}

} // namespace borrow
