//===- Repair.h - Edits that remove a finding -------------------*- C++ -*-===//
//
// A repair is given only where the result compiles, removes the finding and
// does what its author most likely meant; otherwise it is empty. That it is
// restricted to shapes that are certain is from GFix (Liu et al.,
// "Automatically Detecting and Fixing Concurrency Bugs in Go", ASPLOS 2021).
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_REPAIR_REPAIR_H
#define BORROW_REPAIR_REPAIR_H

#include "Facts/Facts.h"
#include "Repair/Body.h"

namespace borrow {

class Vocabulary;

/// `if (auto strong = w.lock()) strong->f();`, `if (p) p->f();`, or a return
/// behind the declaration of p: for Use of what Upgrade may have left empty.
Edits checkUpgrade(const FunctionFacts &Facts, const PlaceTable &Places,
                   const Fact &Upgrade, const Fact &Use);

/// `[x]` for `[&x]`, `[=]` for `[&]`, `[x = std::move(x)]` for what can't be
/// copied and isn't used again, `[this, self = shared_from_this()]` for
/// `[this]`: if that cures all that the closure of Capture refers to by the
/// same token.
Edits captureByValue(const FunctionFacts &Facts, const PlaceTable &Places,
                     Vocabulary &Words, const Loan &Capture);

/// `auto Guard = lock_guard(m);` for the statement Made, which makes a guard
/// without a name or, `lock_guard(m);` in a method, a variable called m.
Edits nameGuard(const FunctionFacts &Facts, const clang::Stmt *Made);

/// `g.unlock();` before the statement of Effect, if that is the last one in the
/// scope of the guard g, the keeper, and touches nothing but locals. A guard
/// that can't be unlocked becomes a std::unique_lock.
Edits unlockBefore(const FunctionFacts &Facts, const PlaceTable &Places,
                   Vocabulary &Words, const Fact &Effect, HolderId Keeper);

} // namespace borrow

#endif // BORROW_REPAIR_REPAIR_H
