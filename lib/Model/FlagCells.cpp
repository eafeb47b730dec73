//===- FlagCells.cpp - Cells known by what their methods do ---------------===//

#include "Model/FlagCells.h"
#include "Model/PaperRun.h"
#include "Model/Vocabulary.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"

using namespace clang;

namespace borrow {

/// The argument of a template that is a class, or null.
static const CXXRecordDecl *argument(const CXXRecordDecl *Class, unsigned I) {
  const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(Class);
  if (!Spec || Spec->getTemplateArgs().size() <= I ||
      Spec->getTemplateArgs()[I].getKind() != TemplateArgument::Type)
    return nullptr;
  return Spec->getTemplateArgs()[I].getAsType()->getAsCXXRecordDecl();
}

/// What a method returns that may end a borrow when it dies: a class of the
/// user's, a wrapper of one, or a handle with such a deleter.
static const CXXRecordDecl *returnedGuard(const CXXMethodDecl *Method) {
  QualType T = Method->getReturnType();
  const CXXRecordDecl *Class = T->getAsCXXRecordDecl();
  if (Class && isStd(Class) && Class->hasDefinition())
    Class = argument(Class, simpleName(Class) == "unique_ptr" ? 1 : 0);
  return Class && Class->hasDefinition() && !isStd(Class)
             ? Class->getDefinition()
             : nullptr;
}

static bool hasFlag(const CXXRecordDecl *Class) {
  return llvm::any_of(PaperRun::flagsOf(Class), [](const FieldDecl *Field) {
    return !Field->getType().isConstQualified();
  });
}

namespace {
struct Borrowing {
  const CXXMethodDecl *Method;
  PaperRun After;
  bool Around; // While it calls what it is given, not while a guard lives.
  bool Alone;  // Not twice at the same time.
};
} // namespace

/// The method's first borrow of a fresh object, if its guard puts the flags
/// back.
static std::optional<PaperRun> firstBorrow(const CXXMethodDecl *Method,
                                           const CXXRecordDecl *Class) {
  const CXXRecordDecl *Guard = returnedGuard(Method);
  if (!Guard || Method->isStatic() || !Method->isDefined())
    return std::nullopt;
  PaperRun Run(Class);
  if (Run.call(Method) != Outcome::Returns || Run.isFresh())
    return std::nullopt;
  PaperRun End = Run;
  if (End.destroy(Guard) == Outcome::Unknown || !End.isFresh())
    return std::nullopt;
  return Run;
}

/// The state in which the method calls what it is given, if it has set a flag
/// and puts it back.
static std::optional<PaperRun> whileCalling(const CXXMethodDecl *Method,
                                            const CXXRecordDecl *Class) {
  if (Method->isStatic() || Method->param_empty() || !Method->isDefined())
    return std::nullopt;
  PaperRun Run(Class);
  if (Run.callAround(Method) != Outcome::Returns || !Run.isFresh())
    return std::nullopt;
  std::optional<PaperRun> Inside = Run.meanwhile();
  return Inside && !Inside->isFresh() ? std::move(Inside) : std::nullopt;
}

static Outcome secondBorrow(PaperRun After, const Borrowing &B) {
  return B.Around ? After.callAround(B.Method) : After.call(B.Method);
}

/// The methods of the class, and the instances of those that are templates.
static llvm::SmallVector<const CXXMethodDecl *, 16>
allMethods(const CXXRecordDecl *Class) {
  llvm::SmallVector<const CXXMethodDecl *, 16> Result(Class->method_begin(),
                                                      Class->method_end());
  for (const Decl *D : Class->decls())
    if (const auto *Template = dyn_cast<FunctionTemplateDecl>(D))
      for (const FunctionDecl *Instance : Template->specializations())
        if (const auto *Method = dyn_cast<CXXMethodDecl>(Instance))
          Result.push_back(Method);
  return Result;
}

BorrowMethods borrowsByFlags(const CXXRecordDecl *Class) {
  BorrowMethods Result;
  if (!hasFlag(Class))
    return Result;
  llvm::SmallVector<Borrowing, 4> Borrowings;
  bool MayFail = false;
  for (const CXXMethodDecl *Method : allMethods(Class)) {
    std::optional<PaperRun> After = firstBorrow(Method, Class);
    bool Around = !After;
    if (Around)
      After = whileCalling(Method, Class);
    if (!After)
      continue;
    Borrowing B{Method, *After, Around, false};
    Outcome Again = secondBorrow(*After, B);
    B.Alone = Again != Outcome::Returns;
    MayFail |= Again == Outcome::Fails;
    if (Again != Outcome::Unknown)
      Borrowings.push_back(std::move(B));
  }
  if (!MayFail)
    return Result;
  for (const Borrowing &B : Borrowings) {
    Outcome Beside = Outcome::Returns;
    for (const Borrowing &Other : Borrowings) {
      Outcome Next =
          Other.Alone ? secondBorrow(Other.After, B) : Outcome::Unknown;
      // They are of two things, as those of a class that has two cells.
      if (Next == Outcome::Returns)
        return BorrowMethods();
      if (Beside == Outcome::Returns && Other.Alone)
        Beside = Next;
    }
    const CXXMethodDecl *Method = B.Method->getCanonicalDecl();
    if (Beside == Outcome::Fails && B.Around)
      Result[Method] = B.Alone ? CallRole::WithMut : CallRole::WithShared;
    else if (Beside == Outcome::Fails)
      Result[Method] = B.Alone ? CallRole::Mut : CallRole::Shared;
    else if (Beside == Outcome::Empty && !B.Around)
      Result[Method] = B.Alone ? CallRole::TryMut : CallRole::TryShared;
  }
  return Result;
}

} // namespace borrow
