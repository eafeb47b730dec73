//===- SortedSet.h - A small set as a sorted vector -------------*- C++ -*-===//
//
// The dataflow states hold a handful of elements each and are copied and joined
// all the time. A sorted SmallVector beats every tree and hash table there.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_SUPPORT_SORTEDSET_H
#define BORROW_SUPPORT_SORTEDSET_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include <algorithm>
#include <iterator>

namespace borrow {

template <typename T, unsigned N = 4> class SortedSet {
public:
  using const_iterator = typename llvm::SmallVector<T, N>::const_iterator;

  const_iterator begin() const { return Elements.begin(); }
  const_iterator end() const { return Elements.end(); }
  llvm::ArrayRef<T> array() const { return Elements; }
  bool empty() const { return Elements.empty(); }
  size_t size() const { return Elements.size(); }

  bool contains(const T &E) const {
    return std::binary_search(Elements.begin(), Elements.end(), E);
  }

  bool insert(const T &E) {
    auto *It = std::lower_bound(Elements.begin(), Elements.end(), E);
    if (It != Elements.end() && *It == E)
      return false;
    Elements.insert(It, E);
    return true;
  }

  bool erase(const T &E) {
    auto *It = std::lower_bound(Elements.begin(), Elements.end(), E);
    if (It == Elements.end() || !(*It == E))
      return false;
    Elements.erase(It);
    return true;
  }

  template <typename Pred> bool eraseIf(Pred P) {
    size_t Before = size();
    llvm::erase_if(Elements, P);
    return size() != Before;
  }

  /// Adds the elements of Other; true if this set grew.
  bool unite(const SortedSet &Other) {
    if (Other.empty() ||
        std::includes(begin(), end(), Other.begin(), Other.end()))
      return false;
    llvm::SmallVector<T, N> Result;
    std::set_union(begin(), end(), Other.begin(), Other.end(),
                   std::back_inserter(Result));
    Elements = std::move(Result);
    return true;
  }

  /// Keeps the elements that Other has too; true if this set shrank.
  bool intersect(const SortedSet &Other) {
    return eraseIf([&](const T &E) { return !Other.contains(E); });
  }

  friend bool operator==(const SortedSet &L, const SortedSet &R) {
    return L.Elements == R.Elements;
  }

private:
  llvm::SmallVector<T, N> Elements;
};

} // namespace borrow

#endif // BORROW_SUPPORT_SORTEDSET_H
