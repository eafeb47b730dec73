//===- GuardMaking.cpp ----------------------------------------------------===//

#include "Model/GuardMaking.h"
#include "Model/Vocabulary.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/StringSwitch.h"

using namespace clang;

namespace borrow {

static std::optional<GuardMaking> byTag(const CXXConstructExpr *Construct) {
  for (const Expr *Arg : Construct->arguments()) {
    const TagDecl *Tag = Arg->getType()->getAsTagDecl();
    auto Says = llvm::StringSwitch<std::optional<GuardMaking>>(simpleName(Tag))
                    .Case("defer_lock_t", GuardMaking::Defers)
                    .Case("adopt_lock_t", GuardMaking::Adopts)
                    .Case("try_to_lock_t", GuardMaking::Tries)
                    // `std::unique_lock l(m, 50ms)` gives up after a while.
                    .Case("duration", GuardMaking::Tries)
                    .Case("time_point", GuardMaking::Tries)
                    .Default(std::nullopt);
    if (Says)
      return Says;
  }
  return std::nullopt;
}

namespace {

/// Reads a constructor with what is constant among its arguments.
class Reader {
public:
  Reader(const CXXConstructExpr *Construct, const FunctionDecl *Definition,
         Vocabulary &Words, const ASTContext &Context)
      : Args(Construct->getArgs(), Construct->getNumArgs()),
        Definition(Definition), Words(Words), Context(Context) {}

  /// Is something called that may lock?
  bool Calls = false;
  /// What the flags of the guard say in the end, if one is known.
  std::optional<bool> Flag;

  void read(const CXXConstructorDecl *Constructor) {
    for (const CXXCtorInitializer *Init : Constructor->inits()) {
      read(Init->getInit());
      if (Init->isAnyMemberInitializer())
        note(Init->getAnyMember(), Init->getInit());
      // Others lock for it.
      Calls |= !Init->isAnyMemberInitializer() ||
               Words.isGuard(Init->getAnyMember()->getType());
    }
    read(Constructor->getBody());
  }

private:
  llvm::ArrayRef<const Expr *> Args;
  const FunctionDecl *Definition;
  Vocabulary &Words;
  const ASTContext &Context;

  std::optional<bool> truth(const Expr *E) const {
    APValue Value;
    if (E->isValueDependent() ||
        !E->EvaluateWithSubstitution(Value, const_cast<ASTContext &>(Context),
                                     Definition, Args) ||
        !Value.isInt())
      return std::nullopt;
    return Value.getInt().getBoolValue();
  }

  void note(const FieldDecl *Member, const Expr *Value) {
    if (!Member->getType()->isBooleanType())
      return;
    if (const auto *Default = dyn_cast<CXXDefaultInitExpr>(Value))
      Value = Default->getExpr();
    if (std::optional<bool> Truth = truth(Value))
      Flag = Flag.value_or(false) || *Truth;
  }

  void read(const Stmt *S) {
    if (!S)
      return;
    if (const auto *If = dyn_cast<IfStmt>(S)) {
      read(If->getInit());
      read(If->getCond());
      std::optional<bool> Truth = truth(If->getCond());
      if (Truth != false)
        read(If->getThen());
      if (Truth != true)
        read(If->getElse());
      return;
    }
    if (const auto *Call = dyn_cast<CallExpr>(S)) {
      const auto *Callee = Call->getDirectCallee();
      // Not std::move, std::addressof, and how assertions end.
      Calls |= !Callee || !(Callee->isNoReturn() ||
                            (isStd(Callee) && Callee->getBuiltinID()));
    }
    if (const auto *Assign = dyn_cast<BinaryOperator>(S);
        Assign && Assign->getOpcode() == BO_Assign)
      if (const auto *To = dyn_cast<MemberExpr>(Assign->getLHS()))
        if (const auto *Member = dyn_cast<FieldDecl>(To->getMemberDecl()))
          note(Member, Assign->getRHS());
    for (const Stmt *Child : S->children())
      read(Child);
  }
};

} // namespace

GuardMaking guardMaking(const CXXConstructExpr *Construct, Vocabulary &Words,
                        const ASTContext &Context) {
  if (std::optional<GuardMaking> Said = byTag(Construct))
    return *Said;
  const CXXConstructorDecl *Constructor = Construct->getConstructor();
  const FunctionDecl *Definition = nullptr;
  if (isStd(Constructor) || !Constructor->isDefined(Definition))
    return GuardMaking::Locks;
  Reader Body(Construct, Definition, Words, Context);
  Body.read(cast<CXXConstructorDecl>(Definition));
  if (Body.Calls)
    return GuardMaking::Locks;
  return Body.Flag == false ? GuardMaking::Defers : GuardMaking::Adopts;
}

} // namespace borrow
