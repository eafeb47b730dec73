//===- BrokenCode.h - Functions that do not compile -------------*- C++ -*-===//
//
// Where an expression does not compile clang leaves a RecoveryExpr, but where a
// statement can't be parsed it leaves nothing: the rest of the function looks
// as if it were all. `if (!P) retrun; P->use();` becomes `P->use();`.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_FACTS_BROKENCODE_H
#define BORROW_FACTS_BROKENCODE_H

namespace clang {
class ASTContext;
class FunctionDecl;
} // namespace clang

namespace borrow {

/// Does the body of Function, or of a lambda in it, lack something that is
/// written there? To be asked in a translation unit with errors only.
bool isBroken(const clang::FunctionDecl *Function, clang::ASTContext &Context);

} // namespace borrow

#endif // BORROW_FACTS_BROKENCODE_H
