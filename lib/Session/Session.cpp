//===- Session.cpp - What the checks of one unit share --------------------===//

#include "Session/Session.h"
#include "Facts/BoundMembers.h"
#include "Facts/Queues.h"
#include "Facts/SourceIndex.h"
#include "Session/HandedLocks.h"
#include "Session/MemberPipes.h"
#include "Session/StoredCallbacks.h"
#include "Summary/Summaries.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace borrow {

struct Session::Unit {
  Unit(ASTContext &Context, VocabularyOptions Options)
      : Words(Context, std::move(Options)), Index(Context, Words),
        OwnQueues(Words),
        Shared{Context, Words, Places, Index, OwnQueues, Bound}, Calls(Shared) {
    Words.setInference(&Calls);
  }

  Vocabulary Words;
  PlaceTable Places;
  SourceIndex Index;
  Queues OwnQueues;
  BoundMembers Bound;
  UnitContext Shared;
  Summaries Calls;
};

Session::Session(ASTContext &Context, VocabularyOptions Options)
    : Parts(std::make_unique<Unit>(Context, std::move(Options))) {}

Session::~Session() = default;

Vocabulary &Session::vocabulary() { return Parts->Words; }

llvm::ArrayRef<const NamedDecl *> Session::unknownAnnotations() {
  functions();
  return Parts->Words.unknownAnnotations();
}

unsigned Session::outOfBudget() {
  return llvm::count_if(functions(), [](const auto &Function) {
    return Function->ranOutOfBudget();
  });
}

LockOrder Session::lockOrder() {
  LockOrder Order(Parts->Places);
  for (const auto &Function : functions())
    Order.add(*Function);
  return Order;
}

std::vector<Inversion> Session::lockInversions() {
  return lockOrder().inversions();
}

std::vector<SwappedLocks> Session::swappedLocks() {
  return lockOrder().swapped();
}

GuardedData &Session::guards() {
  if (!Guards)
    Guards = std::make_unique<GuardedData>(Parts->Shared, functions());
  return *Guards;
}

std::vector<UnguardedAccess> Session::unguardedAccesses() {
  return guards().unguarded();
}

std::vector<LostUpdate> Session::lostUpdates() {
  return LostUpdates(Parts->Shared, guards().threads(), functions()).find();
}

std::vector<MemberRace> Session::memberRaces() {
  return MemberThreads(Parts->Shared, functions()).races();
}

NeedlessList Session::needlessExclusivity() {
  NeedlessList All;
  llvm::SmallPtrSet<const CXXRecordDecl *, 16> Classes;
  for (const FunctionDecl *Function : Parts->Index.functions()) {
    All.append(needlessIn(Function, Parts->Shared));
    const auto *Method = dyn_cast<CXXMethodDecl>(Function);
    if (Method && !Method->getParent()->isLambda() &&
        Classes.insert(Method->getParent()).second)
      All.append(needlessIn(Method->getParent(), Parts->Shared));
  }
  return All;
}

const PlaceTable &Session::places() const { return Parts->Places; }

const std::vector<std::unique_ptr<FunctionAnalysis>> &Session::functions() {
  if (Analysed)
    return Functions;
  Analysed = true;
  for (const FunctionDecl *Function : Parts->Index.functions())
    if (const FunctionFacts *Facts = Parts->Calls.facts(Function))
      Functions.push_back(
          std::make_unique<FunctionAnalysis>(*Facts, Parts->Places));
  forgetHandedLocks(Functions);
  StoredCallbacks(Parts->Shared, Parts->Calls).addOverlaps(Functions);
  MemberPipes(Parts->Shared).addReceives(Functions);
  Cycles = StrongCycles(Parts->Shared).find(Functions);
  return Functions;
}

const std::vector<StrongCycle> &Session::cycles() {
  functions();
  return Cycles;
}

} // namespace borrow
