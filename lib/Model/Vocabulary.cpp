//===- Vocabulary.cpp - Which types and calls mean something --------------===//

#include "Model/Vocabulary.h"
#include "Model/CountedHandles.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace borrow {

std::string plainName(const NamedDecl *D) {
  // That of a constructor has template arguments.
  std::string Name =
      isa<CXXConstructorDecl>(D)
          ? cast<CXXConstructorDecl>(D)->getParent()->getNameAsString()
          : D->getNameAsString();
  for (const DeclContext *DC = D->getDeclContext(); DC; DC = DC->getParent()) {
    if (const auto *NS = dyn_cast<NamespaceDecl>(DC)) {
      if (!NS->isInline() && !NS->isAnonymousNamespace())
        Name = NS->getNameAsString() + "::" + Name;
    } else if (const auto *Class = dyn_cast<CXXRecordDecl>(DC)) {
      Name = Class->getNameAsString() + "::" + Name;
    }
  }
  return Name;
}

/// libstdc++'s iterators and allocators are in __gnu_cxx.
bool isStd(const NamedDecl *D) {
  const DeclContext *Outer =
      D->getDeclContext()->getEnclosingNamespaceContext();
  while (Outer->getParent() && Outer->getParent()->isNamespace())
    Outer = Outer->getParent();
  const auto *Space = dyn_cast<NamespaceDecl>(Outer);
  return Space && (Space->isStdNamespace() || Space->getName() == "__gnu_cxx");
}

StringRef simpleName(const NamedDecl *D) {
  return D && D->getDeclName().isIdentifier() ? D->getName() : StringRef();
}

static const llvm::StringMap<TypeRole> &typeTable() {
  static const llvm::StringMap<TypeRole> Table = {
#define BORROW_TYPE(Name, Role) {Name, TypeRole::Role},
#include "Model/Types.def"
  };
  return Table;
}

static const llvm::StringMap<CallRole> &functionTable() {
  static const llvm::StringMap<CallRole> Table = {
#define BORROW_FUNCTION(Name, Role) {Name, CallRole::Role},
#include "Model/Functions.def"
  };
  return Table;
}

static std::string methodKey(TypeRole Of, StringRef Name) {
  return (word(Of) + "." + Name).str();
}

static const llvm::StringMap<CallRole> &methodTable() {
  static const llvm::StringMap<CallRole> Table = {
#define BORROW_METHOD(Of, Name, Role)                                          \
  {methodKey(TypeRole::Of, Name), CallRole::Role},
#include "Model/Methods.def"
  };
  return Table;
}

CallRole methodRole(TypeRole Of, StringRef Name) {
  auto It = methodTable().find(methodKey(Of, Name));
  return It == methodTable().end() ? CallRole::None : It->second;
}

/// The word of the first `borrow::<word>` annotation on D, or empty.
StringRef Vocabulary::annotation(const NamedDecl *D) {
  for (const auto *A : D->specific_attrs<AnnotateAttr>()) {
    StringRef Text = A->getAnnotation();
    if (!Text.consume_front("borrow::"))
      continue;
    bool Known = isa<TypeDecl>(D) ? parseTypeRole(Text).has_value()
                                  : parseCallRole(Text).has_value();
    if (!Known && !llvm::is_contained(Unknown, D))
      Unknown.push_back(D);
    return Text;
  }
  return {};
}

void Vocabulary::setInference(ClassInference *I) {
  Inference = I;
  llvm::SmallVector<const CXXRecordDecl *, 64> Unknown;
  for (const auto &[Class, Role] : Types)
    if (Role == TypeRole::None)
      Unknown.push_back(Class);
  for (const CXXRecordDecl *Class : Unknown)
    Types.erase(Class);
  Holds.clear();
  Owners.clear();
}

std::optional<TypeRole> Vocabulary::statedRole(const CXXRecordDecl *Class) {
  std::string Name = plainName(Class);
  if (auto It = Options.Types.find(Name); It != Options.Types.end())
    return It->second;
  const CXXRecordDecl *Pattern = Class->getTemplateInstantiationPattern();
  for (const CXXRecordDecl *D : {Class, Pattern}) {
    if (!D)
      continue;
    if (auto Role = parseTypeRole(annotation(D)))
      return *Role;
  }
  // The attributes don't tell readers from writers.
  if (auto It = typeTable().find(Name); It != typeTable().end())
    return It->second;
  for (const CXXRecordDecl *D : {Class, Pattern}) {
    if (D && D->hasAttr<ScopedLockableAttr>())
      return TypeRole::Guard;
    if (D && D->hasAttr<CapabilityAttr>())
      return TypeRole::Mutex;
  }
  return std::nullopt;
}

TypeRole Vocabulary::inheritedRole(const CXXRecordDecl *Class) {
  for (const CXXBaseSpecifier &Base : Class->bases())
    if (Base.getAccessSpecifier() == AS_public)
      if (TypeRole Role = role(Base.getType()); Role != TypeRole::None)
        return Role;
  return TypeRole::None;
}

TypeRole Vocabulary::role(const CXXRecordDecl *Class) {
  if (!Class)
    return TypeRole::None;
  if (const CXXRecordDecl *Definition = Class->getDefinition())
    Class = Definition;
  if (Class->isLambda() || Class->isDependentContext())
    return TypeRole::None;
  auto [It, New] = Types.try_emplace(Class, TypeRole::None);
  if (!New)
    return It->second;
  std::optional<TypeRole> Stated = statedRole(Class);
  TypeRole Role = Stated.value_or(TypeRole::None);
  if (!Stated && Class->isCompleteDefinition() && !Class->isInStdNamespace()) {
    Role = inheritedRole(Class);
    if (Role == TypeRole::None && Options.RecogniseShapes)
      Role = shapeRole(Class);
    if (Role == TypeRole::None && Inference)
      Role = Inference->infer(Class);
    if (const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(Class);
        Spec && Role == TypeRole::None &&
        GuardTemplates.contains(Spec->getSpecializedTemplate()))
      Role = TypeRole::Guard;
    if (Role == TypeRole::None && Options.RecogniseShapes && !ownsMutex(Class))
      if (BorrowMethods Found = borrowsByFlags(Class); !Found.empty()) {
        FlagCells[Class] = std::move(Found);
        Role = TypeRole::Cell;
      }
  }
  Types[Class] = Role;
  learnGuards(Class, Role);
  return Role;
}

TypeRole Vocabulary::role(QualType T) {
  if (T.isNull())
    return TypeRole::None;
  T = T.getNonReferenceType();
  if (T->isPointerType())
    T = T->getPointeeType();
  return role(T->getAsCXXRecordDecl());
}

CallRole Vocabulary::computeRole(const FunctionDecl *Function, TypeRole Of) {
  std::string Name = plainName(Function);
  if (auto It = Options.Calls.find(Name); It != Options.Calls.end())
    return It->second;
  const FunctionDecl *Pattern = Function->getTemplateInstantiationPattern();
  for (const FunctionDecl *D : {Function, Pattern})
    if (D)
      if (auto Role = parseCallRole(annotation(D)))
        return *Role;
  const auto *Method = dyn_cast<CXXMethodDecl>(Function);
  if (!Function->getDeclName().isIdentifier() &&
      !isa<CXXConstructorDecl>(Function)) {
    if (isa<CXXConversionDecl>(Function) &&
        Function->getReturnType()->isBooleanType())
      return CallRole::IsPresent;
    return CallRole::None;
  }
  if (auto It = functionTable().find(Name); It != functionTable().end())
    return It->second;
  if (const auto *C = dyn_cast<CXXConstructorDecl>(Function);
      C && Of == TypeRole::Strong && isCountedHandle(C->getParent()))
    return beginsCount(C) ? CallRole::Own : CallRole::None;
  if (Method)
    if (auto It = FlagCells.find(Method->getParent()); It != FlagCells.end())
      return It->second.lookup(Method->getCanonicalDecl());
  if (Of == TypeRole::SharedGuard)
    Of = TypeRole::Guard;
  // Containers have no role of their own.
  if (Method && !isa<CXXConstructorDecl>(Method) &&
      (Of != TypeRole::None || isStd(Method)))
    if (CallRole Role = methodRole(Of, Function->getName());
        Role != CallRole::None)
      return Role;
  if (Method && Of == TypeRole::None && triesToReceive(Method))
    return CallRole::TryRecv;
  return Method && Of == TypeRole::Executor && takesTask(Method)
             ? CallRole::Post
             : CallRole::None;
}

/// A method of a pool that is given a function object.
bool Vocabulary::takesTask(const CXXMethodDecl *Method) {
  return llvm::any_of(Method->parameters(), [&](const ParmVarDecl *Param) {
    QualType T = Param->getType().getNonReferenceType();
    const CXXRecordDecl *Class = T->getAsCXXRecordDecl();
    return role(Class) == TypeRole::Callable || (Class && Class->isLambda());
  });
}

CallRole Vocabulary::role(const FunctionDecl *Function,
                          const CXXRecordDecl *Object) {
  if (!Function)
    return CallRole::None;
  const FunctionDecl *Key = Function->getCanonicalDecl();
  auto [It, New] = Calls.try_emplace(Key, CallRole::None);
  if (!New)
    return It->second;
  const auto *Method = dyn_cast<CXXMethodDecl>(Function);
  TypeRole Of = TypeRole::None;
  if (Method) {
    Of = role(Method->getParent());
    if (Of == TypeRole::None)
      Of = role(Object);
  }
  bool IsPlain = Method && Of == TypeRole::None;
  CallRole Role = IsPlain && Plain.contains(Key) ? CallRole::None
                                                 : computeRole(Function, Of);
  // A base class (std::__basic_future) is asked again for each derived class.
  if (IsPlain && Role == CallRole::None) {
    Plain.insert(Key);
    Calls.erase(Key);
  } else {
    Calls[Key] = Role;
  }
  return Role;
}

const CXXMethodDecl *Vocabulary::sharesThis(const CXXRecordDecl *Class) {
  if (!Class || !Class->hasDefinition())
    return nullptr;
  for (const CXXMethodDecl *M : Class->methods())
    if (role(M) == CallRole::ShareThis)
      return M;
  for (const CXXBaseSpecifier &Base : Class->bases())
    if (const auto *M = sharesThis(Base.getType()->getAsCXXRecordDecl()))
      return M;
  return nullptr;
}

bool Vocabulary::isGuard(QualType T) {
  TypeRole Role = role(T);
  return Role == TypeRole::Guard || Role == TypeRole::SharedGuard;
}

bool Vocabulary::isMutex(QualType T) {
  TypeRole Role = role(T);
  return Role == TypeRole::Mutex || Role == TypeRole::RecursiveMutex;
}

bool Vocabulary::isCalledLocked(const FunctionDecl *Function) {
  StringRef Name = simpleName(Function);
  return Function->hasAttr<RequiresCapabilityAttr>() ||
         Function->hasAttr<NoThreadSafetyAnalysisAttr>() ||
         Name.ends_with_insensitive("locked") ||
         Name.ends_with_insensitive("unsafe") ||
         Name.ends_with_insensitive("nolock") ||
         Name.ends_with_insensitive("no_lock") ||
         Name.ends_with_insensitive("lockfree") ||
         Name.ends_with_insensitive("lock_free") ||
         Name.ends_with_insensitive("without_lock");
}

/// Types of C libraries have no class, only a name.
static StringRef typedefName(QualType T) {
  const auto *Named = T->getAs<TypedefType>();
  return Named ? Named->getDecl()->getName() : StringRef();
}

static bool isCLock(QualType T) {
  static constexpr llvm::StringLiteral Names[] = {
      "GMutex",          "SRWLOCK",          "mtx_t",
      "pthread_mutex_t", "pthread_rwlock_t", "pthread_spinlock_t",
      "uv_mutex_t"};
  return llvm::is_contained(Names, typedefName(T));
}

bool Vocabulary::isLock(QualType T) {
  return (T->isRecordType() && isMutex(T)) || isCLock(T);
}

bool Vocabulary::ownsMutex(const CXXRecordDecl *Class) {
  Class = Class ? Class->getDefinition() : nullptr;
  if (!Class || Class->isDependentContext())
    return false;
  auto [It, New] = Owners.try_emplace(Class, false);
  if (!New)
    return It->second;
  auto IsLocked = [&](QualType T) {
    const CXXRecordDecl *Wrapper = T->getAsCXXRecordDecl();
    return isLock(T) || (ownsMutex(Wrapper) && !isStd(Wrapper) &&
                         isMadeOfLocks(Wrapper->getDefinition()));
  };
  bool Owns = llvm::any_of(Class->fields(),
                           [&](const FieldDecl *Field) {
                             return IsLocked(Field->getType());
                           }) ||
              llvm::any_of(Class->bases(), [&](const CXXBaseSpecifier &Base) {
                return ownsMutex(Base.getType()->getAsCXXRecordDecl());
              });
  return Owners[Class] = Owns;
}

/// A class of the project's own that keeps atomics to itself, such as a queue
/// without locks, is made for several threads.
bool Vocabulary::hidesAtomics(const CXXRecordDecl *Class) {
  Class = Class->getDefinition();
  return Class && !isStd(Class) &&
         llvm::any_of(Class->fields(), [&](const FieldDecl *Field) {
           return Field->getAccess() != AS_public &&
                  elementRole(Field->getType(), 2) == TypeRole::Atomic;
         });
}

bool Vocabulary::needsLock(QualType T) {
  if (const auto *Array = T->getAsArrayTypeUnsafe())
    return needsLock(Array->getElementType());
  const CXXRecordDecl *Class = T->getAsCXXRecordDecl();
  if (isCLock(T) || typedefName(T).starts_with("pthread_"))
    return false;
  if (!Class)
    return !T->isAtomicType();
  switch (elementRole(T, 2)) {
  case TypeRole::None:
  case TypeRole::Callable:
  case TypeRole::Optional:
  case TypeRole::RefWrapper:
  case TypeRole::Strong:
  case TypeRole::UniqueOwner:
  case TypeRole::View:
  case TypeRole::Weak:
    return !ownsMutex(Class) && !hidesAtomics(Class);
  default:
    return false;
  }
}

bool Vocabulary::mayBeEmpty(QualType T) {
  TypeRole Role = role(T.getNonReferenceType());
  return Role == TypeRole::Strong || Role == TypeRole::Optional;
}

static bool keepsLoans(TypeRole Role) {
  switch (Role) {
  case TypeRole::Guard:
  case TypeRole::SharedGuard:
  case TypeRole::Thread:
  case TypeRole::JoiningThread:
  case TypeRole::ThreadDetaching:
  case TypeRole::Future:
  case TypeRole::Callable:
  case TypeRole::Executor:
  case TypeRole::TaskGroup:
    return true;
  default:
    return false;
  }
}

/// `std::unique_ptr<T, EndBorrow>`: the deleter knows more than the object.
static bool hasDeleterWithState(const CXXRecordDecl *Class) {
  const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(Class);
  if (!Spec || Spec->getTemplateArgs().size() < 2 ||
      Spec->getTemplateArgs()[1].getKind() != TemplateArgument::Type)
    return false;
  const CXXRecordDecl *Deleter =
      Spec->getTemplateArgs()[1].getAsType()->getAsCXXRecordDecl();
  return Deleter && Deleter->hasDefinition() && !Deleter->field_empty();
}

bool Vocabulary::mayHold(QualType T) {
  return !T.isNull() && mayHold(T.getNonReferenceType(), 0);
}

bool Vocabulary::mayHold(QualType T, unsigned Depth) {
  constexpr unsigned MaxDepth = 4;
  T = T.getCanonicalType();
  if (Depth > MaxDepth)
    return false;
  if (const auto *Array = T->getAsArrayTypeUnsafe())
    return mayHold(Array->getElementType(), Depth + 1);
  const CXXRecordDecl *Class = T->getAsCXXRecordDecl();
  if (!Class)
    return false;
  const Type *Key = T.getTypePtr();
  if (auto It = Holds.find(Key); It != Holds.end())
    return It->second;
  Holds[Key] = false;
  if (Class->hasAttr<PointerAttr>() || role(Class) == TypeRole::View)
    return false;
  bool Result =
      keepsLoans(role(Class)) ||
      (role(Class) == TypeRole::UniqueOwner && hasDeleterWithState(Class));
  auto Argument = [&](const TemplateArgument &A) {
    return A.getKind() == TemplateArgument::Type &&
           mayHold(A.getAsType(), Depth + 1);
  };
  if (const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(Class))
    for (const TemplateArgument &A : Spec->getTemplateArgs().asArray())
      Result |= A.getKind() == TemplateArgument::Pack
                    ? llvm::any_of(A.pack_elements(), Argument)
                    : Argument(A);
  bool ReadFields =
      !Result && Class->hasDefinition() &&
      !Context.getSourceManager().isInSystemHeader(Class->getLocation());
  if (ReadFields)
    for (const FieldDecl *Field : Class->fields())
      Result |= !(Field->getType()->isPointerType() ||
                  Field->getType()->isReferenceType()) &&
                mayHold(Field->getType(), Depth + 1);
  return Holds[Key] = Result;
}

} // namespace borrow
