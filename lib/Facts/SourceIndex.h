//===- SourceIndex.h - One walk over the user's code ------------*- C++ -*-===//
//
// Everything that has to be known of a whole translation unit before a single
// function can be analysed: which functions there are, which of them can matter
// at all, which variables keep the value that they were initialised with, and
// which closure belongs to which lambda. Gathered in one walk over the bodies
// that the user wrote; system headers are not entered.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_FACTS_SOURCEINDEX_H
#define BORROW_FACTS_SOURCEINDEX_H

#include "Facts/Clears.h"
#include "Facts/Forwards.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SmallVector.h"
#include <vector>

namespace clang {
class ASTContext;
class CXXMethodDecl;
class CXXRecordDecl;
class Decl;
class Expr;
class FunctionDecl;
class LambdaExpr;
class ParmVarDecl;
class ValueDecl;
class VarDecl;
} // namespace clang

namespace borrow {

class Vocabulary;

/// Created by Session, once per translation unit.
class SourceIndex {
public:
  SourceIndex(clang::ASTContext &Context, Vocabulary &Words);

  /// Definitions in user code in source order: no templates, but their
  /// instantiations; no function with errors; call operators of lambdas too.
  const std::vector<const clang::FunctionDecl *> &functions() const {
    return Functions;
  }

  /// Does Function, or one that it calls, do anything with a type or call of
  /// the vocabulary?
  /// False for a function that does not compile, and for all functions after a
  /// fatal error, such as a file that is not there.
  bool matters(const clang::FunctionDecl *Function) const {
    return Interesting.contains(Function) && !Broken.contains(Function);
  }

  /// Is it worth while to know what Function does with its parameters?
  bool handlesParameters(const clang::FunctionDecl *Function) const {
    return HandleUsers.contains(Function) && !Broken.contains(Function);
  }

  /// Does it, or a function that it calls, mention what threads may share?
  /// Those that are called count only if others than their callers can't reach
  /// them.
  bool touchesData(const clang::FunctionDecl *Function) const {
    return Touchers.contains(Function) && !Broken.contains(Function);
  }
  /// Does it touch shared data, or call several functions that do?
  bool updates(const clang::FunctionDecl *Function) const {
    return (Touchers.contains(Function) || Updaters.contains(Function)) &&
           !Broken.contains(Function);
  }

  /// The functions of user code that call Function, a definition.
  llvm::ArrayRef<const clang::FunctionDecl *>
  callers(const clang::FunctionDecl *Function) const {
    auto It = Callers.find(Function);
    return It == Callers.end() ? llvm::ArrayRef<const clang::FunctionDecl *>()
                               : It->second;
  }

  /// May Var hold another value than its initialiser's at some point?
  bool isReassigned(const clang::VarDecl *Var) const;

  /// What a variable, or one of its members, gets after its declaration; no
  /// value where that can't be told.
  struct Assignment {
    const clang::ValueDecl *Member;
    const clang::Expr *Value;
  };
  llvm::ArrayRef<Assignment> assignments(const clang::VarDecl *Var) const {
    auto It = Assignments.find(Var->getCanonicalDecl());
    return It == Assignments.end() ? llvm::ArrayRef<Assignment>() : It->second;
  }

  /// Does the function give the handle Member, of any object, another value?
  bool assigns(const clang::FunctionDecl *Function,
               const clang::Decl *Member) const {
    return AssignedMembers.contains({Function, Member});
  }

  /// Does a closure that the function makes assign to Var, or to any variable
  /// of the function?
  bool isSetByClosure(const clang::VarDecl *Var) const {
    return SetByClosures.contains(Var->getCanonicalDecl());
  }
  bool hasSetByClosures(const clang::DeclContext *Function) const {
    return ClosureSetters.contains(Function);
  }

  /// May the function, or one that it calls, take what is in the parameter?
  bool isPassedOn(const clang::ParmVarDecl *Param) const {
    return PassedOn.contains(Param);
  }

  /// May it refer to what a guard or an upgraded handle of its own keeps?
  bool lends(const clang::FunctionDecl *Function) const {
    return Lending.contains(Function) ||
           (Guarded.contains(Function) && Referring.contains(Function));
  }

  /// Does it move a variable of its own anywhere?
  bool moves(const clang::FunctionDecl *Function) const {
    return Movers.contains(Function);
  }

  /// A throw whose exception may leave the function, or null: its own or that
  /// of a function that it calls outside of any try block.
  const clang::Expr *thrownBy(const clang::FunctionDecl *Function) const;

  /// Is something ever taken out of the member or variable: by reset, clear,
  /// erase, a move, nullptr? What an object's constructor and its destructor do
  /// to the object itself does not count: the destructor of an object that
  /// keeps itself alive never runs. A member of a header's class counts as
  /// cleared while the unit does not see all methods that could do it.
  bool isCleared(const clang::ValueDecl *D) const {
    return Cleared.contains(D);
  }

  /// Does it start a thread or send a pointer, or is it called by a function
  /// that does?
  bool shares(const clang::FunctionDecl *Function) const {
    return Sharers.contains(Function) && !Broken.contains(Function);
  }

  /// May its thread take the mutex, which an argument names, once more? Not one
  /// of C that is initialised, and never with attributes.
  bool mayBeRecursive(const clang::Expr *Mutex, Vocabulary &Words) const;

  /// The one method of the unit that overrides a pure one, or null.
  const clang::CXXMethodDecl *
  onlyOverrider(const clang::CXXMethodDecl *Pure) const {
    return Overriders.lookup(Pure->getCanonicalDecl());
  }

  /// Does the method, a definition, return `*this` and nothing else?
  bool returnsThis(const clang::FunctionDecl *Method) const {
    return ReturnsThis.lookup(Method);
  }

  /// The lambda whose call operator this is, or null.
  const clang::LambdaExpr *lambda(const clang::FunctionDecl *Operator) const;

private:
  class Walker;

  void propagateInterest();
  void addMethods(const clang::CXXRecordDecl *Class);
  void propagateSharing();
  void propagateThrows();
  void propagateTouches();

  std::vector<const clang::FunctionDecl *> Functions;
  llvm::DenseSet<const clang::FunctionDecl *> Walked;
  llvm::DenseSet<const clang::FunctionDecl *> Interesting;
  llvm::DenseSet<const clang::FunctionDecl *> Broken;
  llvm::DenseSet<const clang::FunctionDecl *> HandleUsers;
  llvm::DenseSet<const clang::FunctionDecl *> Touchers;
  llvm::DenseSet<const clang::FunctionDecl *> Updaters;
  /// Those that mention variables which others may change.
  llvm::DenseSet<const clang::FunctionDecl *> VariableUsers;
  bool HasMutexVariable = false;
  llvm::DenseMap<const clang::FunctionDecl *,
                 llvm::SmallVector<const clang::FunctionDecl *, 4>>
      Callers;
  llvm::DenseMap<const clang::FunctionDecl *, const clang::Expr *> Throws;
  /// Callers that let exceptions of the callee through.
  llvm::DenseMap<const clang::FunctionDecl *,
                 llvm::SmallVector<const clang::FunctionDecl *, 1>>
      Passes;
  llvm::DenseSet<std::pair<const clang::FunctionDecl *, const clang::Decl *>>
      AssignedMembers;
  llvm::DenseSet<const clang::VarDecl *> Reassigned, SetByClosures;
  llvm::DenseMap<const clang::VarDecl *, llvm::SmallVector<Assignment, 1>>
      Assignments;
  llvm::DenseSet<const clang::DeclContext *> ClosureSetters;
  llvm::DenseSet<const clang::FunctionDecl *> Movers;
  llvm::DenseSet<const clang::FunctionDecl *> Sharers;
  llvm::DenseSet<const clang::FunctionDecl *> Lending;
  /// Those that make a guard, and those with variables that refer to others.
  llvm::DenseSet<const clang::FunctionDecl *> Guarded, Referring;
  llvm::DenseMap<const clang::ValueDecl *, bool> PlainMutexes;
  /// Of functions that return a reference: is it always `*this`?
  llvm::DenseMap<const clang::FunctionDecl *, bool> ReturnsThis;
  Clears Cleared;
  Forwards PassedOn;
  llvm::DenseMap<const clang::CXXMethodDecl *, const clang::LambdaExpr *>
      Lambdas;
  llvm::DenseMap<const clang::CXXMethodDecl *, const clang::CXXMethodDecl *>
      Overriders;
};

/// The argument from which a constructor or method makes an owner, if it is a
/// raw pointer that others may know; null for a new object, and for a deleter
/// of the caller's own.
const clang::Expr *ownedPointer(llvm::ArrayRef<const clang::Expr *> Args);

/// The variable or member whose address Pointer is, or null.
const clang::ValueDecl *mutexOf(const clang::Expr *Pointer);

/// Can the body of Function be analysed: is it a definition that is neither
/// dependent nor defaulted?
bool isAnalysable(const clang::FunctionDecl *Function);

/// Does the declaration say that nothing is thrown?
bool isNoexcept(const clang::FunctionDecl *Function);

} // namespace borrow

#endif // BORROW_FACTS_SOURCEINDEX_H
