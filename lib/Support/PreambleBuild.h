//===--- PreambleBuild.h - How an LLVM builds a preamble --------*- C++ -*-===//
//
// Part of Borrow Tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What differs in the signature of clang::PrecompiledPreamble::Build, which
// borrow-clangd wraps.
//
//===----------------------------------------------------------------------===//

#ifndef BORROW_SUPPORT_PREAMBLEBUILD_H
#define BORROW_SUPPORT_PREAMBLEBUILD_H

#include "clang/Basic/Diagnostic.h"
#include "clang/Basic/Version.h"

namespace borrow {

/// How Build takes its diagnostics engine.
#if CLANG_VERSION_MAJOR >= 22
using PreambleDiagnostics = llvm::IntrusiveRefCntPtr<clang::DiagnosticsEngine>;
#else
using PreambleDiagnostics = clang::DiagnosticsEngine &;
#endif

} // namespace borrow

#endif // BORROW_SUPPORT_PREAMBLEBUILD_H
