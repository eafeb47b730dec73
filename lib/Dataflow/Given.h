//===- Given.h - What was given away where ----------------------*- C++ -*-===//
//
// A forward may-analysis: before each fact, which places were moved into a
// call, a channel or a thread and have not got another value since. Rust's
// E0382.
//
// Worked example:
//   tx.send(std::move(s));   // Give     s
//   s.clear();               // Replace  s: forgotten
//   s.size();                // Use      s: nothing to say
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_DATAFLOW_GIVEN_H
#define BORROW_DATAFLOW_GIVEN_H

#include "Facts/Facts.h"
#include "Support/SortedSet.h"
#include "llvm/ADT/DenseMap.h"

namespace borrow {

/// Created per function by FunctionAnalysis.
class Given {
public:
  /// (what was given, index of the fact in the order of discovery)
  using State = SortedSet<std::pair<PlaceId, uint32_t>, 2>;

  Given(const FunctionFacts &Facts, const PlaceTable &Places)
      : Facts(Facts), Places(Places) {}

  State initial() { return {}; }
  void transfer(const Fact &F, State &S);
  bool follow(const Edge &E, State &S);
  void leaveTry(uint32_t, bool, State &) {}
  bool join(State &S, const State &Other) { return S.unite(Other); }

  /// Where what Place holds was given away; null if it was not.
  const Fact *gift(PlaceId Place, const State &S) const;

private:
  bool isLocal(PlaceId Place) const;

  const FunctionFacts &Facts;
  const PlaceTable &Places;
  std::vector<const Fact *> Gifts;
  llvm::DenseMap<const Fact *, uint32_t> Indices;
};

} // namespace borrow

#endif // BORROW_DATAFLOW_GIVEN_H
