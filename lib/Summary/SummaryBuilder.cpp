//===- SummaryBuilder.cpp - From a function's facts to its summary --------===//

#include "Summary/SummaryBuilder.h"
#include "Dataflow/HeldLocks.h"
#include "Dataflow/Presence.h"
#include "Dataflow/Released.h"
#include "Dataflow/Solver.h"
#include "Model/Vocabulary.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace borrow {

constexpr unsigned MaxPlaceDepth = 8;

/// The index of the parameter at the root of P, or -1.
int SummaryBuilder::parameter(PlaceId P) const {
  const auto *Param =
      dyn_cast_or_null<ParmVarDecl>(P ? Places.rootVariable(P) : nullptr);
  if (!Param || Param->getDeclContext() != Facts.Function)
    return -1;
  return Param->getFunctionScopeIndex();
}

/// Can a caller name the place too?
bool SummaryBuilder::isVisible(PlaceId P) const {
  if (!P || Places.depth(P) > MaxPlaceDepth)
    return false;
  for (PlaceId I = P; I; I = Places[I].Parent)
    if (Places[I].Kind == Step::IndexBy)
      return false;
  if (Places[Places.root(P)].Kind == Step::This)
    return true;
  const VarDecl *Root = Places.rootVariable(P);
  if (!Root)
    return false;
  if (parameter(P) >= 0)
    return Root->getType()->isReferenceType() ||
           Root->getType()->isBooleanType() || Places.depth(P) > 1 ||
           Words.mayBeEmpty(Root->getType()) ||
           Root->getType()->isPointerType();
  return Root->hasGlobalStorage() || Root->getDeclContext() != Facts.Function;
}

/// Does the caller know the place, or is it the guard that the function gets as
/// an object of its own?
bool SummaryBuilder::isGiven(PlaceId P) const {
  return isVisible(P) || (parameter(P) >= 0 && Places.depth(P) == 1 &&
                          Words.isGuard(Places.rootVariable(P)->getType()));
}

Inside SummaryBuilder::via(const Fact &F, const Inside &Deeper) const {
  SourceLocation Here = F.At ? F.At->getBeginLoc() : SourceLocation();
  if (Deeper.Callee)
    return {Deeper.Callee, Facts.Function, Deeper.Loc, Here};
  return {Facts.Function, Facts.Function, Here, Here};
}

Loan SummaryBuilder::exported(Loan Copy) const {
  SourceLocation Here = Copy.At->getExprLoc();
  if (!Copy.Via.Callee)
    Copy.Via = {Facts.Function, nullptr, Here, {}};
  Copy.Via.Entry = Facts.Function;
  Copy.Via.EntryLoc = Here;
  return Copy;
}

/// A closure parameter that still runs when the function returns.
void SummaryBuilder::addSpawn(const Held &L) {
  const Holder &Thread = Facts.holder(L.Keeper);
  bool Visible = Thread.Kind == Holder::Detached ||
                 Thread.Kind == Holder::Queue ||
                 Thread.Kind == Holder::Result ||
                 (Thread.Kind == Holder::Storage && isVisible(Thread.Place));
  // A thread in a local variable is joined or ends the program.
  if (!Visible)
    return;
  int Param = parameter(Facts.loan(L.Loan).Place);
  auto Same = [&](const Summary::SpawnedParameter &P) {
    return P.Parameter == unsigned(Param) && P.Keeper == Thread.Kind &&
           P.Place == Thread.Place;
  };
  if (Param >= 0 && llvm::none_of(Result.Spawns, Same))
    append(Result.Spawns, Summary::SpawnedParameter{unsigned(Param),
                                                    Thread.Kind, Thread.Place});
}

/// A call of a std::function or function pointer that is a parameter.
void SummaryBuilder::addInvocation(const Fact &Called, const Loans::State &S) {
  const CallSite &Site = Facts.Calls[Called.Call];
  int Param = parameter(Site.Receiver);
  if (Param < 0)
    return;
  Summary::Invocation Call{unsigned(Param), {}, {}, Called.Truth};
  for (const Argument &A : Site.Arguments)
    Call.Arguments.push_back(isVisible(A.Place) ? A.Place : PlaceId());
  for (const Held &L : S.Alive)
    if (isVisible(Facts.loan(L.Loan).Place))
      append(Call.While, exported(Facts.loan(L.Loan)));
  append(Result.Invokes, std::move(Call));
}

void SummaryBuilder::addTouch(const Fact &F, const Loan &L) {
  if (isThread(L.Kind) || L.TestedBy || !isVisible(L.Place) ||
      Result.Touches.size() >= MaxEntries)
    return;
  Result.Touches.push_back(exported(L));
  TouchFacts.push_back(&F);
}

/// Loans of what are two things here, but may be one for a caller.
void SummaryBuilder::addNesting(const Loan &Second, const Loans::State &S) {
  if (isThread(Second.Kind) || Second.TestedBy || Second.Recursive ||
      !isVisible(Second.Place))
    return;
  PlaceId Root = Places.root(Second.Place);
  // What a closure refers to is known to be one or two where it is called.
  auto IsGiven = [&](PlaceId P) {
    return parameter(P) >= 0 ||
           (Places[P].Kind == Step::This &&
            Places[P].Key == Facts.Function->getCanonicalDecl());
  };
  auto MayBeOne = [&](const Loan &First) {
    PlaceId Other = Places.root(First.Place);
    std::pair<PlaceId, PlaceId> Both = std::minmax(Root, Other);
    return First.Kind == Second.Kind && !First.Recursive && !First.TestedBy &&
           (First.How == Access::Mut || Second.How == Access::Mut) &&
           Root != Other && IsGiven(Root) && IsGiven(Other) &&
           isVisible(First.Place) && !llvm::is_contained(Facts.Compared, Both);
  };
  for (const Held &L : S.Alive)
    if (const Loan &First = Facts.loan(L.Loan); MayBeOne(First))
      append(Result.Nesting,
             Summary::Nested{exported(First), exported(Second)});
}

/// What a wait releases: a guard that it is given, or the lock of one that is
/// of this function.
PlaceId SummaryBuilder::released(const Fact &Wait,
                                 const Loans::State &S) const {
  if (!Wait.Value)
    return endedGuard(S);
  if (isVisible(Wait.Value))
    return Wait.Value;
  for (const Held &L : S.Alive)
    if (Facts.holder(L.Keeper).Place == Wait.Value &&
        isVisible(Facts.loan(L.Loan).Place))
      return Facts.loan(L.Loan).Place;
  return Wait.Value;
}

/// Must somebody else have taken the lock that the wait releases?
bool SummaryBuilder::releasesOfCaller(const Fact &Wait, PlaceId Released,
                                      const Loans::State &S) const {
  bool InCallee = Wait.Via.Callee;
  if (Wait.Effect != Effect::CondWait || (InCallee && !Wait.Strict))
    return false;
  return llvm::none_of(S.Alive, [&](const Held &L) {
    const Loan &Taken = Facts.loan(L.Loan);
    return Taken.Kind == LoanKind::Lock &&
           (InCallee || Taken.Place == Released) && !Taken.Adopted;
  });
}

void SummaryBuilder::addEffect(const Fact &F, const Loans::State &S) {
  if (Result.Effects.size() >= MaxEntries)
    return;
  PlaceId Released = released(F, S);
  Result.Effects.push_back({F.Effect, isVisible(F.Place) ? F.Place : PlaceId(),
                            Released, via(F, F.Via),
                            releasesOfCaller(F, Released, S)});
  EffectFacts.push_back(&F);
}

void SummaryBuilder::addFact(const Fact &F, const Loans::State &S,
                             const Loans &Analysis) {
  switch (F.Kind) {
  case FactKind::Issue:
  case FactKind::Touch:
    addNesting(Facts.loan(F.Loan), S);
    return addTouch(F, Facts.loan(F.Loan));
  case FactKind::Effect:
    // A coroutine that is called suspends itself, and who passes a function
    // knows what it does.
    if (F.Effect == Effect::Suspend ||
        (F.Effect == Effect::Callback && F.Place && parameter(F.Place) >= 0))
      return;
    addEffect(F, S);
    return;
  case FactKind::Unlock:
    if (isVisible(F.Place))
      append(Result.Unlocked, F.Place);
    return;
  case FactKind::Suspend:
  case FactKind::Resume:
  case FactKind::Drop:
  case FactKind::Move: {
    for (const Held &L : S.Dormant)
      if (F.Kind == FactKind::Resume && Analysis.resumes(F, L))
        addTouch(F, Analysis.resumed(L, F));
    const Holder &H = Facts.holder(F.Holder);
    GivesBack |= F.Kind != FactKind::Resume && isGiven(H.Place);
    bool OfThis = H.Kind == Holder::Storage && H.Place &&
                  Places[Places.root(H.Place)].Kind == Step::This;
    if (H.Kind == Holder::Storage && isVisible(H.Place) && F.At)
      append(F.Kind == FactKind::Resume ? Result.Resumed : Result.Suspended,
             H.Place);
    Result.SuspendsThis |= OfThis && F.Kind != FactKind::Resume;
    Result.ResumesThis |= OfThis && F.Kind == FactKind::Resume;
    return;
  }
  case FactKind::Dies:
    for (const Held &L : S.Alive)
      if (Facts.loan(L.Loan).Kind == LoanKind::Closure &&
          Facts.loan(L.Loan).Place == F.Place)
        addSpawn(L);
    return;
  case FactKind::Join: {
    PlaceId Place = F.Holder ? Facts.holder(F.Holder).Place : PlaceId();
    if (!Place || isVisible(Place))
      append(Result.Joined,
             Summary::Join{Place, F.Truth, Place && isCertain(F)});
    return;
  }
  case FactKind::Escape:
    if (F.At && F.Holder && isVisible(Facts.holder(F.Holder).Place))
      append(Result.Escaped, Facts.holder(F.Holder).Place);
    return;
  case FactKind::Assign:
  case FactKind::SetFlag:
  case FactKind::Full:
    if (isVisible(F.Place) && Places.depth(F.Place) > 1)
      append(Result.Assigned, F.Place);
    return;
  case FactKind::Keep:
    if (isVisible(F.Place) && Places.depth(F.Place) > 1 &&
        (isVisible(F.Value) || parameter(F.Value) >= 0))
      append(Result.Keeps, Summary::Kept{F.Place, F.Value, via(F, F.Via)});
    return;
  case FactKind::Call:
    if (F.Call != ~0u)
      addInvocation(F, S);
    return;
  default:
    return;
  }
}

/// Does every way through the function join what Join joins, unless something
/// is thrown?
bool SummaryBuilder::isCertain(const Fact &Join) const {
  llvm::BitVector Seen(Facts.Blocks.size());
  llvm::SmallVector<BlockId, 16> Queue = {Facts.Entry};
  while (!Queue.empty()) {
    BlockId B = Queue.pop_back_val();
    if (Seen.test(B.index()))
      continue;
    Seen.set(B.index());
    bool Joins = llvm::any_of(Facts.block(B).Facts, [&](const Fact &F) {
      return F.Kind == FactKind::Issue && F.Holder == Join.Holder &&
             Facts.loan(F.Loan).Kind == LoanKind::Spent;
    });
    if (Joins)
      continue;
    if (B == Facts.Exit)
      return false;
    for (const Edge &E : Facts.block(B).Successors)
      Queue.push_back(E.To);
  }
  return true;
}

/// A reference parameter, or the object, that a thread still refers to.
void SummaryBuilder::addCaptured(const Held &L) {
  const Holder &Thread = Facts.holder(L.Keeper);
  bool Outlives = Thread.Kind == Holder::Detached ||
                  Thread.Kind == Holder::Queue ||
                  Thread.Kind == Holder::Result ||
                  (Thread.Kind == Holder::Storage && isVisible(Thread.Place));
  const Loan &Lent = Facts.loan(L.Loan);
  // What becomes of the object is up to who has it and the thread.
  bool OfObject = Thread.Kind == Holder::Result &&
                  Places[Places.root(Lent.Place)].Kind == Step::This;
  bool ByReference =
      isVisible(Lent.Place) && (Lent.Kind == LoanKind::Running ||
                                parameter(Lent.Place) >= 0 || OfObject);
  if (Outlives && ByReference)
    append(Result.Captured, Summary::LeftLoan{exported(Facts.loan(L.Loan)),
                                              Thread.Place, Thread.Kind});
}

/// A guard that the caller passed by reference and that keeps nothing now.
PlaceId SummaryBuilder::endedGuard(const Loans::State &S) const {
  for (const ParmVarDecl *Param : Facts.Function->parameters()) {
    PlaceId Guard = Places.variable(Param);
    if (!Param->getType()->isReferenceType() ||
        !Words.isGuard(Param->getType()))
      continue;
    bool Keeps = llvm::any_of(S.Alive, [&](const Held &L) {
      return Facts.holder(L.Keeper).Place == Guard;
    });
    if (!Keeps)
      return Guard;
  }
  return {};
}

/// What is returned on several paths is returned once: what a reader could
/// have, if one of the paths only reads.
void SummaryBuilder::addReturned(const Loan &L) {
  for (Loan &Known : Result.Returned)
    if (Known.Place == L.Place && Known.Kind == L.Kind &&
        Known.TestedBy == L.TestedBy) {
      if (L.How == Access::Shared)
        Known = exported(L);
      return;
    }
  append(Result.Returned, exported(L));
}

/// The same of a lock that is left locked.
void SummaryBuilder::addLeft(Summary::LeftLoan Left) {
  for (Summary::LeftLoan &Known : Result.Left)
    if (Known.Keeper == Left.Keeper && Known.Taken.Place == Left.Taken.Place &&
        Known.Taken.Kind == Left.Taken.Kind) {
      if (Left.Taken.How == Access::Shared)
        Known = std::move(Left);
      return;
    }
  append(Result.Left, std::move(Left));
}

void SummaryBuilder::addExit(const Loans::State &S) {
  if (PlaceId Guard = endedGuard(S))
    Result.Ended.push_back(Guard);
  for (const Held &L : S.Alive) {
    const Loan &Loan = Facts.loan(L.Loan);
    if (Loan.Kind == LoanKind::Closure)
      addSpawn(L);
    if (Loan.Kind == LoanKind::Capture || Loan.Kind == LoanKind::Running)
      addCaptured(L);
    if (Loan.Kind == LoanKind::Thread &&
        Facts.holder(L.Keeper).Kind == Holder::Result)
      append(Result.Returned, exported(Facts.loan(L.Loan)));
    if (isThread(Loan.Kind) || !isVisible(Loan.Place))
      continue;
    const Holder &Keeper = Facts.holder(L.Keeper);
    if (Keeper.Kind == Holder::Result)
      addReturned(Loan);
    else if (Keeper.Kind == Holder::Nobody)
      addLeft({exported(Facts.loan(L.Loan)), {}});
    else if (Keeper.Kind == Holder::Storage && isVisible(Keeper.Place))
      addLeft({exported(Facts.loan(L.Loan)), Keeper.Place});
  }
}

void SummaryBuilder::addLoans() {
  Loans Analysis(Facts, Places);
  Solver<Loans> Flow(Facts, Analysis);
  if (!Flow.run())
    return;
  Flow.visit(
      [&](const Fact &F, const Loans::State &S) { addFact(F, S, Analysis); });
  if (auto AtExit = Flow.atEnd(Facts.Exit))
    addExit(*AtExit);
}

bool SummaryBuilder::assigned(PlaceId Handle) const {
  for (const Block &B : Facts.Blocks)
    for (const Fact &F : B.Facts)
      if ((F.Kind == FactKind::Assign || F.Kind == FactKind::SetFlag ||
           F.Kind == FactKind::Full) &&
          Places.isPrefix(F.Place, Handle))
        return true;
  return false;
}

/// Is P present if the flag that F sets is F.Truth?
bool SummaryBuilder::tests(const Fact &F, PlaceId P) const {
  if (F.Kind != FactKind::SetFlag || F.Needs == ~0u)
    return F.Kind == FactKind::SetFlag && F.Value == P;
  return llvm::any_of(Facts.Conjunctions[F.Needs], [&](const Literal &L) {
    return L.Place == P && L.Truth;
  });
}

void SummaryBuilder::addPresence() {
  llvm::SmallVector<PlaceId, 2> Handles;
  for (const ParmVarDecl *Param : Facts.Function->parameters()) {
    QualType T = Param->getType().getNonReferenceType();
    if (Words.mayBeEmpty(T) || T->isPointerType() || T->isBooleanType())
      Handles.push_back(Places.variable(Param));
  }
  if (Lambda)
    for (const LambdaCapture &Capture : Lambda->captures())
      if (Capture.capturesVariable())
        if (const auto *Var = dyn_cast<VarDecl>(Capture.getCapturedVar());
            Var && Words.role(Var->getType()) == TypeRole::Strong)
          Handles.push_back(Places.variable(Var));
  Presence Analysis(Places, Handles);
  Solver<Presence> Flow(Facts, Analysis);
  if (!Flow.run())
    return;
  // Handles that are absent where the result may be true, or may be false.
  llvm::SmallVector<PlaceId, 2> AbsentIf[2];
  unsigned Returns = 0;
  const Fact *LastTest = nullptr;
  Flow.visit([&](const Fact &F, const Presence::State &S) {
    if (F.Kind == FactKind::Deref && S.Empty.contains(F.Place) &&
        !Analysis.origin(F.Place) && llvm::is_contained(Handles, F.Place))
      append(Result.Unchecked, Summary::Use{F.Place, via(F, F.Via)});
    bool SetsResult =
        (F.Kind == FactKind::SetFlag || F.Kind == FactKind::Assign) &&
        F.Place == Places.result();
    if (!SetsResult)
      return;
    bool Known = F.Kind == FactKind::SetFlag && F.Needs == ~0u;
    ++Returns;
    LastTest = Known ? &F : nullptr;
    for (bool Truth : {false, true}) {
      if (Known && !F.Value && F.Truth != Truth)
        continue;
      for (PlaceId P : Handles)
        if (S.Empty.contains(P) && !(F.Truth == Truth && tests(F, P)))
          AbsentIf[Truth].push_back(P);
    }
  });
  auto AtExit = Flow.atStart(Facts.Exit);
  if (AtExit) {
    for (PlaceId P : Handles)
      if (!AtExit->Empty.contains(P) && !assigned(P))
        Result.PresentAfter.push_back(P);
    if (AtExit->Empty.contains(Places.result()))
      if (const Fact *Origin = Analysis.origin(Places.result())) {
        Result.ReturnsUnchecked = true;
        Result.ReturnsWhy = Origin->Why;
        Result.ReturnsUpgrade = via(*Origin, Origin->Via);
      }
  }
  if (!Facts.Function->getReturnType()->isBooleanType() || Returns == 0)
    return;
  if (Returns == 1 && LastTest && isVisible(LastTest->Value)) {
    Result.ReturnsTest.Place = LastTest->Value;
    Result.ReturnsTest.Truth = LastTest->Truth;
  }
  for (PlaceId P : Handles) {
    if (!llvm::is_contained(AbsentIf[true], P))
      Result.PresentIfTrue.push_back(P);
    if (!llvm::is_contained(AbsentIf[false], P))
      Result.PresentIfFalse.push_back(P);
  }
}

void SummaryBuilder::addOwners() {
  auto Owns = [](const Block &B) {
    return llvm::any_of(B.Facts,
                        [](const Fact &F) { return F.Kind == FactKind::Own; });
  };
  if (llvm::none_of(Facts.Blocks, Owns))
    return;
  Owners Analysis(Facts, Places, Owners::OnEveryPath);
  Solver<Owners> Flow(Facts, Analysis);
  if (!Flow.run())
    return;
  auto AtExit = Flow.atStart(Facts.Exit);
  if (!AtExit)
    return;
  for (PlaceId P : AtExit->Owned) {
    const Fact *By = Analysis.owner(P);
    bool IsThis = Places[P].Kind == Step::This;
    bool IsParameter = parameter(P) >= 0 && Places.depth(P) == 1;
    // What is certainly wrong here is not reported once more at the calls.
    if (By && !By->Truth && (IsThis || IsParameter))
      append(Result.Owns, Summary::Owned{P, via(*By, By->Via)});
  }
}

void SummaryBuilder::addConditions() {
  if (TouchFacts.empty())
    return;
  auto IsVisible = [&](PlaceId P) { return isVisible(P); };
  KnownLiterals Analysis(Places, IsVisible);
  Solver<KnownLiterals> Flow(Facts, Analysis);
  if (!Flow.run())
    return;
  Flow.visit([&](const Fact &F, const KnownLiterals::State &S) {
    auto It = llvm::find(TouchFacts, &F);
    if (It == TouchFacts.end())
      return;
    Loan &L = Result.Touches[It - TouchFacts.begin()];
    llvm::erase_if(L.When,
                   [&](const Literal &W) { return !isVisible(W.Place); });
    for (const auto &[Place, Truth] : S)
      L.When.push_back({Place, Truth});
  });
}

/// Of the loans that a caller can't tell apart, the first.
static llvm::SmallVector<Loan, 0> distinct(llvm::ArrayRef<Loan> Touches) {
  auto Alike = [](const Loan &A, const Loan &B) {
    return A.Kind == B.Kind && A.How == B.How && A.Place == B.Place &&
           A.Recursive == B.Recursive && A.When == B.When &&
           A.Without == B.Without;
  };
  llvm::SmallVector<Loan, 0> Result;
  for (const Loan &L : Touches)
    if (llvm::none_of(Result,
                      [&](const Loan &Other) { return Alike(L, Other); }))
      Result.push_back(L);
  // A unit may have ten thousand summaries: no more than they need.
  return {Result.begin(), Result.end()};
}

Summary SummaryBuilder::build() {
  addLoans();
  addReleased();
  addLocks();
  addOwners();
  addPresence();
  addConditions();
  addDrains();
  addAccesses();
  Result.Touches = distinct(Result.Touches);
  return std::move(Result);
}

} // namespace borrow
