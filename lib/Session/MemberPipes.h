//===- MemberPipes.h - Threads that a sender in the same object keeps -----===//
//
// A constructor that opens a channel, keeps the sender and gives the receiver
// to a thread that it keeps too: whoever joins that thread must end the sender
// first. What one method opens and another one waits for, only the whole class
// shows.
//
// Worked example:
//   Log() { auto [tx, rx] = channel();         // Open, Drain
//           Out = std::move(tx);               // Hold
//           Worker = std::thread([in = std::move(rx)] { drain(in); }); }
//   ~Log() { Worker.join(); }                  // Out lives on: never returns
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_SESSION_MEMBERPIPES_H
#define BORROW_SESSION_MEMBERPIPES_H

#include "Facts/UnitContext.h"
#include "Session/FunctionAnalysis.h"
#include <memory>

namespace borrow {

/// Created by Session when all functions are analysed; adds to their endless
/// receives.
class MemberPipes {
public:
  explicit MemberPipes(UnitContext &Unit) : Unit(Unit) {}

  void addReceives(llvm::ArrayRef<std::unique_ptr<FunctionAnalysis>> Functions);

private:
  /// The thread in the member Thread receives as long as the member Sender of
  /// the same object lives. Both are places of Maker.
  struct Pipe {
    const clang::CXXMethodDecl *Maker;
    PlaceId Thread, Sender;
  };

  void collect(const FunctionFacts &Facts);
  void match(FunctionAnalysis &Function, const Pipe &P);
  /// Place, a member of Maker's object, as a member of Method's.
  PlaceId member(PlaceId Place, const clang::CXXMethodDecl *Maker,
                 const clang::CXXMethodDecl *Method);

  UnitContext &Unit;
  std::vector<Pipe> Pipes;
  /// Functions that may end a sender, with the member that it is.
  std::vector<std::pair<const clang::FunctionDecl *, const void *>> Ends;
};

} // namespace borrow

#endif // BORROW_SESSION_MEMBERPIPES_H
