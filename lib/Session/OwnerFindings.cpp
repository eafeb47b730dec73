//===- OwnerFindings.cpp - Objects with two owners ------------------------===//

#include "Dataflow/Owners.h"
#include "Dataflow/PathSensitive.h"
#include "Dataflow/Solver.h"
#include "Session/FunctionAnalysis.h"

namespace borrow {

void FunctionAnalysis::analyseOwners() {
  llvm::SmallVector<const Fact *, 4> Made = all(FactKind::Own);
  if (Made.empty())
    return;
  llvm::SmallVector<const Fact *, 4> GivenUp = all(FactKind::Disown);
  Owners Plain(Facts, Places, Owners::OnSomePath);
  std::vector<DoubleOwner> Found;
  auto Visit = [&](const Fact &F, const Owners::State &S) {
    if (F.Kind != FactKind::Own)
      return;
    bool Released = llvm::any_of(
        GivenUp, [&](const Fact *D) { return D->Place == F.Value; });
    bool Again = S.Owned.contains(F.Value);
    bool Known = llvm::any_of(
        Found, [&](const DoubleOwner &D) { return D.Second->At == F.At; });
    if (!Known && (Again || (F.Truth && !Released)))
      Found.push_back({&F, Again ? Plain.owner(F.Value) : nullptr});
  };
  Solver<Owners> Flow(Facts, Plain);
  if (!Flow.run()) {
    OutOfBudget = true;
    return;
  }
  Flow.visit(Visit);
  if (Found.empty())
    return;
  Atoms Conditions(Facts, Places);
  if (!Conditions.empty()) {
    using PerPath = PathSensitive<Owners>;
    PerPath Refined(Conditions, Plain);
    Solver<PerPath> Confirmed(Facts, Refined);
    if (Confirmed.run()) {
      Found.clear();
      Confirmed.visit([&](const Fact &F, const PerPath::State &S) {
        for (const auto &[Known, Inside] : S)
          Visit(F, Inside);
      });
    }
  }
  Doubles = std::move(Found);
}

} // namespace borrow
