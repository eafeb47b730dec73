//===--- Shim.cpp - Picks the checks built for the host's LLVM ------------===//
//
// Part of Borrow Tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// libborrow-tidy.so is what users load. A clang-tidy plugin that was built for
// another LLVM loads without a word and finds nothing, so this library uses no
// symbol of LLVM: it asks the host for its version and loads the
// libborrow-tidy-impl-<major>.so that lies beside it, or ends the host in one
// line that names both versions.
//
//===----------------------------------------------------------------------===//

#include <cstdio>
#include <dlfcn.h>
#include <filesystem>
#include <string>
#include <unistd.h>

namespace {

[[noreturn]] void die(const std::string &Reason) {
  std::fprintf(stderr, "error: borrow-tidy: %s\n", Reason.c_str());
  // No destructor of the half-loaded host may run.
  _exit(1);
}

/// Looks up a function that the host may export.
template <typename Function> Function *hostSymbol(const char *Name) {
  return reinterpret_cast<Function *>(dlsym(RTLD_DEFAULT, Name));
}

/// Ends the host, which calls itself \p Host.
[[noreturn]] void dieUnsupported(const std::string &Host) {
  die("this host is " + Host +
      ", but the checks are built for LLVM " BORROW_SUPPORTED_VERSIONS);
}

/// The name of a host without LLVMGetVersion, which LLVM 16 introduced.
std::string oldHostName() {
  // std::string clang::getClangFullVersion()
  auto *FullVersion =
      hostSymbol<std::string()>("_ZN5clang19getClangFullVersionB5cxx11Ev");
  return (FullVersion ? FullVersion() : "not a known clang-tidy") +
         " (older than LLVM 16)";
}

/// The folder of this library.
std::filesystem::path ownFolder() {
  Dl_info Info;
  static const char Here = 0;
  if (!dladdr(&Here, &Info))
    die("cannot tell where libborrow-tidy.so lies");
  return std::filesystem::absolute(Info.dli_fname).parent_path();
}

__attribute__((constructor)) void loadImplementation() {
  auto *GetVersion =
      hostSymbol<void(unsigned *, unsigned *, unsigned *)>("LLVMGetVersion");
  if (!GetVersion)
    dieUnsupported(oldHostName());

  unsigned Major, Minor, Patch;
  GetVersion(&Major, &Minor, &Patch);
  std::filesystem::path Library =
      ownFolder() / ("libborrow-tidy-impl-" + std::to_string(Major) + ".so");
  if (!std::filesystem::exists(Library))
    dieUnsupported("LLVM " + std::to_string(Major) + "." +
                   std::to_string(Minor) + "." + std::to_string(Patch));
  if (!dlopen(Library.c_str(), RTLD_NOW | RTLD_GLOBAL))
    die(dlerror());
}

} // namespace
