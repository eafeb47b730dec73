//===- ThreadEntries.cpp - Which functions threads come into --------------===//

#include "Session/ThreadEntries.h"
#include "Dataflow/Loans.h"
#include "Dataflow/Solver.h"
#include "Facts/SourceIndex.h"
#include "Model/Vocabulary.h"
#include "clang/AST/DeclCXX.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;

namespace borrow {

/// How many callers up entries are looked for.
constexpr unsigned MaxDepth = 150;

const FunctionDecl *definition(const FunctionDecl *F) {
  const FunctionDecl *Definition = nullptr;
  return F && F->isDefined(Definition) ? Definition : F;
}

bool ownsItsObject(const FunctionDecl *F) {
  const auto *Method = dyn_cast<CXXMethodDecl>(F);
  return isa<CXXConstructorDecl, CXXDestructorDecl>(F) ||
         (Method && (Method->isCopyAssignmentOperator() ||
                     Method->isMoveAssignmentOperator()));
}

bool isLambda(const FunctionDecl *F) {
  const auto *Method = dyn_cast<CXXMethodDecl>(F);
  return Method && Method->getParent()->isLambda();
}

static bool isLock(const Loan &L) {
  return L.Kind == LoanKind::Lock || L.Kind == LoanKind::Data;
}

static bool startsThread(const Fact &F, const FunctionFacts &Facts) {
  return F.Kind == FactKind::Issue && isThread(Facts.loan(F.Loan).Kind) &&
         Facts.loan(F.Loan).Kind != LoanKind::Spent;
}

bool startsThreads(const FunctionFacts &Facts) {
  return llvm::any_of(Facts.Blocks, [&](const Block &B) {
    return llvm::any_of(B.Facts,
                        [&](const Fact &F) { return startsThread(F, Facts); });
  });
}

bool mayRun(const Fact &F, const FunctionFacts &Facts, bool Before) {
  if (startsThread(F, Facts))
    return true;
  bool Joins = (F.Kind == FactKind::Join && F.Truth) ||
               (F.Kind == FactKind::Effect && F.Effect == Effect::Join);
  return Before && !Joins;
}

void visitLocked(
    const FunctionFacts &Facts, const PlaceTable &Places,
    llvm::function_ref<void(const Fact &, llvm::ArrayRef<PlaceId>)> Visit) {
  Loans Analysis(Facts, Places);
  Solver<Loans> Flow(Facts, Analysis);
  if (!Flow.run())
    return;
  Flow.visit([&](const Fact &F, const Loans::State &S) {
    if (F.Kind == FactKind::Use || F.Kind == FactKind::Deref)
      return;
    llvm::SmallVector<PlaceId, 2> Locks;
    for (const Held &L : S.Alive)
      if (isLock(Facts.loan(L.Loan)))
        Locks.push_back(Facts.loan(L.Loan).Place);
    Visit(F, Locks);
  });
}

ThreadEntries::ThreadEntries(
    UnitContext &Unit,
    llvm::ArrayRef<std::unique_ptr<FunctionAnalysis>> Functions)
    : Unit(Unit) {
  for (const auto &F : Functions) {
    const FunctionFacts &Facts = F->facts();
    for (Function Body : Facts.Started)
      Started.insert(definition(Body));
    addRuns(Facts);
    bool Touches = Unit.Index.touchesData(Facts.Function);
    if (Touches)
      Touching.insert(Facts.Function);
    if (Touches || startsThreads(Facts))
      addSites(Facts);
  }
}

void ThreadEntries::addSites(const FunctionFacts &Facts) {
  bool Running = !startsThreads(Facts);
  visitLocked(
      Facts, Unit.Places, [&](const Fact &F, llvm::ArrayRef<PlaceId> Locks) {
        Running = mayRun(F, Facts, Running);
        if (F.Kind == FactKind::Call)
          if (Function Callee = definition(Facts.Calls[F.Call].Callee))
            Sites[Callee].push_back({Facts.Function, !Locks.empty(), !Running});
      });
}

/// Can control come back to B?
static bool isInLoop(const FunctionFacts &Facts, BlockId B) {
  llvm::BitVector Seen(Facts.Blocks.size());
  llvm::SmallVector<BlockId, 16> Queue = {B};
  while (!Queue.empty())
    for (const Edge &E : Facts.block(Queue.pop_back_val()).Successors) {
      if (E.To == B)
        return true;
      if (!Seen.test(E.To.index())) {
        Seen.set(E.To.index());
        Queue.push_back(E.To);
      }
    }
  return false;
}

void ThreadEntries::addRuns(const FunctionFacts &Facts) {
  for (unsigned I = 0; I < Facts.Blocks.size(); ++I)
    for (const Fact &F : Facts.Blocks[I].Facts)
      if (F.Kind == FactKind::Run) {
        Function Body = definition(Facts.Calls[F.Call].Callee);
        if (!Run.insert(Body).second || isInLoop(Facts, BlockId(I)))
          Repeated.insert(Body);
      }
}

bool ThreadEntries::isConfined(Function F) const {
  return Run.contains(F) && !Repeated.contains(F) && !Sites.contains(F);
}

bool ThreadEntries::mayRunBeside(Function F) const {
  if (Started.empty() || Unit.Index.callers(F).empty())
    return true;
  auto It = Sites.find(F);
  return It != Sites.end() &&
         llvm::any_of(It->second, [](const Site &S) { return !S.IsAlone; });
}

bool ThreadEntries::isEntry(Function F) {
  auto [It, New] = Entries.try_emplace(F, false);
  if (!New || Depth >= MaxDepth)
    return It->second;
  llvm::SaveAndRestore<unsigned> Nesting(Depth, Depth + 1);
  bool Result = computeEntry(F);
  return Entries[F] = Result;
}

bool ThreadEntries::computeEntry(Function F) {
  if (Started.contains(F))
    return true;
  if (ownsItsObject(F) || isLambda(F) || Unit.Words.isCalledLocked(F))
    return false;
  const auto *Method = dyn_cast<CXXMethodDecl>(F);
  llvm::ArrayRef<Function> Callers = Unit.Index.callers(F);
  if (!Method)
    return F->isMain() || (Callers.empty() && F->isExternallyVisible());
  if (Method->getAccess() != AS_public)
    return false;
  return Callers.empty() || llvm::any_of(Callers, [&](Function Caller) {
           if (ownsItsObject(Caller) || Unit.Words.isCalledLocked(Caller))
             return false;
           if (!Touching.contains(Caller))
             return true;
           bool Unlocked = llvm::any_of(Sites.lookup(F), [&](const Site &S) {
             return S.Caller == Caller && !S.IsLocked;
           });
           return Unlocked &&
                  (isLambda(Caller) || Caller->isMain() || isEntry(Caller));
         });
}

} // namespace borrow
