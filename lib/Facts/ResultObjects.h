//===- ResultObjects.h - Who holds the value of an expression ---*- C++ -*-===//
//
// Since C++17 a prvalue has no object of its own: `auto g = c.borrow_mut();`
// makes the guard right in g. Clang's CFG still shows a destructor of the
// elided temporary in places (member initialisers, `while (auto g = …)`, all of
// C++11/14), so the engine computes for each call and construction which object
// its result is, and ignores the temporaries that never exist.
//
// Worked example: in `auto p = std::pair{c.borrow(), d.borrow()};` both borrow
// calls make temporaries that are moved from, and the pair is p itself; in
// `auto&& g = c.borrow();` the call makes a temporary whose life g extends.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_FACTS_RESULTOBJECTS_H
#define BORROW_FACTS_RESULTOBJECTS_H

#include "Facts/Facts.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"

namespace clang {
class CXXBindTemporaryExpr;
class CXXConstructExpr;
class CXXTryStmt;
class MaterializeTemporaryExpr;
class VarDecl;
} // namespace clang

namespace borrow {

class PlaceResolver;

/// Created by the fact builder for one function, filled in one walk.
class ResultObjects {
public:
  ResultObjects(FunctionFacts &Facts, PlaceTable &Places,
                PlaceResolver &Resolver)
      : Facts(Facts), Places(Places), Resolver(Resolver) {}

  void collect(const clang::FunctionDecl *Function);

  /// The holder of the object that a call or construction results in.
  HolderId result(const clang::Expr *E) const;
  /// The holder that a guard argument or operand comes from: the temporary,
  /// or the variable, member or element behind std::move.
  HolderId source(const clang::Expr *E);
  HolderId storage(PlaceId Place);
  HolderId nobody(PlaceId Mutex);
  HolderId detached();
  HolderId queue();
  HolderId returned();

  /// The holder that ends at this temporary's destructor, or invalid if the
  /// temporary was elided or extended.
  HolderId endsAt(const clang::CXXBindTemporaryExpr *Temporary) const;
  /// The temporaries that do not exist if this one does: those of the other
  /// arm of a conditional expression.
  llvm::SmallVector<HolderId, 1>
  rivals(const clang::CXXBindTemporaryExpr *Temporary) const;
  /// The temporaries whose life Var extends.
  llvm::ArrayRef<HolderId> extendedBy(const clang::VarDecl *Var) const;
  /// The variables of a range-for's initialiser, by its hidden range variable:
  /// the CFG doesn't end them.
  llvm::ArrayRef<const clang::VarDecl *>
  initialisers(const clang::VarDecl *Range) const;
  /// The statements that follow the one that is, or starts with, S in its
  /// block.
  llvm::ArrayRef<const clang::Stmt *> following(const clang::Stmt *S) const {
    auto It = Following.find(S);
    return It == Following.end() ? llvm::ArrayRef<const clang::Stmt *>()
                                 : It->second;
  }
  /// The holder of the object that a new-expression makes.
  HolderId heap(const clang::Expr *New) const {
    return Temporaries.lookup(New);
  }
  /// Is the call a statement, whose result nobody looks at?
  bool isDiscarded(const clang::Stmt *Call) const {
    return Discarded.contains(Call);
  }
  /// Is it one that says so, `(void)call()`?
  bool isSilenced(const clang::Stmt *Call) const {
    return Silenced.contains(Call);
  }
  /// Is it the copy of a variable that is made in place of what is returned?
  bool isNamedResult(const clang::Expr *E) const {
    return NamedResults.contains(E);
  }
  /// Is it a statement that makes an object which nobody names?
  bool isDropped(const clang::Expr *E) const { return Dropped.contains(E); }
  /// The innermost loop that a call stands in, or null.
  const clang::Stmt *enclosingLoop(const clang::Stmt *Call) const {
    return CallLoop.lookup(Call);
  }
  /// The try statement that a statement stands in directly, ~0u for none.
  uint32_t enclosingTry(const clang::Stmt *S) const;
  const llvm::DenseMap<const clang::CXXTryStmt *, uint32_t> &tries() const {
    return TryIds;
  }

private:
  class Walker;

  void own(const clang::Expr *E, HolderId H);
  void ownTemporary(const clang::MaterializeTemporaryExpr *Temporary);
  void ownPlainTemporary(const clang::Expr *E);
  HolderId temporary(const clang::Expr *E, Holder::HolderKind Kind);

  FunctionFacts &Facts;
  PlaceTable &Places;
  PlaceResolver &Resolver;
  uint32_t CurrentTry = ~0u;
  llvm::DenseMap<const clang::Expr *, HolderId> Results;
  llvm::DenseMap<const clang::Expr *, HolderId> Temporaries;
  llvm::DenseMap<PlaceId, HolderId> ByPlace;
  llvm::DenseMap<PlaceId, HolderId> ByHand;
  HolderId Detached, Queue, Returned;
  llvm::DenseSet<const clang::CXXBindTemporaryExpr *> Elided;
  llvm::DenseSet<const clang::Expr *> NamedResults;
  llvm::DenseSet<const clang::MaterializeTemporaryExpr *> Seen;
  llvm::DenseMap<const clang::VarDecl *, llvm::SmallVector<HolderId, 1>>
      Extended;
  using Bindings = llvm::SmallVector<const clang::CXXBindTemporaryExpr *, 1>;
  std::vector<std::pair<Bindings, Bindings>> Arms;
  llvm::DenseMap<const clang::VarDecl *,
                 llvm::SmallVector<const clang::VarDecl *, 1>>
      RangeInits;
  llvm::DenseMap<const clang::CXXTryStmt *, uint32_t> TryIds;
  llvm::DenseMap<const clang::Stmt *, uint32_t> StmtTry;
  llvm::DenseMap<const clang::Stmt *, const clang::Stmt *> CallLoop;
  llvm::DenseSet<const clang::Stmt *> Discarded, Silenced;
  llvm::DenseSet<const clang::Expr *> Dropped;
  /// By a discarded call, a dropped object, or a variable's initialiser.
  llvm::DenseMap<const clang::Stmt *, llvm::ArrayRef<const clang::Stmt *>>
      Following;
};

} // namespace borrow

#endif // BORROW_FACTS_RESULTOBJECTS_H
