//===- Exclusivity.h - Locks and borrows that need not be alone -*- C++ -*-===//
//
// Follows what is reached through an exclusive guard, use by use, up the
// expressions that it stands in: a value that is read, a const method, a
// reference to const, an iterator that is only dereferenced. If no use can
// change anything, a shared guard would do; clippy's `needless_pass_by_ref_mut`
// and `mutex_atomic` ask the same in Rust. Whatever is not known to be a read
// is taken to be a write.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_FACTS_EXCLUSIVITY_H
#define BORROW_FACTS_EXCLUSIVITY_H

#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/SmallVector.h"

namespace clang {
class CXXRecordDecl;
class FunctionDecl;
class NamedDecl;
} // namespace clang

namespace borrow {

struct UnitContext;

enum class Needless : unsigned char {
  Borrow,    ///< A mutable borrow, or write lock of data, that only reads.
  WriteLock, ///< A write lock under which shared data is only read.
  Cell,      ///< A cell that nobody borrows mutably.
  Mutex,     ///< A mutex that guards one number.
  Thread,    ///< A thread that is joined in the loop that starts it.
};

struct NeedlessExclusivity {
  Needless What;
  clang::SourceLocation Loc;
  /// The guard, cell, mutex or handle; null for a temporary.
  const clang::NamedDecl *Name = nullptr;
};

using NeedlessList = llvm::SmallVector<NeedlessExclusivity, 2>;

/// What the function, a definition, does alone although it need not.
NeedlessList needlessIn(const clang::FunctionDecl *Function, UnitContext &Unit);
/// The mutex of a class all of whose methods are defined in this unit.
NeedlessList needlessIn(const clang::CXXRecordDecl *Class, UnitContext &Unit);

} // namespace borrow

#endif // BORROW_FACTS_EXCLUSIVITY_H
