//===- Summaries.cpp - The summaries of a translation unit ----------------===//

#include "Summary/Summaries.h"
#include "Facts/FactBuilder.h"
#include "Facts/SourceIndex.h"
#include "Summary/Expansion.h"
#include "Summary/SummaryBuilder.h"
#include "clang/AST/DeclCXX.h"

using namespace clang;

namespace borrow {

constexpr unsigned MaxCallDepth = 150;
constexpr unsigned MaxRounds = 3;

Summaries::Entry &Summaries::entry(const FunctionDecl *Definition) {
  std::unique_ptr<Entry> &E = Entries[Definition];
  if (!E)
    E = std::make_unique<Entry>();
  return *E;
}

/// Iterates the function at which a recursion starts, and with it those that
/// the recursion leads through; what a summary lists only grows.
void Summaries::compute(const FunctionDecl *Definition, Entry &E) {
  unsigned OuterLowest = LowestUsed;
  E.InProgress = true;
  E.Depth = ++Depth;
  for (unsigned Round = 0; Round < MaxRounds; ++Round) {
    LowestUsed = ~0u;
    size_t FirstProvisional = Provisional.size();
    FactBuilder Builder(Unit, Definition);
    if (!Builder.build())
      break;
    E.Facts = std::make_unique<FunctionFacts>(Builder.take());
    Expansion(*E.Facts, Unit.Places, Unit.Words, [&](const FunctionDecl *F) {
      return get(F);
    }).run();
    E.Result = std::make_unique<Summary>(
        SummaryBuilder(*E.Facts, Unit.Places, Unit.Words,
                       Unit.Index.lambda(Definition))
            .build());
    // A recursion that starts further out is iterated there.
    bool UsedItself = LowestUsed == E.Depth;
    if (!UsedItself)
      break;
    // Summaries made from this unfinished one are made again, but for the last.
    if (Round + 1 < MaxRounds)
      for (size_t I = FirstProvisional; I < Provisional.size(); ++I)
        Entries[Provisional[I]]->Done = false;
    Provisional.truncate(FirstProvisional);
  }
  E.InProgress = false;
  E.Done = true;
  --Depth;
  if (LowestUsed < E.Depth)
    Provisional.push_back(Definition);
  LowestUsed = std::min(LowestUsed < E.Depth ? LowestUsed : ~0u, OuterLowest);
}

const Summary *Summaries::get(const FunctionDecl *Function) {
  const FunctionDecl *Definition = nullptr;
  if (!Function || !Function->isDefined(Definition) ||
      !isAnalysable(Definition) ||
      !(Unit.Index.matters(Definition) ||
        Unit.Index.handlesParameters(Definition) ||
        Unit.Index.shares(Definition)))
    return nullptr;
  Entry &E = entry(Definition);
  if (E.InProgress) {
    LowestUsed = std::min(LowestUsed, E.Depth);
    return E.Result.get();
  }
  if (!E.Done) {
    if (Depth >= MaxCallDepth)
      return nullptr;
    compute(Definition, E);
  }
  return E.Result.get();
}

const FunctionFacts *Summaries::facts(const FunctionDecl *Function) {
  bool Matters =
      Unit.Index.matters(Function) || Unit.Index.touchesData(Function);
  if (!Matters || !isAnalysable(Function))
    return nullptr;
  Entry &E = entry(Function);
  if (!E.Done)
    compute(Function, E);
  return E.Facts.get();
}

/// A class whose constructor leaves something locked that its destructor
/// unlocks is a guard, of a reader if it locks for reading.
TypeRole Summaries::infer(const CXXRecordDecl *Class) {
  const CXXDestructorDecl *Destructor = Class->getDestructor();
  if (!Destructor || Destructor->isImplicit())
    return TypeRole::None;
  const Summary *AtEnd = get(Destructor);
  if (!AtEnd || AtEnd->Unlocked.empty())
    return TypeRole::None;
  for (const CXXConstructorDecl *Constructor : Class->ctors())
    if (const Summary *AtStart = get(Constructor))
      if (!AtStart->Left.empty())
        return llvm::all_of(AtStart->Left,
                            [](const Summary::LeftLoan &L) {
                              return L.Taken.How == Access::Shared;
                            })
                   ? TypeRole::SharedGuard
                   : TypeRole::Guard;
  return TypeRole::None;
}

} // namespace borrow
