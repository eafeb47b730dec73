//===- ResultObjects.cpp - Who holds the value of an expression -----------===//

#include "Facts/ResultObjects.h"
#include "Facts/PlaceResolver.h"
#include "Model/Vocabulary.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace borrow {

HolderId ResultObjects::storage(PlaceId Place) {
  auto [It, New] = ByPlace.try_emplace(Place, HolderId());
  if (New)
    It->second = Facts.addHolder({Holder::Storage, Place}, CurrentTry);
  return It->second;
}

HolderId ResultObjects::nobody(PlaceId Mutex) {
  auto [It, New] = ByHand.try_emplace(Mutex, HolderId());
  if (New)
    It->second = Facts.addHolder({Holder::Nobody, Mutex});
  return It->second;
}

HolderId ResultObjects::detached() {
  if (!Detached)
    Detached = Facts.addHolder({Holder::Detached, {}});
  return Detached;
}

HolderId ResultObjects::queue() {
  if (!Queue)
    Queue = Facts.addHolder({Holder::Queue, {}});
  return Queue;
}

HolderId ResultObjects::returned() {
  if (!Returned)
    Returned = Facts.addHolder({Holder::Result, {}});
  return Returned;
}

HolderId ResultObjects::temporary(const Expr *E, Holder::HolderKind Kind) {
  auto [It, New] = Temporaries.try_emplace(E, HolderId());
  if (New)
    It->second = Facts.addHolder({Kind, {}, E}, CurrentTry);
  return It->second;
}

HolderId ResultObjects::result(const Expr *E) const {
  return Results.lookup(E);
}

HolderId ResultObjects::endsAt(const CXXBindTemporaryExpr *Temporary) const {
  return Elided.contains(Temporary) ? HolderId()
                                    : Temporaries.lookup(Temporary);
}

llvm::SmallVector<HolderId, 1>
ResultObjects::rivals(const CXXBindTemporaryExpr *Temporary) const {
  llvm::SmallVector<HolderId, 1> Result;
  auto Add = [&](const Bindings &In, const Bindings &Others) {
    if (llvm::is_contained(In, Temporary))
      for (const CXXBindTemporaryExpr *Other : Others)
        if (HolderId H = endsAt(Other))
          Result.push_back(H);
  };
  for (const auto &[True, False] : Arms) {
    Add(True, False);
    Add(False, True);
  }
  return Result;
}

llvm::ArrayRef<HolderId> ResultObjects::extendedBy(const VarDecl *Var) const {
  auto It = Extended.find(Var->getCanonicalDecl());
  return It == Extended.end() ? llvm::ArrayRef<HolderId>()
                              : llvm::ArrayRef<HolderId>(It->second);
}

llvm::ArrayRef<const VarDecl *>
ResultObjects::initialisers(const VarDecl *Range) const {
  auto It = RangeInits.find(Range);
  return It == RangeInits.end() ? llvm::ArrayRef<const VarDecl *>()
                                : llvm::ArrayRef<const VarDecl *>(It->second);
}

uint32_t ResultObjects::enclosingTry(const Stmt *S) const {
  auto It = StmtTry.find(S);
  return It == StmtTry.end() ? ~0u : It->second;
}

/// Follows an initialiser down to the calls and constructions whose result is
/// the object that H holds.
void ResultObjects::own(const Expr *E, HolderId H) {
  if (!E)
    return;
  if (const auto *X = dyn_cast<FullExpr>(E))
    return own(X->getSubExpr(), H);
  if (const auto *X = dyn_cast<ParenExpr>(E))
    return own(X->getSubExpr(), H);
  if (const auto *X = dyn_cast<CXXBindTemporaryExpr>(E)) {
    Elided.insert(X);
    Results[X] = H;
    return own(X->getSubExpr(), H);
  }
  if (const auto *X = dyn_cast<CastExpr>(E)) {
    if (X->getCastKind() == CK_NoOp ||
        X->getCastKind() == CK_ConstructorConversion ||
        X->getCastKind() == CK_UserDefinedConversion)
      own(X->getSubExpr(), H);
    return;
  }
  if (const auto *X = dyn_cast<AbstractConditionalOperator>(E)) {
    own(X->getTrueExpr(), H);
    return own(X->getFalseExpr(), H);
  }
  if (const auto *X = dyn_cast<BinaryOperator>(E)) {
    if (X->isCommaOp())
      own(X->getRHS(), H);
    return;
  }
  if (const auto *X = dyn_cast<InitListExpr>(E)) {
    for (const Expr *Init : X->inits())
      own(Init, H);
    return;
  }
  if (const auto *X = dyn_cast<CXXParenListInitExpr>(E)) {
    for (const Expr *Init : X->getInitExprs())
      own(Init, H);
    return;
  }
  if (const auto *X = dyn_cast<CXXDefaultInitExpr>(E))
    return own(X->getExpr(), H);
  if (const auto *X = dyn_cast<CXXDefaultArgExpr>(E))
    return own(X->getExpr(), H);
  if (const auto *X = dyn_cast<StmtExpr>(E)) {
    const CompoundStmt *Body = X->getSubStmt();
    if (!Body->body_empty())
      own(dyn_cast<Expr>(Body->body_back()), H);
    return;
  }
  if (const auto *X = dyn_cast<LambdaExpr>(E)) {
    Results[X] = H;
    for (const Expr *Init : X->capture_inits())
      own(Init, H);
    return;
  }
  if (const auto *X = dyn_cast<MaterializeTemporaryExpr>(E))
    return ownTemporary(X);
  if (const auto *X = dyn_cast<CXXConstructExpr>(E)) {
    Results[X] = H;
    if (X->isElidable() && X->getNumArgs() >= 1)
      if (const auto *Source =
              dyn_cast<MaterializeTemporaryExpr>(X->getArg(0))) {
        Seen.insert(Source);
        own(Source->getSubExpr(), H);
      }
    return;
  }
  if (isa<CallExpr>(E))
    Results[E] = H;
}

void ResultObjects::ownTemporary(const MaterializeTemporaryExpr *Temporary) {
  if (!Seen.insert(Temporary).second)
    return;
  // This also covers the temporaries of a C++23 range-for and the members of an
  // aggregate, for which the CFG has no destructor.
  if (const auto *Var =
          dyn_cast_or_null<VarDecl>(Temporary->getExtendingDecl())) {
    HolderId H = temporary(Temporary, Holder::Extended);
    Extended[Var->getCanonicalDecl()].push_back(H);
    return own(Temporary->getSubExpr(), H);
  }
  ownPlainTemporary(Temporary->getSubExpr());
}

/// A plain temporary is held under its CXXBindTemporaryExpr, which the CFG's
/// TemporaryDtor names.
void ResultObjects::ownPlainTemporary(const Expr *E) {
  E = E->IgnoreParens();
  if (const auto *Full = dyn_cast<FullExpr>(E))
    return ownPlainTemporary(Full->getSubExpr());
  if (const auto *Cast = dyn_cast<CastExpr>(E))
    if (isa<ImplicitCastExpr, CXXFunctionalCastExpr>(Cast))
      return ownPlainTemporary(Cast->getSubExpr());
  if (const auto *Either = dyn_cast<AbstractConditionalOperator>(E)) {
    ownPlainTemporary(Either->getTrueExpr());
    return ownPlainTemporary(Either->getFalseExpr());
  }
  if (const auto *Op = dyn_cast<BinaryOperator>(E)) {
    if (Op->isCommaOp())
      ownPlainTemporary(Op->getRHS());
    return;
  }
  if (Results.count(E))
    return;
  HolderId H = temporary(E, Holder::Temporary);
  if (const auto *Bind = dyn_cast<CXXBindTemporaryExpr>(E)) {
    Results[Bind] = H;
    return own(Bind->getSubExpr(), H);
  }
  own(E, H);
}

class ResultObjects::Walker
    : public RecursiveASTVisitor<ResultObjects::Walker> {
public:
  Walker(ResultObjects &R, bool ReturnsValue)
      : R(R), ReturnsValue(ReturnsValue) {}

  bool shouldVisitImplicitCode() const { return true; }

  // The body of a lambda is a function of its own.
  bool TraverseLambdaExpr(LambdaExpr *Lambda) {
    R.ownPlainTemporary(Lambda);
    for (Expr *Init : Lambda->capture_inits())
      if (Init)
        TraverseStmt(Init);
    return true;
  }

  bool TraverseDecl(Decl *D) {
    if (isa_and_nonnull<TagDecl, FunctionDecl>(D))
      return true;
    return RecursiveASTVisitor::TraverseDecl(D);
  }

  bool TraverseCXXTryStmt(CXXTryStmt *Try) {
    uint32_t Outer = R.CurrentTry;
    uint32_t Id = R.Facts.Tries.size();
    R.TryIds[Try] = Id;
    R.Facts.Tries.push_back({BlockId(), Outer});
    R.CurrentTry = Id;
    TraverseStmt(Try->getTryBlock());
    R.CurrentTry = Outer;
    for (unsigned I = 0; I < Try->getNumHandlers(); ++I)
      TraverseStmt(Try->getHandler(I));
    return true;
  }

  bool TraverseForStmt(ForStmt *Loop) {
    discard(Loop->getBody());
    return inLoop(Loop, [&] { return Base::TraverseForStmt(Loop); });
  }
  bool TraverseWhileStmt(WhileStmt *Loop) {
    discard(Loop->getBody());
    return inLoop(Loop, [&] { return Base::TraverseWhileStmt(Loop); });
  }
  bool TraverseDoStmt(DoStmt *Loop) {
    discard(Loop->getBody());
    return inLoop(Loop, [&] { return Base::TraverseDoStmt(Loop); });
  }
  bool TraverseCXXForRangeStmt(CXXForRangeStmt *Loop) {
    discard(Loop->getBody());
    return inLoop(Loop, [&] { return Base::TraverseCXXForRangeStmt(Loop); });
  }

  bool VisitCXXMemberCallExpr(CXXMemberCallExpr *Call) {
    if (Loop)
      R.CallLoop[Call] = Loop;
    return true;
  }

  bool VisitIfStmt(IfStmt *If) {
    discard(If->getThen());
    discard(If->getElse());
    return true;
  }

  bool VisitSwitchCase(SwitchCase *Case) {
    discard(Case->getSubStmt());
    return true;
  }

  bool VisitStmt(Stmt *S) {
    if (R.CurrentTry != ~0u && isa<CallExpr, CXXConstructExpr, CXXThrowExpr>(S))
      R.StmtTry[S] = R.CurrentTry;
    return true;
  }

  bool VisitCompoundStmt(CompoundStmt *Block) {
    llvm::ArrayRef<const Stmt *> All(Block->body_begin(), Block->size());
    for (unsigned I = 0; I < All.size(); ++I) {
      if (const Expr *Call = discard(All[I]))
        R.Following[Call] = All.drop_front(I + 1);
      // A block of its own says that the end is meant.
      bool Alone = All.size() == 1 && Block != R.Facts.Function->getBody();
      if (const Expr *Object = Alone ? nullptr : droppedObject(All[I])) {
        R.Dropped.insert(Object);
        R.Following[Object] = All.drop_front(I + 1);
      }
      if (const auto *Decls = dyn_cast<DeclStmt>(All[I]))
        for (const Decl *D : Decls->decls())
          if (const auto *Var = dyn_cast<VarDecl>(D); Var && Var->getInit())
            R.Following[unwrapped(Var->getInit())] = All.drop_front(I + 1);
    }
    return true;
  }

  bool VisitConditionalOperator(ConditionalOperator *Either) {
    Bindings True, False;
    collectBindings(Either->getTrueExpr(), True);
    collectBindings(Either->getFalseExpr(), False);
    if (!True.empty() && !False.empty())
      R.Arms.push_back({std::move(True), std::move(False)});
    return true;
  }

  bool VisitCXXForRangeStmt(CXXForRangeStmt *Loop) {
    const auto *Init = dyn_cast_or_null<DeclStmt>(Loop->getInit());
    if (!Init || !Loop->getRangeStmt())
      return true;
    const auto *Range = cast<VarDecl>(Loop->getRangeStmt()->getSingleDecl());
    for (const Decl *D : Init->decls())
      if (const auto *Var = dyn_cast<VarDecl>(D))
        R.RangeInits[Range].push_back(Var);
    return true;
  }

  bool VisitVarDecl(VarDecl *Var) {
    if (Var->getInit() && !Var->getType()->isReferenceType())
      R.own(Var->getInit(), R.storage(R.Places.variable(Var)));
    return true;
  }

  bool VisitReturnStmt(ReturnStmt *Return) {
    if (Return->getNRVOCandidate())
      R.NamedResults.insert(Return->getRetValue());
    if (Return->getRetValue() && ReturnsValue)
      R.own(Return->getRetValue(), R.returned());
    return true;
  }

  bool VisitCoreturnStmt(CoreturnStmt *Return) {
    if (const Expr *Value = Return->getOperand())
      R.own(Value, R.returned());
    return true;
  }

  bool VisitCXXNewExpr(CXXNewExpr *New) {
    if (const Expr *Init = New->getInitializer())
      R.own(Init, R.temporary(New, Holder::Heap));
    return true;
  }

  bool VisitMaterializeTemporaryExpr(MaterializeTemporaryExpr *Temporary) {
    R.ownTemporary(Temporary);
    return true;
  }

  bool VisitCXXBindTemporaryExpr(CXXBindTemporaryExpr *Bind) {
    R.ownPlainTemporary(Bind);
    return true;
  }

private:
  using Base = RecursiveASTVisitor<Walker>;

  /// `T(x);`, `(void)f();`, `std::ignore = f();`.
  static const Expr *droppedObject(const Stmt *S) {
    const auto *E = dyn_cast<Expr>(S);
    for (const Expr *Outer = nullptr; E && E != Outer;) {
      Outer = E;
      E = unwrapped(E);
      if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E))
        E = Cast->getSubExpr();
      const auto *Op = dyn_cast<CXXOperatorCallExpr>(E);
      const VarDecl *To = Op && Op->getOperator() == OO_Equal
                              ? dyn_cast_or_null<VarDecl>(
                                    Op->getArg(0)->getReferencedDeclOfCallee())
                              : nullptr;
      if (To && isStd(To) && To->getName() == "ignore")
        E = Op->getArg(1);
    }
    return E && E->isPRValue() && E->getType()->isRecordType() ? E : nullptr;
  }

  const Expr *discard(const Stmt *S) {
    const auto *E = dyn_cast_or_null<Expr>(S);
    const Expr *Call = E ? unwrapped(E) : nullptr;
    const auto *Cast = dyn_cast_or_null<ExplicitCastExpr>(Call);
    bool Silenced = Cast && Cast->getCastKind() == CK_ToVoid;
    if (Silenced)
      Call = unwrapped(Cast->getSubExpr());
    if (!Call || !isa<CallExpr>(Call))
      return nullptr;
    (Silenced ? R.Silenced : R.Discarded).insert(Call);
    return Call;
  }

  template <typename Fn> bool inLoop(const Stmt *Inner, Fn Traverse) {
    const Stmt *Outer = std::exchange(Loop, Inner);
    bool Continue = Traverse();
    Loop = Outer;
    return Continue;
  }

  static void collectBindings(const Stmt *S, Bindings &To) {
    if (!S || isa<LambdaExpr>(S))
      return;
    if (const auto *Bind = dyn_cast<CXXBindTemporaryExpr>(S))
      To.push_back(Bind);
    for (const Stmt *Child : S->children())
      collectBindings(Child, To);
  }

  ResultObjects &R;
  bool ReturnsValue;
  const Stmt *Loop = nullptr;
};

void ResultObjects::collect(const FunctionDecl *Function) {
  Walker W(*this, !Function->getReturnType()->isReferenceType());
  if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(Function))
    for (const CXXCtorInitializer *Init : Constructor->inits()) {
      if (const FieldDecl *Field = Init->getAnyMember()) {
        PlaceId Object = Places.deref(Resolver.thisPointer());
        own(Init->getInit(), storage(Places.field(Object, Field)));
      }
      W.TraverseStmt(Init->getInit());
    }
  W.TraverseStmt(Function->getBody());
}

HolderId ResultObjects::source(const Expr *E) {
  for (const Expr *X = E;;) {
    if (HolderId H = result(X))
      return H;
    const Expr *Inner = unwrapped(X);
    if (const auto *Cast = dyn_cast<CXXFunctionalCastExpr>(Inner))
      Inner = Cast->getSubExpr();
    if (Inner == X)
      break;
    X = Inner;
  }
  const Expr *Inner = unwrapped(E);
  if (const auto *Ref = dyn_cast<DeclRefExpr>(Inner))
    if (const auto *Var = dyn_cast<VarDecl>(Ref->getDecl()))
      if (llvm::ArrayRef<HolderId> Temporaries = extendedBy(Var);
          !Temporaries.empty())
        return Temporaries.front();
  PlaceId Place = Resolver.storage(E);
  return Places.isPrecise(Place) ? storage(Place) : HolderId();
}

} // namespace borrow
