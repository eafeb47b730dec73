//===- EndlessReceiveCheck.cpp - Receivers that wait for ever -------------===//

#include "BorrowCheck.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Stmt.h"

using namespace clang;

namespace borrow {
namespace {

class EndlessReceiveCheck final : public BorrowCheck {
public:
  using BorrowCheck::BorrowCheck;

  void checkFunction(const FunctionAnalysis &Function) override {
    for (const EndlessReceive &E : Function.endlessReceives())
      reportEndless(Function, E);
    for (const Fact *F : Function.all(FactKind::Spin))
      report(Violation(F->At->getBeginLoc(),
                       "this loop asks " +
                           quoted(Function.places(), F->Place, "a channel") +
                           " again and again without a pause"));
  }

private:
  void reportEndless(const FunctionAnalysis &Function,
                     const EndlessReceive &E) {
    const PlaceTable &Places = Function.places();
    std::string Sender = quoted(Places, E.Sender, "a sender");
    std::string What =
        E.NothingSent ? "this receive never returns: nothing was sent, and the "
                        "only sender is " +
                            Sender
        : E.At->Kind == FactKind::Join || E.At->Kind == FactKind::Effect
            ? "this join never returns: the thread receives as long as the "
              "sender " +
                  Sender + " lives"
            : "this never ends: it receives as long as the sender " + Sender +
                  " lives";
    Violation V(E.At->At->getBeginLoc(), What);
    if (const VarDecl *Var = Places.rootVariable(E.Sender))
      V.note(Var->getLocation(), "the sender is declared here");
    report(V);
  }
};

} // namespace

std::unique_ptr<BorrowCheck>
makeEndlessReceiveCheck(StringRef Name, tidy::ClangTidyContext *Context) {
  return std::make_unique<EndlessReceiveCheck>(Name, Context);
}

} // namespace borrow
