//===- Violation.cpp - A finding and its trail ----------------------------===//

#include "Diagnosis/Violation.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/Expr.h"

using namespace clang;

namespace borrow {

std::string quoted(const PlaceTable &Places, PlaceId P, StringRef Otherwise) {
  return Places.isPrecise(P) ? "'" + Places.name(P) + "'" : Otherwise.str();
}

std::string describe(const FunctionFacts &Facts, const PlaceTable &Places,
                     HolderId Keeper) {
  const Holder &H = Facts.holder(Keeper);
  switch (H.Kind) {
  case Holder::Storage:
    return quoted(Places, H.Place, "a local object");
  case Holder::Temporary:
    return "a temporary until the end of the full expression";
  case Holder::Extended:
    return "a temporary whose lifetime is extended";
  case Holder::Result:
    return "the returned object";
  case Holder::Heap:
    return "an object on the heap";
  case Holder::Nobody:
    return "nobody: it has to be unlocked by hand";
  case Holder::Queue:
    return "an executor that runs it later";
  case Holder::Detached:
    return "a thread that nobody waits for";
  }
  return "";
}

SourceLocation location(const FunctionFacts &Facts, const PlaceTable &Places,
                        HolderId Keeper) {
  const Holder &H = Facts.holder(Keeper);
  if (H.Object)
    return H.Object->getBeginLoc();
  const VarDecl *Var =
      H.Kind == Holder::Storage ? Places.rootVariable(H.Place) : nullptr;
  return Var ? Var->getLocation() : SourceLocation();
}

Violation &Violation::noteLoan(const FunctionFacts &Facts,
                               const PlaceTable &Places, const Loan &L,
                               HolderId Keeper, std::string Taken) {
  note(L.At->getExprLoc(), std::move(Taken));
  return note(location(Facts, Places, Keeper),
              "kept by " + describe(Facts, Places, Keeper));
}

bool isWrittenIn(const Stmt *Call, const Inside &Via) {
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Via.Entry);
  return Method && Method->getParent()->isLambda() &&
         Call->getSourceRange().fullyContains(Via.EntryLoc);
}

SourceLocation insideCallee(const Inside &Via) {
  return Via.Callee ? Via.Loc : SourceLocation();
}

} // namespace borrow
