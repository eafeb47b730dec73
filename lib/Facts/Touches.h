//===- Touches.h - Mentions of what threads may share -----------*- C++ -*-===//
//
// Tells for each mention of a member of a class with a lock of its own, of a
// global variable, and of a captured one, whether it is read or written. What
// only binds a reference or takes an address is no access: it is not known what
// happens to it.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_FACTS_TOUCHES_H
#define BORROW_FACTS_TOUCHES_H

#include "llvm/ADT/DenseMap.h"

namespace clang {
class CXXMethodDecl;
class Expr;
class FunctionDecl;
class Stmt;
class ValueDecl;
class VarDecl;
} // namespace clang

namespace borrow {

class Vocabulary;

/// Created by FactBuilder for a function that mentions shared data.
class Touches {
public:
  enum class Kind : unsigned char { None, Read, Write };

  Touches(Vocabulary &Words, const clang::FunctionDecl *Function)
      : Words(Words), Function(Function) {}

  void collect();

  /// How E accesses shared data; None if it doesn't.
  Kind kind(const clang::Expr *E) const {
    auto It = Kinds.find(E);
    return It == Kinds.end() ? Kind::None : It->second;
  }

private:
  class Walker;

  Vocabulary &Words;
  const clang::FunctionDecl *Function;
  llvm::DenseMap<const clang::Expr *, Kind> Kinds;
};

/// May threads share D, which Function mentions, so that a lock has to guard
/// it: is it a changeable member beside a mutex, a global variable, or one of
/// the function around a lambda? What synchronises itself needs no lock.
bool isSharedData(const clang::ValueDecl *D,
                  const clang::FunctionDecl *Function, Vocabulary &Words);

/// Does Var, a local, refer to an object that others have as well: an element
/// of a member or parameter, what a function returns by reference? A handle or
/// pointer that a call has returned is taken for a new object.
bool refersToOthers(const clang::VarDecl *Var);

/// Is S a member of the object, or a variable, that others may change?
bool isShared(const clang::Stmt *S, Vocabulary &Words);
/// The first of these in S, or null.
const clang::Stmt *firstAccess(const clang::Stmt *S, Vocabulary &Words);

/// Does a method that could change its object only give access to it, as
/// `begin()` and `front()` do? They have a twin for constants.
bool hasConstTwin(const clang::CXXMethodDecl *Method);

} // namespace borrow

#endif // BORROW_FACTS_TOUCHES_H
