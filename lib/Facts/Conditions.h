//===- Conditions.h - What a branch condition tells -------------*- C++ -*-===//
//
// Reads a condition as a test of storage: `p`, `!p`, `p != nullptr`,
// `p.get()`, `opt.has_value()`, `(p = w.lock())`, `mode == Mode::Idle`,
// `n > 1`, `isReady()`. Conjunctions are already split by the CFG.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_FACTS_CONDITIONS_H
#define BORROW_FACTS_CONDITIONS_H

#include "Place/PlaceTable.h"
#include "llvm/ADT/SmallVector.h"
#include <optional>

namespace clang {
class ASTContext;
class BinaryOperator;
class CallExpr;
class Expr;
} // namespace clang

namespace borrow {

class PlaceResolver;
class Vocabulary;

/// The condition is true exactly if Place, as a truth value, is Truth.
struct Test {
  PlaceId Place;
  bool Truth;
  /// Set instead of Place for a call of a function that may be a predicate.
  const clang::CallExpr *Predicate = nullptr;
};

/// Created by the fact builder for one function.
class Conditions {
public:
  Conditions(PlaceTable &Places, PlaceResolver &Resolver, Vocabulary &Words,
             const clang::ASTContext &Context)
      : Places(Places), Resolver(Resolver), Words(Words), Context(Context) {}

  std::optional<Test> read(const clang::Expr *Condition) const;

  /// The tests that all hold if Condition is Truth: both operands of a true
  /// `&&` and of a false `||`. Test::Truth is then the value of its place.
  void readAll(const clang::Expr *Condition, bool Truth,
               llvm::SmallVectorImpl<Test> &To) const;

  /// `L == R`, or `L != R` if not Equal.
  std::optional<Test> readComparison(const clang::Expr *L, const clang::Expr *R,
                                     bool Equal) const;

private:
  bool isZero(const clang::Expr *E) const;
  bool isCount(const clang::Expr *E) const;
  std::optional<Test> readCall(const clang::CallExpr *Call) const;
  bool isSpawn(const clang::Expr *E) const;
  std::optional<Test> readOrder(const clang::BinaryOperator *Op) const;

  PlaceTable &Places;
  PlaceResolver &Resolver;
  Vocabulary &Words;
  const clang::ASTContext &Context;
};

} // namespace borrow

#endif // BORROW_FACTS_CONDITIONS_H
