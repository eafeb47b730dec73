//===- FactBuilder.h - From clang's CFG to facts ----------------*- C++ -*-===//
//
// The only reader of statements and of clang::CFG. One pass decides which
// object each prvalue is (ResultObjects), a second writes down facts; then the
// CFG is dropped. What it gets wrong is in docs/design/cfg.md, and mended here.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_FACTS_FACTBUILDER_H
#define BORROW_FACTS_FACTBUILDER_H

#include "Facts/Conditions.h"
#include "Facts/Facts.h"
#include "Facts/Lenders.h"
#include "Facts/PlaceResolver.h"
#include "Facts/ResultObjects.h"
#include "Facts/Touches.h"
#include "Facts/UnitContext.h"
#include "Facts/Uses.h"
#include "Model/Roles.h"
#include "clang/AST/ASTFwd.h"
#include "llvm/ADT/SetVector.h"

namespace clang {
class CFG;
class CFGBlock;
class CFGElement;
} // namespace clang

namespace borrow {

/// Created for one function, used once.
class FactBuilder {
public:
  FactBuilder(UnitContext &Unit, const clang::FunctionDecl *Function);

  /// False if there is no CFG for the function: then there are no facts.
  bool build();
  FunctionFacts take() { return std::move(Facts); }

private:
  using Expr = clang::Expr;
  using Stmt = clang::Stmt;
  using Expressions = llvm::ArrayRef<const Expr *>;
  using PlaceList = llvm::SmallVectorImpl<PlaceId>;

  // FactBuilder.cpp: blocks, scopes, plain statements.
  void addElement(const clang::CFGElement &Element);
  void addLoopJoins(const clang::CFG &Graph);
  void addStatement(const Stmt *S);
  void addDeclaration(const clang::DeclStmt *S);
  void addAssignment(const Expr *Target, const Expr *Value, const Stmt *At);
  const clang::CXXNewExpr *allocation(const Expr *Pointer) const;
  void addDestruction(clang::QualType T, PlaceId Object, const Expr *At);
  void addScopeEnd(const clang::VarDecl *Var);
  void addGuardParameters();
  void addParameterEnds();

  // EdgeFacts.cpp: what holds on the edges of the CFG.
  void addEdges(const clang::CFGBlock &From);
  void addCase(const clang::SwitchStmt *Switch,
               const llvm::SetVector<const Stmt *> &Cases,
               const clang::CFGBlock &To, Edge &E);
  Literal literal(const Test &T);

  // FlagFacts.cpp: what variables say about conditions.
  void addInitialiser(PlaceId Target, clang::QualType T, const Expr *Init,
                      const Stmt *At);
  void addConjunction(PlaceId Target, const clang::BinaryOperator *Value,
                      const Stmt *At);
  void addVerdict(PlaceId Target, const Expr *Init, const Stmt *At);
  bool isTestable(clang::QualType T) const;
  void addFlag(PlaceId Target, const Expr *Value, const Stmt *At);

  // CallSites.cpp: which code a call runs, and what it is given.
  const clang::FunctionDecl *target(const clang::CallExpr *Call) const;
  const Expr *registered(const clang::CallExpr *Call);
  void addCallSite(const Expr *At, const clang::FunctionDecl *Callee,
                   Expressions Args);
  uint32_t callSite(const Expr *At, const clang::FunctionDecl *Callee,
                    Expressions Args);
  uint32_t invocation(const Expr *At, const clang::FunctionDecl *Body,
                      Expressions Args);
  void addInvocations(const Expr *At, Expressions Args);
  void addParameterCall(const Expr *At, const Expr *Function);

  // CallFacts.cpp: calls and constructions by their role.
  void addCall(const clang::CallExpr *Call);
  bool addRoleCall(const clang::CallExpr *Call, CallRole Role,
                   const Expr *Object);
  void addGuardMethod(const clang::CallExpr *Call, CallRole Role,
                      const Expr *Object);
  void addTouch(const clang::CallExpr *Call, LoanKind Kind, Access How,
                PlaceId Place);
  void addTakenOut(const clang::CallExpr *Call, const Expr *Object);
  void addMadeGuard(const clang::CallExpr *Call);
  bool addGuardSwap(const clang::CallExpr *Call);
  void addOperator(const clang::CXXOperatorCallExpr *Call);
  void addContainerCall(const clang::CXXMemberCallExpr *Call);
  void addConstruction(const clang::CXXConstructExpr *Construct);
  void addGuardConstruction(const clang::CXXConstructExpr *Construct,
                            Access How);
  void addGuardMoves(Expressions Args, HolderId To, const Expr *At);
  bool mayTake(const Expr *Call, unsigned Index);
  void addLostSends();
  void addSpin(const clang::CallExpr *Try, PlaceId Channel);
  void addCondWait(const clang::CallExpr *Call, PlaceId Condition,
                   Expressions Args);
  void issue(LoanKind Kind, Access How, PlaceId Place, const Expr *At,
             HolderId H, bool Tried = false);
  void issueLock(const Expr *Mutex, Access How, const Expr *At, HolderId H,
                 bool Tried = false);
  PlaceId mutexPlace(const Expr *Mutex);
  void addRaise(const Stmt *At, const clang::FunctionDecl *Callee);
  PlaceId storageOfResult(const Expr *Call);

  // MoveFacts.cpp: what is moved away, and used.
  void addReplacement(const Stmt *S);
  void addMention(const Expr *E, PlaceId Place);
  void addGift(const Expr *Moved, const Stmt *At, PlaceId HandedBack = {});
  void addGifts(const clang::CallExpr *Call);
  void addTaken(const clang::CallExpr *Call);

  // OwnerFacts.cpp: who owns which object.
  void addOwner(const Expr *At, const clang::FunctionDecl *Callee,
                PlaceId Owner, Expressions Args);
  void addOwner(const Expr *At, const Expr *Ptr, PlaceId Owner);
  void addStored(const Stmt *S);
  void addAnchor(PlaceId Weak, const Expr *Strong, const Expr *At);
  void addBindings(const clang::CXXConstructExpr *Construct, PlaceId Object);
  void addTouch(const Stmt *S);
  void addKept(PlaceId Slot, const Expr *Value, const Stmt *At);
  void addHandles(const Expr *Value, PlaceList &To, unsigned Depth = 0);
  void addMade(const clang::CallExpr *Call);
  PlaceId slot(const Expr *E, unsigned Depth = 0);
  bool isOwned(PlaceId Object, const Expr *Pointer);

  // CaptureFacts.cpp: what a closure refers to, and who runs it.
  void addStart(const Expr *At, HolderId H, Expressions Args, TypeRole Role);
  void addSpawn(const Expr *At, HolderId Thread, Expressions Args);
  PlaceId captured(const Expr *Value);
  bool addSpawnCall(const clang::CallExpr *Call);
  void addClosureParameters(Expressions Args, const Expr *At, HolderId Thread);
  bool isOwnExecutor(const Expr *Object);
  bool hasContext(Expressions Args);
  void addEscape(HolderId H, const Stmt *At);
  HolderId executor(const Expr *Object);
  HolderId joined(const Expr *Handle);
  Closure closure(const Expr *E, unsigned Depth = 0);
  void addSetByClosures(const Stmt *S);
  void addReferences(const Expr *E, PlaceList &To, unsigned Depth = 0);
  void addValueReferences(const Expr *Mention, const clang::VarDecl *Var,
                          PlaceList &To, unsigned Depth);
  void addLambdaReferences(const clang::LambdaExpr *Lambda, PlaceList &To,
                           unsigned Depth);

  // ChannelFacts.cpp: who can still send.
  void addChannel(const clang::VarDecl *Var, const Stmt *At);
  void addSenderUses(const Stmt *S);
  void addSenderCall(const clang::CallExpr *Call);
  void addReceiver(PlaceId To, const Expr *Value);
  void addPart(const Expr *Sender, const Stmt *At, bool Moves);
  void addRangeReceive(const clang::CXXForRangeStmt *Loop);
  PlaceId sender(const Expr *E);

  // AccessFacts.cpp: what threads may read and change.
  void addAccesses(const Stmt *S);
  void addAccess(const Expr *E, bool Writes, const Stmt *At);
  void addAccess(PlaceId P, clang::QualType T, bool Writes, const Stmt *At);
  void addCallAccesses(const clang::CallExpr *Call);
  void addArgumentAccesses(const clang::FunctionDecl *Callee, Expressions Args,
                           const Stmt *At);
  void addOrdering(const clang::CallExpr *Call, const Expr *Object);
  void addLoopSyncs(const clang::CFG &Graph);
  void addSentPointers(const clang::CallExpr *Call, PlaceId Channel);
  void addRun(const Expr *At, HolderId Thread, Expressions Args);
  void addCount(const Expr *Given, const Expr *At, HolderId Thread);

  // BorrowFacts.cpp: what refers to guarded data.
  void addBorrows(const Stmt *S);
  void addReference(PlaceId Target, clang::QualType T, const Expr *Value,
                    const Stmt *At);
  void addExposure(const Expr *Value, clang::QualType T, const Stmt *At);
  void addLent(PlaceId Target, clang::QualType T, const Expr *Value,
               const Stmt *At);
  PlaceId changingMember(const Expr *Value, clang::QualType T);
  bool isOutParameter(PlaceId Place) const;
  void addStoredReference(const clang::CXXMemberCallExpr *Call);
  void addKeptByClosure(const clang::CXXMemberCallExpr *Call);
  void collectQuiet(const Stmt *S);

  // TryFacts.cpp: what may fail, and whether anybody looks.
  void addTried(const clang::CallExpr *Call, Emptiness Why, bool Waits,
                PlaceId Of);
  void addReceived(const clang::CallExpr *Call, bool Waits, PlaceId Channel);
  void addLostTry(const clang::CallExpr *Call, PlaceId Of);
  bool isUnaskedSend(const Expr *Call);
  void addLostSend(const clang::CallExpr *Call, PlaceId Channel);
  void addUntestedGuard(const clang::CXXConstructExpr *Construct, HolderId H,
                        PlaceId Mutex);
  const clang::VarDecl *untested(HolderId H, const Expr *Try);
  void addUntestedTry(const clang::CallExpr *Try, HolderId H);

  // CopyFacts.cpp: what values are made from and compared with.
  PlaceId element(const Expr *E);
  void addComparison(const Stmt *S);
  void addSources(const Expr *E, PlaceList &To, unsigned Depth = 0);
  void addCopies(PlaceId Target, const Expr *E, const Stmt *At);

  // IdleFacts.cpp: locks that guard nothing.
  void addDropped(const Stmt *S);
  void addIdle(const clang::VarDecl *Var, const clang::DeclStmt *At);

  // HandleFacts.cpp: who has to join a thread.
  void addThread(const Expr *At, HolderId Handle);
  void addSpent(const clang::CallExpr *Call, const Expr *Handle);
  void addDrop(HolderId H, clang::QualType T, const Stmt *At);
  void addShare(const Expr *Handle, const Stmt *At);
  void addSharedHandle(const clang::CallExpr *Call, const Expr *Object);
  void addSharedMembers(const Expr *Init, const Stmt *At);
  void addSharedCaptures(const clang::LambdaExpr *Lambda);

  Fact &add(FactKind Kind, const Stmt *At);
  /// The role of a call, and the object that it is called on.
  CallRole roleOf(const clang::CallExpr *Call, const Expr *&Object);

  UnitContext &Unit;
  FunctionFacts Facts;
  PlaceResolver Resolver;
  ResultObjects Objects;
  Conditions Tests;
  /// For a function that mentions what threads may share.
  std::optional<Touches> Touched;
  /// For a function that moves something; for one that makes guards.
  std::optional<Uses> Mentions;
  std::optional<llvm::SmallPtrSet<const clang::ValueDecl *, 8>> Handled;
  /// Does another thread run the function, or does it start one?
  const bool Shares;
  /// Is it given more than one object that another may be, too?
  const bool TakesSeveral;
  /// The operations on atomics that decide whether a loop goes on.
  llvm::SmallPtrSet<const Stmt *, 4> LoopTests;
  /// For a function that reads out of guards; mentions that look no further.
  std::optional<Lenders> Borrows;
  llvm::SmallPtrSet<const Expr *, 8> Quiet;
  Block *Current = nullptr;
};

} // namespace borrow

#endif // BORROW_FACTS_FACTBUILDER_H
