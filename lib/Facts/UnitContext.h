//===- UnitContext.h - What the engine shares -------------------*- C++ -*-===//
#ifndef BORROW_FACTS_UNITCONTEXT_H
#define BORROW_FACTS_UNITCONTEXT_H

namespace clang {
class ASTContext;
} // namespace clang

namespace borrow {

class BoundMembers;
class PlaceTable;
class Queues;
class SourceIndex;
class Vocabulary;

/// What every part of the engine needs of the translation unit. Created by
/// Session, which owns what it refers to.
struct UnitContext {
  clang::ASTContext &Context;
  Vocabulary &Words;
  PlaceTable &Places;
  const SourceIndex &Index;
  Queues &OwnQueues;
  BoundMembers &Bound;
};

} // namespace borrow

#endif // BORROW_FACTS_UNITCONTEXT_H
