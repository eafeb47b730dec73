//===- Senders.h - Which senders certainly live -----------------*- C++ -*-===//
//
// A forward must-analysis: before each fact, which senders of the channels that
// the function has opened are certainly alive in its own storage, and from
// which channels nothing was sent or given away yet. A receiver waits as long
// as a sender lives: the missing `drop(tx)` of chapter 16.2 of the Rust book.
//
// Worked example:
//   auto [tx, rx] = channel();    // Open  tx, rx: tx lives, rx is unused
//   auto t = spawn(tx.clone());   // Hold  of tx: rx is used
//   drop(std::move(tx));          // Part  tx: no sender of rx is known to live
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_DATAFLOW_SENDERS_H
#define BORROW_DATAFLOW_SENDERS_H

#include "Facts/Facts.h"
#include "Support/SortedSet.h"

namespace borrow {

/// Created per function by FunctionAnalysis.
class Senders {
public:
  /// (sender, receiver)
  using Ends = std::pair<PlaceId, PlaceId>;
  struct State {
    SortedSet<Ends> Alive, Moved;
    SortedSet<PlaceId> Unused; ///< Receivers.
    /// Threads that receive until nothing comes any more.
    SortedSet<std::pair<HolderId, PlaceId>> Draining;
    size_t size() const {
      return Alive.size() + Moved.size() + Unused.size() + Draining.size();
    }
  };

  explicit Senders(const PlaceTable &Places, State Start = {})
      : Places(Places), Start(std::move(Start)) {}

  State initial() { return Start; }
  void transfer(const Fact &F, State &S);
  bool follow(const Edge &, State &) { return true; }
  void leaveTry(uint32_t, bool, State &S) { S = {}; }
  bool join(State &S, const State &Other);

  /// A sender that keeps Receiver waiting; invalid if none is certain.
  PlaceId keeping(PlaceId Receiver, const State &S) const;
  /// May F end the sender?
  bool ends(const Fact &F, PlaceId Sender) const;

private:
  const PlaceTable &Places;
  State Start;
};

} // namespace borrow

#endif // BORROW_DATAFLOW_SENDERS_H
