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

namespace borrow {

class Vocabulary;

/// Is the object behind the pointer value P owned through P's own storage: is P
/// a handle, or the address of a variable or member?
bool isOwner(PlaceId P, const PlaceTable &Places, Vocabulary &Words);

} // namespace borrow

#endif // BORROW_FACTS_OWNERSHIP_H
