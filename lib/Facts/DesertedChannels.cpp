//===- DesertedChannels.cpp - Sends that nobody receives ------------------===//

#include "Facts/FactBuilder.h"
#include "Facts/SourceIndex.h"
#include "Model/Vocabulary.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include <optional>

using namespace clang;

namespace borrow {
namespace {

/// Finds where the only receiver of a channel certainly ends: it is moved into
/// a variable of an inner block, which does nothing else with it than to
/// receive, or into a call that ends it. What is under a condition or in a loop
/// is not certain.
class ReceiverEnd {
public:
  ReceiverEnd(UnitContext &Unit, PlaceResolver &Resolver, PlaceId Receiver)
      : Unit(Unit), Resolver(Resolver), Receiver(Receiver) {}

  /// The end of the block or call, or invalid.
  SourceLocation find(const Stmt *Body) {
    search(Body, nullptr, true);
    if (Moves != 1 || Unknown || !End.isValid())
      return {};
    return !Keeper || isOnlyAsked(Body, Keeper, nullptr) ? End
                                                         : SourceLocation();
  }

private:
  bool isReceiver(const Expr *E) {
    return isa<DeclRefExpr, MemberExpr>(E) && Resolver.place(E) == Receiver;
  }

  void search(const Stmt *S, const CompoundStmt *Block, bool Certain) {
    if (!S)
      return;
    if (const auto *E = dyn_cast<Expr>(S); E && isReceiver(E)) {
      ++Mentions;
      return;
    }
    if (const auto *Inner = dyn_cast<CompoundStmt>(S)) {
      for (const Stmt *Child : Inner->body())
        visitStatement(Child, Inner, Certain);
      return;
    }
    bool Branches = isa<IfStmt, WhileStmt, DoStmt, ForStmt, CXXForRangeStmt,
                        SwitchStmt, CXXTryStmt, LambdaExpr>(S);
    for (const Stmt *Child : S->children())
      search(Child, Block, Certain && !Branches);
  }

  void visitStatement(const Stmt *S, const CompoundStmt *Block, bool Certain) {
    unsigned Before = Mentions;
    search(S, Block, Certain);
    if (Mentions == Before || isa<CompoundStmt>(S))
      return;
    if (Mentions != Before + 1 || !Certain) {
      Unknown = true;
      return;
    }
    if (const auto *Statement = dyn_cast<DeclStmt>(S)) {
      const auto *Var = Statement->isSingleDecl()
                            ? dyn_cast<VarDecl>(Statement->getSingleDecl())
                            : nullptr;
      // Its declaration mentions it, too: `auto [tx, rx] = channel();`.
      if (Var && keeps(Var)) {
        ++Moves;
        Keeper = Var;
        End = Block->getRBracLoc();
        return;
      }
    }
    const auto *E = dyn_cast<Expr>(S);
    const auto *Call =
        E ? dyn_cast<CallExpr>(E->IgnoreUnlessSpelledInSource()) : nullptr;
    if (Call && Call->getNumArgs() == 1 &&
        Unit.Words.role(Call->getDirectCallee()) == CallRole::Consume) {
      ++Moves;
      End = Call->getEndLoc();
      return;
    }
    Unknown = true;
  }

  /// Is the moved receiver the variable, or a member that its constructor moves
  /// it into?
  bool keeps(const VarDecl *Var) {
    if (!Var->hasLocalStorage() || Var->getType()->isReferenceType() ||
        !Var->getInit())
      return false;
    const auto *Construct =
        dyn_cast<CXXConstructExpr>(Var->getInit()->IgnoreImplicit());
    if (!Construct || Construct->getNumArgs() != 1)
      return false;
    if (Unit.Words.role(Var->getType()->getAsCXXRecordDecl()) ==
        TypeRole::Receiver)
      return movedFrom(Construct->getArg(0), Unit.Words);
    const FunctionDecl *Definition = nullptr;
    if (!Construct->getConstructor()->isDefined(Definition))
      return false;
    const auto *Constructor = cast<CXXConstructorDecl>(Definition);
    auto Stores = [&](const CXXCtorInitializer *Init) {
      return Init->getMember() &&
             Unit.Words.role(Init->getMember()->getType()) ==
                 TypeRole::Receiver &&
             !Init->getMember()->getType()->isReferenceType();
    };
    const auto *Body = dyn_cast_or_null<CompoundStmt>(Constructor->getBody());
    return llvm::any_of(Constructor->inits(), Stores) && Body &&
           Body->body_empty();
  }

  /// Is Var only used by its methods, and by functions that take it by
  /// reference and don't pass it on?
  bool isOnlyAsked(const Stmt *S, const VarDecl *Var, const Stmt *Parent) {
    if (!S)
      return true;
    if (isa<LambdaExpr>(S) && mentions(S, Var))
      return false;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S);
        Ref && Ref->getDecl() == Var) {
      if (isa_and_nonnull<MemberExpr>(Parent))
        return true;
      const auto *Call = dyn_cast_or_null<CallExpr>(Parent);
      const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
      const FunctionDecl *Definition = nullptr;
      if (!Callee || !Callee->isDefined(Definition))
        return false;
      for (unsigned I = 0; I < Call->getNumArgs(); ++I)
        if (Call->getArg(I)->IgnoreParenImpCasts() == Ref)
          return I < Definition->getNumParams() &&
                 !Unit.Index.isPassedOn(Definition->getParamDecl(I));
      return false;
    }
    const Stmt *Through = isa<ImplicitCastExpr, ParenExpr>(S) ? Parent : S;
    return llvm::all_of(S->children(), [&](const Stmt *Child) {
      return isOnlyAsked(Child, Var, Through);
    });
  }

  UnitContext &Unit;
  PlaceResolver &Resolver;
  PlaceId Receiver;
  unsigned Mentions = 0, Moves = 0;
  bool Unknown = false;
  const VarDecl *Keeper = nullptr;
  SourceLocation End;
};

} // namespace

void FactBuilder::addLostSends() {
  SourceManager &Sources = Unit.Context.getSourceManager();
  llvm::SmallVector<std::pair<PlaceId, SourceLocation>, 1> Deserted;
  for (const Block &B : Facts.Blocks)
    for (const Fact &F : B.Facts)
      if (F.Kind == FactKind::Open)
        if (SourceLocation End = ReceiverEnd(Unit, Resolver, F.Value)
                                     .find(Facts.Function->getBody());
            End.isValid())
          Deserted.push_back({F.Place, End});
  for (const auto &[Sender, End] : Deserted)
    for (Block &B : Facts.Blocks) {
      llvm::SmallVector<Fact, 1> Lost;
      for (const Fact &F : B.Facts)
        if (F.Kind == FactKind::Effect && F.Effect == Effect::Send &&
            F.Place == Sender &&
            Sources.isBeforeInTranslationUnit(End, F.At->getBeginLoc())) {
          Lost.push_back(F);
          Lost.back().Kind = FactKind::Lose;
        }
      B.Facts.append(Lost.begin(), Lost.end());
    }
}

} // namespace borrow
