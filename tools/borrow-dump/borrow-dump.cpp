//===- borrow-dump.cpp - Prints what the engine sees ----------------------===//
//
// usage: borrow-dump FILE -- COMPILER-FLAGS
// Prints the facts of every function that matters, calls expanded.
//
//===----------------------------------------------------------------------===//

#include "Facts/Dump.h"
#include "Session/Session.h"
#include "clang/AST/ASTConsumer.h"
#include "clang/AST/ASTContext.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Tooling/CommonOptionsParser.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/raw_ostream.h"

using namespace clang;

namespace {

class DumpConsumer : public ASTConsumer {
public:
  void HandleTranslationUnit(ASTContext &Context) override {
    borrow::Session Session(Context, {});
    for (const auto &Function : Session.functions())
      borrow::dump(Function->facts(), Function->places(),
                   Context.getSourceManager(), llvm::outs());
  }
};

class DumpAction : public ASTFrontendAction {
public:
  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &,
                                                 StringRef) override {
    return std::make_unique<DumpConsumer>();
  }
};

} // namespace

int main(int Argc, const char **Argv) {
  llvm::cl::OptionCategory Category("borrow-dump options");
  auto Options = tooling::CommonOptionsParser::create(Argc, Argv, Category);
  if (!Options) {
    llvm::errs() << llvm::toString(Options.takeError());
    return 1;
  }
  tooling::ClangTool Tool(Options->getCompilations(),
                          Options->getSourcePathList());
  return Tool.run(tooling::newFrontendActionFactory<DumpAction>().get());
}
