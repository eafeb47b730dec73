//===- FactBuilder.cpp - From clang's CFG to facts ------------------------===//

#include "Facts/FactBuilder.h"
#include "Facts/BoundMembers.h"
#include "Facts/SourceIndex.h"
#include "Model/Vocabulary.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Analysis/CFG.h"

using namespace clang;

namespace borrow {

/// Is Function given several objects, by reference, pointer or handle?
static bool takesSeveral(const FunctionDecl *Function) {
  const auto *Method = dyn_cast<CXXMethodDecl>(Function);
  return (Method && Method->isInstance()) +
             llvm::count_if(Function->parameters(),
                            [](const ParmVarDecl *Param) {
                              QualType T = Param->getType();
                              return T->isReferenceType() ||
                                     T->isPointerType() || T->isRecordType();
                            }) >=
         2;
}

FactBuilder::FactBuilder(UnitContext &Unit, const FunctionDecl *Function)
    : Unit(Unit),
      Resolver(Unit.Places, Unit.Words, Unit.Index, Unit.Context, Function),
      Objects(Facts, Unit.Places, Resolver),
      Tests(Unit.Places, Resolver, Unit.Words, Unit.Context),
      Shares(Unit.Index.shares(Function)),
      TakesSeveral(takesSeveral(Function)) {
  Facts.Function = Function;
}

static std::unique_ptr<CFG> buildGraph(const FunctionDecl *Function,
                                       ASTContext &Context, bool Mentions,
                                       bool Shares) {
  CFG::BuildOptions Options;
  Options.PruneTriviallyFalseEdges = true;
  Options.AddImplicitDtors = true;
  Options.AddTemporaryDtors = true;
  Options.AddLifetime = true;
  Options.AddInitializers = true;
  Options.AddStaticInitBranches = true;
  Options.AddCXXDefaultInitExprInCtors = true;
  // Calls and constructions are elements anyway; these are not when nested.
  Options.setAlwaysAdd(Stmt::CoawaitExprClass);
  Options.setAlwaysAdd(Stmt::CoyieldExprClass);
  Options.setAlwaysAdd(Stmt::LambdaExprClass);
  Options.setAlwaysAdd(Stmt::MemberExprClass);
  Options.setAlwaysAdd(Stmt::BinaryOperatorClass);
  Options.setAlwaysAdd(Stmt::UnaryOperatorClass);
  if (Mentions)
    Options.setAlwaysAdd(Stmt::DeclRefExprClass);
  if (Shares)
    Options.setAlwaysAdd(Stmt::ImplicitCastExprClass);
  return CFG::buildCFG(Function, Function->getBody(), &Context, Options);
}

/// A loop that joins threads runs as often as the one that started them: where
/// it ends they have ended, even if it may not run at all.
void FactBuilder::addLoopJoins(const CFG &Graph) {
  llvm::DenseMap<const Stmt *, llvm::SmallVector<Fact, 1>> Joins;
  for (const Block &B : Facts.Blocks)
    for (const Fact &F : B.Facts)
      if (F.Kind == FactKind::Join)
        if (const Stmt *Loop = Objects.enclosingLoop(F.At))
          Joins[Loop].push_back(F);
  if (Joins.empty())
    return;
  for (const CFGBlock *Header : Graph) {
    const Stmt *Loop = Header->getTerminatorStmt();
    auto It = Joins.find(Loop);
    if (!Loop || It == Joins.end() || Header->succ_size() != 2)
      continue;
    if (const CFGBlock *After =
            std::next(Header->succ_begin())->getReachableBlock()) {
      auto &Following = Facts.Blocks[After->getBlockID()].Facts;
      Following.insert(Following.begin(), It->second.begin(), It->second.end());
    }
  }
}

static const VarDecl *endingVariable(const CFGElement &Element) {
  if (auto Ends = Element.getAs<CFGLifetimeEnds>())
    return Ends->getVarDecl();
  if (auto Dtor = Element.getAs<CFGAutomaticObjDtor>())
    return Dtor->getVarDecl();
  return nullptr;
}

/// The elements of a block with scopes ended in the order of the language: the
/// CFG ends trivially destructible variables after all others.
static std::vector<CFGElement> inOrder(const CFGBlock &B,
                                       const ASTContext &Context) {
  std::vector<CFGElement> Elements(B.begin(), B.end());
  const SourceManager &Sources = Context.getSourceManager();
  for (auto Run = Elements.begin(); Run != Elements.end();) {
    Run = std::find_if(Run, Elements.end(), endingVariable);
    auto End = std::find_if_not(Run, Elements.end(), endingVariable);
    // (declared where, position in the run, element)
    std::vector<std::tuple<unsigned, unsigned, CFGElement>> Ends;
    for (auto It = Run; It != End; ++It)
      Ends.emplace_back(Sources.getFileOffset(Sources.getExpansionLoc(
                            endingVariable(*It)->getLocation())),
                        It - Run, *It);
    std::sort(Ends.begin(), Ends.end(), [](const auto &L, const auto &R) {
      return std::get<0>(L) != std::get<0>(R) ? std::get<0>(L) > std::get<0>(R)
                                              : std::get<1>(L) < std::get<1>(R);
    });
    for (const auto &[Declared, Position, Element] : Ends)
      *Run++ = Element;
  }
  return Elements;
}

Fact &FactBuilder::add(FactKind Kind, const Stmt *At) {
  Fact &F = Current->Facts.emplace_back();
  F.Kind = Kind;
  F.At = At;
  return F;
}

bool FactBuilder::build() {
  if (Unit.Index.moves(Facts.Function))
    Mentions.emplace(Unit.Words).collect(Facts.Function);
  if (Unit.Index.touchesData(Facts.Function))
    Touched.emplace(Unit.Words, Facts.Function).collect();
  if (Unit.Index.lends(Facts.Function)) {
    Borrows.emplace(Unit);
    collectQuiet(Facts.Function->getBody());
  }
  std::unique_ptr<CFG> Graph = buildGraph(
      Facts.Function, Unit.Context, Mentions || Touched || Borrows, Shares);
  if (!Graph)
    return false;
  Objects.collect(Facts.Function);
  Facts.Bindings = Unit.Bound.of(Resolver.thisPointer(), Unit);
  Facts.Blocks.resize(Graph->getNumBlockIDs());
  Facts.Entry = BlockId(Graph->getEntry().getBlockID());
  Facts.Exit = BlockId(Graph->getExit().getBlockID());
  for (const CFGBlock *B : Graph->try_blocks())
    if (const auto *Try = dyn_cast_or_null<CXXTryStmt>(B->getTerminatorStmt()))
      if (auto It = Objects.tries().find(Try); It != Objects.tries().end())
        Facts.Tries[It->second].Dispatch = BlockId(B->getBlockID());
  if (Shares)
    addLoopSyncs(*Graph);
  for (const CFGBlock *B : *Graph) {
    Current = &Facts.Blocks[B->getBlockID()];
    for (const CFGElement &Element : inOrder(*B, Unit.Context))
      addElement(Element);
    addEdges(*B);
  }
  addLoopJoins(*Graph);
  addLostSends();
  Current = &Facts.block(Facts.Entry);
  addGuardParameters();
  Current = &Facts.block(Facts.Exit);
  addParameterEnds();
  return true;
}

void FactBuilder::addElement(const CFGElement &Element) {
  switch (Element.getKind()) {
  case CFGElement::Statement:
  case CFGElement::Constructor:
  case CFGElement::CXXRecordTypedCall: {
    const Stmt *S = Element.castAs<CFGStmt>().getStmt();
    if (uint32_t Try = Objects.enclosingTry(S); Try != ~0u)
      add(FactKind::Throw, S).Try = Try;
    addStored(S);
    addStatement(S);
    addDropped(S);
    return addBorrows(S);
  }
  case CFGElement::Initializer: {
    const CXXCtorInitializer *Init =
        Element.castAs<CFGInitializer>().getInitializer();
    if (const FieldDecl *Field = Init->getAnyMember()) {
      PlaceId Object = Unit.Places.deref(Resolver.thisPointer());
      addInitialiser(Unit.Places.field(Object, Field), Field->getType(),
                     Init->getInit(), Init->getInit());
      addKept(Unit.Places.field(Object, Field), Init->getInit(),
              Init->getInit());
      if (Borrows)
        addReference(Unit.Places.field(Object, Field), Field->getType(),
                     Init->getInit(), Init->getInit());
    }
    return;
  }
  case CFGElement::AutomaticObjectDtor: {
    const VarDecl *Var = Element.castAs<CFGAutomaticObjDtor>().getVarDecl();
    const Stmt *Trigger =
        Element.castAs<CFGAutomaticObjDtor>().getTriggerStmt();
    if (const Expr *Init = Var->getInit();
        Init && !Var->getType()->isReferenceType())
      addDestruction(Var->getType(), Unit.Places.variable(Var), Init);
    if (Unit.Words.mustBeJoined(Var->getType()) &&
        !Var->getType()->isReferenceType() && !isa<ParmVarDecl>(Var))
      addDrop(Objects.storage(Unit.Places.variable(Var)), Var->getType(),
              isa_and_nonnull<ReturnStmt, BreakStmt, ContinueStmt, GotoStmt>(
                  Trigger)
                  ? Trigger
                  : nullptr);
    return addScopeEnd(Var);
  }
  case CFGElement::LifetimeEnds: {
    const VarDecl *Var = Element.castAs<CFGLifetimeEnds>().getVarDecl();
    addScopeEnd(Var);
    for (const VarDecl *Init : Objects.initialisers(Var))
      addScopeEnd(Init);
    add(FactKind::Dies, nullptr).Place = Unit.Places.variable(Var);
    if (Unit.Words.role(Var->getType()->getAsCXXRecordDecl()) ==
        TypeRole::UniqueOwner)
      Facts.UniqueOwners.insert(Var->getCanonicalDecl());
    return;
  }
  case CFGElement::TemporaryDtor: {
    const CXXBindTemporaryExpr *Temporary =
        Element.castAs<CFGTemporaryDtor>().getBindTemporaryExpr();
    if (HolderId H = Objects.endsAt(Temporary)) {
      addDestruction(Temporary->getType(),
                     Unit.Places.opaque(unwrapped(Temporary)), Temporary);
      if (Unit.Words.role(Temporary->getType()) == TypeRole::ThreadDetaching)
        addEscape(H, Temporary);
      else
        addDrop(H, Temporary->getType(), Temporary);
    }
    return;
  }
  case CFGElement::DeleteDtor: {
    const CXXDeleteExpr *Delete =
        Element.castAs<CFGDeleteDtor>().getDeleteExpr();
    const Expr *Pointer = Delete->getArgument();
    const CXXNewExpr *New = allocation(Pointer);
    addDestruction(Delete->getDestroyedType(),
                   New && New->getConstructExpr()
                       ? Unit.Places.opaque(New->getConstructExpr())
                       : Unit.Places.deref(Resolver.place(Pointer)),
                   Delete);
    if (HolderId H = Objects.heap(New))
      add(FactKind::Drop, Delete).Holder = H;
    return;
  }
  default:
    return;
  }
}

/// The new-expression that a local pointer still has its value from, or null.
const CXXNewExpr *FactBuilder::allocation(const Expr *Pointer) const {
  const auto *Ref = dyn_cast<DeclRefExpr>(Pointer->IgnoreParenImpCasts());
  const auto *Var = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  if (!Var || !Var->getInit() || Unit.Index.isReassigned(Var))
    return nullptr;
  return dyn_cast<CXXNewExpr>(unwrapped(Var->getInit()));
}

/// The destructor of an object of the user's own is a call.
void FactBuilder::addDestruction(QualType T, PlaceId Object, const Expr *At) {
  const CXXRecordDecl *Class = T->getAsCXXRecordDecl();
  if (!Class || isStd(Class) || !Class->hasDefinition() ||
      Unit.Words.isGuard(T))
    return;
  const CXXDestructorDecl *Destructor = Class->getDestructor();
  if (!Destructor || Destructor->isDefaulted())
    return;
  CallSite Site;
  Site.Callee = Destructor;
  Site.At = At;
  Site.Receiver = Unit.Places.address(Object);
  Facts.Calls.push_back(std::move(Site));
  add(FactKind::Call, At).Call = Facts.Calls.size() - 1;
}

/// A thread handle that detaches when it dies lets its loans go on.
void FactBuilder::addScopeEnd(const VarDecl *Var) {
  if (Unit.Words.mayHold(Var->getType())) {
    HolderId H = Objects.storage(Unit.Places.variable(Var));
    if (Unit.Words.role(Var->getType()) == TypeRole::ThreadDetaching &&
        !Var->getType()->isReferenceType())
      addEscape(H, nullptr);
    else
      add(FactKind::Drop, nullptr).Holder = H;
  }
  for (HolderId H : Objects.extendedBy(Var))
    add(FactKind::Drop, nullptr).Holder = H;
}

/// A guard that comes by reference keeps a lock of the caller's, a thread that
/// comes by value or rvalue what the caller has lent it.
void FactBuilder::addGuardParameters() {
  for (const ParmVarDecl *Param : Facts.Function->parameters()) {
    QualType T = Param->getType();
    PlaceId Place = Unit.Places.variable(Param);
    if (T->isReferenceType() && Unit.Words.isGuard(T))
      issue(LoanKind::Lock, Access::Mut, Unit.Places.opaque(nullptr), nullptr,
            Objects.storage(Place));
    else if (!T->isLValueReferenceType() && !T->isPointerType() &&
             isThread(Unit.Words.role(T)))
      issue(LoanKind::Closure, Access::Shared, Place, nullptr,
            Objects.storage(Place));
  }
}

/// The CFG says nothing of parameters that need no destructor.
void FactBuilder::addParameterEnds() {
  for (const ParmVarDecl *Param : Facts.Function->parameters())
    if (!Param->getType()->isReferenceType()) {
      addScopeEnd(Param);
      add(FactKind::Dies, nullptr).Place = Unit.Places.variable(Param);
    }
}

void FactBuilder::addDeclaration(const DeclStmt *S) {
  for (const Decl *D : S->decls())
    if (const auto *Var = dyn_cast<VarDecl>(D); Var && Var->getInit()) {
      addChannel(Var, S);
      addReceiver(Unit.Places.variable(Var), Var->getInit());
      addIdle(Var, S);
      addCopies(Unit.Places.variable(Var), Var->getInit(), S);
      addInitialiser(Unit.Places.variable(Var), Var->getType(), Var->getInit(),
                     S);
      addSharedMembers(Var->getInit(), S);
    }
}

void FactBuilder::addAssignment(const Expr *Target, const Expr *Value,
                                const Stmt *At) {
  PlaceId Place = Resolver.storage(Target);
  PlaceId Element = Value ? element(unwrapped(Target)) : PlaceId();
  if (Element && Element != Place)
    addCopies(Element, Value, At);
  if (!Unit.Places.isPrecise(Place))
    return;
  addCopies(Place, Value, At);
  if (Value && isTestable(Target->getType()))
    return addFlag(Place, Value, At);
  add(FactKind::Assign, At).Place = Place;
}

void FactBuilder::addTouch(const Stmt *S) {
  const auto *E = dyn_cast<Expr>(S);
  Touches::Kind Kind = E ? Touched->kind(E) : Touches::Kind::None;
  if (Kind == Touches::Kind::None)
    return;
  Fact &F = add(FactKind::SharedUse, S);
  F.Place = Resolver.storage(E);
  F.Truth = Kind == Touches::Kind::Write;
}

void FactBuilder::addStatement(const Stmt *S) {
  if (Shares)
    addAccesses(S);
  addSenderUses(S);
  if (TakesSeveral)
    addComparison(S);
  if (Mentions)
    addReplacement(S);
  if (Touched)
    addTouch(S);
  if (Unit.Index.hasSetByClosures(Facts.Function))
    addSetByClosures(S);
  if (const auto *Decls = dyn_cast<DeclStmt>(S))
    return addDeclaration(Decls);
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(S))
    return addConstruction(Construct);
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(S))
    return addOperator(Op);
  if (const auto *Call = dyn_cast<CallExpr>(S))
    return addCall(Call);
  if (const auto *Op = dyn_cast<BinaryOperator>(S)) {
    if (Op->isAssignmentOp())
      addAssignment(Op->getLHS(),
                    Op->getOpcode() == BO_Assign ? Op->getRHS() : nullptr, Op);
    return;
  }
  if (const auto *Op = dyn_cast<UnaryOperator>(S)) {
    if (Op->isIncrementDecrementOp())
      addAssignment(Op->getSubExpr(), nullptr, Op);
    else if (Op->getOpcode() == UO_AddrOf &&
             Unit.Words.mustBeJoined(Op->getSubExpr()->getType()))
      addShare(Op->getSubExpr(), Op);
    else if (Op->getOpcode() == UO_Deref)
      add(FactKind::Deref, Op).Place = Resolver.storage(Op->getSubExpr());
    return;
  }
  if (const auto *Member = dyn_cast<MemberExpr>(S)) {
    if (Member->isArrow() && Member->getBase()->getType()->isPointerType() &&
        isa<DeclRefExpr, MemberExpr, CXXMemberCallExpr>(
            Member->getBase()->IgnoreParenImpCasts()))
      add(FactKind::Deref, Member).Place = Resolver.storage(Member->getBase());
    return;
  }
  if (const auto *Return = dyn_cast<ReturnStmt>(S)) {
    const Expr *Value = Return->getRetValue();
    addCopies(Unit.Places.result(), Value, Return);
    if (Value && Value->getType()->isBooleanType())
      addFlag(Unit.Places.result(), Value, Return);
    return;
  }
  if (const auto *Lambda = dyn_cast<LambdaExpr>(S)) {
    addSharedCaptures(Lambda);
    return;
  }
  if (const auto *Await = dyn_cast<CoawaitExpr>(S)) {
    // Falling off the end of a coroutine runs into its implicit awaits.
    if (!Await->isImplicit())
      add(FactKind::Effect, Await).Effect = Effect::Suspend;
    return;
  }
  if (isa<CoyieldExpr>(S))
    add(FactKind::Effect, S).Effect = Effect::Suspend;
}

} // namespace borrow
