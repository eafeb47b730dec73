//===- Exclusivity.cpp - Locks and borrows that need not be alone ---------===//

#include "Facts/Exclusivity.h"
#include "Facts/FactBuilder.h"
#include "Facts/ReadOnlyUses.h"
#include "Model/Vocabulary.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/SmallPtrSet.h"
#include <optional>

using namespace clang;

namespace borrow {

/// Has the class a method of this role?
static bool hasRole(const CXXRecordDecl *Class, CallRole Role,
                    Vocabulary &Words) {
  return llvm::any_of(Class->methods(), [&](const CXXMethodDecl *M) {
    return Words.role(M) == Role;
  });
}

/// `std::shared_mutex` and the like, by its methods.
static bool canBeShared(QualType Mutex) {
  const CXXRecordDecl *Class = Mutex->getAsCXXRecordDecl();
  return Class && Class->hasDefinition() &&
         llvm::any_of(Class->methods(), [](const CXXMethodDecl *M) {
           return simpleName(M) == "lock_shared" ||
                  simpleName(M) == "ReaderLock" ||
                  simpleName(M) == "lockForRead";
         });
}

static bool isOwnField(const Expr *E) {
  const auto *Member = dyn_cast<MemberExpr>(E);
  return Member && isa<FieldDecl>(Member->getMemberDecl()) &&
         isa<CXXThisExpr>(Member->getBase()->IgnoreParenImpCasts());
}

/// Data that other threads may use: a member of the object, or a global.
static bool isSharedMention(const Expr *E, Vocabulary &Words) {
  const ValueDecl *D = nullptr;
  if (isOwnField(E))
    D = cast<MemberExpr>(E)->getMemberDecl();
  else if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    if (const auto *Var = dyn_cast<VarDecl>(Ref->getDecl());
        Var && Var->hasGlobalStorage())
      D = Var;
  return D && !D->getType().isConstQualified() && !Words.isMutex(D->getType());
}

namespace {

class FunctionSearch {
public:
  FunctionSearch(const FunctionDecl *Function, Vocabulary &Words)
      : Function(Function), Words(Words) {}

  NeedlessList run() {
    visit(Function->getBody(), nullptr);
    // Who changes it elsewhere in the function has to be alone anyway.
    llvm::erase_if(Found, [&](const NeedlessExclusivity &N) {
      return N.What == Needless::Borrow && Changed.contains(N.Name);
    });
    return std::move(Found);
  }

private:
  ReadOnlyUses &uses() {
    if (!Uses)
      Uses.emplace(Function, Words);
    return *Uses;
  }

  void visit(const Stmt *S, const Stmt *Parent) {
    // The body of a lambda is a function of its own.
    if (!S || isa<LambdaExpr>(S))
      return;
    if (const auto *Call = dyn_cast<CXXMemberCallExpr>(S))
      visitBorrow(Call);
    if (const auto *Block = dyn_cast<CompoundStmt>(S)) {
      bool Counts = Parent && isa<ForStmt, CXXForRangeStmt>(Parent);
      for (const auto &[Index, Statement] : llvm::enumerate(Block->body())) {
        llvm::ArrayRef<const Stmt *> Rest(Block->body_begin() + Index + 1,
                                          Block->body_end());
        visitDeclarations(Statement, Rest, Counts);
      }
    }
    for (const Stmt *Child : S->children())
      visit(Child, S);
  }

  void visitBorrow(const CXXMemberCallExpr *Call) {
    const CXXMethodDecl *Method = Call->getMethodDecl();
    const CXXRecordDecl *Class = Call->getRecordDecl();
    if (!Method || !Class)
      return;
    TypeRole Of = Words.role(Class);
    CallRole Role = Words.role(Method);
    bool Mutable = Of == TypeRole::Cell && Role == CallRole::Mut;
    bool Writes = Of == TypeRole::LockedData && Role == CallRole::Lock &&
                  hasRole(Class, CallRole::LockShared, Words);
    if (!Mutable && !Writes)
      return;
    unsigned Before = uses().reads();
    if (!uses().onlyReadsThrough(Call))
      Changed.insert(named(Call));
    else if (uses().reads() > Before)
      Found.push_back({Needless::Borrow, Call->getExprLoc(), named(Call)});
  }

  static const NamedDecl *named(const CXXMemberCallExpr *Call) {
    const Expr *Object = unwrapped(Call->getImplicitObjectArgument());
    if (const auto *Member = dyn_cast<MemberExpr>(Object))
      return Member->getMemberDecl();
    const auto *Ref = dyn_cast<DeclRefExpr>(Object);
    return Ref ? Ref->getDecl() : nullptr;
  }

  void visitDeclarations(const Stmt *S, llvm::ArrayRef<const Stmt *> Rest,
                         bool InCountingLoop) {
    const auto *Statement = dyn_cast<DeclStmt>(S);
    const auto *Var = dyn_cast_or_null<VarDecl>(
        Statement && Statement->isSingleDecl() ? Statement->getSingleDecl()
                                               : nullptr);
    if (!Var || !Var->hasLocalStorage())
      return;
    TypeRole Role = Words.role(Var->getType()->getAsCXXRecordDecl());
    if (Role == TypeRole::Guard)
      visitGuard(Var, Rest);
    if (Role == TypeRole::Cell && isOnlyShared(Var, Rest))
      Found.push_back({Needless::Cell, Var->getLocation(), Var});
    bool IsThread = Role == TypeRole::Thread ||
                    Role == TypeRole::JoiningThread ||
                    (Role == TypeRole::Future && isSpawned(Var));
    while (IsThread && !Rest.empty() && isa<UnaryOperator>(Rest[0]))
      Rest = Rest.drop_front();
    if (IsThread && InCountingLoop && !Rest.empty() && joins(Rest[0], Var))
      Found.push_back({Needless::Thread, Rest[0]->getBeginLoc(), Var});
  }

  bool isSpawned(const VarDecl *Future) {
    const auto *Call = dyn_cast_or_null<CallExpr>(
        Future->getInit() ? unwrapped(Future->getInit()) : nullptr);
    return Call && Words.role(Call->getDirectCallee()) == CallRole::Spawn;
  }

  /// Is a thread joined, or its result waited for, somewhere in S?
  bool joins(const Stmt *S, const VarDecl *Handle) {
    if (!S || isa<LambdaExpr>(S))
      return false;
    const auto *Call = dyn_cast<CXXMemberCallExpr>(S);
    const auto *Ref = dyn_cast_or_null<DeclRefExpr>(
        Call ? unwrapped(Call->getImplicitObjectArgument()) : nullptr);
    if (Ref && Ref->getDecl() == Handle)
      return Words.role(Call->getMethodDecl(), Call->getRecordDecl()) ==
             CallRole::Join;
    return llvm::any_of(
        S->children(), [&](const Stmt *Child) { return joins(Child, Handle); });
  }

  /// An exclusive lock of a mutex that could be shared, to the end of its
  /// block.
  void visitGuard(const VarDecl *Guard, llvm::ArrayRef<const Stmt *> Scope) {
    const auto *Construct = dyn_cast_or_null<CXXConstructExpr>(
        Guard->getInit() ? Guard->getInit()->IgnoreImplicit() : nullptr);
    if (!Construct || Construct->getNumArgs() != 1)
      return;
    QualType Mutex = Construct->getArg(0)->getType();
    if (Mutex->isPointerType())
      Mutex = Mutex->getPointeeType();
    if (!Words.isMutex(Mutex) || !canBeShared(Mutex))
      return;
    unsigned Before = uses().reads();
    bool Reads =
        llvm::all_of(Scope, [&](const Stmt *S) { return onlyReads(S, Guard); });
    if (Reads && uses().reads() > Before)
      Found.push_back({Needless::WriteLock, Guard->getLocation(), Guard});
  }

  bool onlyReads(const Stmt *S, const VarDecl *Guard) {
    if (!S)
      return true;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S);
        Ref && Ref->getDecl() == Guard)
      return false;
    // A lambda, a coroutine or the object itself may do anything.
    if (isa<LambdaExpr, CoawaitExpr, CoyieldExpr>(S) || isThisGivenAway(S))
      return false;
    if (const auto *E = dyn_cast<Expr>(S);
        E && isSharedMention(E, Words) && !uses().onlyReads(E))
      return false;
    return llvm::all_of(S->children(), [&](const Stmt *Child) {
      return onlyReads(Child, Guard);
    });
  }

  /// `this` other than for a member or a const method of it.
  bool isThisGivenAway(const Stmt *S) {
    if (!isa<CXXThisExpr>(S))
      return false;
    const Stmt *Parent = uses().parent(S);
    while (Parent && isa<ImplicitCastExpr, ParenExpr>(Parent))
      Parent = uses().parent(Parent);
    const auto *Member = dyn_cast_or_null<MemberExpr>(Parent);
    const auto *Method = dyn_cast_or_null<CXXMethodDecl>(
        Member ? Member->getMemberDecl() : nullptr);
    return !Member || (Method && Method->isInstance() && !Method->isConst());
  }

  /// Is the cell only ever borrowed to read?
  bool isOnlyShared(const VarDecl *Cell, llvm::ArrayRef<const Stmt *> Scope) {
    unsigned Borrows = 0;
    return llvm::all_of(Scope,
                        [&](const Stmt *S) {
                          return isOnlyShared(S, nullptr, Cell, Borrows);
                        }) &&
           Borrows > 0;
  }

  bool isOnlyShared(const Stmt *S, const CXXMemberCallExpr *Call,
                    const VarDecl *Cell, unsigned &Borrows) {
    if (!S)
      return true;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S);
        Ref && Ref->getDecl() == Cell) {
      bool Shares = Call &&
                    unwrapped(Call->getImplicitObjectArgument()) == Ref &&
                    Words.role(Call->getMethodDecl()) == CallRole::Shared;
      Borrows += Shares;
      return Shares;
    }
    if (const auto *Inner = dyn_cast<CXXMemberCallExpr>(S))
      Call = Inner;
    return llvm::all_of(S->children(), [&](const Stmt *Child) {
      return isOnlyShared(Child, Call, Cell, Borrows);
    });
  }

  const FunctionDecl *Function;
  Vocabulary &Words;
  std::optional<ReadOnlyUses> Uses;
  /// What is changed through a borrow.
  llvm::SmallPtrSet<const NamedDecl *, 2> Changed;
  NeedlessList Found;
};

/// A class with one mutex all of whose critical sections are one access of one
/// number.
class ClassSearch {
public:
  ClassSearch(const CXXRecordDecl *Class, Vocabulary &Words)
      : Class(Class), Words(Words) {}

  NeedlessList run() {
    for (const FieldDecl *Field : Class->fields())
      if (Words.isMutex(Field->getType())) {
        if (Mutex || canBeShared(Field->getType()))
          return {};
        Mutex = Field;
      }
    if (!Mutex || Mutex->getAccess() == AS_public || Class->hasFriends())
      return {};
    bool Simple = llvm::all_of(Class->methods(), [&](const CXXMethodDecl *M) {
      return M->isImplicit() || M->isDefaulted() || M->isDeleted() ||
             isSimple(M);
    });
    if (!Simple || !Number || Sections < 2 || !Changes)
      return {};
    return {{Needless::Mutex, Mutex->getLocation(), Mutex}};
  }

private:
  bool isSimple(const CXXMethodDecl *Method) {
    const FunctionDecl *Definition = nullptr;
    if (!Method->isDefined(Definition))
      return false;
    unsigned Locks = 0, Others = 0, Calls = 0;
    count(Definition->getBody(), Locks, Others, Calls);
    if (!Locks)
      return isa<CXXConstructorDecl>(Method) || !Others;
    const auto *Body = dyn_cast<CompoundStmt>(Definition->getBody());
    bool OneSection = Body && Body->size() == 2 && Locks == 1 && Others == 1 &&
                      isa<DeclStmt>(Body->body_front()) && Calls == 0;
    Sections += OneSection;
    return OneSection;
  }

  /// Mentions of the mutex, and of other members that change.
  void count(const Stmt *S, unsigned &Locks, unsigned &Others,
             unsigned &Calls) {
    if (!S)
      return;
    if (const auto *E = dyn_cast<Expr>(S); E && isOwnField(E)) {
      const auto *Field = cast<FieldDecl>(cast<MemberExpr>(E)->getMemberDecl());
      bool Constant = Field->getType().isConstQualified();
      Locks += Field == Mutex;
      if (Field != Mutex && !Constant)
        Others += isTheNumber(Field) ? 1 : 2;
    }
    Calls += isa<CallExpr, CXXThrowExpr, LambdaExpr>(S);
    if (const auto *Op = dyn_cast<UnaryOperator>(S))
      Changes |= Op->isIncrementDecrementOp();
    if (const auto *Op = dyn_cast<BinaryOperator>(S))
      Changes |= Op->isAssignmentOp();
    for (const Stmt *Child : S->children())
      count(Child, Locks, Others, Calls);
  }

  bool isTheNumber(const FieldDecl *Field) {
    if (!Field->getType()->isIntegralOrEnumerationType())
      return false;
    if (!Number)
      Number = Field;
    return Number == Field;
  }

  const CXXRecordDecl *Class;
  Vocabulary &Words;
  const FieldDecl *Mutex = nullptr, *Number = nullptr;
  unsigned Sections = 0;
  bool Changes = false;
};

} // namespace

NeedlessList needlessIn(const FunctionDecl *Function, UnitContext &Unit) {
  if (Function->isDefaulted() || !Function->hasBody())
    return {};
  return FunctionSearch(Function, Unit.Words).run();
}

NeedlessList needlessIn(const CXXRecordDecl *Class, UnitContext &Unit) {
  return ClassSearch(Class, Unit.Words).run();
}

} // namespace borrow
