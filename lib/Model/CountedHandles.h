//===- CountedHandles.h - Handles known by how they count -------*- C++ -*-===//
//
// A class that gives access to an object like a pointer, counts one up where it
// is copied, and down where it dies, and then deletes something, is a strong
// handle, whatever it is called. The model is std::rc::Rc in Rust.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_MODEL_COUNTEDHANDLES_H
#define BORROW_MODEL_COUNTEDHANDLES_H

namespace clang {
class CXXConstructorDecl;
class CXXRecordDecl;
} // namespace clang

namespace borrow {

/// Class has a definition.
bool isCountedHandle(const clang::CXXRecordDecl *Class);

/// Is a copy of it counted by a plain number and without a lock, so that only
/// one thread may copy and end handles of an object?
bool countsPlainly(const clang::CXXRecordDecl *Class);

/// Does the constructor of a counted handle begin a count of its own for the
/// object behind the raw pointer that is its only argument?
bool beginsCount(const clang::CXXConstructorDecl *Constructor);

} // namespace borrow

#endif // BORROW_MODEL_COUNTEDHANDLES_H
