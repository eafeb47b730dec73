//===- OwnerFacts.cpp - Who owns which object -----------------------------===//

#include "Facts/FactBuilder.h"
#include "Facts/Ownership.h"
#include "Facts/SourceIndex.h"
#include "Model/Vocabulary.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace borrow {

/// Does the class say by a parameter of its own how its object ends?
static bool hasOwnDeleter(const CXXRecordDecl *Class) {
  const auto *Spec = dyn_cast_or_null<ClassTemplateSpecializationDecl>(Class);
  if (!Spec || Spec->getTemplateArgs().size() < 2 ||
      Spec->getTemplateArgs()[1].getKind() != TemplateArgument::Type)
    return false;
  QualType Deleter = Spec->getTemplateArgs()[1].getAsType();
  const CXXRecordDecl *D = Deleter->getAsCXXRecordDecl();
  const SourceManager &Sources = Spec->getASTContext().getSourceManager();
  return !D || !Sources.isInSystemHeader(D->getLocation());
}

static const ValueDecl *declared(const PlaceTable::Node &N) {
  if (N.Kind == Step::Var)
    return static_cast<const VarDecl *>(N.Key);
  if (N.Kind == Step::Field)
    return static_cast<const FieldDecl *>(N.Key);
  return nullptr;
}

static bool isOwner(QualType T, Vocabulary &Words) {
  T = T.getNonReferenceType();
  const CXXRecordDecl *Class = T->getAsCXXRecordDecl();
  TypeRole Role = Words.role(Class);
  return (Role == TypeRole::Strong || Role == TypeRole::UniqueOwner) &&
         !hasOwnDeleter(Class);
}

bool isOwner(PlaceId P, const PlaceTable &Places, Vocabulary &Words) {
  if (!P || !Places.isPrecise(P))
    return false;
  if (Places[P].Kind == Step::Address) {
    const ValueDecl *D = declared(Places[Places[P].Parent]);
    return D && !D->getType()->isReferenceType() &&
           D->getType()->isRecordType();
  }
  const ValueDecl *D = declared(Places[P]);
  return D && isOwner(D->getType(), Words);
}

/// Has the object an owner already, whatever happened before?
bool FactBuilder::isOwned(PlaceId Object, const Expr *Pointer) {
  if (Unit.Places[Object].Kind == Step::This)
    if (const auto *Method = dyn_cast<CXXMethodDecl>(
            static_cast<const FunctionDecl *>(Unit.Places[Object].Key)))
      return Unit.Words.isSharedFromThis(Method->getParent());
  if (const auto *Get = dyn_cast<CXXMemberCallExpr>(unwrapped(Pointer))) {
    const Expr *Handle = nullptr;
    if (roleOf(Get, Handle) == CallRole::GetAddress)
      return borrow::isOwner(Handle->IgnoreParenImpCasts()->getType(),
                             Unit.Words);
  }
  return borrow::isOwner(Object, Unit.Places, Unit.Words);
}

void FactBuilder::addOwner(const Expr *At, const FunctionDecl *Callee,
                           PlaceId Owner, llvm::ArrayRef<const Expr *> Args) {
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Callee);
  const Expr *Pointer = ownedPointer(Args);
  if (!Pointer || !Method || hasOwnDeleter(Method->getParent()))
    return;
  PlaceId Object = Resolver.place(Pointer);
  bool Owned = isOwned(Object, Pointer);
  if (!Unit.Places.isPrecise(Object) && !Owned)
    return;
  Fact &F = add(FactKind::Own, At);
  F.Place = Owner;
  F.Value = Object;
  F.Truth = Owned;
}

} // namespace borrow
