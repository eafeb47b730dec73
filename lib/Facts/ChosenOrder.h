//===- ChosenOrder.h - Does a function put objects in order? ----*- C++ -*-===//
//
// Who locks two objects of a class may choose which one comes first, by their
// addresses or by a number that they have: `&A < &B`, `A.Id < B.Id`.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_FACTS_CHOSENORDER_H
#define BORROW_FACTS_CHOSENORDER_H

namespace clang {
class FunctionDecl;
} // namespace clang

namespace borrow {

/// Does F compare two objects to see which one comes first?
bool choosesOrder(const clang::FunctionDecl *F);

} // namespace borrow

#endif // BORROW_FACTS_CHOSENORDER_H
