//===- Reach.cpp - What functions reach through calls ---------------------===//

#include "Facts/SourceIndex.h"
#include "clang/AST/DeclCXX.h"

using namespace clang;

namespace borrow {

void SourceIndex::propagateInterest() {
  llvm::SmallVector<const FunctionDecl *, 32> Queue(Interesting.begin(),
                                                    Interesting.end());
  while (!Queue.empty())
    for (const FunctionDecl *Caller : Callers.lookup(Queue.pop_back_val()))
      if (Interesting.insert(Caller).second)
        Queue.push_back(Caller);
}

/// How many calls deep a thread's uses are followed.
constexpr unsigned MaxSharingDepth = 4;
/// How many callers up a thread is followed that a function has started.
constexpr unsigned MaxStartDepth = 2;

void SourceIndex::addMethods(const CXXRecordDecl *Class) {
  for (const CXXMethodDecl *Method : Class->methods()) {
    const FunctionDecl *Definition = nullptr;
    if (!Method->isDefined(Definition) || !isAnalysable(Definition))
      continue;
    Sharers.insert(Definition);
    Interesting.insert(Definition);
  }
}

void SourceIndex::propagateSharing() {
  if (Sharers.empty())
    return;
  llvm::DenseMap<const FunctionDecl *,
                 llvm::SmallVector<const FunctionDecl *, 4>>
      Callees;
  for (const auto &[Callee, From] : Callers)
    for (const FunctionDecl *Caller : From)
      Callees[Caller].push_back(Callee);
  llvm::SmallVector<const FunctionDecl *, 32> Level(Sharers.begin(),
                                                    Sharers.end());
  // Threads that still run when a function returns.
  for (unsigned First = 0, Depth = 0; Depth < MaxStartDepth; ++Depth)
    for (unsigned Last = Level.size(); First < Last; ++First)
      for (const FunctionDecl *Caller : Callers.lookup(Level[First]))
        if (Sharers.insert(Caller).second)
          Level.push_back(Caller);
  // What an object's own thread uses, its other methods may use too.
  llvm::DenseSet<const FunctionDecl *> Followed(Sharers);
  for (const FunctionDecl *Function : Level)
    if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(Function))
      addMethods(Constructor->getParent());
  for (unsigned Depth = 0; Depth < MaxSharingDepth; ++Depth) {
    llvm::SmallVector<const FunctionDecl *, 32> Next;
    for (const FunctionDecl *Caller : Level)
      for (const FunctionDecl *Callee : Callees.lookup(Caller))
        if (Followed.insert(Callee).second) {
          Sharers.insert(Callee);
          Next.push_back(Callee);
        }
    Level = std::move(Next);
  }
}

bool isNoexcept(const FunctionDecl *Function) {
  const auto *Type = Function->getType()->getAs<FunctionProtoType>();
  return Type && !isUnresolvedExceptionSpec(Type->getExceptionSpecType()) &&
         Type->isNothrow();
}

void SourceIndex::propagateThrows() {
  llvm::SmallVector<const FunctionDecl *, 32> Queue;
  for (const FunctionDecl *Function : Functions)
    if (Throws.contains(Function))
      Queue.push_back(Function);
  for (size_t I = 0; I < Queue.size(); ++I) {
    if (isNoexcept(Queue[I])) {
      Throws.erase(Queue[I]);
      continue;
    }
    const Expr *Throw = Throws.lookup(Queue[I]);
    for (const FunctionDecl *Caller : Passes.lookup(Queue[I]))
      if (Throws.try_emplace(Caller, Throw).second)
        Queue.push_back(Caller);
  }
  Passes.clear();
}

const Expr *SourceIndex::thrownBy(const FunctionDecl *Function) const {
  const FunctionDecl *Definition = nullptr;
  return Function && Function->isDefined(Definition) ? Throws.lookup(Definition)
                                                     : nullptr;
}

/// Which lock is held in a function that only its callers reach, they decide.
void SourceIndex::propagateTouches() {
  if (HasMutexVariable)
    Touchers.insert(VariableUsers.begin(), VariableUsers.end());
  llvm::SmallVector<const FunctionDecl *, 32> Queue(Touchers.begin(),
                                                    Touchers.end());
  while (!Queue.empty()) {
    const FunctionDecl *Function = Queue.pop_back_val();
    const auto *Method = dyn_cast<CXXMethodDecl>(Function);
    if (Method && Method->getAccess() == AS_public &&
        !Method->getParent()->isLambda())
      continue;
    for (const FunctionDecl *Caller : callers(Function))
      if (Touchers.insert(Caller).second)
        Queue.push_back(Caller);
  }
  llvm::DenseSet<const FunctionDecl *> Once;
  for (const FunctionDecl *Function : Touchers)
    for (const FunctionDecl *Caller : callers(Function))
      if (!Once.insert(Caller).second)
        Updaters.insert(Caller);
}

} // namespace borrow
