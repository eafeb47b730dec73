//===- Expansion.cpp - Replaying a callee's summary at its call -----------===//

#include "Summary/Expansion.h"
#include "Facts/Ownership.h"
#include "Facts/Queues.h"
#include "Model/Vocabulary.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/Expr.h"

using namespace clang;

namespace borrow {

void Expansion::run() {
  for (unsigned I = 0; I < Facts.Holders.size(); ++I)
    if (Facts.Holders[I].Kind == Holder::Storage)
      Storages.try_emplace(Facts.Holders[I].Place, I);
  for (Block &B : Facts.Blocks) {
    Out.clear();
    for (const Fact &F : B.Facts) {
      if (F.Kind == FactKind::Call) {
        expand(F);
      } else if (F.Kind == FactKind::Make) {
        const CallSite Site = Facts.Calls[F.Call];
        if (const Summary *S = Lookup(Site.Callee))
          replayKept(*S, Site);
      } else {
        Out.push_back(F);
        if (F.Kind == FactKind::Run)
          startThread(F);
      }
    }
    // A function may have a million facts: no more than they need, and not
    // three times.
    B.Facts = {};
    B.Facts.append(Out.begin(), Out.end());
    for (Edge &E : B.Successors)
      resolve(E);
  }
  Facts.Loans.shrink_to_fit();
}

Fact &Expansion::add(FactKind Kind, const CallSite &Site) {
  Fact &F = Out.emplace_back();
  F.Kind = Kind;
  F.At = Site.At;
  return F;
}

void Expansion::issue(const Loan &L, HolderId Keeper, const CallSite &Site) {
  LoanId Id = Facts.addLoan(L);
  Fact &F = add(L.Adopted ? FactKind::Adopt : FactKind::Issue, Site);
  F.Loan = Id;
  F.Holder = Keeper;
  if (L.Adopted)
    F.Place = L.Place;
}

HolderId Expansion::storageOf(PlaceId P) { return P ? storage(P) : HolderId(); }

HolderId Expansion::storage(PlaceId P) {
  auto [It, IsNew] = Storages.try_emplace(P);
  if (IsNew)
    It->second = Facts.addHolder({Holder::Storage, P});
  return It->second;
}

PlaceId Expansion::imported(PlaceId P, const CallSite &Site, bool AsStorage) {
  if (!P)
    return {};
  PlaceId Root = Places.root(P);
  if (Places[Root].Kind == Step::This) {
    // A lambda's `this` is that of the function around it, wherever it runs.
    if (Places[Root].Key != Site.Callee->getCanonicalDecl())
      return P;
    return Site.Receiver ? bound(Places.rebase(P, Root, Site.Receiver))
                         : PlaceId();
  }
  const VarDecl *Var = Places.rootVariable(P);
  const auto *Param = dyn_cast_or_null<ParmVarDecl>(Var);
  if (!Param)
    return Var ? P : PlaceId();
  const auto *Owner = dyn_cast<FunctionDecl>(Param->getDeclContext());
  if (!Owner || Owner->getCanonicalDecl() != Site.Callee->getCanonicalDecl())
    return P;
  unsigned Index = Param->getFunctionScopeIndex();
  if (Index >= Site.Arguments.size())
    return {};
  const Argument &A = Site.Arguments[Index];
  PlaceId Base = AsStorage ? A.Storage : A.Place;
  return Base ? Places.rebase(P, Root, Base) : PlaceId();
}

/// Looks through the members that are bound to others.
PlaceId Expansion::bound(PlaceId P) {
  for (const auto &[Member, Target] : Facts.Bindings)
    if (Places.isPrefix(Member, P))
      return Places.rebase(P, Member, Target);
  return P;
}

std::optional<Loan> Expansion::imported(const Loan &L, const CallSite &Site) {
  Loan Copy = L;
  Copy.Place = L.Kind == LoanKind::Thread ? L.Place : imported(L.Place, Site);
  Copy.At = Site.At;
  Copy.When.clear();
  Copy.Without.clear();
  for (PlaceId Given : L.Without)
    if (PlaceId Mine = imported(Given, Site, true))
      Copy.Without.push_back(Mine);
  for (PlaceId &Lock : Copy.Use.Locks)
    Lock = imported(Lock, Site);
  if (L.Kind != LoanKind::Thread &&
      (!Copy.Place || !Places.isPrecise(Copy.Place)))
    return std::nullopt;
  for (const Literal &W : L.When) {
    const VarDecl *Root = Places.rootVariable(W.Place);
    const auto *Param = dyn_cast_or_null<ParmVarDecl>(Root);
    if (Param && Places.depth(W.Place) == 1 &&
        Param->getFunctionScopeIndex() < Site.Arguments.size()) {
      int Constant = Site.Arguments[Param->getFunctionScopeIndex()].Constant;
      if (Constant >= 0 && bool(Constant) != W.Truth)
        return std::nullopt;
      if (Constant >= 0)
        continue;
    }
    PlaceId Place = imported(W.Place, Site, true);
    if (Place && Places.isPrecise(Place))
      Copy.When.push_back({Place, W.Truth});
  }
  return Copy;
}

/// Two loans of the callee that the arguments make loans of one place.
void Expansion::replayNesting(const Summary &S, const CallSite &Site) {
  for (const Summary::Nested &N : S.Nesting) {
    auto First = imported(N.First, Site), Second = imported(N.Second, Site);
    if (!First || !Second || First->Place != Second->Place)
      continue;
    HolderId While = Facts.addHolder({Holder::Temporary, {}, Site.At});
    issue(*First, While, Site);
    add(FactKind::Touch, Site).Loan = Facts.addLoan(*Second);
    add(FactKind::Drop, Site).Holder = While;
  }
}

void Expansion::replayLoans(const Summary &S, const CallSite &Site) {
  for (const Loan &L : S.Touches)
    if (auto Mine = imported(L, Site))
      add(FactKind::Touch, Site).Loan = Facts.addLoan(*Mine);
  // What is unlocked and locked again is as it was.
  auto IsRestored = [&](PlaceId Mutex) {
    bool IsTold = llvm::any_of(S.Locks, [&](const LockExit &Exit) {
      return Exit.Place == Mutex && Exit.dependsOnResult();
    });
    return !IsTold && llvm::is_contained(S.Unlocked, Mutex) &&
           llvm::any_of(S.Left, [&](const Summary::LeftLoan &L) {
             return !L.Keeper && L.Taken.Place == Mutex;
           });
  };
  auto Replay = [&](FactKind Kind, PlaceId Place, HolderId H) {
    Fact &F = add(Kind, Site);
    F.Place = Place;
    F.Holder = H;
    F.Via.Callee = Site.Callee;
  };
  auto ReplayGuards = [&](FactKind Kind, llvm::ArrayRef<PlaceId> Guards) {
    for (PlaceId Guard : Guards)
      if (PlaceId Mine = imported(Guard, Site, true))
        Replay(Kind, {}, storage(Mine));
  };
  for (PlaceId Mutex : S.Unlocked)
    if (PlaceId Mine = imported(Mutex, Site); Mine && !IsRestored(Mutex))
      Replay(FactKind::Unlock, Mine, {});
  ReplayGuards(FactKind::Drop, S.Ended);
  ReplayGuards(FactKind::Suspend, S.Suspended);
  ReplayGuards(FactKind::Resume, S.Resumed);
  if (S.SuspendsThis && Site.Object)
    Replay(FactKind::Suspend, {}, Site.Object);
  if (S.ResumesThis && Site.Object)
    Replay(FactKind::Resume, {}, Site.Object);
  // What the callee holds itself while it waits is reported there.
  replayEffects(S, Site);
  // A guard that also gives access to data is a lock of that data.
  bool GivesAccess = Words.givesAccess(Site.At->getType());
  auto Issue = [&](const Loan &L, HolderId Keeper) {
    if (auto Mine = imported(L, Site)) {
      if (GivesAccess && Mine->Kind == LoanKind::Lock && !Mine->Recursive)
        Mine->Kind = LoanKind::Data;
      issue(*Mine, Keeper, Site);
    }
  };
  if (Site.Result)
    for (const Loan &L : S.Returned)
      Issue(L, Site.Result);
  for (const Summary::LeftLoan &L : S.Left) {
    // A constructor that locks makes its object a guard.
    bool Constructs = isa<CXXConstructorDecl>(Site.Callee);
    if (Constructs) {
      if (Site.Result)
        Issue(L.Taken, Site.Result);
      continue;
    }
    PlaceId Keeper = imported(L.Keeper, Site);
    if (L.Keeper && !Keeper)
      continue;
    if (Keeper)
      Issue(L.Taken, storage(Keeper));
    else if (!IsRestored(L.Taken.Place))
      replayLeft(L.Taken, S, Site);
  }
}

/// A lock that the callee leaves locked by hand, if that is certain, or if its
/// result tells.
void Expansion::replayLeft(const Loan &L, const Summary &S,
                           const CallSite &Site) {
  auto Mine = imported(L, Site);
  if (!Mine)
    return;
  auto Exit = llvm::find_if(S.Locks, [&](const LockExit &E) {
    return !E.IsGuard && E.Place == L.Place;
  });
  if (Exit != S.Locks.end() && Exit->States != ByHand) {
    if (Exit->IfTrue != ByHand || (Exit->IfFalse & ByHand))
      return;
    Mine->TestedBy = Site.ResultStorage;
  }
  issue(*Mine, Facts.addHolder({Holder::Nobody, Mine->Place}), Site);
}

void Expansion::replayLocks(const Summary &S, const CallSite &Site) {
  for (const LockExit &Exit : S.Locks) {
    // A constructor that locks makes its object a guard.
    if (isa<CXXConstructorDecl>(Site.Callee) && (Exit.States & ByHand))
      continue;
    bool OfResult = Places[Exit.Place].Kind == Step::Result;
    PlaceId Mine =
        OfResult ? PlaceId() : imported(Exit.Place, Site, Exit.IsGuard);
    HolderId Guard = OfResult       ? Site.Result
                     : Exit.IsGuard ? storageOf(Mine)
                                    : HolderId();
    if (!Guard && (!Mine || Exit.IsGuard || !Places.isPrecise(Mine)))
      continue;
    Facts.LockExits.push_back(Exit);
    Fact &F = add(FactKind::Settle, Site);
    F.Exit = Facts.LockExits.size() - 1;
    F.Holder = Guard;
    F.Place = Guard ? PlaceId() : Mine;
    if (Exit.dependsOnResult())
      F.Value = Site.ResultStorage;
    F.Via.Callee = Site.Callee;
  }
}

/// A method that waits on a condition variable of its own object, with a lock
/// of its own, is one end of a blocking queue: with a value to give it sends,
/// with a result it receives.
static Effect channelEffect(const CallSite &Site,
                            const Summary::OuterEffect &Wait, bool OnReceiver,
                            Vocabulary &Words) {
  Effect What = Wait.What;
  const auto *Method = dyn_cast<CXXMethodDecl>(Site.Callee);
  if ((What != Effect::CondWait && What != Effect::Wait) || !OnReceiver ||
      Wait.OfCaller || !Method || Method->getParent()->isLambda())
    return What;
  // An optional alone that is shared is a future.
  const CXXRecordDecl *Queue = Method->getParent();
  auto KeepsValues = [&](const CXXRecordDecl *Part) {
    return llvm::any_of(Part->fields(), [&](const FieldDecl *Field) {
      const CXXRecordDecl *Class = Field->getType()->getAsCXXRecordDecl();
      return Field->getType()->isArrayType() ||
             (Class && isa<ClassTemplateSpecializationDecl>(Class) &&
              Class->isInStdNamespace() &&
              (Words.role(Class) == TypeRole::None ||
               (Part == Queue && Words.role(Class) == TypeRole::Optional)));
    });
  };
  if (llvm::none_of(state(Queue, Words), KeepsValues))
    return What;
  bool ReturnsValue = !Method->getReturnType()->isVoidType() &&
                      !Method->getReturnType()->isBooleanType();
  if (Method->param_empty())
    return ReturnsValue ? Effect::Recv : What;
  // The status of a send.
  if (Method->getReturnType()->isEnumeralType())
    ReturnsValue = false;
  QualType First = Method->getParamDecl(0)->getType();
  bool FillsIn = First->isLValueReferenceType() &&
                 !First.getNonReferenceType().isConstQualified();
  return FillsIn || ReturnsValue ? Effect::Recv : Effect::Send;
}

void Expansion::replayEffects(const Summary &S, const CallSite &Site) {
  for (const Summary::OuterEffect &E : S.Effects) {
    bool OnReceiver =
        E.Place && Places[Places.root(E.Place)].Kind == Step::This;
    Effect What = channelEffect(Site, E, OnReceiver, Words);
    Fact &F = add(FactKind::Effect, Site);
    F.Effect = What;
    F.Via = E.Via;
    F.Strict = E.OfCaller;
    F.Value = imported(E.Released, Site, true);
    F.Place = What == E.What  ? imported(E.Place, Site)
              : Site.Receiver ? Places.deref(Site.Receiver)
                              : PlaceId();
    PlaceId Channel = F.Place;
    if (What == Effect::Send && What != E.What && Site.IsUnasked) {
      Fact &Lost = add(FactKind::Ignore, Site);
      Lost.Place = Channel;
      Lost.Truth = true;
    }
    if (What == Effect::Recv && What != E.What && Channel) {
      Fact &Received = add(FactKind::Receive, Site);
      Received.Place = Channel;
      Received.Value = Site.ResultStorage;
    }
  }
}

void Expansion::replayPresence(const Summary &S, const CallSite &Site) {
  for (const Summary::Use &U : S.Unchecked)
    if (PlaceId Handle = imported(U.Handle, Site, true)) {
      Fact &F = add(FactKind::Deref, Site);
      F.Place = Handle;
      F.Via = U.Via;
    }
  for (PlaceId P : S.Assigned)
    if (PlaceId Mine = imported(P, Site))
      add(FactKind::Assign, Site).Place = Mine;
  for (PlaceId P : S.PresentAfter) {
    if (PlaceId Mine = imported(P, Site, true))
      add(FactKind::Full, Site).Place = Mine;
    // `require(p != nullptr);`
    const auto *Param = dyn_cast_or_null<ParmVarDecl>(Places.rootVariable(P));
    const auto *Owner =
        Param ? dyn_cast<FunctionDecl>(Param->getDeclContext()) : nullptr;
    if (Owner && Owner->getCanonicalDecl() == Site.Callee->getCanonicalDecl() &&
        Param->getFunctionScopeIndex() < Site.Arguments.size())
      replayProven(Site.Arguments[Param->getFunctionScopeIndex()], Site);
  }
  if (S.ReturnsUnchecked) {
    Fact &F = add(FactKind::Empty, Site);
    F.Place = Site.ResultStorage;
    F.Value = Places.opaque(Site.At);
    F.Via = S.ReturnsUpgrade;
    F.Why = S.ReturnsWhy;
  }
}

/// It was there before the call.
void Expansion::addProven(PlaceId Handle, const CallSite &Site) {
  Fact &F = add(FactKind::Full, Site);
  F.Place = Handle;
  F.Truth = true;
}

void Expansion::replayProven(const Argument &Condition, const CallSite &Site) {
  for (PlaceId P : Condition.Proves)
    addProven(P, Site);
}

/// An unseen function may insist on a condition that it is given; one whose
/// result is a truth value may have looked whether what it is given is there.
void Expansion::replayUnknown(const CallSite &Site) {
  if (Site.Callee && !Site.Callee->isDefined() && !isStd(Site.Callee))
    for (const Argument &A : Site.Arguments)
      replayProven(A, Site);
  if (!Site.Callee || !Site.Callee->getReturnType()->isBooleanType() ||
      isStd(Site.Callee) || Words.role(Site.Callee) != CallRole::None)
    return;
  auto Ask = [&](QualType T, PlaceId Handle) {
    if (Handle && Words.canBeAsked(T))
      addProven(Handle, Site);
  };
  for (const auto &[Param, Arg] :
       llvm::zip(Site.Callee->parameters(), Site.Arguments))
    Ask(Param->getType(), Arg.Storage);
  const auto *Method = dyn_cast<CXXMethodDecl>(Site.Callee);
  if (Method && Method->isInstance() && Site.Receiver)
    Ask(Method->getFunctionObjectParameterType(), Places.deref(Site.Receiver));
}

void Expansion::replayKept(const Summary &S, const CallSite &Site) {
  auto Keep = [&](PlaceId Slot, PlaceId Handle, const Inside &Via) {
    if (!Slot || !Handle)
      return;
    Fact &F = add(FactKind::Keep, Site);
    F.Place = Slot;
    F.Value = Handle;
    F.Via = Via;
  };
  for (const Summary::Kept &K : S.Keeps) {
    PlaceId Slot = imported(K.Slot, Site);
    const auto *Param =
        dyn_cast_or_null<ParmVarDecl>(Places.rootVariable(K.Handle));
    bool Closure = Param && Places.depth(K.Handle) == 1 &&
                   Words.role(Param->getType()) != TypeRole::Strong &&
                   Param->getFunctionScopeIndex() < Site.Arguments.size();
    if (!Closure) {
      Keep(Slot, imported(K.Handle, Site), K.Via);
      continue;
    }
    const Argument &A = Site.Arguments[Param->getFunctionScopeIndex()];
    for (PlaceId Handle : A.Function.Keeps)
      Keep(Slot, Handle, K.Via);
  }
}

void Expansion::replayAccesses(const Summary &S, const CallSite &Site) {
  for (const Summary::SharedAccess &A : S.Accesses) {
    PlaceId Mine = imported(A.Place, Site);
    if (!Mine || !Places.isPrecise(Mine))
      continue;
    Circumstances How = A.How;
    for (PlaceId &Lock : How.Locks)
      Lock = imported(Lock, Site);
    Facts.Circumstances.push_back(std::move(How));
    Fact &F = add(FactKind::Access, Site);
    F.Place = Mine;
    F.Truth = A.Changes;
    F.Circumstances = Facts.Circumstances.size() - 1;
    F.Via = A.Via;
  }
  if (S.Waits)
    add(FactKind::Sync, Site);
  if (S.Publishes)
    add(FactKind::Publish, Site);
}

void Expansion::replayDrains(const Summary &S, const CallSite &Site,
                             HolderId Thread) {
  for (PlaceId P : S.Drains) {
    PlaceId Mine = Facts.origin(imported(P, Site));
    if (!Mine)
      continue;
    Fact &F = add(FactKind::Drain, Site);
    F.Place = Mine;
    F.Holder = Thread;
  }
}

void Expansion::replayOwners(const Summary &S, const CallSite &Site) {
  for (const Summary::Owned &O : S.Owns)
    if (PlaceId Object = imported(O.Pointer, Site)) {
      Fact &F = add(FactKind::Own, Site);
      F.Value = Object;
      F.Truth = isOwner(Object, Places, Words);
      F.Via = O.Via;
    }
}

void Expansion::replayInvocations(const Summary &S, const CallSite &Site) {
  for (const Summary::Invocation &I : S.Invokes) {
    if (I.Parameter >= Site.Arguments.size())
      continue;
    const FunctionDecl *Body = Site.Arguments[I.Parameter].Function.Body;
    const Summary *Inner = Body ? Lookup(Body) : nullptr;
    if (!Inner)
      continue;
    CallSite Called;
    Called.Callee = Body;
    Called.At = Site.At;
    for (PlaceId P : I.Arguments) {
      Argument &A = Called.Arguments.emplace_back();
      A.Place = A.Storage = imported(P, Site);
    }
    if (!I.IsKnown || !I.While.empty()) {
      HolderId While = Facts.addHolder({Holder::Temporary, {}, Site.At});
      for (const Loan &L : I.While)
        if (auto Mine = imported(L, Site))
          issue(*Mine, While, Site);
      replayLoans(*Inner, Called);
      replayLocks(*Inner, Called);
      add(FactKind::Drop, Site).Holder = While;
    }
    replayPresence(*Inner, Called);
  }
}

/// What a closure unlocks that an object was made with, which may run it when
/// it dies.
void Expansion::replayDeferred(const CallSite &Destruction) {
  if (!isa_and_nonnull<CXXDestructorDecl>(Destruction.Callee))
    return;
  for (const CallSite &Site : Facts.Calls) {
    if (!isa_and_nonnull<CXXConstructorDecl>(Site.Callee) ||
        Site.Receiver != Destruction.Receiver)
      continue;
    for (const Argument &A : Site.Arguments) {
      const Summary *Inner =
          A.Function.Body ? Lookup(A.Function.Body) : nullptr;
      CallSite Run;
      Run.Callee = A.Function.Body;
      for (PlaceId Mutex : Inner ? Inner->Unlocked : ArrayRef<PlaceId>())
        if (PlaceId Mine = imported(Mutex, Run)) {
          Fact &F = add(FactKind::Unlock, Destruction);
          F.Place = Mine;
          F.Via.Callee = A.Function.Body;
        }
    }
  }
}

void Expansion::expand(const Fact &Call) {
  const CallSite Site = Facts.Calls[Call.Call];
  const Summary *S = Lookup(Site.Callee);
  Out.push_back(Call);
  Out.back().Truth = S != nullptr;
  for (const Argument &A : Site.Arguments)
    if (A.Source)
      add(FactKind::Share, Site).Holder = A.Source;
  replayDeferred(Site);
  if (!S)
    return replayUnknown(Site);
  replayNesting(*S, Site);
  replayLoans(*S, Site);
  replayLocks(*S, Site);
  replayInvocations(*S, Site);
  // What the callee does itself and what its threads do was compared there.
  if (!Site.IsOnce)
    replayAccesses(*S, Site);
  replaySpawns(*S, Site);
  replayOwners(*S, Site);
  replayKept(*S, Site);
  replayPresence(*S, Site);
  replayDrains(*S, Site, HolderId());
}

/// What a predicate's summary tells on the edges of a branch on its result.
void Expansion::resolve(Edge &E) {
  llvm::SmallVector<Literal, 1> Resolved;
  for (const Literal &L : E.Assumes) {
    if (L.Predicate == ~0u) {
      Resolved.push_back(L);
      continue;
    }
    const CallSite Site = Facts.Calls[L.Predicate];
    if (Places.isPrecise(L.Place))
      Resolved.push_back({L.Place, L.Truth});
    const Summary *S = Lookup(Site.Callee);
    if (!S)
      continue;
    if (llvm::any_of(S->Locks, [](const LockExit &Exit) {
          return Exit.dependsOnResult();
        }))
      Resolved.push_back({Site.ResultStorage, L.Truth});
    if (S->ReturnsTest.Place)
      if (PlaceId Mine = imported(S->ReturnsTest.Place, Site, true))
        Resolved.push_back({Mine, S->ReturnsTest.Truth == L.Truth});
    for (PlaceId P : L.Truth ? S->PresentIfTrue : S->PresentIfFalse)
      if (PlaceId Mine = imported(P, Site, true))
        Resolved.push_back({Mine, true});
  }
  E.Assumes = std::move(Resolved);
}

} // namespace borrow
