//===- MemberWrites.h - Which members change after construction -*- C++ -*-===//
//
// A reference to a guarded member may leave the lock if nobody changes the
// member any more. Only methods whose bodies can be seen are asked.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_FACTS_MEMBERWRITES_H
#define BORROW_FACTS_MEMBERWRITES_H

namespace clang {
class FieldDecl;
class FunctionDecl;
} // namespace clang

namespace borrow {

/// What part of a member is referred to.
enum class MemberPart : unsigned char { Whole, Element };

/// Does a method other than Except, a constructor or the destructor change the
/// member? To an element of a container of nodes (a map, set or list) nothing
/// happens where others are inserted.
bool isChangedElsewhere(const clang::FieldDecl *Member, MemberPart Part,
                        const clang::FunctionDecl *Except);

} // namespace borrow

#endif // BORROW_FACTS_MEMBERWRITES_H
