//===- LockFindings.cpp - Locks left locked, unlocked twice ---------------===//
//
// A leak is found on the edge from which on a lock can't be unlocked any more:
// before it the lock is certainly held by hand and some way unlocks it, after
// it every way leaves the function, or locks again, without that.
//
//   m.lock();            // some way from here unlocks m
//   if (k)
//     return;            // none from here: a leak, reported at the return
//   m.unlock();
//
//===----------------------------------------------------------------------===//

#include "Dataflow/HeldLocks.h"
#include "Dataflow/PathSensitive.h"
#include "Dataflow/Solver.h"
#include "Session/FunctionAnalysis.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Stmt.h"
#include <deque>

using namespace clang;

namespace borrow {

namespace {

using PerPath = PathSensitive<HeldLocks>;

/// In functions that need more there are no leaks, or no more of them.
constexpr size_t MaxLeakVisits = 1 << 18, MaxLeaks = 64;

/// What may become of a lock that is held by hand.
struct Fate {
  bool Unlocked = false;
  /// Control leaves the function, or locks once more.
  bool Left = false;

  void join(Fate Other) {
    Unlocked |= Other.Unlocked;
    Left |= Other.Left;
  }
  bool isLeak() const { return Left && !Unlocked; }
  friend bool operator==(Fate L, Fate R) {
    return L.Unlocked == R.Unlocked && L.Left == R.Left;
  }
};

/// The fates of one lock, by block: a backward may-analysis.
class LockFates {
public:
  LockFates(const FunctionFacts &Facts, HeldLocks &Analysis, PlaceId Lock)
      : Facts(Facts), Analysis(Analysis), Lock(Lock),
        Fates(Facts.Blocks.size()) {
    std::vector<BlockId> Order = reversePostOrder(Facts);
    for (bool Changed = true; Changed;) {
      Changed = false;
      for (BlockId B : llvm::reverse(Order)) {
        Fate New = from(B, 0);
        Changed |= !(New == Fates[B.index()]);
        Fates[B.index()] = New;
      }
    }
  }

  Fate at(BlockId B) const { return Fates[B.index()]; }
  Fate atEnd(BlockId B) const {
    Fate Result{false, B == Facts.Exit};
    for (const Edge &E : Facts.block(B).Successors)
      if (!isUncaught(B, E))
        Result.join(at(E.To));
    return Result;
  }
  /// An exception that no handler of the try block is for: whether one is
  /// thrown isn't known.
  bool isUncaught(BlockId B, const Edge &E) const {
    auto Dispatches = [&](BlockId Block) {
      return llvm::any_of(Facts.Tries, [&](const TryRegion &Try) {
        return Try.Dispatch == Block;
      });
    };
    return Dispatches(B) && (E.To == Facts.Exit || Dispatches(E.To));
  }
  /// From the fact with this index on.
  Fate from(BlockId B, size_t Index) const {
    HeldLocks::State S;
    S.Locks.set(Lock, ByHand);
    bool Unlocked = false;
    for (const Fact &F :
         llvm::ArrayRef<Fact>(Facts.block(B).Facts).drop_front(Index)) {
      bool LocksAgain =
          F.Kind == FactKind::Issue && Facts.loan(F.Loan).Place == Lock &&
          !Facts.loan(F.Loan).Recursive && !Facts.loan(F.Loan).TestedBy;
      if (LocksAgain || F.Kind == FactKind::Leave)
        return {Unlocked, true};
      Analysis.transfer(F, S);
      LockStates After = S.Locks.get(Lock);
      // The variable that the lock is reached by ends.
      if (F.Kind == FactKind::Dies && After != ByHand)
        return {Unlocked, true};
      Unlocked |= After != ByHand;
      if (!(After & ByHand))
        return {true, false};
      S.Locks.set(Lock, ByHand);
    }
    Fate Result = atEnd(B);
    Result.Unlocked |= Unlocked;
    return Result;
  }

private:
  const FunctionFacts &Facts;
  HeldLocks &Analysis;
  PlaceId Lock;
  std::vector<Fate> Fates;
};

class LockFindings {
public:
  LockFindings(const FunctionFacts &Facts, const PlaceTable &Places,
               HeldLocks &Analysis)
      : Facts(Facts), Places(Places), Analysis(Analysis) {
    for (const Block &B : Facts.Blocks)
      for (const Fact &F : B.Facts)
        addCandidate(F);
  }

  void visit(const Fact &F, const PerPath::State &Paths) {
    for (const auto &[Known, S] : Paths) {
      if (PlaceId Lock = HeldLocks::lent(F, S))
        Lent.insert(Lock);
      visitReturn(F, S);
      if (F.Via.Callee && F.Kind != FactKind::Settle)
        continue;
      switch (F.Kind) {
      case FactKind::Unlock:
        visitUnlock(F, S);
        break;
      case FactKind::Suspend:
        if (F.Strict && S.Guards.get(F.Holder) == Free)
          addBadUnlock({&F, lastBefore(F, {}, F.Holder), {}});
        break;
      case FactKind::Resume:
        if (F.Strict && S.Guards.get(F.Holder) == ByGuard &&
            llvm::none_of(Relocks,
                          [&](const Relock &R) { return R.Again == &F; }))
          Relocks.push_back({&F, lastBefore(F, {}, F.Holder)});
        break;
      case FactKind::Adopt:
        if (S.Locks.get(F.Place) == Untouched)
          Foreign.push_back({F.Place, nullptr});
        break;
      case FactKind::Settle:
        if (F.Place && Facts.LockExits[F.Exit].States == Free)
          visitForeign(F.Place, F.Via.Callee, S);
        break;
      case FactKind::Drop:
        visitGuardEnd(F, S);
        break;
      default:
        break;
      }
    }
  }

  /// False if the budget ran out.
  bool addLeaks(Solver<PerPath> &Flow, PerPath &Refined) {
    if (Candidates.size() * Facts.Blocks.size() > MaxLeakVisits)
      return false;
    for (PlaceId Lock : Candidates) {
      LockFates Fates(Facts, Analysis, Lock);
      for (BlockId B : reversePostOrder(Facts)) {
        auto S = Flow.atEnd(B);
        if (!S || Leaks.size() >= MaxLeaks)
          continue;
        if (Fates.atEnd(B).Unlocked)
          for (const Edge &E : Facts.block(B).Successors)
            if (Fates.at(E.To).isLeak() && !Fates.isUncaught(B, E)) {
              PerPath::State Out = *S;
              if (Refined.follow(E, Out) && isHeld(Out, Lock))
                addLeak(Lock, leavingLocation(E.To));
            }
        addThrown(*Flow.atStart(B), B, Refined, Lock, Fates);
      }
    }
    llvm::erase_if(Leaks, [&](const LockLeak &L) {
      return !L.Abandoned && (isAcquired(L.Lock) || Lent.contains(L.Lock));
    });
    return true;
  }

  std::vector<LockLeak> Leaks;
  std::vector<BadUnlock> BadUnlocks;
  std::vector<Relock> Relocks;
  std::vector<ForeignUnlock> Foreign;

private:
  /// Which booleans are returned with a lock held, or free: 1 for false, 2 for
  /// true.
  struct Returned {
    uint8_t Held = 0, Free = 0;
  };

  void addCandidate(const Fact &F) {
    PlaceId Lock;
    if (F.Kind == FactKind::Issue && isOwnLock(Facts.loan(F.Loan)))
      Lock = Facts.loan(F.Loan).Place;
    else if (F.Kind == FactKind::Settle && F.Place &&
             (Facts.LockExits[F.Exit].States & ByHand))
      Lock = F.Place;
    if (Lock && Places.isPrecise(Lock) && !llvm::is_contained(Candidates, Lock))
      Candidates.push_back(Lock);
  }

  static bool isOwnLock(const Loan &L) {
    return L.Kind == LoanKind::Lock && L.At && !L.Via.Callee;
  }

  bool isHeld(const PerPath::State &Paths, PlaceId Lock) const {
    return llvm::any_of(Paths, [&](const auto &Path) {
      return Path.second.Locks.get(Lock) == ByHand;
    });
  }

  void visitReturn(const Fact &F, const HeldLocks::State &S) {
    if ((F.Kind != FactKind::SetFlag && F.Kind != FactKind::Assign) ||
        Places[F.Place].Kind != Step::Result)
      return;
    bool Constant = F.Kind == FactKind::SetFlag && !F.Value && F.Needs == ~0u;
    uint8_t Values = !Constant ? 3 : F.Truth ? 2 : 1;
    for (PlaceId Lock : Candidates) {
      LockStates Held = S.Locks.get(Lock);
      if (Held & ByHand)
        Results[Lock].Held |= Values;
      if (Held & ~ByHand)
        Results[Lock].Free |= Values;
    }
  }

  /// Does the function return true with the lock, false without it?
  bool isAcquired(PlaceId Lock) const {
    Returned R = Results.lookup(Lock);
    return R.Held == 2 && R.Free == 1;
  }

  void visitUnlock(const Fact &F, const HeldLocks::State &S) {
    visitForeign(F.Place, nullptr, S);
    if (F.Strict && S.Locks.get(F.Place) == Free)
      addBadUnlock({&F, lastBefore(F, F.Place, {}), {}});
  }

  /// A lock is unlocked that this function does not lock; by By, which may have
  /// locked it.
  void visitForeign(PlaceId Lock, const FunctionDecl *By,
                    const HeldLocks::State &S) {
    if (S.Locks.get(Lock) == Untouched && !llvm::is_contained(Candidates, Lock))
      Foreign.push_back({Lock, By});
  }

  /// A guard unlocks what was unlocked by hand under it.
  void visitGuardEnd(const Fact &F, const HeldLocks::State &S) {
    if (S.Guards.get(F.Holder) != ByGuard)
      return;
    for (const auto &[Guard, Lock] : S.Kept)
      if (Guard == F.Holder && S.Locks.get(Lock) == Free)
        if (const Fact *Unlock = onlyUnlock(Lock))
          addBadUnlock({Unlock, nullptr, Guard});
  }

  const Fact *onlyUnlock(PlaceId Lock) const {
    const Fact *Only = nullptr;
    for (const Block &B : Facts.Blocks)
      for (const Fact &F : B.Facts)
        if (F.Kind == FactKind::Unlock && F.Place == Lock) {
          if (Only || F.Via.Callee || !F.Strict)
            return nullptr;
          Only = &F;
        }
    return Only;
  }

  void addBadUnlock(BadUnlock U) {
    bool Known = llvm::any_of(BadUnlocks, [&](const BadUnlock &Other) {
      return Other.Unlock->At == U.Unlock->At;
    });
    if (!Known)
      BadUnlocks.push_back(U);
  }

  /// What last changed the lock or guard in the source before F.
  const Fact *lastBefore(const Fact &F, PlaceId Lock, HolderId Guard) const {
    const Fact *Last = nullptr;
    for (const Block &B : Facts.Blocks)
      for (const Fact &Other : B.Facts) {
        bool Same =
            Lock ? Other.Place == Lock && (Other.Kind == FactKind::Unlock ||
                                           Other.Kind == FactKind::Settle)
                 : Other.Holder == Guard && (Other.Kind == FactKind::Suspend ||
                                             Other.Kind == FactKind::Resume ||
                                             Other.Kind == FactKind::Issue ||
                                             Other.Kind == FactKind::Abandon ||
                                             Other.Kind == FactKind::Move ||
                                             Other.Kind == FactKind::Settle);
        if (Same && Other.At && Other.At->getBeginLoc() < F.At->getBeginLoc() &&
            (!Last || Last->At->getBeginLoc() < Other.At->getBeginLoc()))
          Last = &Other;
      }
    return Last;
  }

  /// The first statement by which control leaves from B on, else the end of the
  /// function.
  SourceLocation leavingLocation(BlockId B) const {
    std::deque<BlockId> Queue = {B};
    llvm::BitVector Seen(Facts.Blocks.size());
    while (!Queue.empty()) {
      BlockId Next = Queue.front();
      Queue.pop_front();
      if (Seen.test(Next.index()))
        continue;
      Seen.set(Next.index());
      if (const Stmt *Jump = Facts.block(Next).Jump)
        return Jump->getBeginLoc();
      for (const Edge &E : Facts.block(Next).Successors)
        Queue.push_back(E.To);
    }
    return Facts.Function->getBody()->getEndLoc();
  }

  /// Callees that throw past the lock, and guards that give it up.
  void addThrown(PerPath::State S, BlockId B, PerPath &Refined, PlaceId Lock,
                 const LockFates &Fates) {
    const auto &List = Facts.block(B).Facts;
    for (size_t I = 0; I < List.size(); ++I) {
      const Fact &F = List[I];
      if (F.Kind == FactKind::Raise && isHeld(S, Lock) &&
          Fates.from(B, I).Unlocked) {
        bool Caught = F.Try != ~0u;
        BlockId Handler = Caught ? Facts.Tries[F.Try].Dispatch : BlockId();
        if (!Caught || (Handler && Fates.at(Handler).isLeak()))
          addLeak(Lock, F.At->getBeginLoc()).Thrown = F.Via;
      }
      bool Keeps =
          F.Kind == FactKind::Abandon && llvm::any_of(S, [&](const auto &Path) {
            return Path.second.Guards.get(F.Holder) == ByGuard &&
                   Path.second.Kept.contains({F.Holder, Lock});
          });
      if (Keeps && Fates.from(B, I + 1).isLeak())
        addLeak(Lock, F.At->getBeginLoc()).Abandoned = &F;
      Refined.transfer(F, S);
    }
  }

  LockLeak &addLeak(PlaceId Lock, SourceLocation Loc) {
    for (LockLeak &L : Leaks)
      if (L.Lock == Lock && L.Loc == Loc)
        return L;
    LockLeak &L = Leaks.emplace_back(LockLeak{Lock, Loc, {}, {}, {}, nullptr});
    for (const Block &B : Facts.Blocks)
      for (const Fact &F : B.Facts) {
        if (F.Kind == FactKind::Issue && Facts.loan(F.Loan).Place == Lock &&
            isOwnLock(Facts.loan(F.Loan)))
          L.Locks.push_back(&F);
        if (F.Kind == FactKind::Unlock && F.Place == Lock && !F.Via.Callee)
          L.Unlocks.push_back(&F);
        if (F.Kind != FactKind::Settle || F.Place != Lock)
          continue;
        LockStates After = Facts.LockExits[F.Exit].States;
        if (After & ByHand)
          L.Locks.push_back(&F);
        if (After & Free)
          L.Unlocks.push_back(&F);
      }
    return L;
  }

  const FunctionFacts &Facts;
  const PlaceTable &Places;
  HeldLocks &Analysis;
  llvm::SmallVector<PlaceId, 2> Candidates;
  SortedSet<PlaceId, 1> Lent;
  llvm::DenseMap<PlaceId, Returned> Results;
};

} // namespace

void FunctionAnalysis::analyseLocks() {
  if (!HeldLocks::concerns(Facts))
    return;
  HeldLocks Analysis(Facts, Places);
  Atoms Conditions(Facts, Places);
  PerPath Refined(Conditions, Analysis);
  Solver<PerPath> Flow(Facts, Refined);
  if (!Flow.run()) {
    OutOfBudget = true;
    return;
  }
  LockFindings Found(Facts, Places, Analysis);
  Flow.visit(
      [&](const Fact &F, const PerPath::State &S) { Found.visit(F, S); });
  OutOfBudget |= !Found.addLeaks(Flow, Refined);
  Leaks = std::move(Found.Leaks);
  BadUnlocks = std::move(Found.BadUnlocks);
  Relocks = std::move(Found.Relocks);
  ForeignUnlocks = std::move(Found.Foreign);
  addSecondUnlocks();
}

} // namespace borrow
