//===- Loan.h - What is lent out, and who keeps it --------------*- C++ -*-===//
//
// A loan is some storage that a borrow, a lock or a thread has taken: Rust's
// word, and polonius'. A holder is the object whose end gives it back.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_FACTS_LOAN_H
#define BORROW_FACTS_LOAN_H

#include "Support/StrongId.h"
#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/SmallVector.h"

namespace clang {
class Expr;
class FunctionDecl;
} // namespace clang

namespace borrow {

enum class Access : uint8_t { Shared, Mut };

enum class LoanKind : uint8_t {
  Borrow,  ///< Of a cell, counted at run time.
  Data,    ///< Of an object that owns its mutex (Synchronized, Mutex<T>).
  Lock,    ///< Of a bare mutex.
  Capture, ///< Of what a closure on another thread refers to.
  Closure, ///< Of a function parameter that another thread runs.
  Running, ///< Of what a running thread uses.
  Sent,    ///< Of what a pointer refers to that was sent to a thread.
  Thread,  ///< A running thread, which its handle has to join or detach.
  Spent,   ///< A thread handle that was joined or detached.
};

/// Is the loan about a thread, kept by its handle?
inline bool isThread(LoanKind Kind) { return Kind >= LoanKind::Capture; }

/// Where a callee does what is reported at its call: in Callee at Loc, by way
/// of what the function that is called itself, Entry, does at EntryLoc.
struct Inside {
  const clang::FunctionDecl *Callee = nullptr;
  const clang::FunctionDecl *Entry = nullptr;
  clang::SourceLocation Loc;
  clang::SourceLocation EntryLoc;
};

/// A condition on storage: Place, as a truth value, is Truth.
struct Literal {
  PlaceId Place;
  bool Truth = true;
  /// A call of a predicate (index into Calls) whose summary has to tell the
  /// place.
  uint32_t Predicate = ~0u;

  friend bool operator==(const Literal &, const Literal &) = default;
};

/// When a callee or thread uses storage.
struct Circumstances {
  /// The locks that are held; an invalid place is one that can't be named here.
  llvm::SmallVector<PlaceId, 1> Locks;
  /// Has it certainly waited for another thread before?
  bool AfterWait = false;
  /// Does the thread tell others what it has done?
  bool Publishes = false;
};

/// Some storage is lent out. Created by the fact builder for a borrow, lock or
/// capture, and by summary expansion for one that a callee makes.
struct Loan {
  LoanKind Kind;
  Access How;
  PlaceId Place;
  const clang::Expr *At;
  Inside Via;
  bool Recursive = false; ///< Its thread may take it again.
  /// What tells whether a try succeeded; invalid if the loan is certain.
  PlaceId TestedBy;
  /// What holds whenever a callee takes it.
  llvm::SmallVector<Literal, 1> When;
  /// Locks and guards that the callee has given back before it takes it.
  llvm::SmallVector<PlaceId, 1> Without = {};
  /// How a thread uses what it runs with.
  Circumstances Use = {};
  bool Adopted = false; ///< Somebody who is not seen here has locked it.
};

/// Who keeps a loan.
struct Holder {
  enum HolderKind : uint8_t {
    Storage,   ///< The variable, member or container Place.
    Temporary, ///< A temporary object, until its full expression ends.
    Extended,  ///< A temporary whose lifetime a reference extends.
    Result,    ///< The object that the function returns.
    Heap,      ///< An object made by `new`.
    Nobody,    ///< A lock taken by hand on Place.
    Detached,  ///< A thread that nobody waits for.
    Queue,     ///< An executor that runs it some day.
  };
  HolderKind Kind;
  PlaceId Place;
  const clang::Expr *Object = nullptr;
};

} // namespace borrow

#endif // BORROW_FACTS_LOAN_H
