//===- Ownership.h - Which places own what they refer to --------*- C++ -*-===//
//
// A handle such as a shared_ptr or unique_ptr owns its object, a variable or
// member that is no pointer or reference is itself owned by its scope or by the
// object around it. What can't be told is not said to own.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_FACTS_OWNERSHIP_H
#define BORROW_FACTS_OWNERSHIP_H

#include "Place/PlaceTable.h"
#include "llvm/ADT/SmallVector.h"

namespace clang {
class CallExpr;
class Expr;
} // namespace clang

namespace borrow {

class Vocabulary;

/// The raw pointer of which `v.emplace_back(p)` makes an owner in a standard
/// container of handles, or null.
const clang::Expr *emplacedOwner(const clang::CallExpr *Call,
                                 Vocabulary &Words);

/// Is the object behind the pointer value P owned through P's own storage: is P
/// a handle, or the address of a variable or member?
bool isOwner(PlaceId P, const PlaceTable &Places, Vocabulary &Words);

/// The pointer or handle whose object the storage P belongs to; invalid if P
/// belongs to a variable.
PlaceId ownerOf(PlaceId P, const PlaceTable &Places, Vocabulary &Words);
/// Is the object of handle Inner kept alive by that of Outer, through handles
/// that are members on the way? Then Via has the members.
bool keepsAlive(PlaceId Outer, PlaceId Inner, const PlaceTable &Places,
                Vocabulary &Words,
                llvm::SmallVectorImpl<const clang::ValueDecl *> &Via);
/// The members, or the variable, that the storage P is in, up to Owner.
void addMembers(PlaceId P, PlaceId Owner, const PlaceTable &Places,
                llvm::SmallVectorImpl<const clang::ValueDecl *> &To);

} // namespace borrow

#endif // BORROW_FACTS_OWNERSHIP_H
