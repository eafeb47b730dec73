//===- Clears.h - What is taken out of members and variables ----*- C++ -*-===//
//
// A handle that somebody resets, moves from, erases or sets to nothing does not
// keep its object alive for ever. Read off the calls of a whole translation
// unit, whatever the order of its functions.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_FACTS_CLEARS_H
#define BORROW_FACTS_CLEARS_H

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SmallVector.h"

namespace clang {
class CallExpr;
class Expr;
class FunctionDecl;
class ValueDecl;
} // namespace clang

namespace borrow {

class Vocabulary;

/// `nullptr`, `{}`, `std::unique_ptr<T>()`.
bool isNothing(const clang::Expr *E);

/// Created by SourceIndex, which reads every call into it and then finishes it.
class Clears {
public:
  explicit Clears(Vocabulary &Words) : Words(Words) {}

  void read(const clang::CallExpr *Call, const clang::FunctionDecl *In);
  /// Members are set from parameters for which some caller passes nothing.
  void finish();

  /// Is something ever taken out of D? See SourceIndex::isCleared.
  bool contains(const clang::ValueDecl *D) const;

private:
  void addAssignment(const clang::Expr *To, const clang::Expr *Value);
  void addEmptied(const clang::CallExpr *Call);
  void clear(const clang::Expr *E, unsigned Depth = 0);

  Vocabulary &Words;
  /// The function that the call which is read stands in.
  const clang::FunctionDecl *Current = nullptr;
  llvm::DenseSet<const clang::ValueDecl *> Taken, Emptied;
  llvm::SmallVector<
      std::pair<const clang::ValueDecl *, const clang::ValueDecl *>, 8>
      Setters;
};

} // namespace borrow

#endif // BORROW_FACTS_CLEARS_H
