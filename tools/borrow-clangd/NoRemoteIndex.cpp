//===- NoRemoteIndex.cpp - A clangd without gRPC --------------------------===//
//
// clangd's function that connects to a remote index is in a library that needs
// gRPC. This one connects to none, as that of a clangd built without it.
//
//===----------------------------------------------------------------------===//

#include "llvm/ADT/StringRef.h"

namespace borrow {

/// Stands for the std::unique_ptr<SymbolIndex> that is returned: like it, a
/// pointer that is not trivially copied, so that it comes back in memory. The
/// class SymbolIndex itself has no installed header.
struct NoIndex {
  void *Index = nullptr;
  NoIndex() = default;
  NoIndex(NoIndex &&) {}
  ~NoIndex() {}
};

} // namespace borrow

borrow::NoIndex
getClient(llvm::StringRef Address, llvm::StringRef ProjectRoot) __asm__(
    "_ZN5clang6clangd6remote9getClientEN4llvm9StringRefES3_");

borrow::NoIndex getClient(llvm::StringRef, llvm::StringRef) { return {}; }
