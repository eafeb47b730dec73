//===- LockOrder.h - Locks that are taken in two orders ---------*- C++ -*-===//
//
// One function takes A and, while it holds it, B; another takes them the other
// way round. Two threads that do so at the same time wait for each other for
// ever. Functions name the same locks by different places, so a pair of locks
// is named without the object that both belong to: `this->A, this->B` in a
// method is `P.A, P.B` in a function with a parameter P of the class. Locks of
// which neither is known to belong to the object of the other, and that are the
// same member (`X.M`, `Y.M`), have no order, unless a function that takes them
// for its parameters is called with two objects and with the same two the other
// way round.
//
// Silent are pairs below a third lock that both orders hold, and pairs that
// readers share. The idea is that of lockdep and Infer's starvation checker.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_SESSION_LOCKORDER_H
#define BORROW_SESSION_LOCKORDER_H

#include "Session/FunctionAnalysis.h"
#include <map>
#include <optional>

namespace borrow {

/// One order of two locks, where it is taken.
struct OrderedLocks {
  const FunctionAnalysis *Function;
  const NestedLock *Locks;
};

/// Later takes the two locks of Earlier in the opposite order.
struct Inversion {
  OrderedLocks Earlier, Later;
};

/// Locks nests the same member of two objects, and is called for two objects
/// both ways round.
struct SwappedLocks {
  OrderedLocks Locks;
  const clang::Stmt *Call, *Swapped;
};

/// Created by Session when all functions are analysed.
class LockOrder {
public:
  explicit LockOrder(PlaceTable &Places) : Places(Places) {}

  void add(const FunctionAnalysis &Function);
  /// One for each pair of locks, in the order in which functions were added.
  std::vector<Inversion> inversions() const;
  std::vector<SwappedLocks> swapped();

private:
  /// The steps of a place, without the object that is not part of its name.
  using Name = std::vector<std::pair<Step, const void *>>;
  using Key = std::pair<Name, Name>;

  Name steps(PlaceId P) const;
  bool isNamed(const Name &Lock) const;
  std::optional<Key> key(PlaceId First, PlaceId Second) const;
  bool haveCommonGate(const NestedLock &A, const NestedLock &B) const;
  bool excludeEachOther(const OrderedLocks &A, const OrderedLocks &B) const;

  /// The same member of two objects, locked one after the other.
  struct Pair {
    PlaceId First, Second;
    OrderedLocks Locks;
    const clang::Stmt *Call;
  };
  bool isOfCaller(PlaceId P) const;
  void addCalls(const Pair &Inner, unsigned Depth, std::vector<Pair> &To);

  PlaceTable &Places;
  std::vector<const FunctionAnalysis *> Functions;
  /// The calls of each function, made when they are needed.
  llvm::DenseMap<const clang::FunctionDecl *,
                 llvm::SmallVector<
                     std::pair<const FunctionAnalysis *, const CallSite *>, 2>>
      Calls;
  std::vector<Pair> Pairs;
  std::map<Key, std::vector<OrderedLocks>> Orders;
  /// The keys in the order in which they were added first.
  std::vector<Key> Sequence;
};

} // namespace borrow

#endif // BORROW_SESSION_LOCKORDER_H
