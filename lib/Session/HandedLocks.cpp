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

namespace {

/// Who unlocks what others have locked, by lock.
class Unlockers {
public:
  explicit Unlockers(
      llvm::ArrayRef<std::unique_ptr<FunctionAnalysis>> Functions) {
    for (bool Changed = true; Changed;) {
      Changed = false;
      for (const auto &Function : Functions)
        for (const ForeignUnlock &U : Function->foreignUnlocks())
          Changed |= add(*Function, U);
    }
  }

  llvm::ArrayRef<const FunctionDecl *> of(const void *Lock) const {
    auto It = ByLock.find(Lock);
    return It == ByLock.end() ? llvm::ArrayRef<const FunctionDecl *>()
                              : It->second;
  }

private:
  bool add(const FunctionAnalysis &Function, const ForeignUnlock &U) {
    const void *Lock = identity(Function.places(), U.Lock);
    const FunctionDecl *Decl = Function.facts().Function->getCanonicalDecl();
    bool Unlocks =
        !U.By || llvm::is_contained(of(Lock), U.By->getCanonicalDecl());
    if (!Unlocks || llvm::is_contained(of(Lock), Decl))
      return false;
    ByLock[Lock].push_back(Decl);
    return true;
  }

  llvm::DenseMap<const void *, llvm::SmallVector<const FunctionDecl *, 1>>
      ByLock;
};

} // namespace

void forgetHandedLocks(
    std::vector<std::unique_ptr<FunctionAnalysis>> &Functions) {
  const Unlockers All(Functions);
  for (const auto &Function : Functions)
    Function->forgetLeaks([&](const LockLeak &Leak) {
      auto IsCalled = [&](const FunctionDecl *Unlocker) {
        return llvm::any_of(Leak.Unlocks, [&](const Fact *F) {
          return F->Via.Callee && F->Via.Callee->getCanonicalDecl() == Unlocker;
        });
      };
      const void *Lock = identity(Function->places(), Leak.Lock);
      return llvm::any_of(All.of(Lock), [&](const FunctionDecl *Unlocker) {
        return !isInternal(Unlocker) && !IsCalled(Unlocker);
      });
    });
}

} // namespace borrow
