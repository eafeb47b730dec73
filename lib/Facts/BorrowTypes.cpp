//===- BorrowTypes.cpp - Which values refer to others ---------------------===//

#include "Facts/Lenders.h"
#include "Model/Vocabulary.h"
#include "clang/AST/DeclTemplate.h"

using namespace clang;

namespace borrow {

/// A class that is stepped through and dereferenced.
static bool isIterator(const CXXRecordDecl *Class) {
  bool Steps = false, Dereferences = false;
  for (const CXXMethodDecl *M : Class->methods()) {
    Steps |= M->getOverloadedOperator() == OO_PlusPlus;
    Dereferences |= M->getOverloadedOperator() == OO_Star && M->param_empty();
  }
  return Steps && Dereferences;
}

bool isBorrowType(QualType T, Vocabulary &Words) {
  if (T->isPointerType())
    return !T->isFunctionPointerType();
  const CXXRecordDecl *Class = T->getAsCXXRecordDecl();
  Class = Class ? Class->getDefinition() : nullptr;
  if (!Class || T->isReferenceType())
    return false;
  TypeRole Role = Words.role(Class);
  return Role == TypeRole::View || Role == TypeRole::RefWrapper ||
         (Role == TypeRole::None && isIterator(Class));
}

llvm::SmallVector<QualType, 2> typeArguments(const CXXRecordDecl *Class) {
  llvm::SmallVector<QualType, 2> Types;
  const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(Class);
  if (!Spec)
    return Types;
  for (const TemplateArgument &A : Spec->getTemplateArgs().asArray())
    if (A.getKind() == TemplateArgument::Type)
      Types.push_back(A.getAsType());
    else if (A.getKind() == TemplateArgument::Pack)
      for (const TemplateArgument &Element : A.pack_elements())
        if (Element.getKind() == TemplateArgument::Type)
          Types.push_back(Element.getAsType());
  return Types;
}

bool isWrapper(const CXXRecordDecl *Class) {
  static constexpr llvm::StringLiteral Names[] = {"optional", "pair", "tuple",
                                                  "variant"};
  return isStd(Class) && llvm::is_contained(Names, simpleName(Class));
}

bool mayRefer(QualType T, Vocabulary &Words) {
  if (isBorrowType(T, Words))
    return true;
  const CXXRecordDecl *Class = T->getAsCXXRecordDecl();
  Class = Class ? Class->getDefinition() : nullptr;
  if (!Class || T->isReferenceType())
    return false;
  auto Refers = [&](QualType Of) {
    return Of->isReferenceType() || isBorrowType(Of, Words);
  };
  if (isStd(Class))
    return isWrapper(Class) && llvm::any_of(typeArguments(Class), Refers);
  return Class->isAggregate() && Words.role(Class) == TypeRole::None &&
         llvm::any_of(Class->fields(), [&](const FieldDecl *Field) {
           return Refers(Field->getType());
         });
}

bool keepsHandle(QualType T, Vocabulary &Words) {
  auto IsHandle = [&](QualType Of) {
    return Words.role(Of->getAsCXXRecordDecl()) == TypeRole::Strong;
  };
  const CXXRecordDecl *Class = T->getAsCXXRecordDecl();
  Class = Class ? Class->getDefinition() : nullptr;
  if (!Class || IsHandle(T))
    return Class;
  if (isStd(Class))
    return isWrapper(Class) && llvm::any_of(typeArguments(Class), IsHandle);
  return Class->isAggregate() &&
         llvm::any_of(Class->fields(), [&](const FieldDecl *Field) {
           return IsHandle(Field->getType());
         });
}

bool holdsView(const CXXRecordDecl *Class, Vocabulary &Words) {
  return isStd(Class) && llvm::any_of(typeArguments(Class), [&](QualType T) {
           return Words.role(T->getAsCXXRecordDecl()) == TypeRole::View;
         });
}

} // namespace borrow
