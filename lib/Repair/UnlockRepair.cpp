//===- UnlockRepair.cpp - Locks that are given back earlier ---------------===//

#include "Model/Vocabulary.h"
#include "Repair/Repair.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace borrow {
namespace {

const CXXMethodDecl *unlocker(const CXXRecordDecl *Guard, Vocabulary &Words) {
  for (const CXXMethodDecl *M : Guard->methods())
    if ((Words.role(M) == CallRole::Unlock ||
         Words.role(M) == CallRole::UnlockOnce) &&
        M->getNumParams() == 0)
      return M;
  return nullptr;
}

/// The name in `std::lock_guard<…>`, where a std::unique_lock serves as well.
SourceLocation scopedName(const VarDecl &Guard) {
  const auto *Class = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      Guard.getType()->getAsCXXRecordDecl());
  if (!Class || !isStd(Class) || Class->getName() != "lock_guard")
    return {};
  TypeLoc Type = Guard.getTypeSourceInfo()->getTypeLoc().getUnqualifiedLoc();
  if (auto Special = Type.getAsAdjusted<TemplateSpecializationTypeLoc>())
    return Special.getTemplateNameLoc();
  if (auto Deduced = Type.getAsAdjusted<DeducedTemplateSpecializationTypeLoc>())
    return Deduced.getTemplateNameLoc();
  return {};
}

/// Does S read nothing but locals, besides the object that it sends to, and
/// call nothing unknown?
bool touchesOnlyLocals(const Stmt *S, const Expr *Channel, Vocabulary &Words) {
  if (S == Channel)
    return true;
  if (isa<CXXThisExpr, LambdaExpr>(S))
    return false;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(S)) {
    if (const auto *Function = dyn_cast<FunctionDecl>(Ref->getDecl()))
      return Words.role(Function) == CallRole::Forward;
    const auto *Var = dyn_cast<VarDecl>(Ref->getDecl());
    return !Var ||
           (Var->hasLocalStorage() && !Var->getType()->isReferenceType() &&
            !Var->getType()->isPointerType());
  }
  return llvm::all_of(S->children(), [&](const Stmt *Child) {
    return !Child || touchesOnlyLocals(Child, Channel, Words);
  });
}

} // namespace

Edits unlockBefore(const FunctionFacts &Facts, const PlaceTable &Places,
                   Vocabulary &Words, const Fact &Effect, HolderId Keeper) {
  const Holder &H = Facts.holder(Keeper);
  const VarDecl *Guard =
      H.Kind == Holder::Storage && Places[H.Place].Kind == Step::Var
          ? Places.rootVariable(H.Place)
          : nullptr;
  const CXXRecordDecl *Class =
      Guard ? Guard->getType()->getAsCXXRecordDecl() : nullptr;
  const auto *Call = dyn_cast<CXXMemberCallExpr>(Effect.At);
  if (!Class || !Call || Guard->getLocation().isMacroID())
    return {};

  Body In(*Facts.Function);
  Body::Position At = In.find(Effect.At);
  if (!At || !isa<Expr>(At.Statement) || !At.following().empty())
    return {};
  auto Declares = [&](const Stmt *S) {
    const auto *Decl = dyn_cast<DeclStmt>(S);
    return Decl && Decl->isSingleDecl() && Decl->getSingleDecl() == Guard;
  };
  if (llvm::none_of(At.Block->body(), Declares) ||
      !touchesOnlyLocals(At.Statement, Call->getImplicitObjectArgument(),
                         Words))
    return {};
  for (const Stmt *S : At.Block->body())
    if (!Declares(S) && mentions(S, Guard))
      return {};

  Edits Result;
  const CXXMethodDecl *Unlock = unlocker(Class, Words);
  if (!Unlock) {
    SourceLocation Name = scopedName(*Guard);
    if (Name.isInvalid())
      return {};
    Result.push_back(FixItHint::CreateReplacement(Name, "unique_lock"));
  }
  Result.push_back(In.insertBefore(
      At.Statement, Guard->getNameAsString() + "." +
                        (Unlock ? Unlock->getNameAsString() : "unlock") +
                        "();" + In.newLine(At.Statement)));
  return Result;
}

} // namespace borrow
