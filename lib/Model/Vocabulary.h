//===- Vocabulary.h - Which types and calls mean something ------*- C++ -*-===//
//
// The vocabulary answers two questions: what is this class, and what does this
// call do? It asks, in this order, the user's options, `borrow::…` annotations
// on the declaration, the tables (Types.def, Methods.def, Functions.def),
// clang's thread-safety attributes and at last the shape of the class and what
// its methods do to its flags. What a class means may also be inferred from
// summaries of its bodies, through ClassInference.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_MODEL_VOCABULARY_H
#define BORROW_MODEL_VOCABULARY_H

#include "Model/FlagCells.h"
#include "Model/Roles.h"
#include "clang/AST/Type.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"
#include <string>

namespace clang {
class ASTContext;
class CXXMethodDecl;
class CXXRecordDecl;
class Decl;
class FunctionDecl;
class NamedDecl;
} // namespace clang

namespace borrow {

/// What users say about types that they can't annotate. Created by the checks
/// from their options; names are qualified, inline namespaces left out.
struct VocabularyOptions {
  llvm::StringMap<TypeRole> Types;
  llvm::StringMap<CallRole> Calls;
  bool RecogniseShapes = true;
};

/// Says what a class is from the bodies of its members.
class ClassInference {
public:
  virtual ~ClassInference() = default;
  /// Guard for a class whose constructor locks and whose destructor unlocks,
  /// Executor for one that runs stored closures on threads of its own, …;
  /// None where the bodies tell nothing or can't be seen.
  virtual TypeRole infer(const clang::CXXRecordDecl *Class) = 0;
};

/// The vocabulary of one translation unit. Created by Session.
class Vocabulary {
public:
  Vocabulary(const clang::ASTContext &Context, VocabularyOptions Options)
      : Context(Context), Options(std::move(Options)) {}

  /// From here on classes that mean nothing so far are inferred.
  void setInference(ClassInference *I);

  TypeRole role(const clang::CXXRecordDecl *Class);
  /// The role of the class that T is, or refers or points to.
  TypeRole role(clang::QualType T);

  /// What a call of Function does. Object is the static class of the object
  /// for a method called through a derived class, or null.
  CallRole role(const clang::FunctionDecl *Function,
                const clang::CXXRecordDecl *Object = nullptr);

  /// Declarations with a `borrow::` annotation whose word means nothing.
  llvm::ArrayRef<const clang::NamedDecl *> unknownAnnotations() const {
    return Unknown;
  }

  /// The method, its own or inherited, that hands out owners of the object that
  /// it is called on (`shared_from_this`), or null.
  const clang::CXXMethodDecl *sharesThis(const clang::CXXRecordDecl *Class);
  /// Does Function say, in an attribute or its name (`insertLocked`), that its
  /// caller takes care of locks?
  bool isCalledLocked(const clang::FunctionDecl *Function);
  bool isGuard(clang::QualType T);
  bool isMutex(clang::QualType T);
  /// A mutex, or a lock of a C library.
  bool isLock(clang::QualType T);
  /// Has the class, or a base of it, a mutex among its members?
  bool ownsMutex(const clang::CXXRecordDecl *Class);
  /// Has a value of type T to be guarded by a lock that is not its own? Not
  /// what threads may share as it is, or what belongs to threads.
  bool needsLock(clang::QualType T);
  /// Does it do something when it dies, and give access to a value?
  bool givesAccess(clang::QualType T);
  /// Can a value of type T keep a loan alive: is it a guard, a thread handle,
  /// a closure, or something that contains one?
  bool mayHold(clang::QualType T);
  /// Does the destructor of T end the program if a thread in it still runs? T
  /// is a plain thread handle, or a standard container, wrapper or unique owner
  /// of one.
  bool mustBeJoined(clang::QualType T);
  /// Is T a strong handle that only one thread may copy?
  bool isForOneThread(clang::QualType T);
  /// The role of what `std::make_unique<T>(…)` and its like make.
  TypeRole madeRole(const clang::CallExpr *Call);
  /// Is T a handle that may turn out to be empty: strong pointer or optional?
  bool mayBeEmpty(clang::QualType T);
  /// Can a value of type T be asked whether there is something in it: is it a
  /// handle, a guard that tells, or a result of the project's own with
  /// `operator bool` and `*` or `->`?
  bool canBeAsked(clang::QualType T);
  /// Is T an optional, or such a result that keeps its value in itself?
  bool mayHoldNothing(clang::QualType T);

private:
  bool hidesAtomics(const clang::CXXRecordDecl *Class);
  llvm::StringRef annotation(const clang::NamedDecl *D);
  /// What the user or the tables say of the class; nullopt if they don't.
  std::optional<TypeRole> statedRole(const clang::CXXRecordDecl *Class);
  TypeRole shapeRole(const clang::CXXRecordDecl *Class);
  TypeRole inheritedRole(const clang::CXXRecordDecl *Class);
  CallRole computeRole(const clang::FunctionDecl *Function, TypeRole Of);
  bool mayHold(clang::QualType T, unsigned Depth);
  TypeRole elementRole(clang::QualType T, unsigned Depth);
  bool isReentrant(const clang::CXXRecordDecl *Class);
  bool isMadeOfLocks(const clang::CXXRecordDecl *Class);
  const clang::CXXMethodDecl *lockMethod(const clang::CXXRecordDecl *Class,
                                         CallRole Does);
  bool isPool(const clang::CXXRecordDecl *Class);
  bool takesTask(const clang::CXXMethodDecl *Method);
  bool triesToReceive(const clang::CXXMethodDecl *Method);
  void learnGuardTemplate(const clang::Decl *Template);
  void learnGuards(const clang::CXXRecordDecl *Class, TypeRole Role);

  const clang::ASTContext &Context;
  VocabularyOptions Options;
  ClassInference *Inference = nullptr;
  llvm::DenseMap<const clang::CXXRecordDecl *, TypeRole> Types;
  llvm::DenseMap<const clang::FunctionDecl *, CallRole> Calls;
  /// Methods that mean nothing unless their object's class does.
  llvm::DenseSet<const clang::FunctionDecl *> Plain;
  llvm::DenseMap<const clang::CXXRecordDecl *, BorrowMethods> FlagCells;
  /// Templates of which some instance is a guard.
  llvm::DenseSet<const clang::Decl *> GuardTemplates;
  llvm::DenseMap<const clang::Type *, bool> Holds;
  llvm::DenseMap<const clang::CXXRecordDecl *, bool> Owners;
  llvm::SmallVector<const clang::NamedDecl *, 1> Unknown;
};

/// What the table says of a method with this name of a class with role Of.
CallRole methodRole(TypeRole Of, llvm::StringRef Name);
/// The qualified name without inline and anonymous namespaces, as the tables
/// and options spell it: `absl::Mutex`, `std::basic_string`.
std::string plainName(const clang::NamedDecl *D);
/// Is D, or the class that it is a member of, in namespace std?
bool isStd(const clang::NamedDecl *D);
/// The simple name, empty for operators, constructors and the like.
llvm::StringRef simpleName(const clang::NamedDecl *D);

} // namespace borrow

#endif // BORROW_MODEL_VOCABULARY_H
