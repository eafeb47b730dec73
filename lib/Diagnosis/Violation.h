//===- Violation.h - A finding and its trail --------------------*- C++ -*-===//
//
// A finding is a value: where, what, and up to three points that explain it
// (the conflicting action, where the loan began, why it still lives), as in
// rustc's borrow errors. Checks make violations, BorrowCheck prints them.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_DIAGNOSIS_VIOLATION_H
#define BORROW_DIAGNOSIS_VIOLATION_H

#include "Facts/Facts.h"
#include "clang/Basic/Diagnostic.h"
#include <string>

namespace borrow {

struct Violation {
  struct Note {
    clang::SourceLocation Loc;
    std::string Message;
  };

  clang::SourceLocation Loc;
  std::string Message;
  llvm::SmallVector<Note, 3> Notes;
  llvm::SmallVector<clang::FixItHint, 2> Fixes;

  Violation(clang::SourceLocation Loc, std::string Message)
      : Loc(Loc), Message(std::move(Message)) {}

  /// Leaves out what has no location.
  Violation &note(clang::SourceLocation At, std::string Text) {
    if (At.isValid())
      Notes.push_back({At, std::move(Text)});
    return *this;
  }
  /// The closing points of a trail: where the loan was taken (Taken, in words),
  /// and who keeps it.
  Violation &noteLoan(const FunctionFacts &Facts, const PlaceTable &Places,
                      const Loan &L, HolderId Keeper, std::string Taken);
};

/// `'c'`, or Otherwise for a place that has no name.
std::string quoted(const PlaceTable &Places, PlaceId P,
                   llvm::StringRef Otherwise);
/// `'g'`, "a temporary", …: who keeps a loan.
std::string describe(const FunctionFacts &Facts, const PlaceTable &Places,
                     HolderId Keeper);
/// Where the keeper is declared or made; invalid if it has no place in code.
clang::SourceLocation location(const FunctionFacts &Facts,
                               const PlaceTable &Places, HolderId Keeper);
/// Does the closure that is called do it where it is written, in the call
/// itself? Then that is where to report it.
bool isWrittenIn(const clang::Stmt *Call, const Inside &Via);
/// Where the callee does what is reported at its call, or invalid.
clang::SourceLocation insideCallee(const Inside &Via);

} // namespace borrow

#endif // BORROW_DIAGNOSIS_VIOLATION_H
