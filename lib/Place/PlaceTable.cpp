//===- PlaceTable.cpp - Canonical storage paths ---------------------------===//

#include "Place/PlaceTable.h"
#include "clang/AST/Decl.h"

using namespace clang;

namespace borrow {

PlaceId PlaceTable::get(PlaceId Parent, Step Kind, const void *Key) {
  auto [It, New] =
      Ids.try_emplace({{Parent.raw(), static_cast<unsigned>(Kind)}, Key},
                      PlaceId(static_cast<uint32_t>(Nodes.size())));
  if (New)
    Nodes.push_back({Parent, Kind, Key});
  return It->second;
}

PlaceId PlaceTable::variable(const VarDecl *Var) {
  return get({}, Step::Var, Var->getCanonicalDecl());
}

PlaceId PlaceTable::thisPointer(const FunctionDecl *Method) {
  return get({}, Step::This, Method);
}

PlaceId PlaceTable::result() { return get({}, Step::Result, nullptr); }

PlaceId PlaceTable::free(PlaceId Cell) {
  return get(Cell, Step::Free, nullptr);
}

PlaceId PlaceTable::equals(PlaceId Base, uint64_t Constant) {
  return get(Base, Step::Equals, reinterpret_cast<const void *>(Constant));
}

PlaceId PlaceTable::below(PlaceId Base, int64_t Constant) {
  return get(Base, Step::Below, reinterpret_cast<const void *>(Constant));
}

PlaceId PlaceTable::opaque(const Expr *E) { return get({}, Step::Opaque, E); }

PlaceId PlaceTable::field(PlaceId Base, const FieldDecl *Field) {
  return get(Base, Step::Field, Field->getCanonicalDecl());
}

PlaceId PlaceTable::deref(PlaceId Pointer) {
  if (Nodes[Pointer.index()].Kind == Step::Address)
    return Nodes[Pointer.index()].Parent;
  return get(Pointer, Step::Deref, nullptr);
}

PlaceId PlaceTable::address(PlaceId Pointee) {
  if (Nodes[Pointee.index()].Kind == Step::Deref)
    return Nodes[Pointee.index()].Parent;
  return get(Pointee, Step::Address, nullptr);
}

PlaceId PlaceTable::index(PlaceId Base, uint64_t Constant) {
  return get(Base, Step::Index, reinterpret_cast<const void *>(Constant));
}

PlaceId PlaceTable::indexBy(PlaceId Base, const VarDecl *Var) {
  return get(Base, Step::IndexBy, Var->getCanonicalDecl());
}

PlaceId PlaceTable::accessor(PlaceId Base, const NamedDecl *Method) {
  return get(Base, Step::Accessor, Method->getCanonicalDecl());
}

PlaceId PlaceTable::append(PlaceId Base, const Node &Node) {
  if (Node.Kind == Step::Deref)
    return deref(Base);
  if (Node.Kind == Step::Address)
    return address(Base);
  return get(Base, Node.Kind, Node.Key);
}

PlaceId PlaceTable::root(PlaceId P) const {
  while (Nodes[P.index()].Parent)
    P = Nodes[P.index()].Parent;
  return P;
}

const VarDecl *PlaceTable::rootVariable(PlaceId P) const {
  const Node &Root = Nodes[root(P).index()];
  return Root.Kind == Step::Var ? static_cast<const VarDecl *>(Root.Key)
                                : nullptr;
}

bool PlaceTable::isPrecise(PlaceId P) const {
  return P && Nodes[root(P).index()].Kind != Step::Opaque;
}

bool PlaceTable::isPrefix(PlaceId Prefix, PlaceId P) const {
  for (; P; P = Nodes[P.index()].Parent)
    if (P == Prefix)
      return true;
  return false;
}

bool PlaceTable::isBehind(PlaceId Prefix, PlaceId P) const {
  bool Dereferenced = false;
  for (; P; P = Nodes[P.index()].Parent) {
    if (P == Prefix)
      return Dereferenced;
    Dereferenced |= Nodes[P.index()].Kind == Step::Deref;
  }
  return false;
}

bool PlaceTable::isInside(PlaceId Whole, PlaceId P) const {
  return isPrefix(Whole, P) && !isBehind(Whole, P);
}

bool PlaceTable::mentions(PlaceId P, const VarDecl *Var) const {
  Var = Var->getCanonicalDecl();
  for (; P; P = Nodes[P.index()].Parent) {
    const Node &N = Nodes[P.index()];
    if ((N.Kind == Step::Var || N.Kind == Step::IndexBy) && N.Key == Var)
      return true;
  }
  return false;
}

unsigned PlaceTable::depth(PlaceId P) const {
  unsigned Depth = 0;
  for (; P; P = Nodes[P.index()].Parent)
    ++Depth;
  return Depth;
}

PlaceId PlaceTable::container(PlaceId P) const {
  while (P &&
         ((*this)[P].Kind == Step::Index || (*this)[P].Kind == Step::IndexBy))
    P = (*this)[P].Parent;
  return P;
}

PlaceId PlaceTable::rebase(PlaceId P, PlaceId From, PlaceId To) {
  if (P == From)
    return To;
  Node N = Nodes[P.index()];
  return append(rebase(N.Parent, From, To), N);
}

std::string PlaceTable::name(PlaceId P) const {
  if (!P)
    return "";
  const Node &N = Nodes[P.index()];
  auto IsThisObject = [&](PlaceId Base) {
    return Base && Nodes[Base.index()].Kind == Step::Deref &&
           Nodes[Nodes[Base.index()].Parent.index()].Kind == Step::This;
  };
  auto Member = [&](const NamedDecl *D) {
    if (IsThisObject(N.Parent))
      return D->getNameAsString();
    if (Nodes[N.Parent.index()].Kind == Step::Deref)
      return name(Nodes[N.Parent.index()].Parent) + "->" + D->getNameAsString();
    return name(N.Parent) + "." + D->getNameAsString();
  };
  switch (N.Kind) {
  case Step::Var:
    return static_cast<const VarDecl *>(N.Key)->getNameAsString();
  case Step::This:
    return "this";
  case Step::Opaque:
    return "this expression";
  case Step::Result:
    return "the result";
  case Step::Free:
    return name(N.Parent) + " is free";
  case Step::Equals:
    return name(N.Parent) +
           " == " + std::to_string(reinterpret_cast<intptr_t>(N.Key));
  case Step::Below:
    return name(N.Parent) + " < " +
           std::to_string(reinterpret_cast<intptr_t>(N.Key));
  case Step::Field:
    return Member(static_cast<const FieldDecl *>(N.Key));
  case Step::Deref:
    return "*" + name(N.Parent);
  case Step::Address:
    return "&" + name(N.Parent);
  case Step::Index:
    return name(N.Parent) + "[" +
           std::to_string(reinterpret_cast<uintptr_t>(N.Key)) + "]";
  case Step::IndexBy:
    return name(N.Parent) + "[" +
           static_cast<const VarDecl *>(N.Key)->getNameAsString() + "]";
  case Step::Accessor:
    return Member(static_cast<const NamedDecl *>(N.Key)) + "()";
  }
  return "";
}

} // namespace borrow
