//===- Forwards.h - Parameters that a function gives away -------*- C++ -*-===//
//
// `std::move(p)` and `std::forward<T>(p)` give nothing away by themselves: what
// becomes of it is up to the function that they are an argument of, which may
// only look at it.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_FACTS_FORWARDS_H
#define BORROW_FACTS_FORWARDS_H

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SmallVector.h"

namespace clang {
class CallExpr;
class FunctionDecl;
class ParmVarDecl;
} // namespace clang

namespace borrow {

class Vocabulary;

/// Created by SourceIndex, which reads every call into it, outer ones first.
class Forwards {
public:
  explicit Forwards(Vocabulary &Words) : Words(Words) {}

  void read(const clang::CallExpr *Call);

  /// May the function of the parameter, or one that it calls, take what the
  /// parameter refers to?
  bool contains(const clang::ParmVarDecl *Param) const;

private:
  const clang::ParmVarDecl *forwarded(const clang::CallExpr *Call);

  Vocabulary &Words;
  llvm::DenseSet<const clang::ParmVarDecl *> Taken;
  /// To which parameters of functions that are seen one goes on.
  llvm::DenseMap<const clang::ParmVarDecl *,
                 llvm::SmallVector<const clang::ParmVarDecl *, 1>>
      Next;
  /// Calls of `std::forward` that are an argument, and are judged as such.
  llvm::DenseSet<const clang::CallExpr *> Arguments;
};

} // namespace borrow

#endif // BORROW_FACTS_FORWARDS_H
