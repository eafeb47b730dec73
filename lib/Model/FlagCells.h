//===- FlagCells.h - Cells known by what their methods do -------*- C++ -*-===//
//
// A class that counts its borrows under names of its own is a cell, too: a
// method sets a flag that the guard it returns puts back, or that it puts back
// itself after it has called what it is given, and fails while the flag is set.
// The methods are run on paper, over the few numbers that such flags are, first
// on an object that nobody has borrowed and then once more. The rules are those
// of std::cell::RefCell in Rust.
//
// Only bodies of straight code and branches over known values are understood:
// what loops, waits or asks something else is no cell.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_MODEL_FLAGCELLS_H
#define BORROW_MODEL_FLAGCELLS_H

#include "Model/Roles.h"
#include "llvm/ADT/DenseMap.h"

namespace clang {
class CXXMethodDecl;
class CXXRecordDecl;
} // namespace clang

namespace borrow {

/// Mut, Shared, or their Try or With form for each method that borrows; empty
/// if the class, which has a definition, is no cell.
using BorrowMethods = llvm::DenseMap<const clang::CXXMethodDecl *, CallRole>;
BorrowMethods borrowsByFlags(const clang::CXXRecordDecl *Class);

} // namespace borrow

#endif // BORROW_MODEL_FLAGCELLS_H
