//===- StoredCallbacks.cpp - Callbacks that come back ---------------------===//

#include "Session/StoredCallbacks.h"
#include "Dataflow/Loans.h"
#include "Facts/PlaceResolver.h"
#include "Summary/Summaries.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"

using namespace clang;

namespace borrow {

void StoredCallbacks::collect(const FunctionFacts &Facts) {
  for (const CallSite &Site : Facts.Calls) {
    if (!Site.Callee)
      continue;
    unsigned Count =
        std::min<unsigned>(Site.Arguments.size(), Site.Callee->getNumParams());
    const auto *Method = dyn_cast<CXXMethodDecl>(Site.Callee);
    for (unsigned I = 0; I < Count; ++I) {
      QualType T =
          Site.Callee->getParamDecl(I)->getType().getNonReferenceType();
      const FunctionDecl *Body = Site.Arguments[I].Function.Body;
      // `Done = [this] {…};`, which a template of the function object takes.
      const CXXRecordDecl *As = Unit.Words.role(T) == TypeRole::Callable
                                    ? T->getAsCXXRecordDecl()
                                : Method ? Method->getParent()
                                         : nullptr;
      if (Body && Unit.Words.role(As) == TypeRole::Callable)
        Closures.push_back({Body, As, &Site, Facts.Function});
    }
  }
}

/// May a T hold function objects of class Callable, itself or as elements?
static bool holds(QualType T, const CXXRecordDecl *Callable,
                  unsigned Depth = 3) {
  const CXXRecordDecl *Class = T->getAsCXXRecordDecl();
  if (!Class || Class->getCanonicalDecl() == Callable->getCanonicalDecl())
    return Class != nullptr;
  const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(Class);
  return Spec && Depth != 0 &&
         llvm::any_of(Spec->getTemplateArgs().asArray(),
                      [&](const TemplateArgument &Arg) {
                        return Arg.getKind() == TemplateArgument::Type &&
                               holds(Arg.getAsType(), Callable, Depth - 1);
                      });
}

/// Is there one member alone in which an object of Class can keep function
/// objects of class Callable?
static bool hasOnePlaceFor(const CXXRecordDecl *Callable,
                           const CXXRecordDecl *Class) {
  return llvm::count_if(Class->fields(), [&](const FieldDecl *Field) {
           return holds(Field->getType(), Callable);
         }) == 1;
}

/// Is the closure given to the very member that is called?
bool StoredCallbacks::isGivenTo(const Stored &Closure,
                                const CallSite &Callback) {
  const PlaceTable &Places = Unit.Places;
  auto Member = [&](PlaceId Receiver) -> const void * {
    PlaceId Object = Receiver ? Unit.Places.deref(Receiver) : PlaceId();
    return Object && Places[Object].Kind == Step::Field ? Places[Object].Key
                                                        : nullptr;
  };
  const void *Given = Member(Closure.Site->Receiver);
  return Given && Given == Member(Callback.Receiver);
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
  // A method of the class that keeps it in a container of its own object.
  const auto *In = dyn_cast<CXXMethodDecl>(Closure.In);
  PlaceId Root = Places.root(P);
  if (In && Calling && In->getParent() == Calling->getParent() && Storing &&
      isStd(Storing) && Places[Root].Kind == Step::This &&
      Places[Root].Key == In->getCanonicalDecl() && Closure.Site->Receiver &&
      Places.isPrefix(Root, Closure.Site->Receiver) &&
      (isGivenTo(Closure, Callback) ||
       hasOnePlaceFor(Closure.As, In->getParent())))
    return Places.rebase(P, Root,
                         Places.thisPointer(Calling->getCanonicalDecl()));
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
