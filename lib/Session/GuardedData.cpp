//===- GuardedData.cpp - Which lock guards which data ---------------------===//

#include "Session/GuardedData.h"
#include "Dataflow/Loans.h"
#include "Dataflow/Solver.h"
#include "Dataflow/Waited.h"
#include "Facts/SourceIndex.h"
#include "Facts/Touches.h"
#include "Model/Vocabulary.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;

namespace borrow {

/// Accesses that a function passes on to its callers.
constexpr size_t MaxAccesses = 128;
/// How many calls deep accesses are looked for, and callers up entries.
constexpr unsigned MaxDepth = 150;

static const FunctionDecl *definition(const FunctionDecl *F) {
  const FunctionDecl *Definition = nullptr;
  return F && F->isDefined(Definition) ? Definition : F;
}

/// Nobody else has the object yet, or any more.
static bool ownsItsObject(const FunctionDecl *F) {
  const auto *Method = dyn_cast<CXXMethodDecl>(F);
  return isa<CXXConstructorDecl, CXXDestructorDecl>(F) ||
         (Method && (Method->isCopyAssignmentOperator() ||
                     Method->isMoveAssignmentOperator()));
}

static bool isLambda(const FunctionDecl *F) {
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

static bool startsThreads(const FunctionFacts &Facts) {
  return llvm::any_of(Facts.Blocks, [&](const Block &B) {
    return llvm::any_of(B.Facts,
                        [&](const Fact &F) { return startsThread(F, Facts); });
  });
}

/// Are others there after F? In a function that starts threads: from the first
/// one on until they are joined.
static bool mayRun(const Fact &F, const FunctionFacts &Facts, bool Before) {
  if (startsThread(F, Facts))
    return true;
  bool Joins = (F.Kind == FactKind::Join && F.Truth) ||
               (F.Kind == FactKind::Effect && F.Effect == Effect::Join);
  return Before && !Joins;
}

GuardedData::GuardedData(
    UnitContext &Unit,
    llvm::ArrayRef<std::unique_ptr<FunctionAnalysis>> Analysed)
    : Unit(Unit), Places(Unit.Places) {
  for (const auto &F : Analysed) {
    for (Function Body : F->facts().Started)
      Started.insert(definition(Body));
    addRuns(F->facts());
    bool Touches = Unit.Index.touchesData(F->facts().Function);
    if (Touches)
      Functions[F->facts().Function].Facts = &F->facts();
    if (Touches || startsThreads(F->facts()))
      addSites(F->facts());
  }
}

/// Runs Visit over the facts with the locks that are held before each.
static void visitLocked(
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

void GuardedData::addSites(const FunctionFacts &Facts) {
  bool Running = !startsThreads(Facts);
  visitLocked(Facts, Places, [&](const Fact &F, llvm::ArrayRef<PlaceId> Locks) {
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

void GuardedData::addRuns(const FunctionFacts &Facts) {
  for (unsigned I = 0; I < Facts.Blocks.size(); ++I)
    for (const Fact &F : Facts.Blocks[I].Facts)
      if (F.Kind == FactKind::Run) {
        Function Body = definition(Facts.Calls[F.Call].Callee);
        if (!Run.insert(Body).second || isInLoop(Facts, BlockId(I)))
          Repeated.insert(Body);
      }
}

/// Does one thread alone run it?
bool GuardedData::isConfined(Function F) const {
  return Run.contains(F) && !Repeated.contains(F) && !Sites.contains(F);
}

/// May another thread be there when F is called, as far as its callers are
/// seen?
bool GuardedData::mayRunBeside(Function F) const {
  if (Started.empty() || Unit.Index.callers(F).empty())
    return true;
  auto It = Sites.find(F);
  return It != Sites.end() &&
         llvm::any_of(It->second, [](const Site &S) { return !S.IsAlone; });
}

bool GuardedData::isEntry(Function F) {
  auto [It, New] = Entries.try_emplace(F, false);
  if (!New || Depth >= MaxDepth)
    return It->second;
  llvm::SaveAndRestore<unsigned> Nesting(Depth, Depth + 1);
  bool Result = computeEntry(F);
  return Entries[F] = Result;
}

bool GuardedData::computeEntry(Function F) {
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
           auto It = Functions.find(Caller);
           if (It == Functions.end())
             return true;
           bool Unlocked = llvm::any_of(Sites.lookup(F), [&](const Site &S) {
             return S.Caller == Caller && !S.IsLocked;
           });
           return Unlocked &&
                  (isLambda(Caller) || Caller->isMain() || isEntry(Caller));
         });
}

PlaceId importedPlace(PlaceId P, const CallSite &Site, PlaceTable &Places) {
  PlaceId Root = Places.root(P);
  if (Places[Root].Kind == Step::This) {
    if (Places[Root].Key != Site.Callee->getCanonicalDecl())
      return P;
    return Site.Receiver ? Places.rebase(P, Root, Site.Receiver) : PlaceId();
  }
  const VarDecl *Var = Places.rootVariable(P);
  const auto *Param = dyn_cast_or_null<ParmVarDecl>(Var);
  const auto *Owner =
      Param ? dyn_cast<FunctionDecl>(Param->getDeclContext()) : nullptr;
  if (!Owner || Owner->getCanonicalDecl() != Site.Callee->getCanonicalDecl())
    return Var ? P : PlaceId();
  unsigned Index = Param->getFunctionScopeIndex();
  if (Index >= Site.Arguments.size() || !Site.Arguments[Index].Place)
    return {};
  return Places.rebase(P, Root, Site.Arguments[Index].Place);
}

/// Is it part of an object that F made itself and that others only get from it?
bool GuardedData::isOwn(const SharedAccess &A, Function F) const {
  const VarDecl *Root = Places.rootVariable(A.Place);
  if (!Root)
    return Places[Places.root(A.Place)].Kind != Step::This;
  if (!Root->hasLocalStorage() || Root->getDeclContext() != F)
    return false;
  QualType T = Root->getType();
  if (isa<ParmVarDecl>(Root))
    return !(T->isReferenceType() || T->isPointerType() || T->isRecordType());
  bool Refers =
      T->isReferenceType() || Places.isBehind(Places.root(A.Place), A.Place);
  return !Refers || !refersToOthers(Root);
}

llvm::ArrayRef<SharedAccess> GuardedData::accesses(Function F) {
  auto It = Functions.find(F);
  if (It == Functions.end() || It->second.InProgress)
    return {};
  if (!It->second.Done && Depth < MaxDepth) {
    llvm::SaveAndRestore<unsigned> Nesting(Depth, Depth + 1);
    It->second.InProgress = true;
    collect(It->second);
    It->second.InProgress = false;
    It->second.Done = true;
  }
  return It->second.Accesses;
}

/// What happens whenever the function runs, before it waits for anybody or
/// decides anything.
static llvm::DenseSet<const Fact *> certainFacts(const FunctionFacts &Facts) {
  llvm::DenseSet<const Fact *> Result;
  llvm::BitVector Seen(Facts.Blocks.size());
  for (BlockId B = Facts.Entry; B && !Seen.test(B.index());) {
    Seen.set(B.index());
    for (const Fact &F : Facts.block(B).Facts) {
      if (waits(F))
        return Result;
      Result.insert(&F);
    }
    BlockId Next;
    for (const Edge &E : Facts.block(B).Successors)
      if (E.LeavesTry == ~0u) {
        if (Next)
          return Result;
        Next = E.To;
      }
    B = Next;
  }
  return Result;
}

void GuardedData::collect(Known &Of) {
  const FunctionFacts &Facts = *Of.Facts;
  bool Running = !Facts.Function->isMain() && !startsThreads(Facts);
  bool Locked = false;
  std::vector<SharedAccess> Result;
  llvm::SmallVector<PlaceId, 1> Made;
  for (const Block &B : Facts.Blocks)
    for (const Fact &F : B.Facts)
      if (F.Kind == FactKind::InitLock && Places[F.Place].Kind == Step::Field)
        Made.push_back(Places[F.Place].Parent);
  llvm::DenseSet<const Fact *> Certain = certainFacts(Facts);
  auto Add = [&](SharedAccess A, const Fact &F) {
    bool Alone = !Running || isOwn(A, Facts.Function) ||
                 llvm::any_of(Made, [&](PlaceId Object) {
                   return Places.isPrefix(Object, A.Place);
                 });
    if ((Alone && A.Locks.empty()) || Result.size() >= MaxAccesses)
      return;
    A.IsAlone |= Alone;
    A.IsCertain &= Certain.contains(&F);
    A.AfterLocked = Locked;
    Locked |= !A.Locks.empty();
    Result.push_back(std::move(A));
  };
  visitLocked(Facts, Places, [&](const Fact &F, llvm::ArrayRef<PlaceId> Locks) {
    Running = mayRun(F, Facts, Running);
    if (F.Kind == FactKind::SharedUse)
      Add({F.Place, F.Truth, F.At, {}, {Locks.begin(), Locks.end()}}, F);
    if (F.Kind != FactKind::Call)
      return;
    const CallSite &Site = Facts.Calls[F.Call];
    Function Callee = definition(Site.Callee);
    if (!Callee || ownsItsObject(Callee) || isEntry(Callee))
      return;
    for (const SharedAccess &Inner : accesses(Callee)) {
      SharedAccess Mine = Inner;
      Mine.Place = importedPlace(Inner.Place, Site, Places);
      Mine.At = Site.At;
      Mine.Via = {Callee, Inner.At->getBeginLoc(), Callee,
                  Inner.At->getBeginLoc()};
      Mine.Locks.assign(Locks.begin(), Locks.end());
      for (PlaceId L : Inner.Locks)
        if (PlaceId Outer = importedPlace(L, Site, Places))
          Mine.Locks.push_back(Outer);
      if (Mine.Place)
        Add(std::move(Mine), F);
    }
  });
  Of.Accesses = std::move(Result);
}

/// Empty where the object is its own lock.
GuardedData::LockName GuardedData::name(PlaceId Lock, PlaceId Data) const {
  LockName Result;
  PlaceId Object =
      Places[Data].Kind == Step::Field ? Places[Data].Parent : PlaceId();
  for (PlaceId P = Lock; P && P != Object; P = Places[P].Parent)
    Result.insert(Result.begin(), {Places[P].Kind, Places[P].Key});
  bool Related = Object && Places.isPrefix(Object, Lock);
  // The lock of another object of the class may be the same one under another
  // name.
  if (Object && !Related && Result.back().first == Step::Field)
    return {Result.back()};
  return Result;
}

bool GuardedData::holds(const SharedAccess &A, const LockName &Lock) const {
  return llvm::any_of(A.Locks,
                      [&](PlaceId L) { return name(L, A.Place) == Lock; });
}

/// Is a lock held of which it is not known which one it is?
bool GuardedData::isUnclear(const SharedAccess &A) const {
  return llvm::any_of(A.Locks, [&](PlaceId L) { return !Places.isPrecise(L); });
}

/// Can two threads be in A and in B at the same time, and does it matter?
bool GuardedData::mayMeet(const Entered &A, const Entered &B) const {
  if ((!A.Access.Writes && !B.Access.Writes) || A.Access.IsAlone ||
      B.Access.IsAlone)
    return false;
  return llvm::none_of(A.Access.Locks, [&](PlaceId L) {
    return holds(B.Access, name(L, A.Access.Place));
  });
}

void GuardedData::report(llvm::ArrayRef<Entered> All,
                         std::vector<UnguardedAccess> &Found) const {
  // Who holds which lock, and whether one of them writes.
  std::vector<std::pair<LockName, llvm::SmallPtrSet<Function, 4>>> Holders;
  for (const Entered &E : All)
    for (PlaceId L : E.Access.Locks)
      if (Places.isPrecise(L)) {
        LockName Name = name(L, E.Access.Place);
        auto It = llvm::find_if(
            Holders, [&](const auto &Entry) { return Entry.first == Name; });
        if (It == Holders.end())
          It = Holders.insert(It, {std::move(Name), {}});
        It->second.insert(E.By);
      }
  // A lock that is there for this data alone.
  auto IsSole = [&](const LockName &Lock) {
    if (Lock.empty())
      return false;
    auto It = GuardedBy.find(Lock.back().second);
    return It != GuardedBy.end() && It->second.size() == 1;
  };
  auto Usual = llvm::max_element(Holders, [](const auto &L, const auto &R) {
    return L.second.size() < R.second.size();
  });
  if (Usual == Holders.end())
    return;
  const auto &[Lock, Holding] = *Usual;
  llvm::SmallPtrSet<Function, 4> Without;
  for (const Entered &E : All)
    if (!holds(E.Access, Lock) && !isUnclear(E.Access))
      Without.insert(E.By);
  size_t With = Holding.size();
  llvm::SmallPtrSet<Function, 4> Reported;
  for (const Entered &E : All) {
    if (!E.IsEntry || holds(E.Access, Lock) || isUnclear(E.Access) ||
        Reported.contains(E.By))
      continue;
    const Entered *Guarded = nullptr;
    // A thread changes what another function simply reads with the lock.
    bool Overruns = isStarted(E.By) && E.Access.Writes &&
                    llvm::any_of(All, [&](const Entered &Other) {
                      return Other.By != E.By && Other.Access.IsCertain &&
                             holds(Other.Access, Lock) && mayMeet(E, Other);
                    });
    for (const Entered &Other : All) {
      if (!holds(Other.Access, Lock) || !mayMeet(E, Other))
        continue;
      if (!Other.Access.Writes && !(Overruns && Other.Access.IsCertain))
        continue;
      // Who alone writes may read without a lock.
      bool Elsewhere = Other.By != E.By;
      bool Again = E.Access.Writes && E.Access.AfterLocked && !isConfined(E.By);
      if ((Elsewhere || Again) && (!Guarded || Elsewhere))
        Guarded = &Other;
      if (Elsewhere)
        break;
    }
    if (!Guarded)
      continue;
    bool IsOdd = (With >= 2 && 2 * Without.size() <= With) ||
                 (Without.size() == 1 && E.Access.Writes &&
                  E.Access.AfterLocked && Holding.contains(E.By)) ||
                 (Without.size() == 1 && Overruns) ||
                 (With == 1 && Without.size() == 1 && IsSole(Lock) &&
                  mayRunBeside(E.By) && !E.Access.Writes &&
                  E.Access.IsCertain && !isStarted(Guarded->By));
    if (!IsOdd)
      continue;
    PlaceId Held;
    for (PlaceId L : Guarded->Access.Locks)
      if (name(L, Guarded->Access.Place) == Lock)
        Held = L;
    Reported.insert(E.By);
    Found.push_back({E.Access, Guarded->Access, Held});
  }
}

std::vector<UnguardedAccess> GuardedData::unguarded() {
  llvm::MapVector<const void *, std::vector<Entered>> Data;
  for (const auto &Entry : Functions) {
    Function F = Entry.first;
    bool Entered = isEntry(F);
    // Others are part of their callers, unless those are not seen.
    if (ownsItsObject(F) || (!Entered && !Unit.Index.callers(F).empty()))
      continue;
    for (const SharedAccess &A : accesses(F)) {
      const PlaceTable::Node &Last = Places[A.Place];
      if (Last.Kind == Step::Field || Last.Kind == Step::Var)
        Data[Last.Key].push_back({A, F, Entered});
    }
  }
  for (const auto &[Key, All] : Data)
    for (const Entered &E : All)
      for (PlaceId L : E.Access.Locks)
        GuardedBy[Places[L].Key].insert(Key);
  std::vector<UnguardedAccess> Found;
  for (const auto &[Key, All] : Data)
    report(All, Found);
  return Found;
}

} // namespace borrow
