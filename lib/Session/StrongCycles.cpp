//===- StrongCycles.cpp - Objects that keep each other alive --------------===//

#include "Session/StrongCycles.h"
#include "Dataflow/PathSensitive.h"
#include "Dataflow/Solver.h"
#include "Facts/FactBuilder.h"
#include "Facts/Lenders.h"
#include "Facts/Ownership.h"
#include "Facts/SourceIndex.h"
#include "Model/Vocabulary.h"
#include "clang/AST/DeclCXX.h"

using namespace clang;

namespace borrow {

bool StrongCycles::reaches(PlaceId From, PlaceId To,
                           const KeptHandles &Analysis,
                           const KeptHandles::State &S, StrongCycle &Cycle,
                           Members &Via) {
  constexpr size_t MaxLength = 4;
  if (keepsAlive(From, To, Unit.Places, Unit.Words, Via))
    return true;
  if (Cycle.Others.size() >= MaxLength)
    return false;
  // On to the object of Next, which Link says that Owner's object keeps.
  auto Follow = [&](const Fact *Link, PlaceId Owner, PlaceId Next,
                    llvm::ArrayRef<const ValueDecl *> By) {
    if (llvm::is_contained(Cycle.Others, Link))
      return false;
    Members Before = Via;
    if (!keepsAlive(From, Owner, Unit.Places, Unit.Words, Via))
      return false;
    Via.append(By.begin(), By.end());
    Cycle.Others.push_back(Link);
    if (reaches(Next, To, Analysis, S, Cycle, Via))
      return true;
    Cycle.Others.pop_back();
    Via = Before;
    return false;
  };
  for (uint32_t I : S.Edges) {
    const Fact *E = Analysis.facts()[I];
    Members By;
    PlaceId Owner = ownerOf(E->Place, Unit.Places, Unit.Words);
    addMembers(E->Place, Owner, Unit.Places, By);
    if (Owner && Follow(E, Owner, E->Value, By))
      return true;
  }
  // Where a walk may have made no step, the code may say so first.
  for (const Reached &R : S.Walks)
    if (const FieldDecl *Member = Analysis.member(R))
      if (Follow(Analysis.step(R), R.From, R.Handle, {Member}))
        return true;
  return false;
}

/// Is a handle taken out of D, or of a member of the structs that it contains?
bool StrongCycles::isCleared(const ValueDecl *D) const {
  if (Unit.Index.isCleared(D))
    return true;
  const CXXRecordDecl *Container = D->getType()->getAsCXXRecordDecl();
  if (!Container || !isStd(Container) ||
      Unit.Words.role(Container) == TypeRole::Strong)
    return false;
  return llvm::any_of(typeArguments(Container), [&](QualType T) {
    const CXXRecordDecl *Element = T->getAsCXXRecordDecl();
    return Element && Element->hasDefinition() && !isStd(Element) &&
           keepsHandle(T, Unit.Words) &&
           llvm::any_of(Element->getDefinition()->fields(),
                        [&](const FieldDecl *Field) {
                          return Unit.Index.isCleared(Field);
                        });
  });
}

bool StrongCycles::isOpened(llvm::ArrayRef<const ValueDecl *> Via) const {
  return llvm::any_of(Via, [&](const ValueDecl *D) { return isCleared(D); });
}

void StrongCycles::findIn(const FunctionAnalysis &Function) {
  const FunctionFacts &Facts = Function.facts();
  KeptHandles Plain(Facts, Unit.Places, Unit.Words);
  if (Plain.facts().empty())
    return;
  std::vector<StrongCycle> Candidates;
  auto Visit = [&](const Fact &F, const KeptHandles::State &S) {
    if (F.Kind != FactKind::Keep)
      return;
    PlaceId Owner = ownerOf(F.Place, Unit.Places, Unit.Words);
    bool Known = llvm::any_of(Candidates, [&](const StrongCycle &C) {
      return C.Closing->At == F.At;
    });
    if (!Owner || Known)
      return;
    StrongCycle Cycle{&Function, &F, {}};
    Members Via;
    addMembers(F.Place, Owner, Unit.Places, Via);
    if (reaches(F.Value, Owner, Plain, S, Cycle, Via) && !isOpened(Via))
      Candidates.push_back(std::move(Cycle));
  };
  Solver<KeptHandles> Flow(Facts, Plain);
  if (!Flow.run())
    return;
  Flow.visit(Visit);
  if (Candidates.empty())
    return;
  Atoms Conditions(Facts, Unit.Places);
  if (!Conditions.empty()) {
    using PerPath = PathSensitive<KeptHandles>;
    PerPath Refined(Conditions, Plain);
    Solver<PerPath> Confirmed(Facts, Refined);
    if (Confirmed.run()) {
      Candidates.clear();
      Confirmed.visit([&](const Fact &F, const PerPath::State &S) {
        for (const auto &[Known, Inside] : S)
          Visit(F, Inside);
      });
    }
  }
  for (StrongCycle &C : Candidates)
    Found.push_back(std::move(C));
}

/// Does the function that the closing call runs close a cycle there already?
bool StrongCycles::isOfCallee(const StrongCycle &Cycle) const {
  const Inside &Via = Cycle.Closing->Via;
  return Via.Entry && llvm::any_of(Found, [&](const StrongCycle &Other) {
           return Other.In->facts().Function == Via.Entry &&
                  Other.Closing->At->getBeginLoc() == Via.EntryLoc;
         });
}

std::vector<StrongCycle> StrongCycles::find(
    llvm::ArrayRef<std::unique_ptr<FunctionAnalysis>> Functions) {
  for (const auto &Function : Functions)
    findIn(*Function);
  std::vector<StrongCycle> All = Found;
  llvm::erase_if(All, [&](const StrongCycle &C) { return isOfCallee(C); });
  return All;
}

} // namespace borrow
