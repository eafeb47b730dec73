//===- Shapes.cpp - Recognising a class by its members --------------------===//
//
// A class with `borrow` and `borrow_mut` is a cell whoever wrote it, one with
// `lock` and `unlock` a mutex. Only declarations are read here, and bodies
// where the shape alone says too little (CountedHandles.h).
//
//===----------------------------------------------------------------------===//

#include "Model/CountedHandles.h"
#include "Model/Vocabulary.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/Expr.h"

using namespace clang;

namespace borrow {

static const CXXMethodDecl *method(const CXXRecordDecl *Class,
                                   std::initializer_list<StringRef> Names) {
  for (const CXXMethodDecl *M : Class->methods())
    if (!M->isStatic() && llvm::is_contained(Names, simpleName(M)))
      return M;
  return nullptr;
}

static const CXXRecordDecl *definition(QualType T) {
  const CXXRecordDecl *Class = T->getAsCXXRecordDecl();
  const CXXRecordDecl *Definition = Class ? Class->getDefinition() : nullptr;
  // What nobody calls returns a class that is not instantiated.
  if (const auto *Spec =
          dyn_cast_or_null<ClassTemplateSpecializationDecl>(Class);
      Spec && !Definition)
    Definition =
        Spec->getSpecializedTemplate()->getTemplatedDecl()->getDefinition();
  if (const CXXRecordDecl *Member =
          Class && !Definition ? Class->getInstantiatedFromMemberClass()
                               : nullptr)
    Definition = Member->getDefinition();
  return Definition;
}

static const CXXRecordDecl *returnedClass(const CXXMethodDecl *M) {
  return !M || M->getReturnType()->isReferenceType()
             ? nullptr
             : definition(M->getReturnType());
}

static bool dereferences(const CXXRecordDecl *Class) {
  auto IsDeref = [](const CXXMethodDecl *M) {
    return M->getOverloadedOperator() == OO_Arrow ||
           (M->getOverloadedOperator() == OO_Star && M->param_empty());
  };
  return llvm::any_of(Class->methods(), IsDeref);
}

static bool testsLikeAPointer(const CXXRecordDecl *Class) {
  return llvm::any_of(Class->methods(), [](const CXXMethodDecl *M) {
    return isa<CXXConversionDecl>(M) && M->getReturnType()->isBooleanType();
  });
}

/// What an optional holds; any other type is itself.
static QualType withoutOptional(QualType T, Vocabulary &Words) {
  const auto *Spec = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      T->getAsCXXRecordDecl());
  bool Wraps = Spec && Words.role(Spec) == TypeRole::Optional &&
               Spec->getTemplateArgs().size() != 0 &&
               Spec->getTemplateArgs()[0].getKind() == TemplateArgument::Type;
  return Wraps ? Spec->getTemplateArgs()[0].getAsType() : T;
}

bool Vocabulary::canBeAsked(QualType T) {
  const CXXRecordDecl *Class = T.getNonReferenceType()->getAsCXXRecordDecl();
  switch (role(Class)) {
  case TypeRole::Optional:
  case TypeRole::Strong:
  case TypeRole::UniqueOwner:
    return true;
  case TypeRole::Guard:
  case TypeRole::SharedGuard:
    return Class->hasDefinition() && testsLikeAPointer(Class->getDefinition());
  case TypeRole::None:
    Class = Class ? Class->getDefinition() : nullptr;
    return Class && !isStd(Class) && testsLikeAPointer(Class) &&
           dereferences(Class);
  default:
    return false;
  }
}

bool Vocabulary::mayHoldNothing(QualType T) {
  const CXXRecordDecl *Class = T.getNonReferenceType()->getAsCXXRecordDecl();
  TypeRole Role = role(Class);
  if (Role != TypeRole::None || !canBeAsked(T))
    return Role == TypeRole::Optional;
  return llvm::none_of(
      Class->getDefinition()->fields(), [&](const FieldDecl *Field) {
        TypeRole Of = this->role(Field->getType());
        return Field->getType()->isPointerType() ||
               Field->getType()->isReferenceType() || Of == TypeRole::Strong ||
               Of == TypeRole::UniqueOwner;
      });
}

bool Vocabulary::givesAccess(QualType T) {
  const CXXRecordDecl *Class = T->getAsCXXRecordDecl();
  Class = Class ? Class->getDefinition() : nullptr;
  return Class && !Class->isInStdNamespace() &&
         !Class->hasTrivialDestructor() && dereferences(Class);
}

/// The value type of a channel: the argument of its class template.
static bool isElementOf(QualType T, const CXXRecordDecl *Class) {
  const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(Class);
  if (!Spec || Spec->getTemplateArgs().size() == 0)
    return false;
  const TemplateArgument &First = Spec->getTemplateArgs()[0];
  return First.getKind() == TemplateArgument::Type &&
         First.getAsType().getCanonicalType() ==
             T.getNonReferenceType().getCanonicalType().getUnqualifiedType();
}

static bool sends(const CXXRecordDecl *Class) {
  const CXXMethodDecl *M = method(Class, {"send"});
  return M && M->getNumParams() == 1 &&
         isElementOf(M->getParamDecl(0)->getType(), Class);
}

static bool receives(const CXXRecordDecl *Class) {
  const CXXMethodDecl *M =
      method(Class, {"recv", "receive", "try_recv", "tryRecv"});
  if (!M)
    return false;
  QualType Result = M->getReturnType();
  if (M->getNumParams() == 1)
    return isElementOf(M->getParamDecl(0)->getType(), Class);
  if (!M->param_empty())
    return false;
  if (isElementOf(Result, Class))
    return true;
  const auto *Wrapper = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      Result->getAsCXXRecordDecl());
  return Wrapper && Wrapper->getTemplateArgs().size() != 0 &&
         Wrapper->getTemplateArgs()[0].getKind() == TemplateArgument::Type &&
         isElementOf(Wrapper->getTemplateArgs()[0].getAsType(), Class);
}

/// Takes an element out of a queue of the project's own if there is one.
bool Vocabulary::triesToReceive(const CXXMethodDecl *Method) {
  static constexpr StringRef Names[] = {
      "tryDequeue",  "tryPop",  "tryReceive",  "tryRecv",  "tryTake",
      "try_dequeue", "try_pop", "try_receive", "try_recv", "try_take"};
  if (!Options.RecogniseShapes ||
      !llvm::is_contained(Names, simpleName(Method)))
    return false;
  if (Method->param_empty())
    return Method->getReturnType()->isPointerType() ||
           canBeAsked(Method->getReturnType());
  QualType First = Method->getParamDecl(0)->getType();
  return Method->getNumParams() == 1 &&
         Method->getReturnType()->isBooleanType() &&
         First->isLValueReferenceType() &&
         !First.getNonReferenceType().isConstQualified();
}

/// Does what is in it end with it? A deleter of its own may join a thread.
static bool isTransparent(TypeRole Role,
                          const ClassTemplateSpecializationDecl *Spec) {
  if (Role != TypeRole::UniqueOwner)
    return Role == TypeRole::None || Role == TypeRole::Optional;
  llvm::ArrayRef<TemplateArgument> Args =
      Spec ? Spec->getTemplateArgs().asArray()
           : llvm::ArrayRef<TemplateArgument>();
  return Args.size() == 2 && Args[1].getKind() == TemplateArgument::Type &&
         simpleName(Args[1].getAsType()->getAsCXXRecordDecl()) ==
             "default_delete";
}

/// The role of T or, for a container or unique owner, of what it holds.
TypeRole Vocabulary::elementRole(QualType T, unsigned Depth) {
  const auto *Spec = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      T->getAsCXXRecordDecl());
  TypeRole Role = role(T->getAsCXXRecordDecl());
  if (!isTransparent(Role, Spec) || !Spec || Depth == 0 ||
      Spec->getTemplateArgs().size() == 0 ||
      Spec->getTemplateArgs()[0].getKind() != TemplateArgument::Type)
    return Role;
  return elementRole(Spec->getTemplateArgs()[0].getAsType(), Depth - 1);
}

bool Vocabulary::mustBeJoined(QualType T) {
  const CXXRecordDecl *Class = T.getNonReferenceType()->getAsCXXRecordDecl();
  return Class && isStd(Class) &&
         elementRole(T.getNonReferenceType(), 2) == TypeRole::Thread;
}

bool Vocabulary::isForOneThread(QualType T) {
  const CXXRecordDecl *Class = T.getNonReferenceType()->getAsCXXRecordDecl();
  return role(Class) == TypeRole::Strong && !isStd(Class) &&
         isCountedHandle(Class) && countsPlainly(Class);
}

TypeRole Vocabulary::madeRole(const CallExpr *Call) {
  const FunctionDecl *Callee = Call->getDirectCallee();
  bool Makes = Callee && isStd(Callee) && Call->isPRValue() &&
               simpleName(Callee).starts_with("make_");
  const auto *Owner = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      Makes ? Call->getType()->getAsCXXRecordDecl() : nullptr);
  bool Known = Owner && Owner->getTemplateArgs().size() != 0 &&
               Owner->getTemplateArgs()[0].getKind() == TemplateArgument::Type;
  return Known ? role(Owner->getTemplateArgs()[0].getAsType()) : TypeRole::None;
}

/// Threads and a queue of function objects in one class are a pool.
bool Vocabulary::isPool(const CXXRecordDecl *Class) {
  bool Threads = false, Tasks = false;
  for (const FieldDecl *Field : Class->fields()) {
    QualType T = Field->getType();
    TypeRole Role = elementRole(T, 2);
    Threads |= Role == TypeRole::Thread || Role == TypeRole::JoiningThread;
    Tasks |= Role == TypeRole::Callable &&
             role(T->getAsCXXRecordDecl()) == TypeRole::None;
  }
  return Threads && Tasks;
}

/// Does it give out weak handles? Their class may not be instantiated.
static bool isDowngraded(const CXXRecordDecl *Class) {
  const CXXMethodDecl *Downgrade = method(Class, {"downgrade"});
  const auto *Weak = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      Downgrade ? Downgrade->getReturnType()->getAsCXXRecordDecl() : nullptr);
  const CXXRecordDecl *Pattern =
      Weak ? Weak->getSpecializedTemplate()->getTemplatedDecl()->getDefinition()
           : nullptr;
  return Pattern && method(Pattern, {"upgrade"}) && dereferences(Class);
}

/// Does it initialise a mutex of C with attributes, which may make it
/// recursive?
static bool setsAttributes(const Stmt *S) {
  const auto *Call = dyn_cast_or_null<CallExpr>(S);
  if (Call && simpleName(Call->getDirectCallee()) == "pthread_mutex_init" &&
      Call->getNumArgs() == 2 &&
      !isa<CXXNullPtrLiteralExpr, IntegerLiteral, GNUNullExpr>(
          Call->getArg(1)->IgnoreParenCasts()))
    return true;
  return S && llvm::any_of(S->children(), setsAttributes);
}

/// Does a mutex of this class remember which thread has it?
bool Vocabulary::isReentrant(const CXXRecordDecl *Class) {
  bool WrapsC = llvm::any_of(Class->fields(), [&](const FieldDecl *Field) {
    return isLock(Field->getType()) && !isMutex(Field->getType());
  });
  if (WrapsC && llvm::any_of(Class->methods(), [](const CXXMethodDecl *M) {
        return setsAttributes(M->getBody());
      }))
    return true;
  return llvm::any_of(Class->fields(), [&](const FieldDecl *Field) {
    QualType T = Field->getType();
    if (role(T) == TypeRole::RecursiveMutex || role(T) == TypeRole::ThreadId)
      return true;
    const auto *Wrapper = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
        T->getAsCXXRecordDecl());
    return Wrapper && Wrapper->getTemplateArgs().size() != 0 &&
           Wrapper->getTemplateArgs()[0].getKind() == TemplateArgument::Type &&
           role(Wrapper->getTemplateArgs()[0].getAsType()) ==
               TypeRole::ThreadId;
  });
}

/// Has it only locks and flags for its state, as a spin lock?
bool Vocabulary::isMadeOfLocks(const CXXRecordDecl *Class) {
  auto IsFlag = [&](QualType T) {
    const auto *Spec = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
        T->getAsCXXRecordDecl());
    return role(T->getAsCXXRecordDecl()) == TypeRole::Atomic &&
           (!Spec || Spec->getTemplateArgs()[0].getAsType()->isBooleanType());
  };
  return !Class->field_empty() &&
         llvm::all_of(Class->fields(), [&](const FieldDecl *Field) {
           return isLock(Field->getType()) || IsFlag(Field->getType());
         });
}

/// The method that does Does to a lock, as its name says. `acquire` and `enter`
/// may mean anything unless there is nothing but a lock in the class.
const CXXMethodDecl *Vocabulary::lockMethod(const CXXRecordDecl *Class,
                                            CallRole Does) {
  static constexpr StringRef Vague[] = {"Acquire", "Enter", "Leave", "Release",
                                        "acquire", "enter", "leave", "release"};
  for (const CXXMethodDecl *M : Class->methods()) {
    StringRef Name = simpleName(M);
    if (M->isStatic() || !M->param_empty() ||
        !M->getReturnType()->isVoidType() || Name.empty() ||
        methodRole(TypeRole::Mutex, Name) != Does)
      continue;
    if (!llvm::is_contained(Vague, Name) || isMadeOfLocks(Class))
      return M;
  }
  return nullptr;
}

/// Nobody can wait at a class that consists of plain values.
static bool isPlain(const CXXRecordDecl *Class, const CXXMethodDecl *Lock) {
  return Lock->isDefined() && Class->getNumBases() == 0 &&
         !Class->isPolymorphic() &&
         llvm::all_of(Class->fields(), [](const FieldDecl *Field) {
           QualType T = Field->getType();
           return (T->isIntegralOrEnumerationType() || T->isFloatingType()) &&
                  !T.isVolatileQualified();
         });
}

TypeRole Vocabulary::shapeRole(const CXXRecordDecl *Class) {
  const CXXMethodDecl *Mut =
      method(Class, {"borrow_mut", "borrowMut", "try_borrow_mut"});
  if (const CXXRecordDecl *Returned = returnedClass(Mut))
    if (!Returned->hasTrivialDestructor())
      return TypeRole::Cell;

  const CXXMethodDecl *Lock = lockMethod(Class, CallRole::Lock);
  if (Lock && lockMethod(Class, CallRole::Unlock)) {
    const CXXDestructorDecl *Destructor = Class->getDestructor();
    for (const CXXConstructorDecl *C : Class->ctors())
      if (Destructor && Destructor->isUserProvided() &&
          C->getNumParams() >= 1 && isMutex(C->getParamDecl(0)->getType()))
        return TypeRole::Guard;
    if (isPlain(Class, Lock))
      return TypeRole::None;
    return isReentrant(Class) ? TypeRole::RecursiveMutex : TypeRole::Mutex;
  }
  Lock = method(Class, {"lock", "Lock"});
  if (returnedClass(Lock) && Lock->param_empty()) {
    QualType Guard = withoutOptional(Lock->getReturnType(), *this);
    const CXXRecordDecl *Returned = definition(Guard);
    if (Returned && role(Returned) == TypeRole::None && givesAccess(Guard) &&
        !testsLikeAPointer(Returned))
      return TypeRole::LockedData;
  }

  if (isPool(Class))
    return TypeRole::Executor;

  // Home-made weak handles upgrade as in Rust.
  if (const CXXMethodDecl *Upgrade = method(Class, {"upgrade"}))
    if (Upgrade->param_empty() && mayBeEmpty(Upgrade->getReturnType()))
      return TypeRole::Weak;

  if (isDowngraded(Class) || isCountedHandle(Class))
    return TypeRole::Strong;

  bool Sends = sends(Class), Receives = receives(Class);
  if (Sends)
    return Receives ? TypeRole::Channel : TypeRole::Sender;
  return Receives ? TypeRole::Receiver : TypeRole::None;
}

static bool isInstance(const CXXRecordDecl *Class, const Decl *Template) {
  const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(Class);
  return Spec && Spec->getSpecializedTemplate() == Template;
}

void Vocabulary::learnGuardTemplate(const Decl *Template) {
  if (!GuardTemplates.insert(Template).second)
    return;
  for (auto &[Class, Role] : Types)
    if (Role == TypeRole::None && isInstance(Class, Template))
      Role = TypeRole::Guard;
}

/// What a cell or locked object returns by value from a borrowing method is a
/// guard.
void Vocabulary::learnGuards(const CXXRecordDecl *Class, TypeRole Role) {
  if (Role != TypeRole::Cell && Role != TypeRole::LockedData)
    return;
  for (const CXXMethodDecl *M : Class->methods()) {
    CallRole Does = computeRole(M, Role);
    bool Borrows = Does == CallRole::Shared || Does == CallRole::TryShared ||
                   Does == CallRole::Mut || Does == CallRole::TryMut ||
                   Does == CallRole::Lock || Does == CallRole::TryLock ||
                   Does == CallRole::LockShared ||
                   Does == CallRole::TryLockShared;
    const CXXRecordDecl *Guard =
        returnedClass(M)
            ? definition(withoutOptional(M->getReturnType(), *this))
            : nullptr;
    if (Borrows && Guard && !Guard->isInStdNamespace() &&
        !Guard->hasTrivialDestructor()) {
      TypeRole &Known = Types[Guard];
      if (Known == TypeRole::None)
        Known = TypeRole::Guard;
      // `RefMut::map` makes a guard of a part.
      if (const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(Guard);
          Spec && Known == TypeRole::Guard)
        learnGuardTemplate(Spec->getSpecializedTemplate());
    }
  }
  Holds.clear();
}

} // namespace borrow
