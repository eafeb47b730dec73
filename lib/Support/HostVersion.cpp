//===--- HostVersion.cpp - Refuses a host of another LLVM -----------------===//
//
// Part of Borrow Tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Support/HostVersion.h"
#include "clang/Basic/Version.h"
#include <cstdio>
#include <dlfcn.h>
#include <unistd.h>

void borrow::requireHostVersion() {
  unsigned Major = 0, Minor = 0, Patch = 0;
  // Looked up at run time: a host older than LLVM 16 has no such function.
  if (auto *GetVersion =
          reinterpret_cast<void (*)(unsigned *, unsigned *, unsigned *)>(
              dlsym(RTLD_DEFAULT, "LLVMGetVersion")))
    GetVersion(&Major, &Minor, &Patch);
  if (Major == CLANG_VERSION_MAJOR)
    return;

  if (Major)
    std::fprintf(stderr, "error: borrow-tidy: this host is LLVM %u.%u.%u",
                 Major, Minor, Patch);
  else
    std::fprintf(stderr, "error: borrow-tidy: this host is older than LLVM 16");
  std::fprintf(stderr,
               ", but this library is built for LLVM %d; load "
               "libborrow-tidy.so, which picks the right one\n",
               CLANG_VERSION_MAJOR);
  // This runs in a static initialiser, so no destructor may run.
  _exit(1);
}
