//===- ReadOnlyUses.h - Is what an expression gives only read? --*- C++ -*-===//
//
// Goes from an expression up through what is done with its value: member
// accesses, const methods, references and iterators that are bound to it and
// are only read in turn. What it does not know counts as a change.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_FACTS_READONLYUSES_H
#define BORROW_FACTS_READONLYUSES_H

#include "clang/AST/ParentMap.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace clang {
class CallExpr;
class DeclRefExpr;
class CXXMethodDecl;
class Expr;
class FunctionDecl;
class ValueDecl;
class VarDecl;
} // namespace clang

namespace borrow {

class Vocabulary;

/// Created for one function with a candidate.
class ReadOnlyUses {
public:
  ReadOnlyUses(const clang::FunctionDecl *Function, Vocabulary &Words);

  /// Is what the guard that Call returns gives access to certainly not changed
  /// through it, nor through what refers into it?
  bool onlyReadsThrough(const clang::Expr *Call);
  /// Is that true of the data that E denotes?
  bool onlyReads(const clang::Expr *E) { return isRead(E, false); }
  /// Is it true of Var wherever S mentions it?
  bool onlyReadsIn(const clang::Stmt *S, const clang::VarDecl *Var);
  /// How often were values read? A guard that nothing is read through excludes
  /// others for a reason of its own.
  unsigned reads() const { return Reads; }
  const clang::Stmt *parent(const clang::Stmt *S) const {
    return Parents.getParent(S);
  }

private:
  void addMentions(const clang::Stmt *S);
  const clang::VarDecl *namedBy(const clang::Expr *E) const;
  bool isRead(const clang::Expr *E, bool IsGuard);
  bool isReadBy(const clang::CallExpr *Call, const clang::Expr *Arg);
  bool isReadByMethod(const clang::CallExpr *Call,
                      const clang::CXXMethodDecl *Method, bool IsGuard);
  bool isReadThrough(const clang::VarDecl *Var, bool IsGuard);
  const clang::VarDecl *initialised(const clang::Stmt *DeclStmt,
                                    const clang::Stmt *Init) const;

  Vocabulary &Words;
  clang::ParentMap Parents;
  llvm::DenseMap<const clang::ValueDecl *,
                 llvm::SmallVector<const clang::DeclRefExpr *, 4>>
      Mentions;
  llvm::SmallPtrSet<const clang::VarDecl *, 4> Followed;
  unsigned Reads = 0;
};

} // namespace borrow

#endif // BORROW_FACTS_READONLYUSES_H
