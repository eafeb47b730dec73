//===- Body.h - A function's body as something to edit ----------*- C++ -*-===//
//
// Finds the statement of a block that an expression is part of, and makes edits
// there. Unlike the analyses it reads statements, but only those of functions
// that have a finding.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_REPAIR_BODY_H
#define BORROW_REPAIR_BODY_H

#include "clang/AST/Stmt.h"
#include "clang/Basic/Diagnostic.h"
#include "llvm/ADT/SmallVector.h"
#include <string>

namespace clang {
class ASTContext;
class FunctionDecl;
class SourceManager;
class VarDecl;
} // namespace clang

namespace borrow {

using Edits = llvm::SmallVector<clang::FixItHint, 2>;

/// Created by a repair for the function that is to be edited.
class Body {
public:
  explicit Body(const clang::FunctionDecl &Function);

  /// From the body down to S, which is the last; empty if S is not part of it,
  /// or only of a closure in it.
  llvm::SmallVector<const clang::Stmt *, 16> pathTo(const clang::Stmt *S) const;

  /// A statement of a block.
  struct Position {
    const clang::CompoundStmt *Block = nullptr;
    const clang::Stmt *Statement = nullptr;
    /// From Statement down to the expression that was asked for.
    llvm::SmallVector<const clang::Stmt *, 16> Path;
    /// What may leave the rest of the block behind without a word: `return;`,
    /// `continue;`, `return {};`, or nothing if that isn't clear.
    std::string Leave;

    explicit operator bool() const { return Statement != nullptr; }
    llvm::ArrayRef<clang::Stmt *> following() const;
  };
  /// The innermost statement of a block that S is part of; nothing if either is
  /// written by a macro.
  Position find(const clang::Stmt *S) const;

  /// The source text of S.
  std::string text(const clang::Stmt *S) const;
  /// A name that the function doesn't use: Base, Base2, …
  std::string freshName(llvm::StringRef Base) const;
  /// A line break and the indentation of the line that S begins in, Levels
  /// deeper.
  std::string newLine(const clang::Stmt *S, unsigned Levels = 0) const;

  clang::FixItHint insertBefore(const clang::Stmt *S, std::string Text) const;
  /// Behind the statement S and its semicolon.
  Edits insertBehind(const clang::Stmt *S, std::string Text) const;
  Edits insertAfter(const clang::Stmt *S, std::string Text) const;
  clang::FixItHint replace(const clang::Stmt *S, std::string Text) const;

  clang::ASTContext &context() const { return Context; }

private:
  std::string leave(llvm::ArrayRef<const clang::Stmt *> Path) const;

  const clang::FunctionDecl &Function;
  clang::ASTContext &Context;
  const clang::SourceManager &Sources;
};

/// Is Var mentioned in S, in closures too?
bool mentions(const clang::Stmt *S, const clang::VarDecl *Var);

} // namespace borrow

#endif // BORROW_REPAIR_BODY_H
