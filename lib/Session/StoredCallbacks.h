//===- StoredCallbacks.h - Callbacks that come back -------------*- C++ -*-===//
//
// A stored function object is called while a cell is borrowed. That is wrong if
// the unit stores a closure of that type which borrows the very same cell
// again: through a parameter (`[](Bus &b) { b.add(…); }`) or because it
// captured the object that it is stored in (`bus.add([&bus] { bus.add(…); })`,
// or in a method of the class `slots.push_back([this] { add(…); })`).
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_SESSION_STOREDCALLBACKS_H
#define BORROW_SESSION_STOREDCALLBACKS_H

#include "Session/FunctionAnalysis.h"
#include <memory>

namespace borrow {

struct UnitContext;
class Summaries;

/// Created by Session when all functions are analysed; adds to their overlaps.
class StoredCallbacks {
public:
  StoredCallbacks(UnitContext &Unit, Summaries &Calls)
      : Unit(Unit), Calls(Calls) {}

  void addOverlaps(llvm::ArrayRef<std::unique_ptr<FunctionAnalysis>> Functions);

private:
  /// A closure that is passed as a function object of a class.
  struct Stored {
    const clang::FunctionDecl *Body;
    const clang::CXXRecordDecl *As;
    /// The call that stores it, and the function that calls.
    const CallSite *Site;
    const clang::FunctionDecl *In;
  };

  void collect(const FunctionFacts &Facts);
  void match(FunctionAnalysis &Function, const CallbackUnderLoan &Callback);
  bool isGivenTo(const Stored &Closure, const CallSite &Callback);
  /// What a loan of the closure is at the callback's call; invalid if unknown.
  PlaceId meaning(PlaceId P, const Stored &Closure, const CallSite &Callback,
                  const clang::FunctionDecl *Caller);

  UnitContext &Unit;
  Summaries &Calls;
  std::vector<Stored> Closures;
};

} // namespace borrow

#endif // BORROW_SESSION_STOREDCALLBACKS_H
