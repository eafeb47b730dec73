//===- Lenders.h - What an expression refers into ---------------*- C++ -*-===//
//
// Reads a reference, pointer, iterator or view as a borrow: from which guard,
// or strong handle made by an upgrade, was it read? Only a chain that stays in
// the guarded object counts, member by member, through the accessors of
// standard containers and of classes whose bodies can be seen. What is behind a
// pointer or handle in there is another object, which the guard says nothing
// of. C++ Core Guidelines F.43 and "Lifetime safety: preventing common
// dangling" (P1179); in Rust it is E0505, E0515, E0597 and E0716.
//
// Worked example: with `auto g = users.lock();`
//   g->at(0).name        refers into g
//   g->at(0).owner->name refers to what another object owns
//   *users.lock()        refers into a temporary
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_FACTS_LENDERS_H
#define BORROW_FACTS_LENDERS_H

#include "Facts/Facts.h"
#include "llvm/ADT/DenseMap.h"

namespace clang {
class CallExpr;
class CXXConstructExpr;
class CXXMemberCallExpr;
class CXXMethodDecl;
class CXXOperatorCallExpr;
class CXXRecordDecl;
class FieldDecl;
class LambdaExpr;
class MemberExpr;
class QualType;
class VarDecl;
} // namespace clang

namespace borrow {

class Vocabulary;
struct UnitContext;

/// Who lends what an expression refers to.
struct Lender {
  enum LenderKind : uint8_t {
    Nobody,
    Guard,     ///< The variable At, a guard or an upgraded handle.
    Borrow,    ///< The variable At, which refers to something itself.
    Temporary, ///< The temporary Object, a guard or an upgraded handle.
    Ended,     ///< A call that has given its guard back already.
    Root,      ///< What was asked for: `this` or a parameter.
  };
  LenderKind Kind = Nobody;
  const clang::VarDecl *At = nullptr;
  const clang::Expr *Object = nullptr;
  /// Does the object itself die with it, as that of an upgraded handle?
  bool Owns = false;
  /// Nobody changes it, or it brings its own lock.
  bool Harmless = false;
  /// The member of the root that the chain starts with.
  const clang::FieldDecl *Member = nullptr;

  explicit operator bool() const { return Kind != Nobody; }
};

/// Can a value of type T refer to another object without owning it: is it a
/// pointer, an iterator or a view?
bool isBorrowType(clang::QualType T, Vocabulary &Words);

/// Is T a strong handle, or a plain struct or wrapper with one in it?
bool keepsHandle(clang::QualType T, Vocabulary &Words);

/// The types that a class template was given.
llvm::SmallVector<clang::QualType, 2>
typeArguments(const clang::CXXRecordDecl *Class);

/// Is Class an optional, pair, tuple or variant?
bool isWrapper(const clang::CXXRecordDecl *Class);

/// Is T such a type, or one of these, or a plain struct, of one?
bool mayRefer(clang::QualType T, Vocabulary &Words);

/// Is Class an optional, pair, tuple or variant of a view?
bool holdsView(const clang::CXXRecordDecl *Class, Vocabulary &Words);

/// The variable that a name stands for: for a structured binding the whole.
const clang::VarDecl *namedVariable(const clang::Expr *E);

/// The bodies that run when the lambda is called: of a generic one those that
/// are instantiated.
llvm::SmallVector<const clang::CXXMethodDecl *, 2>
calledBodies(const clang::LambdaExpr *Lambda);

/// The first of them. Null for no lambda.
const clang::CXXMethodDecl *calledBody(const clang::LambdaExpr *Lambda);

/// Does the method, by its body, call the lambda that is its first argument
/// with a member of the object while a guard of its own lives?
bool lendsToClosure(const clang::CallExpr *Call, Vocabulary &Words);

/// Created by the fact builder for one function.
class Lenders {
public:
  explicit Lenders(UnitContext &Unit) : Unit(Unit) {}

  /// The lender of a glvalue, pointer, iterator or view.
  Lender of(const clang::Expr *E);
  /// The same where Parameter of the function that E stands in is the root; for
  /// null, `this`.
  Lender of(const clang::Expr *E, const clang::VarDecl *Parameter);

private:
  Lender walk(const clang::Expr *E);
  Lender named(const clang::Expr *E);
  Lender guard(const clang::Expr *E);
  Lender value(const clang::Expr *E);
  Lender borrowed(const clang::VarDecl *Var);
  Lender member(const clang::MemberExpr *E);
  Lender method(const clang::CXXMemberCallExpr *Call);
  Lender operation(const clang::CXXOperatorCallExpr *Call);
  Lender call(const clang::CallExpr *Call);
  Lender construction(const clang::CXXConstructExpr *Construct);
  Lender part(const clang::Expr *E, const clang::CXXRecordDecl *Of);
  Lender through(const clang::Expr *Handle);
  bool isGuard(clang::QualType T);
  bool isUpgrade(const clang::Expr *E);
  bool isSelfGuarded(clang::QualType T);
  bool returnsPartOf(const clang::FunctionDecl *Callee,
                     const clang::VarDecl *Parameter);

  UnitContext &Unit;
  bool HasRoot = false;
  const clang::VarDecl *RootParameter = nullptr;
  unsigned Depth = 0;
  llvm::DenseMap<std::pair<const clang::FunctionDecl *, const clang::VarDecl *>,
                 bool>
      Parts;
};

} // namespace borrow

#endif // BORROW_FACTS_LENDERS_H
