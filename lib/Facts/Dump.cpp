//===- Dump.cpp - Facts as text, for tests and debugging ------------------===//

#include "Facts/Dump.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Stmt.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/Support/raw_ostream.h"

using namespace clang;

namespace borrow {

std::string name(const FunctionFacts &Facts, const PlaceTable &Places,
                 HolderId H) {
  const Holder &Of = Facts.holder(H);
  switch (Of.Kind) {
  case Holder::Storage:
    return Places.name(Of.Place);
  case Holder::Temporary:
    return "tmp" + std::to_string(H.index());
  case Holder::Extended:
    return "extended" + std::to_string(H.index());
  case Holder::Result:
    return "result";
  case Holder::Heap:
    return "heap" + std::to_string(H.index());
  case Holder::Nobody:
    return "nobody";
  case Holder::Detached:
    return "detached";
  case Holder::Queue:
    return "queue";
  }
  return "";
}

static void dumpLoan(const Loan &L, const PlaceTable &Places,
                     llvm::raw_ostream &Out) {
  static constexpr llvm::StringLiteral Kinds[] = {
      "borrow",  "data", "lock",   "capture", "closure",
      "running", "sent", "thread", "spent"};
  Out << ' ' << Kinds[static_cast<unsigned>(L.Kind)]
      << (L.How == Access::Mut ? " mut " : " shared ") << Places.name(L.Place);
  if (L.TestedBy)
    Out << " if " << Places.name(L.TestedBy);
  for (const Literal &W : L.When)
    Out << (W.Truth ? " when " : " when not ") << Places.name(W.Place);
}

static void dumpStates(LockStates States, llvm::raw_ostream &Out) {
  static constexpr std::pair<LockStates, llvm::StringLiteral> Words[] = {
      {Untouched, " untouched"},
      {ByHand, " held"},
      {ByGuard, " guarded"},
      {Free, " free"}};
  for (const auto &[State, Word] : Words)
    if (States & State)
      Out << Word;
}

static void dumpExit(const LockExit &Exit, llvm::raw_ostream &Out) {
  Out << " left";
  dumpStates(Exit.States, Out);
  if (!Exit.dependsOnResult())
    return;
  Out << ',';
  dumpStates(Exit.IfTrue, Out);
  Out << " if true,";
  dumpStates(Exit.IfFalse, Out);
  Out << " if false";
}

static void dumpFact(const Fact &F, const FunctionFacts &Facts,
                     const PlaceTable &Places, const SourceManager &Sources,
                     llvm::raw_ostream &Out) {
  Out << "  ";
  if (F.At)
    Out << Sources.getSpellingLineNumber(F.At->getBeginLoc()) << ": ";
  Out << name(F.Kind);
  if (F.Kind == FactKind::Effect)
    Out << ' ' << name(F.Effect);
  if (F.Loan)
    dumpLoan(Facts.loan(F.Loan), Places, Out);
  if (F.Holder)
    Out << " by " << name(Facts, Places, F.Holder);
  if (F.To)
    Out << " to " << name(Facts, Places, F.To);
  if (F.Place)
    Out << ' ' << Places.name(F.Place);
  if (F.Kind == FactKind::Access && F.Truth)
    Out << " changed";
  if (F.Kind == FactKind::SetFlag)
    Out << (F.Truth ? " = " : " = not ") << (F.Value ? "" : "true");
  if (F.Value)
    Out << " of " << Places.name(F.Value);
  if (F.Kind == FactKind::Settle)
    dumpExit(Facts.LockExits[F.Exit], Out);
  if (F.Call != ~0u && Facts.Calls[F.Call].Callee)
    Out << ' ' << Facts.Calls[F.Call].Callee->getNameAsString();
  if (F.Via.Callee)
    Out << " in " << F.Via.Callee->getNameAsString();
  Out << '\n';
}

void dump(const FunctionFacts &Facts, const PlaceTable &Places,
          const SourceManager &Sources, llvm::raw_ostream &Out) {
  Out << Facts.Function->getQualifiedNameAsString() << '\n';
  for (unsigned I = Facts.Blocks.size(); I-- > 0;) {
    const Block &B = Facts.Blocks[I];
    Out << " B" << I << (B.IsDeadEnd ? " dead end" : "") << '\n';
    for (const Fact &F : B.Facts)
      dumpFact(F, Facts, Places, Sources, Out);
    for (const Edge &E : B.Successors) {
      Out << "  -> B" << E.To.index();
      for (const Literal &L : E.Assumes)
        if (L.Place)
          Out << (L.Truth ? " if " : " if not ") << Places.name(L.Place);
      for (HolderId H : E.Unmade)
        Out << " without " << name(Facts, Places, H);
      Out << '\n';
    }
  }
}

} // namespace borrow
