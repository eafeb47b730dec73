//===- Loans.cpp - Which loans live where ---------------------------------===//

#include "Dataflow/Loans.h"
#include "Dataflow/Waited.h"
#include "Model/Vocabulary.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"

namespace borrow {

/// More loans than this at once are no longer followed.
constexpr size_t MaxAlive = 256;

bool Loans::conflict(const Loan &First, const Loan &Second,
                     const PlaceTable &Places) {
  if (First.Kind != Second.Kind || First.Recursive || Second.Recursive ||
      (First.How == Access::Shared && Second.How == Access::Shared))
    return false;
  return First.Place == Second.Place && Places.isPrecise(First.Place);
}

Loans::Reach Loans::reaches(HolderId H, HolderId I) const {
  if (H == I)
    return Reach::Certain;
  const Holder &Of = Facts.holder(H), &Other = Facts.holder(I);
  if (Of.Kind != Holder::Storage || Other.Kind != Holder::Storage)
    return Reach::No;
  if (Places.isInside(Of.Place, Other.Place))
    return Reach::Certain;
  return Places.isInside(Other.Place, Of.Place) ? Reach::Perhaps : Reach::No;
}

void Loans::end(HolderId H, State &S) const {
  auto Ends = [&](const Held &L) { return reaches(H, L.Keeper) != Reach::No; };
  S.Alive.eraseIf(Ends);
  S.Dormant.eraseIf(Ends);
}

/// Is H, or what it comes from, related to what I is? For handles of threads
/// also through a dereference, as that of an optional.
bool Loans::isPartOf(HolderId H, HolderId I) const {
  if (reaches(H, I) != Reach::No)
    return true;
  const Holder &Of = Facts.holder(H), &Other = Facts.holder(I);
  return Of.Kind == Holder::Storage && Other.Kind == Holder::Storage &&
         (Places.isPrefix(Other.Place, Of.Place) ||
          Places.isPrefix(Of.Place, Other.Place));
}

void Loans::endKind(LoanKind Kind, HolderId H, State &S) const {
  S.Alive.eraseIf([&](const Held &L) {
    return Facts.loan(L.Loan).Kind == Kind && isPartOf(H, L.Keeper);
  });
}

void Loans::endKind(LoanKind Kind, State &S) const {
  S.Alive.eraseIf(
      [&](const Held &L) { return Facts.loan(L.Loan).Kind == Kind; });
}

/// An unknown function may start anew what is joined, in handles that it
/// reaches.
void Loans::forgetShared(State &S) const {
  S.Alive.eraseIf([&](const Held &L) {
    if (Facts.loan(L.Loan).Kind != LoanKind::Spent)
      return false;
    PlaceId Handle = Facts.holder(L.Keeper).Place;
    const clang::VarDecl *Var = Places.rootVariable(Handle);
    return !Var || !Var->hasLocalStorage() ||
           Var->getType()->isReferenceType() ||
           Places.isBehind(Places.root(Handle), Handle);
  });
}

void Loans::suspend(HolderId H, State &S) const {
  SortedSet<Held, 1> Asleep;
  S.Alive.eraseIf([&](const Held &L) {
    if (reaches(H, L.Keeper) == Reach::No)
      return false;
    Asleep.insert(L);
    return true;
  });
  S.Dormant.unite(Asleep);
}

bool Loans::resumes(const Fact &Resume, const Held &Dormant) const {
  return !Resume.Truth && Resume.At && Resume.Holder == Dormant.Keeper;
}

Loan Loans::resumed(const Held &Dormant, const Fact &Resume) const {
  Loan Again = Facts.loan(Dormant.Loan);
  Again.At = clang::cast<clang::Expr>(Resume.At);
  Again.TestedBy = PlaceId();
  Again.Via = {};
  return Again;
}

void Loans::forget(State &S, PlaceId Place) const {
  auto Changes = [&](const Held &L) {
    const Loan &Loan = Facts.loan(L.Loan);
    if (Loan.Place != Place && Places.isPrefix(Place, Loan.Place))
      return true;
    const clang::VarDecl *Var = Places.rootVariable(Place);
    return Var && Places[Place].Kind == Step::Var && Loan.Place != Place &&
           Places.mentions(Loan.Place, Var);
  };
  S.Alive.eraseIf(Changes);
  S.Dormant.eraseIf(Changes);
}

void Loans::transfer(const Fact &F, State &S) {
  // What the threads did so far is known; what they do now is left to others.
  if (waits(F)) {
    endKind(LoanKind::Running, S);
    endKind(LoanKind::Sent, S);
  }
  switch (F.Kind) {
  case FactKind::Issue:
    if (S.Alive.size() >= MaxAlive)
      S = State();
    // A handle with a new thread can be joined again.
    if (Facts.loan(F.Loan).Kind == LoanKind::Thread)
      endKind(LoanKind::Spent, F.Holder, S);
    S.Alive.insert({F.Loan, F.Holder});
    return;
  case FactKind::Share:
    return endKind(LoanKind::Thread, F.Holder, S);
  case FactKind::Call:
    if (F.Truth)
      return;
    forgetShared(S);
    // A function that nothing is known of may wait for who receives.
    if (const clang::FunctionDecl *Callee = Facts.Calls[F.Call].Callee;
        !Callee || !isStd(Callee))
      endKind(LoanKind::Sent, S);
    return;
  case FactKind::Move: {
    SortedSet<Held> Moved;
    for (const Held &L : S.Alive)
      if (reaches(F.Holder, L.Keeper) == Reach::Certain)
        Moved.insert({L.Loan, F.To});
    SortedSet<Held, 1> MovedDormant;
    for (const Held &L : S.Dormant)
      if (reaches(F.Holder, L.Keeper) == Reach::Certain)
        MovedDormant.insert({L.Loan, F.To});
    end(F.Holder, S);
    S.Alive.unite(Moved);
    S.Dormant.unite(MovedDormant);
    return;
  }
  case FactKind::Abandon:
  case FactKind::Drop:
    return end(F.Holder, S);
  case FactKind::Escape:
  case FactKind::Join: {
    // A join of something that can't be told ends every thread's loans.
    bool Escapes = F.Kind == FactKind::Escape;
    SortedSet<Held> Detached;
    S.Alive.eraseIf([&](const Held &L) {
      LoanKind Kind = Facts.loan(L.Loan).Kind;
      if (!isThread(Kind) || Kind == LoanKind::Spent)
        return false;
      if (Kind == LoanKind::Sent)
        return true;
      if (Kind == LoanKind::Thread)
        return F.Truth && (!F.Holder || isPartOf(F.Holder, L.Keeper));
      if (F.Holder && reaches(F.Holder, L.Keeper) == Reach::No)
        return false;
      if (Escapes && F.Holder && F.To)
        Detached.insert({L.Loan, F.To});
      return true;
    });
    S.Alive.unite(Detached);
    return;
  }
  case FactKind::Suspend:
    return suspend(F.Holder, S);
  case FactKind::Resume: {
    SortedSet<Held> Awake;
    S.Dormant.eraseIf([&](const Held &L) {
      if (reaches(F.Holder, L.Keeper) == Reach::No)
        return false;
      Awake.insert(L);
      return true;
    });
    S.Alive.unite(Awake);
    return;
  }
  case FactKind::Unlock:
    S.Alive.eraseIf([&](const Held &L) {
      return !isThread(Facts.loan(L.Loan).Kind) &&
             Facts.loan(L.Loan).Place == F.Place;
    });
    return;
  case FactKind::Adopt: {
    SortedSet<Held> Adopted;
    S.Alive.eraseIf([&](const Held &L) {
      const Holder &Keeper = Facts.holder(L.Keeper);
      if (Keeper.Kind != Holder::Nobody || Keeper.Place != F.Place)
        return false;
      Adopted.insert({L.Loan, F.Holder});
      return true;
    });
    // Somebody who is not seen has locked it.
    if (Adopted.empty())
      Adopted.insert({F.Loan, F.Holder});
    S.Alive.unite(Adopted);
    return;
  }
  case FactKind::Assign:
  case FactKind::SetFlag:
    return forget(S, F.Place);
  case FactKind::Dies: {
    auto Ends = [&](const Held &L) {
      const Holder &Keeper = Facts.holder(L.Keeper);
      return Places.isPrefix(F.Place, Facts.loan(L.Loan).Place) ||
             (!isThread(Facts.loan(L.Loan).Kind) &&
              Keeper.Kind == Holder::Storage &&
              Places.isInside(F.Place, Keeper.Place));
    };
    S.Alive.eraseIf(Ends);
    S.Dormant.eraseIf(Ends);
    return;
  }
  default:
    return;
  }
}

/// A guard that was tested and found empty keeps nothing.
void Loans::applyPresence(const Literal &L, State &S) const {
  if (!L.Place)
    return;
  const PlaceTable::Node &Test = Places[L.Place];
  if (L.Truth && Test.Kind == Step::Free)
    S.Alive.eraseIf([&](const Held &Held) {
      return Facts.loan(Held.Loan).Place == Test.Parent;
    });
  for (const auto &[Result, Thread] : Facts.SpawnTests) {
    bool IsZero = Test.Kind == Step::Equals && Test.Parent == Result &&
                  reinterpret_cast<uintptr_t>(Test.Key) == 0;
    if (L.Truth ? L.Place == Result : IsZero)
      end(Thread, S);
  }
  // `worker->joinable()` is asked of the thread that `worker` leads to.
  auto Keeps = [&](const Held &Held) {
    const Holder &Keeper = Facts.holder(Held.Keeper);
    bool LeadsTo = Facts.loan(Held.Loan).Kind == LoanKind::Thread &&
                   Places[L.Place].Kind == Step::Deref &&
                   Places[L.Place].Parent == Keeper.Place;
    return Keeper.Kind == Holder::Storage &&
           (Keeper.Place == L.Place || LeadsTo);
  };
  if (L.Truth) {
    S.Alive.eraseIf([&](const Held &Held) {
      return Facts.loan(Held.Loan).Kind == LoanKind::Spent && Keeps(Held);
    });
    return;
  }
  for (const auto &[Test, Guard] : Facts.LockTests)
    if (Test == L.Place)
      suspend(Guard, S);
  S.Alive.eraseIf([&](const Held &Held) {
    const Loan &Loan = Facts.loan(Held.Loan);
    return Loan.TestedBy == L.Place ||
           (Loan.Kind != LoanKind::Spent && Keeps(Held));
  });
}

bool Loans::follow(const Edge &E, State &S) {
  for (const Literal &L : E.Assumes)
    applyPresence(L, S);
  for (HolderId H : E.Unmade)
    end(H, S);
  return true;
}

/// What was made inside a try block is gone in its handlers. Whether a thread
/// was joined by then is not known.
void Loans::leaveTry(uint32_t Try, bool Certain, State &S) {
  auto MadeInside = [&](const Held &L) {
    LoanKind Kind = Facts.loan(L.Loan).Kind;
    // What may throw may be the join itself.
    if ((Kind == LoanKind::Thread && !Certain) || Kind == LoanKind::Spent)
      return true;
    for (uint32_t T = Facts.HolderTry[L.Keeper.index()]; T != ~0u;
         T = Facts.Tries[T].Parent)
      if (T == Try)
        return true;
    return false;
  };
  S.Alive.eraseIf(MadeInside);
  S.Dormant.eraseIf(MadeInside);
}

bool Loans::join(State &S, const State &Other) {
  bool Grew = S.Alive.unite(Other.Alive);
  return S.Dormant.unite(Other.Dormant) || Grew;
}

} // namespace borrow
