//===- Presence.h - Which handles may be empty where ------------*- C++ -*-===//
//
// A forward may-analysis: before each fact, which handles may be empty because
// they come from an upgrade that nobody has checked. Beside it, what holds on
// every path: which weak handles are anchored, that is, a strong handle of the
// same object lives right here, so an upgrade can't fail.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_DATAFLOW_PRESENCE_H
#define BORROW_DATAFLOW_PRESENCE_H

#include "Facts/Facts.h"
#include "Support/SortedSet.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"

namespace borrow {

/// Created per function by FunctionAnalysis and by the summary builder.
class Presence {
public:
  struct State {
    SortedSet<PlaceId> Empty;
    SortedSet<std::pair<PlaceId, PlaceId>, 1> Anchors; ///< (weak, strong)
    size_t size() const { return Empty.size() + Anchors.size(); }
  };

  /// Parameters are the handles that a caller may pass empty; a summary asks
  /// which of them are used unchecked.
  explicit Presence(const PlaceTable &Places,
                    llvm::ArrayRef<PlaceId> Parameters = {});

  State initial();
  void transfer(const Fact &F, State &S);
  bool follow(const Edge &E, State &S);
  void leaveTry(uint32_t, bool, State &) {}
  bool join(State &S, const State &Other);

  bool isAnchored(PlaceId Weak, const State &S) const;

  /// The upgrade that Place may be the empty result of; null for a parameter.
  const Fact *origin(PlaceId Place) const { return Origins.lookup(Place); }

private:
  bool isLocal(PlaceId Strong) const;
  void forget(State &S, PlaceId Place) const;

  const PlaceTable &Places;
  llvm::SmallVector<PlaceId, 2> Parameters;
  llvm::DenseMap<PlaceId, const Fact *> Origins;
};

} // namespace borrow

#endif // BORROW_DATAFLOW_PRESENCE_H
