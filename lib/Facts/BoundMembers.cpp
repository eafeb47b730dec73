//===- BoundMembers.cpp - Members that mean the same object ---------------===//

#include "Facts/BoundMembers.h"
#include "Facts/FactBuilder.h"
#include "Facts/MemberWrites.h"
#include "Facts/SourceIndex.h"
#include "Model/Vocabulary.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/MapVector.h"

using namespace clang;

namespace borrow {

/// The constructor of the class, besides those that copy or move, if it has one
/// and that is seen.
static const CXXConstructorDecl *onlyConstructor(const CXXRecordDecl *Class) {
  const CXXConstructorDecl *Only = nullptr;
  for (const CXXConstructorDecl *C : Class->ctors()) {
    if (C->isCopyOrMoveConstructor()) {
      if (C->isUserProvided())
        return nullptr;
      continue;
    }
    if (Only)
      return nullptr;
    Only = C;
  }
  const FunctionDecl *Definition = nullptr;
  if (!Only || !Only->isUserProvided() || !Only->isDefined(Definition))
    return nullptr;
  return cast<CXXConstructorDecl>(Definition);
}

const ParmVarDecl *sourceParameter(const Expr *Init, Vocabulary &Words) {
  const Expr *Value = unwrapped(Init);
  if (const auto *Copy = dyn_cast<CXXConstructExpr>(Value);
      Copy && Copy->getConstructor()->isCopyOrMoveConstructor())
    Value = unwrapped(Copy->getArg(0));
  if (const auto *Move = dyn_cast<CallExpr>(Value);
      Move && Move->getNumArgs() == 1 &&
      Words.role(Move->getDirectCallee()) == CallRole::Forward)
    Value = unwrapped(Move->getArg(0));
  const auto *Ref = dyn_cast<DeclRefExpr>(Value);
  return Ref ? dyn_cast<ParmVarDecl>(Ref->getDecl()) : nullptr;
}

namespace {

/// Reads the one constructor of a class.
class Binder {
public:
  Binder(const CXXConstructorDecl *Only, UnitContext &Unit)
      : Only(Only), Unit(Unit),
        Resolver(Unit.Places, Unit.Words, Unit.Index, Unit.Context, Only),
        Object(Unit.Places.deref(Resolver.thisPointer())) {}

  std::vector<BoundMember> bindings() {
    for (const CXXCtorInitializer *Init : Only->inits())
      if (const FieldDecl *Member = Init->getMember())
        read(Member, Init->getInit());
    std::vector<BoundMember> Result;
    for (const auto &[Source, Members] : Same) {
      // The object's own member is what its methods name.
      PlaceId To = isOfObject(Source)
                       ? Source
                       : *llvm::min_element(Members, [&](PlaceId L, PlaceId R) {
                           return Unit.Places.depth(L) < Unit.Places.depth(R);
                         });
      for (PlaceId Member : Members)
        if (To != Member)
          Result.push_back({Member, To});
    }
    return Result;
  }

private:
  bool isOfObject(PlaceId P) { return Unit.Places.isPrefix(Object, P); }

  bool isHandle(const FieldDecl *Member) {
    QualType T = Member->getType();
    return T->isPointerType() || T->isReferenceType() ||
           Unit.Words.role(T->getAsCXXRecordDecl()) == TypeRole::Strong;
  }

  /// Does a handle that is a member stay that of one object?
  bool lasts(const FieldDecl *Member, const FunctionDecl *Constructor) {
    return Member->getType()->isReferenceType() ||
           (Member->getAccess() != AS_public &&
            !Unit.Index.assigns(Constructor, Member) &&
            !isChangedElsewhere(Member, MemberPart::Whole, Constructor));
  }

  /// Is the member named in S, but to call it or to look at a part of it?
  static bool isGiven(const Stmt *S, const FieldDecl *Member) {
    if (!S)
      return false;
    if (const auto *Access = dyn_cast<MemberExpr>(S)) {
      if (Access->getMemberDecl() == Member)
        return true;
      const Expr *Base = Access->getBase()->IgnoreParenImpCasts();
      const auto *Of = dyn_cast<MemberExpr>(Base);
      if (Of && Of->getMemberDecl() == Member)
        return false;
    }
    return llvm::any_of(S->children(), [&](const Stmt *Child) {
      return isGiven(Child, Member);
    });
  }

  /// Does an object that is a member stay as it was made?
  bool stays(const FieldDecl *Member) {
    return Member->getAccess() != AS_public &&
           llvm::none_of(Only->getParent()->methods(),
                         [&](const CXXMethodDecl *M) {
                           const FunctionDecl *Definition = nullptr;
                           return !M->isConst() && M->isDefined(Definition) &&
                                  !Definition->isDefaulted() &&
                                  isGiven(Definition->getBody(), Member);
                         });
  }

  /// What the handle that is made from Value, here, refers to.
  void bind(PlaceId Member, const Expr *Value) {
    PlaceId Source = Resolver.place(Value);
    const ParmVarDecl *From = sourceParameter(Value, Unit.Words);
    if (From)
      Source = Unit.Places.variable(From);
    if (From ? !Unit.Index.isReassigned(From) : isLasting(Source))
      Same[Source].push_back(Member);
  }

  /// A member of the object itself, or the address of one.
  bool isLasting(PlaceId Source) {
    PlaceId P = Unit.Places[Source].Kind == Step::Address
                    ? Unit.Places[Source].Parent
                    : Source;
    if (!Unit.Places.isPrecise(P) || Unit.Places[P].Kind != Step::Field ||
        Unit.Places[P].Parent != Object)
      return false;
    const auto *Member = static_cast<const FieldDecl *>(Unit.Places[P].Key);
    return !isHandle(Member) || lasts(Member, Only);
  }

  void read(const FieldDecl *Member, const Expr *Init) {
    PlaceId Place = Unit.Places.field(Object, Member);
    if (isHandle(Member)) {
      if (sourceParameter(Init, Unit.Words) && lasts(Member, Only))
        bind(Place, Init);
      return;
    }
    const auto *Construct = dyn_cast<CXXConstructExpr>(unwrapped(Init));
    const FunctionDecl *Definition = nullptr;
    if (!Construct || isStd(Construct->getConstructor()) ||
        !Construct->getConstructor()->isDefined(Definition))
      return;
    for (const CXXCtorInitializer *Part :
         cast<CXXConstructorDecl>(Definition)->inits()) {
      const FieldDecl *Inner = Part->getMember();
      const ParmVarDecl *Param =
          Inner && isHandle(Inner)
              ? sourceParameter(Part->getInit(), Unit.Words)
              : nullptr;
      if (Param && Param->getFunctionScopeIndex() < Construct->getNumArgs() &&
          lasts(Inner, Definition) && stays(Member))
        bind(Unit.Places.field(Place, Inner),
             Construct->getArg(Param->getFunctionScopeIndex()));
    }
  }

  const CXXConstructorDecl *Only;
  UnitContext &Unit;
  PlaceResolver Resolver;
  PlaceId Object;
  llvm::MapVector<PlaceId, llvm::SmallVector<PlaceId, 2>> Same;
};

} // namespace

std::vector<BoundMember> BoundMembers::of(PlaceId This, UnitContext &Unit) {
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(
      static_cast<const FunctionDecl *>(Unit.Places[This].Key));
  if (!Method || isa<CXXConstructorDecl, CXXDestructorDecl>(Method))
    return {};
  const CXXRecordDecl *Class = Method->getParent()->getDefinition();
  if (!Class)
    return {};
  auto [It, New] = Known.try_emplace(Class);
  if (New)
    if (const CXXConstructorDecl *Only = onlyConstructor(Class))
      It->second = {Only, Binder(Only, Unit).bindings()};
  std::vector<BoundMember> Result = It->second.Members;
  if (Result.empty())
    return {};
  PlaceId Made =
      Unit.Places.thisPointer(It->second.Constructor->getCanonicalDecl());
  for (auto &[Member, To] : Result) {
    Member = Unit.Places.rebase(Member, Made, This);
    if (Unit.Places.root(To) == Made)
      To = Unit.Places.rebase(To, Made, This);
  }
  return Result;
}

} // namespace borrow
