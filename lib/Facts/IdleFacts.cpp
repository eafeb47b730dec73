//===- IdleFacts.cpp - Locks that guard nothing ---------------------------===//

#include "Facts/FactBuilder.h"
#include "Model/Vocabulary.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/Stmt.h"

using namespace clang;

namespace borrow {

static bool isMutexRole(TypeRole Role) {
  return Role == TypeRole::Mutex || Role == TypeRole::RecursiveMutex;
}

static bool isGuardRole(TypeRole Role) {
  return Role == TypeRole::Guard || Role == TypeRole::SharedGuard;
}

/// Does S notify those who wait for a condition? To lock and unlock before
/// waits until they do wait.
static bool isNotice(const Stmt *S) {
  const auto *E = dyn_cast<Expr>(S);
  const auto *Call = E ? dyn_cast<CXXMemberCallExpr>(unwrapped(E)) : nullptr;
  return Call &&
         simpleName(Call->getMethodDecl()).contains_insensitive("notif");
}

/// `std::lock_guard<std::mutex>{m};`, `m.lock();` of a lock that returns its
/// guard.
void FactBuilder::addDropped(const Stmt *S) {
  const auto *E = dyn_cast<Expr>(S);
  if (!E || !Objects.isDropped(E))
    return;
  llvm::ArrayRef<const Stmt *> Following = Objects.following(E);
  HolderId H = Objects.result(E);
  if (H && (Following.empty() || !isNotice(Following.front())))
    add(FactKind::Discard, S).Holder = H;
}

/// A member, parameter, local or global variable of the name of Var that is a
/// mutex.
static const ValueDecl *hidden(const VarDecl *Var, const FunctionDecl *Function,
                               Vocabulary &Words) {
  auto Hides = [&](const NamedDecl *D) {
    const auto *Value = dyn_cast<ValueDecl>(D);
    return Value && Value != Var &&
           Value->getDeclName() == Var->getDeclName() &&
           isMutexRole(Words.role(Value->getType().getNonReferenceType()));
  };
  for (const DeclContext *In = Function; In; In = In->getParent()) {
    if (const auto *Outer = dyn_cast<FunctionDecl>(In)) {
      for (const Decl *D : Outer->decls())
        if (const auto *Named = dyn_cast<NamedDecl>(D); Named && Hides(Named))
          return cast<ValueDecl>(Named);
      continue;
    }
    // Bases, and namespaces that are used here, as nameless ones always are.
    llvm::SmallVector<const DeclContext *, 4> Queue = {In};
    for (size_t I = 0; I < Queue.size(); ++I) {
      const DeclContext *Scope = Queue[I];
      for (const NamedDecl *D : Scope->lookup(Var->getDeclName()))
        if (Hides(D))
          return cast<ValueDecl>(D);
      if (const auto *Class = dyn_cast<CXXRecordDecl>(Scope);
          Class && Class->hasDefinition())
        for (const CXXBaseSpecifier &Base : Class->bases())
          if (const auto *Record = Base.getType()->getAsCXXRecordDecl())
            Queue.push_back(Record);
      for (const UsingDirectiveDecl *Used : Scope->using_directives())
        if (!llvm::is_contained(Queue, Used->getNominatedNamespace()))
          Queue.push_back(Used->getNominatedNamespace());
    }
  }
  return nullptr;
}

namespace {

/// How a function uses one of its variables.
struct Mentioned {
  bool Locks = false;   ///< For a mutex: by a guard of this function.
  bool Handled = false; ///< That guard is given to somebody, to wait with it.
  bool Others = false;  ///< In any way that is not known to be harmless.
};

} // namespace

/// Methods of a guard that don't take its lock, and leave it where it is.
static bool onlyAsksOrUnlocks(const CXXMemberCallExpr *Call) {
  static constexpr llvm::StringLiteral Names[] = {"mutex", "operator bool",
                                                  "owns_lock", "unlock"};
  const CXXMethodDecl *Method = Call->getMethodDecl();
  return Method && (isa<CXXConversionDecl>(Method) ||
                    llvm::is_contained(Names, simpleName(Method)));
}

static const Expr *plain(const Expr *E) { return E->IgnoreParenImpCasts(); }

static bool isNamed(const Expr *E, const VarDecl *Var) {
  const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E ? plain(E) : nullptr);
  return Ref && Ref->getDecl() == Var;
}

/// Variables that anything but questions happens to, if they are guards.
static void collectHandled(const Stmt *S,
                           llvm::SmallPtrSetImpl<const ValueDecl *> &Handled) {
  if (!S)
    return;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(S)) {
    Handled.insert(Ref->getDecl());
    return;
  }
  if (const auto *Lambda = dyn_cast<LambdaExpr>(S)) {
    for (const LambdaCapture &C : Lambda->captures())
      if (C.capturesVariable())
        Handled.insert(C.getCapturedVar());
    return;
  }
  if (const auto *Call = dyn_cast<CXXMemberCallExpr>(S);
      Call && onlyAsksOrUnlocks(Call) &&
      isa<DeclRefExpr>(plain(Call->getImplicitObjectArgument())))
    return;
  for (const Stmt *Child : S->children())
    collectHandled(Child, Handled);
}

/// Is Mutex used for anything but guards of this function, which stay here?
static Mentioned mentions(const Stmt *S, const VarDecl *Mutex,
                          Vocabulary &Words,
                          llvm::function_ref<bool(const VarDecl *)> IsHandled) {
  Mentioned Result;
  if (!S)
    return Result;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(S)) {
    Result.Others = Ref->getDecl() == Mutex;
    return Result;
  }
  if (const auto *Lambda = dyn_cast<LambdaExpr>(S)) {
    Result.Others =
        llvm::any_of(Lambda->captures(), [&](const LambdaCapture &C) {
          return C.capturesVariable() && C.getCapturedVar() == Mutex;
        });
    return Result;
  }
  if (isa<CapturedStmt>(S)) {
    Result.Others = true;
    return Result;
  }
  if (const auto *Decls = dyn_cast<DeclStmt>(S);
      Decls && Decls->isSingleDecl()) {
    const auto *Guard = dyn_cast<VarDecl>(Decls->getSingleDecl());
    const Expr *Init = Guard ? Guard->getInit() : nullptr;
    const auto *Construct =
        dyn_cast_or_null<CXXConstructExpr>(Init ? unwrapped(Init) : nullptr);
    if (Construct && isGuardRole(Words.role(Guard->getType())) &&
        Construct->getNumArgs() >= 1 &&
        llvm::any_of(Construct->arguments(),
                     [&](const Expr *Arg) { return isNamed(Arg, Mutex); })) {
      Result.Locks = true;
      Result.Handled = IsHandled(Guard);
      return Result;
    }
  }
  if (const auto *Call = dyn_cast<CXXMemberCallExpr>(S);
      Call && isNamed(Call->getImplicitObjectArgument(), Mutex)) {
    CallRole Role = Words.role(Call->getMethodDecl());
    Result.Locks = Role == CallRole::Lock;
    Result.Others = Role != CallRole::Lock && Role != CallRole::Unlock;
    return Result;
  }
  for (const Stmt *Child : S->children()) {
    Mentioned Inner = mentions(Child, Mutex, Words, IsHandled);
    Result.Locks |= Inner.Locks;
    Result.Handled |= Inner.Handled;
    Result.Others |= Inner.Others;
  }
  return Result;
}

/// Variables that are guards or mutexes.
void FactBuilder::addIdle(const VarDecl *Var, const DeclStmt *At) {
  const CXXRecordDecl *Class = Var->getType()->getAsCXXRecordDecl();
  TypeRole Role = Unit.Words.role(Class);
  auto IsHandled = [&](const VarDecl *Guard) {
    if (!Handled)
      collectHandled(Facts.Function->getBody(), Handled.emplace());
    return Handled->contains(Guard);
  };
  auto Add = [&](Idleness Why, const Stmt *Where) -> Fact & {
    Fact &F = add(FactKind::Idle, Where);
    F.Place = Unit.Places.variable(Var);
    F.Idle = Why;
    return F;
  };
  if (isMutexRole(Role) && Var->hasLocalStorage()) {
    Mentioned Found =
        mentions(Facts.Function->getBody(), Var, Unit.Words, IsHandled);
    if (!Found.Locks || Found.Others)
      return;
    Facts.OwnMutexes.insert(Var);
    // Who waits with it for a condition has it for no other reason.
    if (!Found.Handled)
      Add(Idleness::Private, At);
    return;
  }
  if (!isGuardRole(Role) || !Var->getInit() || !Var->hasLocalStorage())
    return;
  const auto *Construct = dyn_cast<CXXConstructExpr>(unwrapped(Var->getInit()));
  if (!Construct)
    return;
  if (Construct->getNumArgs() == 0) {
    if (const ValueDecl *Mutex = hidden(Var, Facts.Function, Unit.Words))
      Add(Idleness::Hides, At).Value =
          isa<FieldDecl>(Mutex)
              ? Unit.Places.field(Unit.Places.deref(Resolver.thisPointer()),
                                  cast<FieldDecl>(Mutex))
              : Unit.Places.variable(cast<VarDecl>(Mutex));
    return;
  }
  bool Defers = llvm::any_of(Construct->arguments(), [](const Expr *Arg) {
    return simpleName(Arg->getType()->getAsCXXRecordDecl()) == "defer_lock_t";
  });
  if (!Defers || IsHandled(Var))
    return;
  const Stmt *Where = At;
  for (const Stmt *S : Objects.following(Construct))
    if (const Stmt *Access = firstAccess(S, Unit.Words)) {
      Where = Access;
      break;
    }
  Fact &F = Add(Idleness::Deferred, Where);
  F.Value = mutexPlace(Construct->getArg(0));
}

} // namespace borrow
