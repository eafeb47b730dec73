//===- StrongId.h - Indices that cannot be mixed up -------------*- C++ -*-===//
//
// The engine names everything by a small integer: places, loans, holders,
// blocks. A StrongId is such an integer with a type of its own, so that a loan
// is never taken for a place. Whoever owns the table hands the ids out; an id
// that was default-constructed is invalid and names nothing.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_SUPPORT_STRONGID_H
#define BORROW_SUPPORT_STRONGID_H

#include "llvm/ADT/DenseMapInfo.h"
#include <cassert>
#include <cstdint>

namespace borrow {

template <typename Tag> class StrongId {
public:
  constexpr StrongId() = default;
  constexpr explicit StrongId(uint32_t Index) : Value(Index) {}

  constexpr bool valid() const { return Value != Invalid; }
  constexpr explicit operator bool() const { return valid(); }
  uint32_t index() const {
    assert(valid() && "index of an invalid id");
    return Value;
  }
  /// The stored number, ~0u for an invalid id: for hashing and packing only.
  constexpr uint32_t raw() const { return Value; }

  friend constexpr bool operator==(StrongId L, StrongId R) {
    return L.Value == R.Value;
  }
  friend constexpr bool operator!=(StrongId L, StrongId R) {
    return L.Value != R.Value;
  }
  friend constexpr bool operator<(StrongId L, StrongId R) {
    return L.Value < R.Value;
  }

private:
  static constexpr uint32_t Invalid = ~0u;
  uint32_t Value = Invalid;
};

using PlaceId = StrongId<struct PlaceTag>;
using LoanId = StrongId<struct LoanTag>;
using HolderId = StrongId<struct HolderTag>;
using BlockId = StrongId<struct BlockTag>;

} // namespace borrow

template <typename Tag> struct llvm::DenseMapInfo<borrow::StrongId<Tag>> {
  using Id = borrow::StrongId<Tag>;
  static Id getEmptyKey() { return Id(~0u - 1); }
  static Id getTombstoneKey() { return Id(~0u - 2); }
  static unsigned getHashValue(Id I) { return I.raw() * 37u; }
  static bool isEqual(Id L, Id R) { return L == R; }
};

#endif // BORROW_SUPPORT_STRONGID_H
