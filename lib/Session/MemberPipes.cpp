//===- MemberPipes.cpp - Threads that a sender in the same object keeps ---===//

#include "Session/MemberPipes.h"
#include "Dataflow/Senders.h"
#include "Dataflow/Solver.h"
#include "Facts/SourceIndex.h"
#include "Place/PlaceTable.h"
#include "clang/AST/DeclCXX.h"
#include "llvm/ADT/DenseSet.h"

using namespace clang;

namespace borrow {

static const CXXMethodDecl *method(const FunctionFacts &Facts) {
  return dyn_cast<CXXMethodDecl>(Facts.Function);
}

PlaceId MemberPipes::member(PlaceId Place, const CXXMethodDecl *Maker,
                            const CXXMethodDecl *Method) {
  PlaceId From = Unit.Places.thisPointer(Maker->getCanonicalDecl());
  PlaceId To = Unit.Places.thisPointer(Method->getCanonicalDecl());
  return Unit.Places.rebase(Place, From, To);
}

void MemberPipes::collect(const FunctionFacts &Facts) {
  bool Opens = false;
  for (const Block &B : Facts.Blocks)
    for (const Fact &F : B.Facts) {
      Opens |= F.Kind == FactKind::Open;
      if (F.Kind == FactKind::Part && F.Place &&
          Unit.Places[F.Place].Kind == Step::Field)
        Ends.push_back({Facts.Function, Unit.Places[F.Place].Key});
    }
  const CXXMethodDecl *Maker = method(Facts);
  if (!Opens || !Maker || Maker->getParent()->isLambda())
    return;
  Senders Analysis(Unit.Places);
  std::optional<Senders::State> AtExit = stateAtExit(Facts, Analysis);
  if (!AtExit)
    return;
  PlaceId This =
      Unit.Places.deref(Unit.Places.thisPointer(Maker->getCanonicalDecl()));
  auto IsMember = [&](PlaceId P) {
    return P && Unit.Places[P].Kind == Step::Field &&
           Unit.Places[P].Parent == This;
  };
  for (const auto &[Thread, Drained] : AtExit->Draining)
    for (const auto &[Sender, Receiver] : AtExit->Alive)
      if (Receiver == Drained && IsMember(Sender) &&
          IsMember(Facts.holder(Thread).Place))
        Pipes.push_back({Maker, Facts.holder(Thread).Place, Sender});
}

void MemberPipes::match(FunctionAnalysis &Function, const Pipe &P) {
  const CXXMethodDecl *Method = method(Function.facts());
  if (!Method || Method == P.Maker ||
      Method->getParent()->getCanonicalDecl() !=
          P.Maker->getParent()->getCanonicalDecl())
    return;
  const void *Key = Unit.Places[P.Sender].Key;
  bool EndsElsewhere = llvm::any_of(Ends, [&](const auto &End) {
    return End.second == Key && End.first != Method && End.first != P.Maker;
  });
  if (EndsElsewhere ||
      Unit.Index.isCleared(static_cast<const FieldDecl *>(Key)))
    return;
  PlaceId Sender = member(P.Sender, P.Maker, Method);
  PlaceId Thread = member(P.Thread, P.Maker, Method);
  PlaceId Receiver = Unit.Places.opaque(nullptr);
  Senders::State Start;
  Start.Alive.insert({Sender, Receiver});
  Senders Analysis(Unit.Places, Start);
  Solver<Senders> Flow(Function.facts(), Analysis);
  if (!Flow.run())
    return;
  // What a callee joins is said there.
  llvm::DenseSet<const Stmt *> Calls;
  for (const Fact *Call : Function.all(FactKind::Call))
    if (Call->Truth)
      Calls.insert(Call->At);
  Flow.visit([&](const Fact &F, const Senders::State &S) {
    if (F.Kind == FactKind::Join && F.Holder && !Calls.contains(F.At) &&
        Function.facts().holder(F.Holder).Place == Thread &&
        Analysis.keeping(Receiver, S))
      Function.add(EndlessReceive{&F, Sender, false});
  });
}

void MemberPipes::addReceives(
    llvm::ArrayRef<std::unique_ptr<FunctionAnalysis>> Functions) {
  for (const auto &Function : Functions)
    collect(Function->facts());
  for (const Pipe &P : Pipes)
    for (const auto &Function : Functions)
      match(*Function, P);
}

} // namespace borrow
