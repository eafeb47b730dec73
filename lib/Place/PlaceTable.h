//===- PlaceTable.h - Canonical storage paths -------------------*- C++ -*-===//
//
// A place names storage as source code reaches it: a root (a variable, `this`,
// or an expression that we can't look through) and steps (a field, a
// dereference, a constant or variable index, an accessor). Places are
// hash-consed for a whole translation unit, so two places are the same storage
// path exactly if their ids are equal. The model is rustc's
// `rustc_middle::mir::Place` and its `places_conflict`.
//
// Worked example: in `void S::f() { nodes_[0]->cell.borrow_mut(); }` the cell
// is This . Deref . nodes_ . [0] . Deref . cell.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_PLACE_PLACETABLE_H
#define BORROW_PLACE_PLACETABLE_H

#include "Support/StrongId.h"
#include "llvm/ADT/DenseMap.h"
#include <string>
#include <vector>

namespace clang {
class Expr;
class FieldDecl;
class FunctionDecl;
class NamedDecl;
class ValueDecl;
class VarDecl;
} // namespace clang

namespace borrow {

enum class Step : uint8_t {
  Var,      ///< Root: a variable, parameter or global (canonical VarDecl).
  This,     ///< Root: the pointer `this` of a method; a lambda in it has the
            ///< same.
  Opaque,   ///< Root: the value of an expression; equal to nothing else.
  Result,   ///< Root: the value that the current function returns.
  Field,    ///< A non-static data member (canonical FieldDecl).
  Deref,    ///< What a pointer, reference handle or smart pointer points to.
  Address,  ///< The address of a place; cancels a Deref.
  Index,    ///< The element at a constant.
  IndexBy,  ///< The element at the value of a variable.
  Accessor, ///< What a const or reference-returning method without arguments
            ///< returns.
  Free,     ///< Not storage but a test: is the cell not borrowed?
  Equals,   ///< Not storage but a test: is the place equal to a constant?
  Below,    ///< Not storage but a test: is the place less than a constant?
};

/// The places of one translation unit. Created by Session.
class PlaceTable {
public:
  struct Node {
    PlaceId Parent;
    Step Kind;
    /// The declaration or expression of the step, or the index's value.
    const void *Key;
  };

  PlaceId variable(const clang::VarDecl *Var);
  PlaceId thisPointer(const clang::FunctionDecl *Method);
  PlaceId result();
  PlaceId free(PlaceId Cell);
  PlaceId equals(PlaceId Base, uint64_t Constant);
  PlaceId below(PlaceId Base, int64_t Constant);
  PlaceId opaque(const clang::Expr *E);
  PlaceId field(PlaceId Base, const clang::FieldDecl *Field);
  PlaceId deref(PlaceId Pointer);
  PlaceId address(PlaceId Pointee);
  PlaceId index(PlaceId Base, uint64_t Constant);
  PlaceId indexBy(PlaceId Base, const clang::VarDecl *Var);
  PlaceId accessor(PlaceId Base, const clang::NamedDecl *Method);
  /// The place reached from Base by the step of Node.
  PlaceId append(PlaceId Base, const Node &Node);

  const Node &operator[](PlaceId P) const { return Nodes[P.index()]; }
  size_t size() const { return Nodes.size(); }

  PlaceId root(PlaceId P) const;
  /// The variable at the root of P, or null.
  const clang::VarDecl *rootVariable(PlaceId P) const;
  /// Can P be compared with other places at all?
  bool isPrecise(PlaceId P) const;
  /// Is Prefix on the way to P? True if they are equal.
  bool isPrefix(PlaceId Prefix, PlaceId P) const;
  /// Is Prefix on the way to P with a dereference between them?
  bool isBehind(PlaceId Prefix, PlaceId P) const;
  /// Is P part of the object Whole itself, not reached through a pointer?
  bool isInside(PlaceId Whole, PlaceId P) const;
  /// Does P start at Var or use it as an index?
  bool mentions(PlaceId P, const clang::VarDecl *Var) const;
  unsigned depth(PlaceId P) const;
  /// What P is an element of, or P.
  PlaceId container(PlaceId P) const;
  /// P with its prefix From replaced by To. P must start with From.
  PlaceId rebase(PlaceId P, PlaceId From, PlaceId To);

  /// The place as a person would write it: `a`, `cell` (a member of this),
  /// `*p`, `node->next`, `items[2]`.
  std::string name(PlaceId P) const;

private:
  PlaceId get(PlaceId Parent, Step Kind, const void *Key);

  std::vector<Node> Nodes;
  llvm::DenseMap<std::pair<std::pair<uint32_t, unsigned>, const void *>,
                 PlaceId>
      Ids;
};

} // namespace borrow

#endif // BORROW_PLACE_PLACETABLE_H
