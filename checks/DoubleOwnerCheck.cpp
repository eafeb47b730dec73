//===- DoubleOwnerCheck.cpp - Two owners of one object --------------------===//

#include "BorrowCheck.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/DenseSet.h"

using namespace clang;

namespace borrow {
namespace {

class DoubleOwnerCheck final : public BorrowCheck {
public:
  using BorrowCheck::BorrowCheck;

  void checkFunction(const FunctionAnalysis &Function) override {
    for (const DoubleOwner &D : Function.doubleOwners())
      reportOwner(Function, D);
  }

private:
  void reportOwner(const FunctionAnalysis &Function, const DoubleOwner &D) {
    const PlaceTable &Places = Function.places();
    const Fact &Second = *D.Second;
    PlaceId Object = Second.Value;
    bool This = Places[Object].Kind == Step::This;
    std::string Name = This ? "'this'" : quoted(Places, Object, "this pointer");
    SourceLocation At = begin(Second);
    std::string What = "a second owner is made of the object that " + Name;
    if (This)
      What = "a second owner is made of 'this', which its class shares through "
             "handles already";
    else if (D.First)
      What += " points to";
    else if (Places[Object].Kind == Step::Address)
      What = "an owner is made of " +
             quoted(Places, Places[Object].Parent, "an object") +
             ", which ends with its scope or with the object around it";
    else
      What += " owns";
    Violation V(At, What);
    if (D.First)
      V.note(begin(*D.First), D.First == D.Second
                                  ? "made here in an earlier round of the loop"
                                  : "the first owner is made here");
    if (D.First)
      V.note(insideCallee(D.First->Via), "made here, inside the callee");
    V.note(insideCallee(Second.Via), "made here, inside the callee");
    if (Reported.insert(At).second)
      report(V);
  }

  static SourceLocation begin(const Fact &F) {
    return isWrittenIn(F.At, F.Via) ? F.Via.EntryLoc : F.At->getBeginLoc();
  }

  /// A template is reported once, not for each instantiation.
  llvm::DenseSet<SourceLocation> Reported;
};

} // namespace

std::unique_ptr<BorrowCheck>
makeDoubleOwnerCheck(StringRef Name, tidy::ClangTidyContext *Context) {
  return std::make_unique<DoubleOwnerCheck>(Name, Context);
}

} // namespace borrow
