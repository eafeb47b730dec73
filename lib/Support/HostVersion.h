//===--- HostVersion.h - Refuses a host of another LLVM ---------*- C++ -*-===//
//
// Part of Borrow Tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A plugin takes LLVM's symbols from the process that loads it, and nothing in
// them tells one version from another: a plugin in the wrong host is silent.
// The libraries of checks therefore ask the host before they register.
//
//===----------------------------------------------------------------------===//

#ifndef BORROW_SUPPORT_HOSTVERSION_H
#define BORROW_SUPPORT_HOSTVERSION_H

namespace borrow {

/// Returns if the running process is of the LLVM that this library was built
/// for; ends it otherwise, with one line on stderr and exit status 1.
void requireHostVersion();

} // namespace borrow

#endif // BORROW_SUPPORT_HOSTVERSION_H
