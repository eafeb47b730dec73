//===- LockOrder.cpp - Locks that are taken in two orders -----------------===//

#include "Session/LockOrder.h"
#include "Facts/ChosenOrder.h"
#include "Session/SharedAccesses.h"
#include "clang/AST/DeclCXX.h"
#include <algorithm>

using namespace clang;

namespace borrow {

LockOrder::Name LockOrder::steps(PlaceId P) const {
  Name Result;
  for (; P; P = Places[P].Parent)
    Result.push_back({Places[P].Kind, Places[P].Key});
  std::reverse(Result.begin(), Result.end());
  return Result;
}

static const FieldDecl *
lastField(const std::vector<std::pair<Step, const void *>> &Lock) {
  return Lock.back().first == Step::Field
             ? static_cast<const FieldDecl *>(Lock.back().second)
             : nullptr;
}

/// Does it say which lock of the unit it is: a variable or a member?
bool LockOrder::isNamed(const Name &Lock) const {
  if (lastField(Lock))
    return true;
  if (Lock.size() != 1 || Lock[0].first != Step::Var)
    return false;
  // A parameter is another lock in each call.
  const auto *Var = static_cast<const VarDecl *>(Lock[0].second);
  return !isa<ParmVarDecl>(Var) && !Var->getType()->isReferenceType();
}

std::optional<LockOrder::Key> LockOrder::key(PlaceId First,
                                             PlaceId Second) const {
  Name A = steps(First), B = steps(Second);
  if (!isNamed(A) || !isNamed(B))
    return std::nullopt;
  const FieldDecl *FieldA = lastField(A), *FieldB = lastField(B);
  bool SameClass =
      FieldA && FieldB && FieldA->getParent() == FieldB->getParent();
  if (!SameClass)
    return Key{{A.back()}, {B.back()}};
  size_t Common =
      std::mismatch(A.begin(), A.end(), B.begin(), B.end()).first - A.begin();
  if (Common == 0) {
    // Members of two variables of the unit are two certain locks.
    auto IsGlobal = [](const Name &Lock) {
      return Lock[0].first == Step::Var &&
             static_cast<const VarDecl *>(Lock[0].second)->hasGlobalStorage();
    };
    if (IsGlobal(A) && IsGlobal(B))
      return Key{A, B};
    // Two members of two objects, told from two members of one.
    std::pair<Step, const void *> Another = {Step::Opaque, nullptr};
    if (FieldA != FieldB && isOfCaller(First) && isOfCaller(Second))
      return Key{{Another, A.back()}, {Another, B.back()}};
    return std::nullopt;
  }
  // Elements are told apart only along with what they are elements of.
  while (Common > 0 &&
         (Common >= A.size() || Common >= B.size() ||
          A[Common].first != Step::Field || B[Common].first != Step::Field))
    --Common;
  return Key{Name(A.begin() + Common, A.end()),
             Name(B.begin() + Common, B.end())};
}

/// Is it a member of `this` or of a parameter?
bool LockOrder::isOfCaller(PlaceId P) const {
  if (Places[P].Kind != Step::Field)
    return false;
  PlaceId Object = Places[P].Parent;
  if (Places[Object].Kind == Step::Deref)
    Object = Places[Object].Parent;
  const PlaceTable::Node &N = Places[Object];
  return N.Kind == Step::This ||
         (N.Kind == Step::Var &&
          isa<ParmVarDecl>(static_cast<const VarDecl *>(N.Key)));
}

void LockOrder::add(const FunctionAnalysis &Function) {
  Functions.push_back(&Function);
  // Nobody else has the object of a constructor yet.
  if (isa<CXXConstructorDecl>(Function.facts().Function))
    return;
  for (const NestedLock &N : Function.nestedLocks()) {
    PlaceId First = Function.facts().loan(N.First).Place;
    PlaceId Second = N.Second.Place;
    if (isOfCaller(First) && isOfCaller(Second) && !N.Second.Via.Callee &&
        Places[First].Key == Places[Second].Key)
      Pairs.push_back({First, Second, {&Function, &N}, nullptr});
    std::optional<Key> K = key(First, Second);
    if (!K)
      continue;
    std::vector<OrderedLocks> &Sites = Orders[*K];
    if (Sites.empty())
      Sequence.push_back(*K);
    Sites.push_back({&Function, &N});
  }
}

bool LockOrder::haveCommonGate(const NestedLock &A, const NestedLock &B) const {
  return llvm::any_of(A.Others, [&](PlaceId P) {
    return llvm::any_of(B.Others, [&](PlaceId Q) {
      return steps(P).back() == steps(Q).back();
    });
  });
}

bool LockOrder::excludeEachOther(const OrderedLocks &A,
                                 const OrderedLocks &B) const {
  auto First = [](const OrderedLocks &O) {
    return O.Function->facts().loan(O.Locks->First).How;
  };
  auto Excludes = [](Access L, Access R) {
    return L == Access::Mut || R == Access::Mut;
  };
  return Excludes(First(A), B.Locks->Second.How) &&
         Excludes(First(B), A.Locks->Second.How);
}

std::vector<Inversion> LockOrder::inversions() const {
  std::vector<Inversion> Result;
  llvm::SmallVector<const Key *, 4> Reported;
  for (const Key &K : Sequence) {
    auto Opposite = Orders.find({K.second, K.first});
    bool Known = llvm::any_of(Reported, [&](const Key *Other) {
      return Other->first == K.second && Other->second == K.first;
    });
    if (Opposite == Orders.end() || Known || K.first == K.second)
      continue;
    const std::vector<OrderedLocks> &Sites = Orders.find(K)->second;
    bool Found = false;
    for (const OrderedLocks &Earlier : Sites)
      for (const OrderedLocks &Later : Opposite->second) {
        if (Found || haveCommonGate(*Earlier.Locks, *Later.Locks) ||
            !excludeEachOther(Earlier, Later))
          continue;
        Result.push_back({Earlier, Later});
        Found = true;
      }
    if (Found)
      Reported.push_back(&K);
  }
  return Result;
}

/// How many calls deep the objects are followed that a function locks.
constexpr unsigned MaxDepth = 3;

/// Adds what Inner locks in the calls of its function.
void LockOrder::addCalls(const Pair &Inner, unsigned Depth,
                         std::vector<Pair> &To) {
  const FunctionDecl *Of = Inner.Locks.Function->facts().Function;
  for (const auto &[F, Site] : Calls.lookup(Of->getCanonicalDecl())) {
    Pair Mine{importedPlace(Inner.First, *Site, Places),
              importedPlace(Inner.Second, *Site, Places), Inner.Locks,
              Site->At};
    if (!Mine.First || !Mine.Second || Mine.First == Mine.Second ||
        !Places.isPrecise(Mine.First) || !Places.isPrecise(Mine.Second))
      continue;
    To.push_back(Mine);
    if (Depth > 1 && isOfCaller(Mine.First) && isOfCaller(Mine.Second))
      addCalls({Mine.First, Mine.Second, {F, Inner.Locks.Locks}, Site->At},
               Depth - 1, To);
  }
}

std::vector<SwappedLocks> LockOrder::swapped() {
  std::vector<SwappedLocks> Result;
  if (Pairs.empty())
    return Result;
  for (const FunctionAnalysis *F : Functions)
    for (const CallSite &Site : F->facts().Calls)
      if (Site.Callee)
        Calls[Site.Callee->getCanonicalDecl()].push_back({F, &Site});
  for (const Pair &P : Pairs) {
    if (choosesOrder(P.Locks.Function->facts().Function))
      continue;
    std::vector<Pair> Taken;
    addCalls(P, MaxDepth, Taken);
    std::map<std::pair<PlaceId, PlaceId>, const Pair *> Orders;
    for (const Pair &Later : Taken) {
      auto Opposite = Orders.find({Later.Second, Later.First});
      if (Opposite != Orders.end()) {
        Result.push_back({P.Locks, Opposite->second->Call, Later.Call});
        break;
      }
      Orders.try_emplace({Later.First, Later.Second}, &Later);
    }
  }
  return Result;
}

} // namespace borrow
