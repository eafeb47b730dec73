//===- Queues.h - Queues of the project's own -------------------*- C++ -*-===//
//
// A class that keeps a lock and a container, or a handle to a struct with both,
// and has methods that take elements out of the container and put others in, is
// a queue between threads, whatever the methods are called. Their bodies tell.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_FACTS_QUEUES_H
#define BORROW_FACTS_QUEUES_H

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"

namespace clang {
class CXXMethodDecl;
class CXXRecordDecl;
class FunctionDecl;
class Stmt;
} // namespace clang

namespace borrow {

class Vocabulary;

/// The class, and those of the objects that its strong handles share.
llvm::SmallVector<const clang::CXXRecordDecl *, 2>
state(const clang::CXXRecordDecl *Class, Vocabulary &Words);

/// Created by Session, for a translation unit.
class Queues {
public:
  explicit Queues(Vocabulary &Words) : Words(Words) {}

  /// Does Function take an element out of a queue and tell whether there was
  /// one?
  bool takesOut(const clang::FunctionDecl *Function);

  /// Does Function put what it is given into a queue from which another thread
  /// takes it, and which that thread waits for?
  bool putsIn(const clang::FunctionDecl *Function);

private:
  bool isLocked(const clang::CXXRecordDecl *Class);
  bool tellsOfNothing(const clang::CXXMethodDecl *Method,
                      const clang::Stmt *Body);
  bool isWaitedFor(const clang::CXXRecordDecl *Class);

  Vocabulary &Words;
  llvm::DenseMap<const clang::FunctionDecl *, bool> Takers, Givers;
};

} // namespace borrow

#endif // BORROW_FACTS_QUEUES_H
