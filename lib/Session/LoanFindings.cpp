//===- LoanFindings.cpp - What happens while loans live -------------------===//

#include "Dataflow/Loans.h"
#include "Dataflow/PathSensitive.h"
#include "Dataflow/Solver.h"
#include "Session/FunctionAnalysis.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/BitVector.h"

namespace borrow {

namespace {

/// Locks below more than this many others are not put in an order.
constexpr size_t MaxNesting = 8;

/// Reads the findings off the states of either analysis.
class LoanFindings {
public:
  LoanFindings(const FunctionFacts &Facts, const PlaceTable &Places,
               const Loans &Analysis)
      : Facts(Facts), Places(Places), Analysis(Analysis) {
    for (const Block &B : Facts.Blocks)
      for (const Fact &F : B.Facts)
        if (F.Kind == FactKind::Receive)
          Receives.push_back(&F);
        else if (F.Kind == FactKind::Join && F.Place)
          Asked.push_back(F.Place);
  }

  void clear() {
    Overlaps.clear();
    Nested.clear();
    Callbacks.clear();
    Across.clear();
    Outliving.clear();
    Threads.clear();
    Joins.clear();
    Discards.clear();
    Work.clear();
  }

  void visit(const Fact &F, const Loans::State &S,
             llvm::function_ref<bool(const Loan &)> Possible) {
    if (F.Kind != FactKind::Resume || F.At != LastResumed)
      Together.clear();
    LastResumed = F.At;
    switch (F.Kind) {
    case FactKind::Issue:
    case FactKind::Touch:
      visitNested(Facts.loan(F.Loan), S, Possible);
      return visitTaken(F, S, Possible);
    case FactKind::Resume:
      return visitRelocked(F, S, Possible);
    case FactKind::Call:
      return visitCall(F, S);
    case FactKind::Effect:
      return visitEffect(F, S);
    case FactKind::Dies:
      return visitDeath(F, S);
    case FactKind::Discard:
      return visitDiscard(F, S);
    case FactKind::Drop:
      return visitDrop(F, S);
    case FactKind::Leave:
      return visitLeave(F, S);
    case FactKind::MayRaise:
      return visitRaise(F, S, AtRisk);
    case FactKind::Raise:
      return visitRaise(F, S, Threads);
    default:
      return;
    }
  }

  /// Captured objects of `this` whose thread nobody waits for.
  void visitExit(const Loans::State &S) {
    for (const Held &L : S.Alive) {
      const Loan &Capture = Facts.loan(L.Loan);
      const PlaceTable::Node &Root = Places[Places.root(Capture.Place)];
      if (Capture.Kind == LoanKind::Capture && Root.Kind == Step::This &&
          Facts.holder(L.Keeper).Kind == Holder::Detached)
        addOutlived({L.Loan, L.Keeper, nullptr});
    }
  }

  std::vector<Overlap> Overlaps;
  std::vector<NestedLock> Nested;
  std::vector<CallbackUnderLoan> Callbacks;
  std::vector<HeldAcross> Across;
  std::vector<Outlived> Outliving;
  std::vector<Unjoined> Threads;
  std::vector<Unjoined> AtRisk;
  std::vector<Rejoined> Joins;
  std::vector<Discarded> Discards;
  std::vector<CallbackUnderLoan> Work;

  bool empty() const {
    return Callbacks.empty() && Overlaps.empty() && Nested.empty() &&
           Across.empty() && Outliving.empty() && Threads.empty() &&
           AtRisk.empty() && Joins.empty() && Discards.empty() && Work.empty();
  }

private:
  static bool isLock(const Loan &L) {
    return L.Kind == LoanKind::Lock || L.Kind == LoanKind::Data;
  }

  /// Second waits for its lock while others are held.
  void visitNested(const Loan &Second, const Loans::State &S,
                   llvm::function_ref<bool(const Loan &)> Possible) {
    if (!isLock(Second) || Second.TestedBy || !Places.isPrecise(Second.Place) ||
        !Possible(Second))
      return;
    // What one call takes, it takes without a deadlock, but not what a closure
    // takes that it runs meanwhile.
    auto IsOuter = [&](const Held &L) {
      const Loan &First = Facts.loan(L.Loan);
      bool RunsClosure = Facts.holder(L.Keeper).Kind == Holder::Temporary &&
                         Facts.holder(L.Keeper).Object == Second.At &&
                         First.Via.Callee && Second.Via.Callee &&
                         First.Via.Callee != Second.Via.Callee;
      return isLock(First) && Places.isPrecise(First.Place) &&
             !llvm::is_contained(Together, L.Keeper) &&
             First.Place != Second.Place &&
             (First.At != Second.At || RunsClosure) && !isGivenBack(L, Second);
    };
    llvm::SmallVector<Held, 4> Outer;
    llvm::copy_if(S.Alive, std::back_inserter(Outer), IsOuter);
    if (Outer.size() > MaxNesting)
      return;
    for (const Held &L : Outer) {
      NestedLock N{L.Loan, L.Keeper, Second, {}};
      for (const Held &Other : Outer)
        if (Other.Loan != L.Loan)
          N.Others.push_back(Facts.loan(Other.Loan).Place);
      Nested.push_back(std::move(N));
    }
  }

  /// A guard that was deferred or unlocked locks again; not if it only tries.
  void visitRelocked(const Fact &F, const Loans::State &S,
                     llvm::function_ref<bool(const Loan &)> Possible) {
    // std::lock(a, b).
    Together.push_back(F.Holder);
    for (const Held &L : S.Dormant)
      if (Analysis.resumes(F, L)) {
        Loan Again = Analysis.resumed(L, F);
        visitNested(Again, S, Possible);
        visitConflict(Again, S, Possible);
      }
  }

  void visitTaken(const Fact &F, const Loans::State &S,
                  llvm::function_ref<bool(const Loan &)> Possible) {
    const Loan &Second = Facts.loan(F.Loan);
    // A try fails instead.
    if (Second.Kind == LoanKind::Spent)
      return visitJoin(F, S);
    if (!isThread(Second.Kind) && !Second.TestedBy)
      visitConflict(Second, S, Possible);
  }

  void visitConflict(const Loan &Second, const Loans::State &S,
                     llvm::function_ref<bool(const Loan &)> Possible) {
    if (!Possible(Second))
      return;
    for (const Held &L : S.Alive) {
      const Loan &First = Facts.loan(L.Loan);
      if (!Loans::conflict(First, Second, Places) || isGivenBack(L, Second))
        continue;
      // One call may lock a mutex and borrow a cell.
      bool Known = llvm::any_of(Overlaps, [&](const Overlap &O) {
        return O.Second.At == Second.At && isLock(O.Second) == isLock(Second);
      });
      if (!Known)
        Overlaps.push_back({L.Loan, L.Keeper, Second});
      return;
    }
  }

  /// Has the callee that takes Second given L back before?
  bool isGivenBack(const Held &L, const Loan &Second) const {
    return llvm::any_of(Second.Without, [&](PlaceId Given) {
      return Given == Facts.loan(L.Loan).Place ||
             isAt(Given, Facts.holder(L.Keeper));
    });
  }

  /// Is Place the guard itself?
  bool isAt(PlaceId Place, const Holder &Guard) const {
    return Place == Guard.Place || (Guard.Object && isValueOf(Place, Guard));
  }

  /// Is Place the value of the expression that makes the temporary Guard?
  bool isValueOf(PlaceId Place, const Holder &Guard) const {
    if (Places[Place].Kind != Step::Opaque)
      return false;
    const auto *Value = static_cast<const clang::Expr *>(Places[Place].Key);
    return Value->IgnoreUnlessSpelledInSource() ==
           Guard.Object->IgnoreUnlessSpelledInSource();
  }

  /// Calls of function objects whose code is not known here, and of what was
  /// received under the lock of the receiver.
  void visitCall(const Fact &F, const Loans::State &S) {
    for (const Held &L : S.Alive)
      if (Facts.loan(L.Loan).Kind == LoanKind::Data &&
          isWork(Facts.Calls[F.Call], Facts.holder(L.Keeper)))
        addWork({&F, L.Loan, L.Keeper});
    if (F.Truth || !Facts.Calls[F.Call].IsStored)
      return;
    for (const Held &L : S.Alive)
      if (const Loan &Taken = Facts.loan(L.Loan);
          !isThread(Taken.Kind) && !isOwnMutex(Taken.Place))
        Callbacks.push_back({&F, L.Loan, L.Keeper});
  }

  bool isOwnMutex(PlaceId Place) const {
    return Places[Place].Kind == Step::Var &&
           Facts.OwnMutexes.contains(Places.rootVariable(Place));
  }

  /// Is what came out of the receiver that the guard guards called, or a method
  /// of it that does more than to answer?
  bool isWork(const CallSite &Site, const Holder &Guard) const {
    const auto *Method =
        llvm::dyn_cast_or_null<clang::CXXMethodDecl>(Site.Callee);
    bool Answers = Method && Method->isConst() && !Site.IsStored &&
                   !Method->getReturnType()->isVoidType() &&
                   Method->getOverloadedOperator() != clang::OO_Call;
    return Site.Receiver && !Answers &&
           llvm::any_of(Receives, [&](const Fact *R) {
             return Places[R->Place].Kind != Step::Field &&
                    isBehind(R->Place, Guard) &&
                    isInReceived(Site.Receiver, R->Value);
           });
  }

  /// Does Pointer point into what Value holds or points to?
  bool isInReceived(PlaceId Pointer, PlaceId Value) const {
    bool IsAddress = Places[Pointer].Kind == Step::Address;
    PlaceId Object = IsAddress ? Places[Pointer].Parent : Pointer;
    return Value && Object && Places.isPrefix(Value, Object) &&
           !(IsAddress && Object == Value);
  }

  void addWork(CallbackUnderLoan Call) {
    if (llvm::none_of(Work, [&](const CallbackUnderLoan &Other) {
          return Other.Loan == Call.Loan;
        }))
      Work.push_back(Call);
  }

  void visitEffect(const Fact &F, const Loans::State &S) {
    // Who asks first whether a future is ready does not wait for it.
    if (F.Effect == Effect::Join && llvm::is_contained(Asked, F.Place))
      return;
    const Held *Nameless = nameless(F, S);
    for (const Held &L : S.Alive) {
      const Loan &Loan = Facts.loan(L.Loan);
      const Holder &Keeper = Facts.holder(L.Keeper);
      bool Released = &L == Nameless || gives(F, L);
      // What is behind the lock can't be used without it.
      bool OwnChannel =
          F.Effect != Effect::Callback && F.Place &&
          (Places.isPrefix(Loan.Place, F.Place) ||
           (Loan.Kind == LoanKind::Data && isBehind(F.Place, Keeper)));
      // The one who goes on with a coroutine may not be the one who locked.
      bool Undisturbing = F.Effect != Effect::Suspend && isOwnMutex(Loan.Place);
      if (isThread(Loan.Kind) || !Places.isPrecise(Loan.Place) || Released ||
          OwnChannel || Undisturbing)
        continue;
      auto Known = llvm::find_if(Across, [&](const HeldAcross &H) {
        return H.Effect->At == F.At && H.Effect->Effect == F.Effect;
      });
      // What excludes others says more than a borrow for reading.
      if (Known == Across.end())
        Across.push_back({&F, L.Loan, L.Keeper});
      else if (isReading(Facts.loan(Known->Loan)) && !isReading(Loan))
        *Known = {&F, L.Loan, L.Keeper};
    }
  }

  /// Does the wait give back what is held, while it lasts?
  bool gives(const Fact &Wait, const Held &L) const {
    return Wait.Value &&
           (Places.isPrefix(Facts.loan(L.Loan).Place, Wait.Value) ||
            isBehind(Wait.Value, Facts.holder(L.Keeper)));
  }

  /// What a wait gives back under a name that is not understood here: what was
  /// taken last. Or null.
  const Held *nameless(const Fact &Wait, const Loans::State &S) const {
    const Held *Last = nullptr;
    for (const Held &L : S.Alive) {
      if (!Wait.Strict || gives(Wait, L))
        return nullptr;
      if (Facts.loan(L.Loan).Kind == LoanKind::Lock)
        Last = &L;
    }
    return Last;
  }

  static bool isReading(const Loan &L) {
    return L.Kind == LoanKind::Borrow && L.How == Access::Shared;
  }

  /// Is Place reached through the guard?
  bool isBehind(PlaceId Place, const Holder &Guard) const {
    return Guard.Kind == Holder::Storage ? Places.isPrefix(Guard.Place, Place)
                                         : isAt(Places.root(Place), Guard);
  }

  void visitDeath(const Fact &F, const Loans::State &S) {
    for (const Held &L : S.Alive)
      if (Facts.loan(L.Loan).Kind == LoanKind::Capture &&
          diesWith(F.Place, Facts.loan(L.Loan).Place) &&
          !isPart(F.Place, L.Keeper))
        addOutlived({L.Loan, L.Keeper, &F});
  }

  /// Does the keeper die along?
  bool isPart(PlaceId Dying, HolderId Keeper) const {
    const Holder &H = Facts.holder(Keeper);
    return H.Kind == Holder::Storage && Places.isInside(Dying, H.Place);
  }

  /// Is Place storage of the variable Dying, or of an object that it owns
  /// alone?
  bool diesWith(PlaceId Dying, PlaceId Place) const {
    const clang::VarDecl *Var = Places.rootVariable(Dying);
    // What a reference refers to lives on.
    if (Var->getType()->isReferenceType())
      return false;
    if (Places.isInside(Dying, Place))
      return true;
    bool Owned = Facts.UniqueOwners.contains(Var) &&
                 Places.isPrefix(Places.root(Place), Place);
    for (PlaceId P = Place; Owned && P != Dying; P = Places[P].Parent) {
      if (!P)
        return false;
      if (Places[P].Parent == Dying)
        return Places[P].Kind == Step::Deref;
      if (Places[P].Kind == Step::Deref)
        return false;
    }
    return false;
  }

  void visitDiscard(const Fact &F, const Loans::State &S) {
    for (const Held &L : S.Alive) {
      bool Known = llvm::any_of(
          Discards, [&](const Discarded &D) { return D.At->At == F.At; });
      if (L.Keeper == F.Holder && isLock(Facts.loan(L.Loan)) && !Known)
        Discards.push_back({&F, L.Loan});
    }
  }

  void visitJoin(const Fact &F, const Loans::State &S) {
    for (const Held &L : S.Alive)
      if (Facts.loan(L.Loan).Kind == LoanKind::Spent && L.Keeper == F.Holder &&
          L.Loan != F.Loan) {
        bool Known = llvm::any_of(
            Joins, [&](const Rejoined &R) { return R.Second == F.Loan; });
        if (!Known)
          Joins.push_back({L.Loan, F.Loan, L.Keeper});
      }
  }

  void visitDrop(const Fact &F, const Loans::State &S) {
    if (!F.Truth)
      return;
    for (const Held &L : S.Alive) {
      const Holder &Dying = Facts.holder(F.Holder);
      const Holder &Keeper = Facts.holder(L.Keeper);
      bool Ends =
          L.Keeper == F.Holder ||
          (Dying.Kind == Holder::Storage && Keeper.Kind == Holder::Storage &&
           Places.isInside(Dying.Place, Keeper.Place));
      bool Known = llvm::any_of(
          Threads, [&](const Unjoined &U) { return U.Thread == L.Loan; });
      if (Facts.loan(L.Loan).Kind == LoanKind::Thread && Ends && !Known)
        Threads.push_back({L.Loan, L.Keeper, &F});
    }
  }

  /// Locals die when an exception leaves; a thread in a local handle with them.
  void visitLeave(const Fact &F, const Loans::State &S) {
    for (const Held &L : S.Alive) {
      const Loan &Capture = Facts.loan(L.Loan);
      const Holder &Keeper = Facts.holder(L.Keeper);
      if (Capture.Kind == LoanKind::Capture && isLocal(Capture.Place) &&
          (Keeper.Kind == Holder::Detached || Keeper.Kind == Holder::Queue ||
           (Keeper.Kind == Holder::Storage && !isLocal(Keeper.Place))))
        addOutlived({L.Loan, L.Keeper, &F});
    }
    visitHandles(F, S, Threads);
  }

  /// An exception, which ends the handles that were made in the try block that
  /// it leaves. Out of main, or to a callee that has the handle, it says
  /// nothing about the thread.
  void visitRaise(const Fact &F, const Loans::State &S,
                  std::vector<Unjoined> &Found) {
    if (F.Try != ~0u || !Facts.Function->isMain())
      visitHandles(F, S, Found);
  }

  /// Is the holder gone when an exception comes to the handlers of Try?
  bool leaves(HolderId Holder, uint32_t Try) const {
    uint32_t T = Facts.HolderTry[Holder.index()];
    while (T != ~0u && T != Try)
      T = Facts.Tries[T].Parent;
    return T == Try;
  }

  bool isGivenTo(const clang::Stmt *Call, PlaceId Handle) const {
    return llvm::any_of(Facts.Calls, [&](const CallSite &Site) {
      return Site.At == Call &&
             llvm::any_of(Site.Arguments, [&](const Argument &A) {
               return A.Storage == Handle;
             });
    });
  }

  /// A handle, or container of handles, whose destructor ends the program.
  bool mustBeJoined(HolderId Handle) const {
    auto Ends = [&](const Fact &F) {
      return F.Kind == FactKind::Drop && F.Truth && F.Holder == Handle;
    };
    return llvm::any_of(Facts.Blocks, [&](const Block &B) {
      return llvm::any_of(B.Facts, Ends);
    });
  }

  /// Local handles of threads, which die here.
  void visitHandles(const Fact &F, const Loans::State &S,
                    std::vector<Unjoined> &Found) {
    for (const Held &L : S.Alive) {
      const Loan &Thread = Facts.loan(L.Loan);
      const Holder &Keeper = Facts.holder(L.Keeper);
      bool IsHandle = Thread.Kind == LoanKind::Thread &&
                      Keeper.Kind == Holder::Storage &&
                      Places[Keeper.Place].Kind == Step::Var &&
                      isLocal(Keeper.Place) && mustBeJoined(L.Keeper);
      bool Raises = F.Kind != FactKind::Leave;
      bool Known = llvm::any_of(Found, [&](const Unjoined &U) {
        return U.Thread == L.Loan && (U.Death->At == F.At || Raises);
      });
      bool Given = Raises && isGivenTo(F.At, Keeper.Place);
      bool Ends = !Raises || leaves(L.Keeper, F.Try);
      if (IsHandle && Ends && !Known && !Given)
        Found.push_back({L.Loan, L.Keeper, &F});
    }
  }

  bool isLocal(PlaceId P) const {
    const clang::VarDecl *Var = Places.rootVariable(P);
    return Var && Var->hasLocalStorage() &&
           !Var->getType()->isReferenceType() &&
           Places.isInside(Places.root(P), P);
  }

  void addOutlived(Outlived O) {
    bool Known = llvm::any_of(Outliving, [&](const Outlived &Other) {
      return Facts.loan(Other.Capture).At == Facts.loan(O.Capture).At;
    });
    if (!Known)
      Outliving.push_back(O);
  }

  const FunctionFacts &Facts;
  const PlaceTable &Places;
  const Loans &Analysis;
  llvm::SmallVector<const Fact *, 1> Receives;
  /// Futures of which it is asked whether they are ready.
  llvm::SmallVector<PlaceId, 1> Asked;
  /// Guards that the call LastResumed has locked.
  const clang::Stmt *LastResumed = nullptr;
  llvm::SmallVector<HolderId, 2> Together;
};

} // namespace

void FunctionAnalysis::analyseLoans() {
  Loans Plain(Facts, Places);
  Solver<Loans> Flow(Facts, Plain);
  if (!Flow.run()) {
    OutOfBudget = true;
    return;
  }
  LoanFindings Found(Facts, Places, Plain);
  Flow.visit([&](const Fact &F, const Loans::State &S) {
    Found.visit(F, S, [](const Loan &) { return true; });
  });
  if (auto AtExit = Flow.atEnd(Facts.Exit))
    Found.visitExit(*AtExit);
  if (Found.empty())
    return;

  Atoms Conditions(Facts, Places);
  if (!Conditions.empty()) {
    using PerPath = PathSensitive<Loans>;
    PerPath Refined(Conditions, Plain);
    Solver<PerPath> Confirmed(Facts, Refined);
    if (Confirmed.run()) {
      Found.clear();
      Confirmed.visit([&](const Fact &F, const PerPath::State &S) {
        for (const auto &[Known, Inside] : S)
          Found.visit(F, Inside, [&, V = Known](const Loan &L) {
            Valuation Copy = V;
            return llvm::all_of(L.When, [&](const Literal &W) {
              return Conditions.assume(W, Copy);
            });
          });
      });
      if (auto AtExit = Confirmed.atEnd(Facts.Exit))
        for (const auto &[Known, Inside] : *AtExit)
          Found.visitExit(Inside);
    }
  }
  Overlaps = std::move(Found.Overlaps);
  Nested = std::move(Found.Nested);
  Callbacks = std::move(Found.Callbacks);
  Held = std::move(Found.Across);
  Outliving = std::move(Found.Outliving);
  Threads = std::move(Found.Threads);
  AtRisk = std::move(Found.AtRisk);
  Joins = std::move(Found.Joins);
  Discards = std::move(Found.Discards);
  Work = std::move(Found.Work);
  llvm::erase_if(Threads, [&](const Unjoined &U) { return !isCertain(U); });
  llvm::erase_if(AtRisk, [&](const Unjoined &U) {
    return !isCertain(U) || !isJoinedSomewhere(U.Handle);
  });
}

bool FunctionAnalysis::mayJoin(const Fact &F, HolderId Handle) const {
  bool Joins =
      ((F.Kind == FactKind::Join || F.Kind == FactKind::Escape) && F.Truth) ||
      F.Kind == FactKind::Share || F.Kind == FactKind::Move;
  if (!Joins || !F.Holder)
    return Joins;
  PlaceId Mine = Facts.holder(Handle).Place;
  PlaceId Other = Facts.holder(F.Holder).Place;
  return Mine && Other &&
         (Places.isPrefix(Mine, Other) || Places.isPrefix(Other, Mine));
}

bool FunctionAnalysis::isJoinedSomewhere(HolderId Handle) const {
  return llvm::any_of(Facts.Blocks, [&](const Block &B) {
    return llvm::any_of(B.Facts,
                        [&](const Fact &F) { return mayJoin(F, Handle); });
  });
}

/// `if (n > 1) t = std::thread(f); … if (n > 1) t.join();`: where ways with and
/// without a join meet, the two conditions may be the same. A handle that is
/// made with its thread has no such condition.
bool FunctionAnalysis::isCertain(const Unjoined &U) const {
  PlaceId Handle = Facts.holder(U.Handle).Place;
  const clang::VarDecl *Var = Handle ? Places.rootVariable(Handle) : nullptr;
  const clang::Expr *At = Facts.loan(U.Thread).At;
  bool MadeWith = !Var || (Var->getInit() &&
                           Var->getInit()->getBeginLoc() <= At->getBeginLoc() &&
                           At->getEndLoc() <= Var->getInit()->getEndLoc());
  if (MadeWith)
    return true;
  // Can the end be reached after a join?
  llvm::SmallVector<BlockId, 16> Queue;
  for (unsigned I = 0; I < Facts.Blocks.size(); ++I)
    if (llvm::any_of(Facts.Blocks[I].Facts,
                     [&](const Fact &F) { return mayJoin(F, U.Handle); }))
      Queue.push_back(BlockId(I));
  llvm::BitVector Seen(Facts.Blocks.size());
  while (!Queue.empty()) {
    BlockId B = Queue.pop_back_val();
    if (Seen.test(B.index()))
      continue;
    Seen.set(B.index());
    for (const Fact &F : Facts.block(B).Facts)
      if (&F == U.Death)
        return false;
    for (const Edge &E : Facts.block(B).Successors)
      Queue.push_back(E.To);
  }
  return true;
}

} // namespace borrow
