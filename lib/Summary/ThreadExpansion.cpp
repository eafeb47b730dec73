//===- ThreadExpansion.cpp - What threads that a callee starts keep -------===//

#include "Model/Vocabulary.h"
#include "Summary/Expansion.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/Expr.h"

using namespace clang;

namespace borrow {

/// What the function of a new thread uses is lent to the thread.
void Expansion::startThread(const Fact &Run) {
  const CallSite Site = Facts.Calls[Run.Call];
  const HolderId Thread = Run.Holder;
  const Summary *S = Lookup(Site.Callee);
  if (!S)
    return;
  replayDrains(*S, Site, Thread);
  for (const Summary::SharedAccess &A : S->Accesses) {
    Loan Used{LoanKind::Running,
              A.Changes ? Access::Mut : Access::Shared,
              A.Place,
              Site.At,
              A.Via,
              false,
              {},
              {},
              {},
              A.How};
    Used.Use.Publishes = S->Publishes;
    if (auto Mine = imported(Used, Site))
      issue(*Mine, Thread, Site);
  }
}

void Expansion::issueCaptures(const Argument &A, const CallSite &Site,
                              HolderId Keeper) {
  for (PlaceId Place : A.Function.Refers) {
    if (!Places.isPrecise(Place))
      continue;
    LoanId Id = Facts.addLoan(
        {LoanKind::Capture, Access::Shared, Place, Site.At, {}, false, {}, {}});
    Fact &F = add(FactKind::Issue, Site);
    F.Loan = Id;
    F.Holder = Keeper;
  }
}

/// Does a thread that is given to a callee outlive the caller, as far as is
/// known? A local object may join it when it dies.
bool Expansion::goesOn(const Summary::SpawnedParameter &P, HolderId Keeper) {
  if (P.Keeper != Holder::Storage)
    return P.Keeper == Holder::Detached;
  const VarDecl *Root = Places.rootVariable(Facts.holder(Keeper).Place);
  return !Root || isa<ParmVarDecl>(Root) || !Root->hasLocalStorage();
}

void Expansion::replaySpawns(const Summary &S, const CallSite &Site) {
  for (const Summary::SpawnedParameter &P : S.Spawns) {
    if (P.Parameter >= Site.Arguments.size())
      continue;
    HolderId Keeper;
    if (P.Keeper == Holder::Storage) {
      PlaceId Place = imported(P.Place, Site);
      if (!Place)
        continue;
      Keeper = storage(Place);
    } else if (P.Keeper == Holder::Result && Site.Result) {
      Keeper = Site.Result;
    } else {
      Keeper = Facts.addHolder({P.Keeper, {}});
    }
    const Argument &Given = Site.Arguments[P.Parameter];
    bool IsThread = isThread(
        Words.role(Site.Callee->getParamDecl(P.Parameter)->getType()));
    if (!IsThread) {
      issueCaptures(Given, Site, Keeper);
    } else if (Given.Source && goesOn(P, Keeper)) {
      Fact &F = add(FactKind::Move, Site);
      F.Holder = Given.Source;
      F.To = Keeper;
    }
    if (const FunctionDecl *Body = Site.Arguments[P.Parameter].Function.Body)
      Facts.Started.push_back(Body);
  }
  for (const Summary::LeftLoan &C : S.Captured) {
    std::optional<Loan> Mine = imported(C.Taken, Site);
    if (!Mine)
      continue;
    HolderId Keeper;
    if (C.Kind == Holder::Storage && isa<CXXConstructorDecl>(Site.Callee))
      Keeper = Site.Result;
    else if (C.Kind == Holder::Storage)
      Keeper = storageOf(imported(C.Keeper, Site));
    else if (C.Kind == Holder::Result)
      Keeper = Site.Result;
    else
      Keeper = Facts.addHolder({C.Kind, {}});
    if (!Keeper)
      continue;
    issue(*Mine, Keeper, Site);
  }
  for (PlaceId P : S.Escaped)
    if (PlaceId Mine = imported(P, Site)) {
      HolderId Thread = storage(Mine);
      HolderId Nobody = Facts.addHolder({Holder::Detached, {}});
      Fact &F = add(FactKind::Escape, Site);
      F.Holder = Thread;
      F.To = Nobody;
      F.Truth = true;
      F.Via.Callee = Site.Callee;
    }
  for (const Summary::Join &J : S.Joined) {
    PlaceId Mine = imported(J.Place, Site);
    HolderId Handle = storageOf(Mine);
    Fact &F = add(FactKind::Join, Site);
    F.Holder = Handle;
    F.Truth = J.OfHandle;
    if (Handle && J.OfHandle && J.Certain && Places.isPrecise(Mine))
      issue({LoanKind::Spent,
             Access::Mut,
             Places.opaque(Site.At),
             Site.At,
             {},
             false,
             {},
             {}},
            Handle, Site);
  }
}

} // namespace borrow
