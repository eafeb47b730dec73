//===- KeptHandles.h - Which handles are stored where -----------*- C++ -*-===//
//
// A forward may-analysis: before each fact, the handles that have been put into
// storage while the names of both, storage and object, still mean the same; and
// where handles that walk along have come from.
//
// Worked example:
//   last = first;             // last is reached from first
//   while (last->next)
//     last = last->next;      // also by way of next
//   last->next = first;       // so this closes a ring
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_DATAFLOW_KEPTHANDLES_H
#define BORROW_DATAFLOW_KEPTHANDLES_H

#include "Facts/Facts.h"
#include "Support/SortedSet.h"
#include "llvm/ADT/DenseMap.h"
#include <tuple>

namespace clang {
class FieldDecl;
} // namespace clang

namespace borrow {

class PlaceTable;
class Vocabulary;

/// The object of From leads to that of Handle: it is the same, or each on the
/// way keeps the next by the member with the index Member, if that is not
/// KeptHandles::Same. Step is the index of the fact that said so last.
struct Reached {
  PlaceId From, Handle;
  uint32_t Member, Step;

  friend bool operator==(const Reached &L, const Reached &R) {
    return std::tie(L.From, L.Handle, L.Member) ==
           std::tie(R.From, R.Handle, R.Member);
  }
  friend bool operator<(const Reached &L, const Reached &R) {
    return std::tie(L.From, L.Handle, L.Member) <
           std::tie(R.From, R.Handle, R.Member);
  }
};

/// Created for each function that stores handles.
class KeptHandles {
public:
  struct State {
    /// Indices into facts().
    SortedSet<uint32_t> Edges;
    SortedSet<Reached, 2> Walks;
    size_t size() const { return Edges.size() + Walks.size(); }
  };
  static constexpr uint32_t Same = ~0u;

  KeptHandles(const FunctionFacts &Facts, const PlaceTable &Places,
              Vocabulary &Words);

  llvm::ArrayRef<const Fact *> facts() const { return Kept; }
  const Fact *step(const Reached &R) const { return Steps[R.Step]; }
  const clang::FieldDecl *member(const Reached &R) const {
    return R.Member == Same ? nullptr : Members[R.Member];
  }

  State initial() { return {}; }
  void transfer(const Fact &F, State &S);
  bool follow(const Edge &, State &) { return true; }
  void leaveTry(uint32_t, bool, State &) {}
  bool join(State &S, const State &Other) {
    bool Grew = S.Edges.unite(Other.Edges);
    return S.Walks.unite(Other.Walks) || Grew;
  }

private:
  SortedSet<Reached, 2> moved(const Fact &F, const State &S);
  void cut(PlaceId Assigned, State &S) const;
  bool isHandle(PlaceId P) const;

  const FunctionFacts &Facts;
  const PlaceTable &Places;
  Vocabulary &Words;
  std::vector<const Fact *> Kept, Steps;
  llvm::DenseMap<const Fact *, uint32_t> StepIds;
  llvm::SmallVector<const clang::FieldDecl *, 2> Members;
};

} // namespace borrow

#endif // BORROW_DATAFLOW_KEPTHANDLES_H
