//===- Dump.h - Facts as text, for tests and debugging ----------*- C++ -*-===//
#ifndef BORROW_FACTS_DUMP_H
#define BORROW_FACTS_DUMP_H

#include "Facts/Facts.h"

namespace clang {
class SourceManager;
} // namespace clang

namespace llvm {
class raw_ostream;
} // namespace llvm

namespace borrow {

/// One line a fact, blocks in the order that control reaches them.
void dump(const FunctionFacts &Facts, const PlaceTable &Places,
          const clang::SourceManager &Sources, llvm::raw_ostream &Out);

/// `v` for the variable v, `tmp` for a temporary, …
std::string name(const FunctionFacts &Facts, const PlaceTable &Places,
                 HolderId H);

} // namespace borrow

#endif // BORROW_FACTS_DUMP_H
