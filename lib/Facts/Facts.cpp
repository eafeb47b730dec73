//===- Facts.cpp - What a function does, as data --------------------------===//

#include "Facts/Facts.h"

namespace borrow {

llvm::StringRef name(FactKind Kind) {
  static constexpr llvm::StringLiteral Names[] = {
#define BORROW_FACT(Name, Sentence) #Name,
#include "Facts/Facts.def"
  };
  return Names[static_cast<unsigned>(Kind)];
}

llvm::StringRef name(Effect E) {
  static constexpr llvm::StringLiteral Names[] = {
      "send",     "recv",  "join",    "wait",
      "condwait", "sleep", "suspend", "callback"};
  return Names[static_cast<unsigned>(E)];
}

} // namespace borrow
