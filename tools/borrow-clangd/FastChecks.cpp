//===- FastChecks.cpp - Our checks are fast ones --------------------------===//
//
// clangd runs just the checks of a list that it has measured (FastCheckFilter:
// Strict). Ours are not in it; bench/ measures them.
//
//===----------------------------------------------------------------------===//

#include "llvm/ADT/StringRef.h"
#include <optional>

std::optional<bool>
isFastCheck(llvm::StringRef Check) __asm__("__real_" BORROW_FAST_CHECK);
std::optional<bool>
isFastOrOurs(llvm::StringRef Check) __asm__("__wrap_" BORROW_FAST_CHECK);

std::optional<bool> isFastOrOurs(llvm::StringRef Check) {
  if (Check.starts_with("borrow-"))
    return true;
  return isFastCheck(Check);
}
