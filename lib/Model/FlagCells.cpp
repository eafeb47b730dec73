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
  return llvm::any_of(Class->fields(), [](const FieldDecl *Field) {
    return Field->getType()->isIntegralOrEnumerationType() &&
           !Field->getType().isConstQualified();
  });
}

namespace {
struct Borrowing {
  const CXXMethodDecl *Method;
  PaperRun After;
  bool Alone; // Not twice at the same time.
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

static Outcome secondBorrow(PaperRun After, const CXXMethodDecl *Method) {
  return After.call(Method);
}

BorrowMethods borrowsByFlags(const CXXRecordDecl *Class) {
  BorrowMethods Result;
  if (!hasFlag(Class))
    return Result;
  llvm::SmallVector<Borrowing, 4> Borrowings;
  bool MayFail = false;
  for (const CXXMethodDecl *Method : Class->methods())
    if (auto After = firstBorrow(Method, Class)) {
      Outcome Again = secondBorrow(*After, Method);
      MayFail |= Again == Outcome::Fails;
      if (Again != Outcome::Unknown)
        Borrowings.push_back(
            {Method, std::move(*After), Again != Outcome::Returns});
    }
  if (!MayFail)
    return Result;
  for (const Borrowing &B : Borrowings) {
    Outcome Beside = Outcome::Returns;
    for (const Borrowing &Other : Borrowings)
      if (Other.Alone && Beside == Outcome::Returns)
        Beside = secondBorrow(Other.After, B.Method);
    const CXXMethodDecl *Method = B.Method->getCanonicalDecl();
    if (Beside == Outcome::Fails)
      Result[Method] = B.Alone ? CallRole::Mut : CallRole::Shared;
    else if (Beside == Outcome::Empty)
      Result[Method] = B.Alone ? CallRole::TryMut : CallRole::TryShared;
  }
  return Result;
}

} // namespace borrow
