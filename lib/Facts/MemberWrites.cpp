//===- MemberWrites.cpp - Which members change after construction ---------===//

#include "Facts/MemberWrites.h"
#include "Model/Vocabulary.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace borrow {
namespace {

/// Has the method an overload that leaves its object as it is?
bool hasConstTwin(const CXXMethodDecl *Method) {
  return llvm::any_of(Method->getParent()->lookup(Method->getDeclName()),
                      [](const NamedDecl *D) {
                        const auto *M = dyn_cast<CXXMethodDecl>(D);
                        return M && M->isConst();
                      });
}

bool isNodeContainer(QualType T) {
  const CXXRecordDecl *Class = T->getAsCXXRecordDecl();
  static constexpr llvm::StringLiteral Names[] = {
      "forward_list",       "list",          "map",
      "multimap",           "multiset",      "node_hash_map",
      "node_hash_set",      "set",           "unordered_map",
      "unordered_multimap", "unordered_set", "unordered_multiset"};
  return Class && llvm::is_contained(Names, simpleName(Class));
}

bool inserts(const CXXMethodDecl *Method) {
  StringRef Name = simpleName(Method);
  return Name == "insert" || Name.starts_with("emplace") ||
         Name == "try_emplace" || Name.starts_with("push_");
}

/// Do elements stay where they are when others are added at the ends?
bool growsAtEnds(QualType T) {
  const CXXRecordDecl *Class = T->getAsCXXRecordDecl();
  static constexpr llvm::StringLiteral Names[] = {"deque", "queue", "stack"};
  return Class && llvm::is_contained(Names, simpleName(Class));
}

bool addsAtEnd(const CXXMethodDecl *Method) {
  StringRef Name = simpleName(Method);
  bool Adapts = simpleName(Method->getParent()) != "deque";
  return Name.starts_with("push") || Name.starts_with("emplace_") ||
         (Adapts && Name == "emplace");
}

class Writes {
public:
  Writes(const FieldDecl *Member, MemberPart Part)
      : Member(Member), MayInsert(Part == MemberPart::Element &&
                                  isNodeContainer(Member->getType())),
        MayAdd(Part == MemberPart::Element && growsAtEnds(Member->getType())) {}

  bool in(const Stmt *S) const {
    if (!S)
      return false;
    const auto *E = dyn_cast<Expr>(S);
    if (E && isWrite(E))
      return true;
    return llvm::any_of(S->children(),
                        [&](const Stmt *Child) { return in(Child); });
  }

private:
  /// Is E the member, or certainly part of it?
  bool isPart(const Expr *E) const {
    E = E->IgnoreParenImpCasts();
    if (const auto *M = dyn_cast<MemberExpr>(E)) {
      if (M->getMemberDecl()->getCanonicalDecl() == Member->getCanonicalDecl())
        return isa<CXXThisExpr>(M->getBase()->IgnoreParenImpCasts());
      return !M->isArrow() && isPart(M->getBase());
    }
    if (const auto *Subscript = dyn_cast<ArraySubscriptExpr>(E))
      return isPart(Subscript->getBase());
    if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(E))
      return Op->getOperator() == OO_Subscript && isPart(Op->getArg(0));
    if (const auto *Call = dyn_cast<CXXMemberCallExpr>(E))
      return Call->isGLValue() && Call->getMethodDecl() &&
             isStd(Call->getMethodDecl()) &&
             isPart(Call->getImplicitObjectArgument());
    return false;
  }

  bool isWrite(const Expr *E) const {
    if (const auto *Op = dyn_cast<BinaryOperator>(E))
      return Op->isAssignmentOp() && isPart(Op->getLHS());
    if (const auto *Op = dyn_cast<UnaryOperator>(E))
      return Op->isIncrementDecrementOp() && isPart(Op->getSubExpr());
    const auto *Call = dyn_cast<CallExpr>(E);
    if (!Call)
      return false;
    const FunctionDecl *Callee = Call->getDirectCallee();
    const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Callee);
    const Expr *Object = nullptr;
    unsigned First = 0;
    if (const auto *MemberCall = dyn_cast<CXXMemberCallExpr>(Call))
      Object = MemberCall->getImplicitObjectArgument();
    else if (isa<CXXOperatorCallExpr>(Call) && Method)
      Object = Call->getArg(First++);
    if (Object && Method && !Method->isConst() && isPart(Object)) {
      bool Inserts =
          inserts(Method) || Method->getOverloadedOperator() == OO_Subscript;
      bool Stays = (MayInsert && Inserts) || (MayAdd && addsAtEnd(Method));
      return !Stays && !hasConstTwin(Method);
    }
    for (unsigned I = First; I < Call->getNumArgs() && Callee; ++I) {
      unsigned Index = I - First;
      if (Index >= Callee->getNumParams())
        break;
      QualType T = Callee->getParamDecl(Index)->getType();
      if (T->isReferenceType() && !T->getPointeeType().isConstQualified() &&
          isPart(Call->getArg(I)))
        return true;
    }
    return false;
  }

  const FieldDecl *Member;
  bool MayInsert, MayAdd;
};

} // namespace

bool isChangedElsewhere(const FieldDecl *Member, MemberPart Part,
                        const FunctionDecl *Except) {
  const auto *Class = dyn_cast<CXXRecordDecl>(Member->getParent());
  Writes Of(Member, Part);
  return Class && llvm::any_of(Class->methods(), [&](const CXXMethodDecl *M) {
           const FunctionDecl *Definition = nullptr;
           if (isa<CXXConstructorDecl, CXXDestructorDecl>(M) ||
               M->getCanonicalDecl() == Except->getCanonicalDecl() ||
               !M->isDefined(Definition) || Definition->isDefaulted())
             return false;
           return Of.in(Definition->getBody());
         });
}

} // namespace borrow
