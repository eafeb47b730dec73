//===- LoanFindings.cpp - What happens while loans live -------------------===//

#include "Dataflow/Loans.h"
#include "Dataflow/PathSensitive.h"
#include "Dataflow/Solver.h"
#include "Session/FunctionAnalysis.h"
#include "Session/ThreadFindings.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/Expr.h"

namespace borrow {

namespace {

/// Locks below more than this many others are not put in an order.
constexpr size_t MaxNesting = 8;

/// Reads the findings off the states of either analysis.
class LoanFindings {
public:
  LoanFindings(const FunctionFacts &Facts, const PlaceTable &Places,
               const Loans &Analysis)
      : OfThreads(Facts, Places), Facts(Facts), Places(Places),
        Analysis(Analysis) {
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
    Discards.clear();
    Work.clear();
    OfThreads.clear();
  }

  void visit(const Fact &F, const Loans::State &S,
             llvm::function_ref<bool(const Loan &)> Possible) {
    if (F.Kind != FactKind::Resume || F.At != LastResumed)
      Together.clear();
    LastResumed = F.At;
    OfThreads.visit(F, S);
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
    case FactKind::Discard:
      return visitDiscard(F, S);
    default:
      return;
    }
  }

  std::vector<Overlap> Overlaps;
  std::vector<NestedLock> Nested;
  std::vector<CallbackUnderLoan> Callbacks;
  std::vector<HeldAcross> Across;
  std::vector<Discarded> Discards;
  std::vector<CallbackUnderLoan> Work;
  ThreadFindings OfThreads;

  bool empty() const {
    return Callbacks.empty() && Overlaps.empty() && Nested.empty() &&
           Across.empty() && Discards.empty() && Work.empty() &&
           OfThreads.empty();
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

  void visitDiscard(const Fact &F, const Loans::State &S) {
    for (const Held &L : S.Alive) {
      bool Known = llvm::any_of(
          Discards, [&](const Discarded &D) { return D.At->At == F.At; });
      if (L.Keeper == F.Holder && isLock(Facts.loan(L.Loan)) && !Known)
        Discards.push_back({&F, L.Loan});
    }
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
    Found.OfThreads.visitExit(*AtExit);
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
          Found.OfThreads.visitExit(Inside);
    }
  }
  Overlaps = std::move(Found.Overlaps);
  Nested = std::move(Found.Nested);
  Callbacks = std::move(Found.Callbacks);
  Held = std::move(Found.Across);
  Outliving = std::move(Found.OfThreads.Outliving);
  Threads = std::move(Found.OfThreads.Threads);
  AtRisk = std::move(Found.OfThreads.AtRisk);
  Joins = std::move(Found.OfThreads.Joins);
  Discards = std::move(Found.Discards);
  Work = std::move(Found.Work);
  llvm::erase_if(Threads, [&](const Unjoined &U) { return !isCertain(U); });
  llvm::erase_if(AtRisk, [&](const Unjoined &U) {
    return !isCertain(U) || !isJoinedSomewhere(U.Handle);
  });
}

} // namespace borrow
