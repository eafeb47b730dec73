//===- StoredCallbacks.cpp - Callbacks that come back ---------------------===//

#include "Session/StoredCallbacks.h"
#include "Dataflow/Loans.h"
#include "Summary/Summaries.h"
#include "clang/AST/DeclCXX.h"

using namespace clang;

namespace borrow {

void StoredCallbacks::collect(const FunctionFacts &Facts) {
  for (const CallSite &Site : Facts.Calls) {
    if (!Site.Callee)
      continue;
    unsigned Count =
        std::min<unsigned>(Site.Arguments.size(), Site.Callee->getNumParams());
    for (unsigned I = 0; I < Count; ++I) {
      QualType T =
          Site.Callee->getParamDecl(I)->getType().getNonReferenceType();
      const FunctionDecl *Body = Site.Arguments[I].Function.Body;
      if (Body && Unit.Words.role(T) == TypeRole::Callable)
        Closures.push_back({Body, T->getAsCXXRecordDecl(), &Site});
    }
  }
}

PlaceId StoredCallbacks::meaning(PlaceId P, const Stored &Closure,
                                 const CallSite &Callback,
                                 const FunctionDecl *Caller) {
  PlaceTable &Places = Unit.Places;
  const auto *Param = dyn_cast_or_null<ParmVarDecl>(Places.rootVariable(P));
  if (Param && Param->getDeclContext() == Closure.Body) {
    unsigned Index = Param->getFunctionScopeIndex();
    if (Index >= Callback.Arguments.size())
      return {};
    return Places.rebase(P, Places.root(P), Callback.Arguments[Index].Place);
  }
  // A captured object: the one that the closure was stored in.
  const auto *Storing = dyn_cast_or_null<CXXMethodDecl>(Closure.Site->Callee);
  const auto *Calling = dyn_cast<CXXMethodDecl>(Caller);
  if (!Storing || !Calling || !Closure.Site->Receiver ||
      Storing->getParent() != Calling->getParent())
    return {};
  PlaceId Captured = Places.deref(Closure.Site->Receiver);
  if (!Places.isPrefix(Captured, P))
    return {};
  PlaceId Own = Places.deref(Places.thisPointer(Calling->getCanonicalDecl()));
  return Places.rebase(P, Captured, Own);
}

void StoredCallbacks::match(FunctionAnalysis &Function,
                            const CallbackUnderLoan &Callback) {
  const FunctionFacts &Facts = Function.facts();
  const CallSite &Site = Facts.Calls[Callback.Call->Call];
  const CXXRecordDecl *Class = cast<CXXMethodDecl>(Site.Callee)->getParent();
  for (const Stored &Closure : Closures) {
    const Summary *S =
        Closure.As->getCanonicalDecl() == Class->getCanonicalDecl()
            ? Calls.get(Closure.Body)
            : nullptr;
    if (!S)
      continue;
    for (const Loan &Touch : S->Touches) {
      Loan Mine = Touch;
      Mine.Place = meaning(Touch.Place, Closure, Site, Facts.Function);
      Mine.At = Site.At;
      if (!Mine.Place ||
          !Loans::conflict(Facts.loan(Callback.Loan), Mine, Unit.Places))
        continue;
      Function.add({Callback.Loan, Callback.Keeper, Mine});
      return;
    }
  }
}

void StoredCallbacks::addOverlaps(
    llvm::ArrayRef<std::unique_ptr<FunctionAnalysis>> Functions) {
  auto HasCallbacks = [](const std::unique_ptr<FunctionAnalysis> &F) {
    return !F->callbacks().empty();
  };
  if (llvm::none_of(Functions, HasCallbacks))
    return;
  for (const auto &Function : Functions)
    collect(Function->facts());
  for (const auto &Function : Functions)
    for (const CallbackUnderLoan &Callback : Function->callbacks())
      match(*Function, Callback);
}

} // namespace borrow
