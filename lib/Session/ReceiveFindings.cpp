//===- ReceiveFindings.cpp - Receives that can't end ----------------------===//

#include "Dataflow/ReceiveLoops.h"
#include "Dataflow/Senders.h"
#include "Dataflow/Solver.h"
#include "Session/FunctionAnalysis.h"

namespace borrow {

void FunctionAnalysis::analyseReceives() {
  if (all(FactKind::Open).empty())
    return;
  Senders Analysis(Places);
  Solver<Senders> Flow(Facts, Analysis);
  if (!Flow.run())
    return;
  auto Add = [&](const Fact &F, PlaceId Sender, bool NothingSent) {
    bool Known = llvm::any_of(
        Endless, [&](const EndlessReceive &E) { return E.At->At == F.At; });
    if (!Known)
      Endless.push_back({&F, Sender, NothingSent});
  };
  Flow.visit([&](const Fact &F, const Senders::State &S) {
    // A future is joined too, but not as the only one that it may wait for.
    bool Joins = (F.Kind == FactKind::Join && F.Holder) ||
                 (F.Kind == FactKind::Effect && F.Effect == Effect::Join);
    if (Joins) {
      for (const auto &[Thread, Receiver] : S.Draining)
        if (PlaceId Sender = Analysis.keeping(Receiver, S);
            Sender && (F.Holder ? Thread == F.Holder
                                : Facts.holder(Thread).Place == F.Place))
          Add(F, Sender, false);
      return;
    }
    bool Receives =
        F.Kind == FactKind::Receive || (F.Kind == FactKind::Drain && !F.Holder);
    PlaceId Receiver = Facts.origin(F.Place);
    PlaceId Sender = Receives ? Analysis.keeping(Receiver, S) : PlaceId();
    if (!Sender)
      return;
    auto EndsIt = [&](const Fact &Other) {
      return Analysis.ends(Other, Sender);
    };
    if (F.Kind == FactKind::Drain || receivesForGood(Facts, F, EndsIt))
      Add(F, Sender, false);
    else if (S.Unused.contains(Receiver))
      Add(F, Sender, true);
  });
}

} // namespace borrow
