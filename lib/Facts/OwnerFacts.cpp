//===- OwnerFacts.cpp - Who owns which object -----------------------------===//

#include "Facts/BoundMembers.h"
#include "Facts/FactBuilder.h"
#include "Facts/Lenders.h"
#include "Facts/MemberWrites.h"
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

const Expr *emplacedOwner(const CallExpr *Call, Vocabulary &Words) {
  const auto *Member = dyn_cast<CXXMemberCallExpr>(Call);
  const CXXMethodDecl *Method = Member ? Member->getMethodDecl() : nullptr;
  if (!Method || !isStd(Method) || !simpleName(Method).starts_with("emplace"))
    return nullptr;
  const auto *Class =
      dyn_cast<ClassTemplateSpecializationDecl>(Method->getParent());
  if (!Class || Class->getTemplateArgs().size() == 0 ||
      Class->getTemplateArgs()[0].getKind() != TemplateArgument::Type ||
      !isOwner(Class->getTemplateArgs()[0].getAsType(), Words))
    return nullptr;
  llvm::SmallVector<const Expr *, 2> Args(Call->arg_begin(), Call->arg_end());
  return ownedPointer(Args);
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
      return Unit.Words.sharesThis(Method->getParent());
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
  if (Pointer && Method && !hasOwnDeleter(Method->getParent()))
    addOwner(At, Pointer, Owner);
}

void FactBuilder::addOwner(const Expr *At, const Expr *Pointer, PlaceId Owner) {
  PlaceId Object = Resolver.place(Pointer);
  bool Owned = isOwned(Object, Pointer);
  if (!Unit.Places.isPrecise(Object) && !Owned)
    return;
  Fact &F = add(FactKind::Own, At);
  F.Place = Owner;
  F.Value = Object;
  F.Truth = Owned;
}

constexpr unsigned MaxNesting = 8;

/// Is a dereference of N a step into another object, and not to what a cell or
/// optional contains?
static bool isPointerStep(const PlaceTable::Node &N, Vocabulary &Words) {
  const ValueDecl *D = declared(N);
  if (!D)
    return true;
  QualType T = D->getType().getNonReferenceType();
  TypeRole Role = Words.role(T->getAsCXXRecordDecl());
  return T->isPointerType() || Role == TypeRole::Strong ||
         Role == TypeRole::UniqueOwner || Role == TypeRole::Weak ||
         Role == TypeRole::None;
}

PlaceId ownerOf(PlaceId P, const PlaceTable &Places, Vocabulary &Words) {
  for (; P; P = Places[P].Parent) {
    PlaceId Parent = Places[P].Parent;
    if (Places[P].Kind == Step::Deref && isPointerStep(Places[Parent], Words))
      return Places[Parent].Kind == Step::Address
                 ? ownerOf(Places[Parent].Parent, Places, Words)
                 : Parent;
  }
  return {};
}

void addMembers(PlaceId P, PlaceId Owner, const PlaceTable &Places,
                llvm::SmallVectorImpl<const ValueDecl *> &To) {
  size_t Before = To.size();
  for (; P && P != Owner; P = Places[P].Parent)
    if (const ValueDecl *D = declared(Places[P]))
      To.push_back(D);
  // The object itself is the storage.
  if (To.size() == Before && Owner)
    if (const ValueDecl *D = declared(Places[Owner]))
      To.push_back(D);
}

bool keepsAlive(PlaceId Outer, PlaceId Inner, const PlaceTable &Places,
                Vocabulary &Words,
                llvm::SmallVectorImpl<const ValueDecl *> &Via) {
  llvm::SmallVector<const ValueDecl *, 4> Members;
  while (Inner != Outer) {
    PlaceId Owner = Inner && isOwner(Inner, Places, Words)
                        ? ownerOf(Inner, Places, Words)
                        : PlaceId();
    if (!Owner)
      return false;
    addMembers(Inner, Owner, Places, Members);
    Inner = Owner;
  }
  Via.append(Members.begin(), Members.end());
  return true;
}

/// The storage that E denotes; for an element of a container the container.
PlaceId FactBuilder::slot(const Expr *E, unsigned Depth) {
  E = unwrapped(E);
  if (Depth > MaxNesting)
    return Unit.Places.opaque(E);
  auto IsContainer = [&](const Expr *Object) {
    // The operators of a shared_ptr are a base class's.
    const CXXRecordDecl *Class =
        Object->IgnoreParenImpCasts()->getType()->getAsCXXRecordDecl();
    TypeRole Role = Unit.Words.role(Class);
    return Class && isStd(Class) &&
           (Role == TypeRole::None || Role == TypeRole::Optional);
  };
  if (const auto *Member = dyn_cast<MemberExpr>(E))
    if (const auto *Field = dyn_cast<FieldDecl>(Member->getMemberDecl());
        Field && !Member->isArrow())
      return Unit.Places.field(slot(Member->getBase(), Depth + 1), Field);
  if (const auto *Call = dyn_cast<CXXMemberCallExpr>(E);
      Call && Call->isGLValue() &&
      IsContainer(Call->getImplicitObjectArgument()))
    return slot(Call->getImplicitObjectArgument(), Depth + 1);
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(E);
      Op && Op->isGLValue() && IsContainer(Op->getArg(0)))
    return slot(Op->getArg(0), Depth + 1);
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    if (const auto *Var = dyn_cast<VarDecl>(Ref->getDecl());
        Var && Var->getType()->isReferenceType() && Var->getInit() &&
        !isa<ParmVarDecl>(Var) && !Var->isCXXForRangeDecl())
      return slot(Var->getInit(), Depth + 1);
  return Resolver.place(E);
}

/// Adds the handles that the value keeps: itself, or what a closure captures.
void FactBuilder::addHandles(const Expr *Value,
                             llvm::SmallVectorImpl<PlaceId> &To,
                             unsigned Depth) {
  Value = Value ? unwrapped(Value) : nullptr;
  if (!Value || Depth > MaxNesting)
    return;
  QualType T = Value->getType();
  TypeRole Role = Unit.Words.role(T->getAsCXXRecordDecl());
  if (Role == TypeRole::Strong || Role == TypeRole::UniqueOwner) {
    To.push_back(Resolver.place(Value));
    return;
  }
  if (Role == TypeRole::Weak)
    return;
  if (const auto *Lambda = dyn_cast<LambdaExpr>(Value)) {
    const auto *Init = Lambda->capture_init_begin();
    for (const LambdaCapture &Capture : Lambda->captures()) {
      const Expr *Captured = *Init++;
      if (!Capture.capturesThis() && Capture.getCaptureKind() != LCK_ByRef)
        addHandles(Captured, To, Depth + 1);
    }
    return;
  }
  if (const auto *Cast = dyn_cast<ExplicitCastExpr>(Value))
    return addHandles(Cast->getSubExpr(), To, Depth + 1);
  if (const auto *List = dyn_cast<InitListExpr>(Value)) {
    for (const Expr *Init : List->inits())
      addHandles(Init, To, Depth + 1);
    return;
  }
  if (const auto *Ref = dyn_cast<DeclRefExpr>(Value)) {
    const auto *Var = dyn_cast<VarDecl>(Ref->getDecl());
    const CXXRecordDecl *Class = T->getAsCXXRecordDecl();
    bool Closure = Role == TypeRole::Callable || Role == TypeRole::Optional ||
                   (Class && Class->isLambda());
    bool Keeps = Closure || keepsHandle(T, Unit.Words);
    if (Var && Closure && isa<ParmVarDecl>(Var))
      To.push_back(Unit.Places.variable(Var));
    else if (Var && Keeps && !isa<ParmVarDecl>(Var) && Var->getInit() &&
             (Closure || !Unit.Index.isReassigned(Var)))
      addHandles(Var->getInit(), To, Depth + 1);
    return;
  }
  if (const auto *Call = dyn_cast<CallExpr>(Value)) {
    const Expr *Object = nullptr;
    CallRole Does = roleOf(Call, Object);
    if (!Object && (Does == CallRole::Forward || Does == CallRole::Bind))
      for (const Expr *Arg : Call->arguments())
        addHandles(Arg, To, Depth + 1);
    return;
  }
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(Value))
    if (Role == TypeRole::Callable || Role == TypeRole::Optional ||
        isWrapper(Construct->getConstructor()->getParent()) ||
        Construct->getConstructor()->isCopyOrMoveConstructor())
      for (const Expr *Arg : Construct->arguments())
        addHandles(Arg, To, Depth + 1);
}

void FactBuilder::addKept(PlaceId Slot, const Expr *Value, const Stmt *At) {
  llvm::SmallVector<PlaceId, 2> Handles;
  addHandles(Value, Handles);
  for (PlaceId Handle : Handles) {
    Fact &F = add(FactKind::Keep, At);
    F.Place = Slot;
    F.Value = Handle;
  }
}

/// Can a container of type T hold a value of the type of E, as it is or in a
/// pair, variant and the like?
static bool holds(QualType T, const Expr *E, Vocabulary &Words) {
  const CXXRecordDecl *Whole = T->getAsCXXRecordDecl();
  if (!Whole)
    return false;
  TypeRole Given = Words.role(E->getType()->getAsCXXRecordDecl());
  return llvm::any_of(typeArguments(Whole), [&](QualType Element) {
    const CXXRecordDecl *Class = Element->getAsCXXRecordDecl();
    TypeRole Role = Words.role(Class);
    if (!Class)
      return false;
    if (Role == TypeRole::Callable || Role == TypeRole::Strong)
      return (Role == TypeRole::Strong) == (Given == TypeRole::Strong);
    return Class == E->getType()->getAsCXXRecordDecl() ||
           (isWrapper(Class) && holds(Element, E, Words));
  });
}

/// `std::make_shared<T>(args…)`: a call of the one constructor that can be
/// meant.
void FactBuilder::addMade(const CallExpr *Call) {
  const auto *Handle = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      Call->getType()->getAsCXXRecordDecl());
  if (!Handle || Call->getNumArgs() == 0 ||
      Handle->getTemplateArgs().size() == 0 ||
      Handle->getTemplateArgs()[0].getKind() != TemplateArgument::Type)
    return;
  const CXXRecordDecl *Class =
      Handle->getTemplateArgs()[0].getAsType()->getAsCXXRecordDecl();
  Class = Class ? Class->getDefinition() : nullptr;
  const CXXConstructorDecl *Only = nullptr;
  if (Class)
    for (const CXXConstructorDecl *C : Class->ctors()) {
      if (C->isCopyOrMoveConstructor() ||
          C->getMinRequiredArguments() > Call->getNumArgs() ||
          C->getNumParams() < Call->getNumArgs())
        continue;
      if (Only)
        return;
      Only = C;
    }
  if (!Only)
    return;
  llvm::SmallVector<const Expr *, 4> Args(Call->arg_begin(), Call->arg_end());
  uint32_t Id = callSite(Call, Only, Args);
  Facts.Calls[Id].Receiver = storageOfResult(Call);
  add(FactKind::Make, Call).Call = Id;
}

/// What is put into storage and kept there.
void FactBuilder::addStored(const Stmt *S) {
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(S)) {
    if (Op->getOperator() != OO_Equal || Op->getNumArgs() != 2)
      return;
    TypeRole To = Unit.Words.role(Op->getArg(0)->getType());
    if (To == TypeRole::Strong || To == TypeRole::UniqueOwner ||
        To == TypeRole::Callable || To == TypeRole::Optional)
      addKept(slot(Op->getArg(0)), Op->getArg(1), Op);
    return;
  }
  const auto *Call = dyn_cast<CallExpr>(S);
  if (!Call)
    return;
  const Expr *Object = nullptr;
  CallRole Role = roleOf(Call, Object);
  if (Role == CallRole::NewOwner)
    return addMade(Call);
  const auto *Member = dyn_cast<CXXMemberCallExpr>(Call);
  if (Role != CallRole::Insert || !Member)
    return;
  if (const Expr *Pointer = emplacedOwner(Call, Unit.Words))
    addOwner(Call, Pointer, Unit.Places.opaque(Call));
  PlaceId Container = Object->getType()->isPointerType()
                          ? Resolver.object(Member)
                          : slot(Object);
  for (const Expr *Arg : Call->arguments())
    if (holds(Member->getObjectType(), unwrapped(Arg), Unit.Words))
      addKept(Container, Arg, Call);
}

/// A weak handle is made from a strong one: from one that lives on, or from the
/// only owner, which dies at once.
void FactBuilder::addAnchor(PlaceId Weak, const Expr *Strong, const Expr *At) {
  const auto *Maker = dyn_cast<CallExpr>(unwrapped(Strong));
  bool Fresh =
      Maker && Unit.Words.role(Maker->getDirectCallee()) == CallRole::NewOwner;
  Fact &F = add(Fresh ? FactKind::Orphan : FactKind::Anchor, At);
  F.Place = Weak;
  F.Value = Resolver.storage(Strong);
}

/// Does the handle, a variable of its own, stay that of one object?
static bool isLasting(PlaceId Handle, const PlaceTable &Places,
                      const SourceIndex &Index) {
  const VarDecl *Var = Places.rootVariable(Handle);
  return Var && Places[Handle].Kind == Step::Var && !Index.isReassigned(Var) &&
         !Var->hasGlobalStorage();
}

/// Reference, pointer and handle members that the constructor binds to an
/// argument.
void FactBuilder::addBindings(const CXXConstructExpr *Construct,
                              PlaceId Object) {
  const FunctionDecl *Definition = nullptr;
  if (!Construct->getConstructor()->isDefined(Definition) ||
      isStd(Construct->getConstructor()))
    return;
  for (const CXXCtorInitializer *Init :
       cast<CXXConstructorDecl>(Definition)->inits()) {
    const FieldDecl *Field = Init->getAnyMember();
    bool IsHandle =
        Field && Unit.Words.role(Field->getType()->getAsCXXRecordDecl()) ==
                     TypeRole::Strong;
    if (!Field || !(Field->getType()->isPointerType() ||
                    Field->getType()->isReferenceType() || IsHandle))
      continue;
    const ParmVarDecl *Param = sourceParameter(Init->getInit(), Unit.Words);
    if (!Param || Param->getFunctionScopeIndex() >= Construct->getNumArgs())
      continue;
    PlaceId Bound =
        Resolver.place(Construct->getArg(Param->getFunctionScopeIndex()));
    bool Stays = !IsHandle ||
                 (isLasting(Bound, Unit.Places, Unit.Index) &&
                  !isChangedElsewhere(Field, MemberPart::Whole, Definition));
    if (Stays && Unit.Places.isPrecise(Bound))
      Facts.Bindings.push_back({Unit.Places.field(Object, Field), Bound});
  }
}

} // namespace borrow
