//===- PlaceResolver.h - From expressions to places -------------*- C++ -*-===//
//
// Reads an expression as a storage path. It looks through parentheses, casts,
// std::move and its like, references, handles that never change (`auto b = a;`
// on a shared_ptr), upgrades (the object of `w.lock()` is the object of `w`),
// borrows (what `*c.borrow()` refers to is the content of `c`) and accessors
// that return a member. What it can't look through becomes an opaque place,
// which equals no other: that errs on the side of silence.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_FACTS_PLACERESOLVER_H
#define BORROW_FACTS_PLACERESOLVER_H

#include "Place/PlaceTable.h"

namespace clang {
class ASTContext;
class CallExpr;
class CXXMemberCallExpr;
class CXXOperatorCallExpr;
class FunctionDecl;
} // namespace clang

namespace borrow {

class SourceIndex;
class Vocabulary;

/// Created per function by the fact builder, and on the fly for accessors.
class PlaceResolver {
public:
  PlaceResolver(PlaceTable &Places, Vocabulary &Words, const SourceIndex &Index,
                const clang::ASTContext &Context,
                const clang::FunctionDecl *Function);

  /// The place of the pointer `this` in the function.
  PlaceId thisPointer() { return Places.thisPointer(ThisOwner); }

  /// The place that a glvalue denotes, or that a pointer or handle prvalue
  /// would have to be stored in to mean the same object.
  PlaceId place(const clang::Expr *E, unsigned Depth = 0);

  /// The storage of a variable or member itself: a guard `g` is the variable
  /// g, not the cell that it borrows. References are looked through.
  PlaceId storage(const clang::Expr *E, unsigned Depth = 0);

  /// The object that a member is called on, as a glvalue place.
  PlaceId object(const clang::CXXMemberCallExpr *Call);

  /// What `this` is inside the callee of Call, or invalid.
  PlaceId receiver(const clang::CallExpr *Call);

private:
  PlaceId variable(const clang::VarDecl *Var, unsigned Depth);
  PlaceId callResult(const clang::CallExpr *Call, unsigned Depth);
  PlaceId operatorResult(const clang::CXXOperatorCallExpr *Call,
                         unsigned Depth);
  bool returnsObject(const clang::FunctionDecl *Callee) const;
  PlaceId element(PlaceId Base, const clang::Expr *Index);
  PlaceId accessorResult(const clang::FunctionDecl *Callee, PlaceId Receiver,
                         unsigned Depth);
  bool isHandle(clang::QualType T);
  bool isStable(PlaceId P) const;

  PlaceTable &Places;
  Vocabulary &Words;
  const SourceIndex &Index;
  const clang::ASTContext &Context;
  const clang::FunctionDecl *Function;
  const clang::FunctionDecl *ThisOwner;
};

/// E without the wrappers that the AST puts around a value: parentheses,
/// implicit casts, cleanups, temporaries, elided copies.
const clang::Expr *unwrapped(const clang::Expr *E);

} // namespace borrow

#endif // BORROW_FACTS_PLACERESOLVER_H
