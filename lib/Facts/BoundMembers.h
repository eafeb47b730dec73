//===- BoundMembers.h - Members that mean the same object -------*- C++ -*-===//
//
// What a constructor gives to several members, and to members of these, is one
// object as long as none of them is replaced:
//
//   Teller() : Book(std::make_shared<Ledger>()), Audit(Book) {}
//
// Audit.Ledger and Book are the same then, in every method.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_FACTS_BOUNDMEMBERS_H
#define BORROW_FACTS_BOUNDMEMBERS_H

#include "Place/PlaceTable.h"
#include "llvm/ADT/DenseMap.h"
#include <utility>
#include <vector>

namespace clang {
class CXXConstructorDecl;
class CXXRecordDecl;
class Expr;
class FieldDecl;
class ParmVarDecl;
} // namespace clang

namespace borrow {

class Vocabulary;
struct UnitContext;

/// A place in the object of a class, with that which it stands for.
using BoundMember = std::pair<PlaceId, PlaceId>;

/// Remembers what it has read. Owned by the session.
class BoundMembers {
public:
  /// The members of the class of `this`, a pointer, that its only constructor
  /// binds.
  std::vector<BoundMember> of(PlaceId This, UnitContext &Unit);

private:
  struct Bindings {
    const clang::CXXConstructorDecl *Constructor = nullptr;
    std::vector<BoundMember> Members;
  };

  llvm::DenseMap<const clang::CXXRecordDecl *, Bindings> Known;
};

/// The parameter that a member is made from as it is, or null.
const clang::ParmVarDecl *sourceParameter(const clang::Expr *Init,
                                          Vocabulary &Words);

} // namespace borrow

#endif // BORROW_FACTS_BOUNDMEMBERS_H
