//===- Uses.h - How a function uses what it gives away ----------*- C++ -*-===//
//
// Tells for each mention of a variable or member whether its value is read, is
// replaced, or does not matter (`if (p)`, `v.empty()`), and which constructions
// move a variable into a parameter or a capture. After a move a value may be
// asked about and replaced, but not read: Rust's E0382, `use of moved value`.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_FACTS_USES_H
#define BORROW_FACTS_USES_H

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"

namespace clang {
class CXXConstructExpr;
class Expr;
class FunctionDecl;
class Stmt;
class ValueDecl;
} // namespace clang

namespace borrow {

class Vocabulary;

/// Created by FactBuilder for a function that moves something.
class Uses {
public:
  enum class Kind : unsigned char { Read, Quiet, Replaced };

  explicit Uses(Vocabulary &Words) : Words(Words) {}

  void collect(const clang::FunctionDecl *Function);

  /// How a mention of a variable or member is meant.
  Kind kind(const clang::Expr *Mention) const {
    auto It = Kinds.find(Mention);
    return It == Kinds.end() ? Kind::Read : It->second;
  }
  /// Does the construction move a variable into a parameter or a capture?
  bool isGift(const clang::CXXConstructExpr *Construct) const {
    return Gifts.contains(Construct);
  }

private:
  class Walker;

  Vocabulary &Words;
  llvm::DenseMap<const clang::Expr *, Kind> Kinds;
  llvm::DenseSet<const clang::CXXConstructExpr *> Gifts;
};

/// What `std::move(x)` moves from; null if E is no such call.
const clang::Expr *movedFrom(const clang::Expr *E, Vocabulary &Words);

/// Is D named somewhere in S, which may be null?
bool mentions(const clang::Stmt *S, const clang::ValueDecl *D);

} // namespace borrow

#endif // BORROW_FACTS_USES_H
