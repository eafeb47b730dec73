//===- Main.cpp - clangd with the checks inside ---------------------------===//
//
// usage: borrow-clangd [FLAG OF CLANGD …]
// LLVM's own clangd, linked from its static libraries; the checks register
// themselves. Only the resource directory has to be told: clangd looks for it
// beside its own executable.
//
//===----------------------------------------------------------------------===//

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"
#include <string>

namespace clang::clangd {
int clangdMain(int Count, char *Arguments[]);
} // namespace clang::clangd

static bool namesResourceDirectory(llvm::StringRef Argument) {
  return Argument.ltrim('-').starts_with("resource-dir");
}

int main(int Count, char *Arguments[]) {
  llvm::SmallVector<char *> All(Arguments, Arguments + Count);
  std::string ResourceDirectory = "--resource-dir=" BORROW_RESOURCE_DIR;
  if (llvm::none_of(llvm::drop_begin(All), namesResourceDirectory)) {
    if (!llvm::sys::fs::exists(BORROW_RESOURCE_DIR "/include/stddef.h"))
      llvm::errs() << "borrow-clangd: no headers of clang in "
                   << BORROW_RESOURCE_DIR << "; give --resource-dir\n";
    All.insert(All.begin() + 1, ResourceDirectory.data());
  }
  int Number = All.size();
  All.push_back(nullptr);
  return clang::clangd::clangdMain(Number, All.data());
}
