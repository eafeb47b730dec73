//===- Summaries.h - The summaries of a translation unit --------*- C++ -*-===//
//
// Computes facts and summaries on demand, callees first. Recursion is solved by
// iterating: while a function is being summarised, a recursive call sees what
// is known of it so far, and results that depend on an unfinished function are
// thrown away when that one is done. Very long call chains and unstable
// recursion end in silence.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_SUMMARY_SUMMARIES_H
#define BORROW_SUMMARY_SUMMARIES_H

#include "Facts/UnitContext.h"
#include "Model/Vocabulary.h"
#include "Summary/Summary.h"
#include "llvm/ADT/DenseMap.h"
#include <memory>

namespace borrow {

/// Created by Session, once per translation unit.
class Summaries : public ClassInference {
public:
  explicit Summaries(UnitContext &Unit) : Unit(Unit) {}

  /// The facts of a function with its calls expanded; null if it has none.
  const FunctionFacts *facts(const clang::FunctionDecl *Function);

  /// What a call of Function does; null if nothing is known.
  const Summary *get(const clang::FunctionDecl *Function);

  TypeRole infer(const clang::CXXRecordDecl *Class) override;

private:
  struct Entry {
    std::unique_ptr<FunctionFacts> Facts;
    std::unique_ptr<Summary> Result;
    unsigned Depth = 0; ///< In the chain of calls while it is in progress.
    bool InProgress = false;
    bool Done = false;
  };

  void compute(const clang::FunctionDecl *Definition, Entry &E);
  Entry &entry(const clang::FunctionDecl *Definition);

  UnitContext &Unit;
  llvm::DenseMap<const clang::FunctionDecl *, std::unique_ptr<Entry>> Entries;
  unsigned Depth = 0;
  /// The outermost unfinished function that the current one has used.
  unsigned LowestUsed = ~0u;
  llvm::SmallVector<const clang::FunctionDecl *, 4> Provisional;
};

} // namespace borrow

#endif // BORROW_SUMMARY_SUMMARIES_H
