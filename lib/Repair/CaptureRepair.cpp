//===- CaptureRepair.cpp - Captures that own what they refer to -----------===//

#include "Facts/ReadOnlyUses.h"
#include "Model/Vocabulary.h"
#include "Repair/Repair.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace borrow {
namespace {

constexpr unsigned MaxDepth = 6;

/// Has T a public constructor of the kind that Is asks for, written or implied?
template <typename Predicate>
bool hasConstructor(const CXXRecordDecl *Class, bool Implied, Predicate Is) {
  return Implied ||
         llvm::any_of(Class->ctors(), [&](const CXXConstructorDecl *C) {
           return Is(C) && !C->isDeleted() && C->getAccess() == AS_public;
         });
}

bool isTypeArgumentsAll(const CXXRecordDecl *Class,
                        llvm::function_ref<bool(QualType)> Is) {
  const auto *Special = dyn_cast<ClassTemplateSpecializationDecl>(Class);
  return !Special ||
         llvm::all_of(Special->getTemplateArgs().asArray(),
                      [&](const TemplateArgument &A) {
                        return A.getKind() != TemplateArgument::Type ||
                               Is(A.getAsType());
                      });
}

/// Makes the edits for one closure.
class CaptureRepair {
public:
  CaptureRepair(const FunctionFacts &Facts, const PlaceTable &Places,
                Vocabulary &Words, const Loan &Capture)
      : Facts(Facts), Places(Places), Words(Words), Capture(Capture),
        In(*Facts.Function) {}

  Edits edits() {
    const LambdaExpr *Lambda = closure();
    if (!Lambda || Lambda->getBeginLoc().isMacroID() ||
        Facts.Function->isTemplateInstantiation())
      return {};
    if (Places[Places.root(Capture.Place)].Kind == Step::This)
      return keepThis(*Lambda);
    const VarDecl *Var = Places.rootVariable(Capture.Place);
    if (!Var || Places[Capture.Place].Kind != Step::Var)
      return {};
    Edits Result;
    for (const LambdaCapture &C : Lambda->captures()) {
      const auto *Other = referred(C);
      if (!Other || (Other != Var && Other->getType()->isReferenceType()))
        continue;
      Edits One =
          C.isImplicit() ? byValue(*Lambda) : byValue(*Lambda, C, *Other);
      if (One.empty() || C.isImplicit())
        return One;
      Result.append(One);
    }
    return Result;
  }

private:
  /// The variable that C refers to, or null.
  static const VarDecl *referred(const LambdaCapture &C) {
    return C.capturesVariable() && C.getCaptureKind() == LCK_ByRef
               ? dyn_cast<VarDecl>(C.getCapturedVar())
               : nullptr;
  }

  /// The only closure that the call passes on.
  const LambdaExpr *closure() const {
    const LambdaExpr *Found = nullptr;
    llvm::SmallVector<const Stmt *, 8> Left{Capture.At};
    while (!Left.empty()) {
      const Stmt *S = Left.pop_back_val();
      if (const auto *Lambda = dyn_cast<LambdaExpr>(S)) {
        if (std::exchange(Found, Lambda))
          return nullptr;
        continue;
      }
      for (const Stmt *Child : S->children())
        if (Child)
          Left.push_back(Child);
    }
    return Found;
  }

  /// `[&]` to `[=]`, if nothing but values is captured.
  Edits byValue(const LambdaExpr &Lambda) {
    bool Explicit =
        Lambda.explicit_capture_begin() != Lambda.explicit_capture_end();
    if (Explicit || Lambda.getCaptureDefault() != LCD_ByRef)
      return {};
    for (const LambdaCapture &C : Lambda.captures()) {
      const auto *Var = C.capturesVariable()
                            ? dyn_cast<VarDecl>(C.getCapturedVar())
                            : nullptr;
      if (!Var || !isValue(Var->getType()) || isChanged(Lambda, *Var))
        return {};
    }
    return {FixItHint::CreateReplacement(Lambda.getCaptureDefaultLoc(), "=")};
  }

  Edits byValue(const LambdaExpr &Lambda, const LambdaCapture &C,
                const VarDecl &Var) {
    if (Var.isInitCapture() || isChanged(Lambda, Var))
      return {};
    SourceRange Range(ampersand(C.getLocation()), C.getLocation());
    if (Range.getBegin().isInvalid())
      return {};
    std::string Name = Var.getNameAsString();
    if (isValue(Var.getType()))
      return {FixItHint::CreateReplacement(Range, Name)};
    if (!isMovable(Var.getType()) || isMentionedLater(Lambda, Var) ||
        !In.context().getLangOpts().CPlusPlus14)
      return {};
    return {FixItHint::CreateReplacement(Range,
                                         Name + " = std::move(" + Name + ")")};
  }

  /// `[this]` to `[this, self = shared_from_this()]`.
  Edits keepThis(const LambdaExpr &Lambda) {
    const auto *Method = dyn_cast<CXXMethodDecl>(Facts.Function);
    if (!Method || isa<CXXConstructorDecl, CXXDestructorDecl>(Method) ||
        !In.context().getLangOpts().CPlusPlus14)
      return {};
    const CXXMethodDecl *Share = Words.sharesThis(Method->getParent());
    if (!Share || Share->getParent()->isDependentContext())
      return {};
    for (const LambdaCapture &C : Lambda.captures())
      if (C.capturesThis() && C.isExplicit())
        return {FixItHint::CreateInsertion(
            C.getLocation().getLocWithOffset(strlen("this")),
            ", " + In.freshName("self") + " = " + Share->getNameAsString() +
                "()")};
    return {};
  }

  /// The `&` before a captured name.
  SourceLocation ampersand(SourceLocation Name) const {
    const SourceManager &Sources = In.context().getSourceManager();
    const char *Begin = Sources.getCharacterData(Name);
    const char *At = Begin;
    while (isspace(static_cast<unsigned char>(*--At)))
      ;
    return *At == '&' ? Name.getLocWithOffset(At - Begin) : SourceLocation();
  }

  /// Can a copy stand for a reference to an object of type T, so that it refers
  /// to nothing else?
  bool isValue(QualType T, unsigned Depth = 0) {
    T = T.getNonReferenceType();
    if (T->isArithmeticType() || T->isEnumeralType())
      return true;
    const CXXRecordDecl *Class = T->getAsCXXRecordDecl();
    if (!Class || !Class->hasDefinition() || Class->isLambda() ||
        Depth > MaxDepth || Words.role(Class) == TypeRole::View ||
        Words.role(Class) == TypeRole::RefWrapper)
      return false;
    bool Implied = Class->needsImplicitCopyConstructor() &&
                   !Class->defaultedCopyConstructorIsDeleted();
    auto IsCopy = [](const CXXConstructorDecl *C) {
      return C->isCopyConstructor();
    };
    auto Nested = [&](QualType Inner) {
      const CXXRecordDecl *Part = Inner->getAsCXXRecordDecl();
      return !Part || !Part->hasDefinition() || isValue(Inner, Depth + 1);
    };
    return hasConstructor(Class, Implied, IsCopy) &&
           (Words.role(Class) == TypeRole::Strong ||
            (isTypeArgumentsAll(Class, Nested) &&
             llvm::all_of(Class->fields(), [&](const FieldDecl *F) {
               return isStd(Class) || Nested(F->getType());
             })));
  }

  static bool isMovable(QualType T) {
    const CXXRecordDecl *Class = T->getAsCXXRecordDecl();
    if (!Class || !Class->hasDefinition())
      return false;
    bool Implied = Class->needsImplicitMoveConstructor() &&
                   !Class->defaultedMoveConstructorIsDeleted();
    return hasConstructor(Class, Implied, [](const CXXConstructorDecl *C) {
      return C->isMoveConstructor();
    });
  }

  /// Does the closure change Var, or the function after the closure is made?
  bool isChanged(const LambdaExpr &Lambda, const VarDecl &Var) {
    ReadOnlyUses Uses(Facts.Function, Words);
    auto Changes = [&](const Stmt *S) { return !Uses.onlyReadsIn(S, &Var); };
    return Changes(Lambda.getBody()) || anyLater(Lambda, Changes);
  }

  bool isMentionedLater(const LambdaExpr &Lambda, const VarDecl &Var) {
    return anyLater(Lambda, [&](const Stmt *S) { return mentions(S, &Var); });
  }

  /// Is it so for a statement that may follow, in a block around the closure or
  /// the next turn of a loop that Lambda is in?
  bool anyLater(const LambdaExpr &Lambda,
                llvm::function_ref<bool(const Stmt *)> Is) const {
    llvm::SmallVector<const Stmt *, 16> Path = In.pathTo(&Lambda);
    if (Path.empty())
      return true;
    for (size_t I = 0; I + 1 < Path.size(); ++I)
      if (const auto *Block = dyn_cast<CompoundStmt>(Path[I]))
        if (std::any_of(std::next(llvm::find(Block->body(), Path[I + 1])),
                        Block->body_end(), Is))
          return true;
    return false;
  }

  const FunctionFacts &Facts;
  const PlaceTable &Places;
  Vocabulary &Words;
  const Loan &Capture;
  Body In;
};

} // namespace

Edits captureByValue(const FunctionFacts &Facts, const PlaceTable &Places,
                     Vocabulary &Words, const Loan &Capture) {
  return CaptureRepair(Facts, Places, Words, Capture).edits();
}

} // namespace borrow
