//===- GuardMaking.h - What making a guard does to its mutex ----*- C++ -*-===//
//
// `std::unique_lock l(m, std::defer_lock)` says by its tag that it does not
// lock. For guards of the project's own their constructor tells, read with the
// arguments that are constants: where it calls nothing it locks nothing, and
// the flag that it sets tells whether the guard is to unlock.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_MODEL_GUARDMAKING_H
#define BORROW_MODEL_GUARDMAKING_H

namespace clang {
class ASTContext;
class CXXConstructExpr;
} // namespace clang

namespace borrow {

class Vocabulary;

/// Locks, also where that isn't known; Tries may fail to; Defers leaves it to
/// somebody later; Adopts will unlock what somebody has locked.
enum class GuardMaking { Locks, Tries, Defers, Adopts };

/// Construct makes a guard, from at least one argument.
GuardMaking guardMaking(const clang::CXXConstructExpr *Construct,
                        Vocabulary &Words, const clang::ASTContext &Context);

} // namespace borrow

#endif // BORROW_MODEL_GUARDMAKING_H
