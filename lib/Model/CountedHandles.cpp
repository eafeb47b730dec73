//===- CountedHandles.cpp - Handles known by how they count ---------------===//

#include "Model/CountedHandles.h"
#include "Model/Vocabulary.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace borrow {
namespace {

/// What bodies do, with those of the methods of Class that they call.
class Counting {
public:
  explicit Counting(const CXXRecordDecl *Class) : Class(Class) {}

  /// The body as it was written: it is there even if nobody calls it.
  void read(const FunctionDecl *Function) {
    if (const FunctionDecl *Pattern =
            Function->getTemplateInstantiationPattern())
      Function = Pattern;
    const FunctionDecl *Definition = nullptr;
    if (Function->isDefined(Definition))
      read(Definition->getBody());
    if (const auto *C = dyn_cast_or_null<CXXConstructorDecl>(Definition))
      for (const CXXCtorInitializer *Init : C->inits())
        read(Init->getInit());
  }

  bool Ups = false, Downs = false, Deletes = false, News = false;

private:
  void read(const Stmt *S) {
    if (!S)
      return;
    if (const auto *Op = dyn_cast<UnaryOperator>(S)) {
      Ups |= Op->isIncrementOp();
      Downs |= Op->isDecrementOp();
    } else if (const auto *Op = dyn_cast<BinaryOperator>(S)) {
      Ups |= Op->getOpcode() == BO_AddAssign;
      Downs |= Op->getOpcode() == BO_SubAssign;
    } else if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(S)) {
      // Of an atomic.
      Ups |= Op->getOperator() == OO_PlusPlus;
      Downs |= Op->getOperator() == OO_MinusMinus;
    } else if (const auto *Call = dyn_cast<CallExpr>(S)) {
      readCall(Call);
    }
    Deletes |= isa<CXXDeleteExpr>(S);
    News |= isa<CXXNewExpr>(S);
    for (const Stmt *Child : S->children())
      read(Child);
  }

  void readCall(const CallExpr *Call) {
    const Expr *Callee = Call->getCallee()->IgnoreParenImpCasts();
    StringRef Name;
    if (const auto *Member = dyn_cast<MemberExpr>(Callee))
      Name = simpleName(Member->getMemberDecl());
    else if (const auto *Member = dyn_cast<CXXDependentScopeMemberExpr>(Callee))
      if (const IdentifierInfo *Id = Member->getMember().getAsIdentifierInfo())
        Name = Id->getName();
    Ups |= Name == "fetch_add";
    Downs |= Name == "fetch_sub";
    if (Nesting == 2)
      return;
    ++Nesting;
    for (const CXXMethodDecl *Method : Class->methods())
      if (!Name.empty() && simpleName(Method) == Name)
        read(Method);
    --Nesting;
  }

  const CXXRecordDecl *Class;
  unsigned Nesting = 0;
};

/// Looks for a plain count. Whatever else a body does, with those that it
/// calls, may be a lock.
class PlainCount {
public:
  bool read(const FunctionDecl *Function) {
    const FunctionDecl *Definition = nullptr;
    if (!Function || !Function->isDefined(Definition) || Nesting == 3)
      return false;
    ++Nesting;
    bool Plain = read(Definition->getBody());
    if (const auto *C = dyn_cast<CXXConstructorDecl>(Definition))
      for (const CXXCtorInitializer *Init : C->inits())
        Plain &= read(Init->getInit());
    --Nesting;
    return Plain;
  }

  bool Ups = false;

private:
  bool read(const Stmt *S) {
    if (!S)
      return true;
    if (const auto *Decls = dyn_cast<DeclStmt>(S))
      for (const Decl *D : Decls->decls())
        if (const auto *Var = dyn_cast<VarDecl>(D);
            Var && Var->getType()->isRecordType())
          return false;
    if (const auto *Op = dyn_cast<UnaryOperator>(S))
      Ups |= Op->isIncrementOp() && isNumber(Op->getSubExpr()->getType());
    if (const auto *Op = dyn_cast<BinaryOperator>(S))
      Ups |=
          Op->getOpcode() == BO_AddAssign && isNumber(Op->getLHS()->getType());
    if (const auto *Call = dyn_cast<CallExpr>(S);
        Call && !read(Call->getDirectCallee()))
      return false;
    return llvm::all_of(S->children(),
                        [&](const Stmt *Child) { return read(Child); });
  }

  static bool isNumber(QualType T) {
    return T->isIntegerType() && !T.isVolatileQualified();
  }

  unsigned Nesting = 0;
};

} // namespace

bool countsPlainly(const CXXRecordDecl *Class) {
  return llvm::any_of(Class->ctors(), [](const CXXConstructorDecl *C) {
    PlainCount Copy;
    return C->isCopyConstructor() && Copy.read(C) && Copy.Ups;
  });
}

bool isCountedHandle(const CXXRecordDecl *Class) {
  const CXXDestructorDecl *Destructor = Class->getDestructor();
  bool Dereferences = llvm::any_of(Class->methods(), [](const auto *M) {
    return M->getOverloadedOperator() == OO_Arrow;
  });
  if (!Dereferences || !Destructor || !Destructor->isUserProvided())
    return false;
  Counting AtEnd(Class);
  AtEnd.read(Destructor);
  if (!AtEnd.Downs || !AtEnd.Deletes)
    return false;
  for (const CXXConstructorDecl *C : Class->ctors()) {
    if (!C->isCopyConstructor() || !C->isUserProvided() || C->isDeleted())
      continue;
    Counting AtCopy(Class);
    AtCopy.read(C);
    return AtCopy.Ups && !AtCopy.News;
  }
  return false;
}

bool beginsCount(const CXXConstructorDecl *Constructor) {
  if (Constructor->getNumParams() != 1 ||
      !Constructor->getParamDecl(0)->getType()->isPointerType())
    return false;
  Counting AtStart(Constructor->getParent());
  AtStart.read(Constructor);
  return AtStart.News;
}

} // namespace borrow
