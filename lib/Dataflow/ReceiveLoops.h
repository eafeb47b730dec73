//===- ReceiveLoops.h - Loops that receive until nothing comes --*- C++ -*-===//
//
// Asks the graph of a function where control can go after a receive if the
// channel always has another value. A loop that is left only when nothing comes
// any more leads back to the receive and nowhere else.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_DATAFLOW_RECEIVELOOPS_H
#define BORROW_DATAFLOW_RECEIVELOOPS_H

#include "Facts/Facts.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace borrow {

/// Does control come back to the Receive, and can it go nowhere else, as long
/// as values come? Breaks says which facts make a difference.
bool receivesForGood(const FunctionFacts &Facts, const Fact &Receive,
                     llvm::function_ref<bool(const Fact &)> Breaks);

/// Does every way from the entry to the exit pass the fact?
bool isPassed(const FunctionFacts &Facts, const Fact &F);

} // namespace borrow

#endif // BORROW_DATAFLOW_RECEIVELOOPS_H
