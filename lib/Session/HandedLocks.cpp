//===- HandedLocks.cpp - Locks that are left locked on purpose ------------===//

#include "Session/HandedLocks.h"
#include "clang/AST/DeclCXX.h"

using namespace clang;

namespace borrow {

/// The last member on the way to the lock, else its variable; null for none.
static const void *identity(const PlaceTable &Places, PlaceId Lock) {
  for (PlaceId P = Lock; P; P = Places[P].Parent)
    if (Places[P].Kind == Step::Field || Places[P].Kind == Step::Var)
      return Places[P].Key;
  return nullptr;
}

/// Only functions that are analysed too can call it, so they are asked instead.
static bool isInternal(const FunctionDecl *Function) {
  const auto *Method = dyn_cast<CXXMethodDecl>(Function);
  if (Method && Method->getParent()->isLambda())
    return false;
  return Function->getAccess() == AS_private ||
         !Function->isExternallyVisible();
}

void forgetHandedLocks(
    std::vector<std::unique_ptr<FunctionAnalysis>> &Functions) {
  llvm::DenseMap<const void *, llvm::SmallVector<const FunctionDecl *, 1>>
      Unlockers;
  for (const auto &Function : Functions) {
    const FunctionDecl *Decl = Function->facts().Function;
    if (!isInternal(Decl))
      for (PlaceId Lock : Function->foreignUnlocks())
        Unlockers[identity(Function->places(), Lock)].push_back(
            Decl->getCanonicalDecl());
  }
  for (const auto &Function : Functions)
    Function->forgetLeaks([&](const LockLeak &Leak) {
      auto IsCalled = [&](const FunctionDecl *Unlocker) {
        return llvm::any_of(Leak.Unlocks, [&](const Fact *F) {
          return F->Via.Callee && F->Via.Callee->getCanonicalDecl() == Unlocker;
        });
      };
      const void *Lock = identity(Function->places(), Leak.Lock);
      return !llvm::all_of(Unlockers.lookup(Lock), IsCalled);
    });
}

} // namespace borrow
