//===- HeaderBodies.cpp - Preambles that know inline functions ------------===//
//
// clangd parses the headers of a file into a preamble and skips all function
// bodies there, so that the checks would not know what an inline function of a
// header does. Here the bodies outside system headers are kept.
//
//===----------------------------------------------------------------------===//

#include "Support/PreambleBuild.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/CompilerInvocation.h"
#include "clang/Frontend/PrecompiledPreamble.h"
#include "clang/Lex/PPCallbacks.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/VirtualFileSystem.h"

using namespace clang;
using llvm::IntrusiveRefCntPtr;

namespace {

/// clangd's callbacks but for the bodies of functions in users' headers.
class KeepBodies final : public PreambleCallbacks {
public:
  explicit KeepBodies(PreambleCallbacks &Wrapped) : Wrapped(Wrapped) {}

  void BeforeExecute(CompilerInstance &CI) override {
    Wrapped.BeforeExecute(CI);
  }
  void AfterExecute(CompilerInstance &CI) override { Wrapped.AfterExecute(CI); }
  void AfterPCHEmitted(ASTWriter &Writer) override {
    Wrapped.AfterPCHEmitted(Writer);
  }
  void HandleTopLevelDecl(DeclGroupRef Group) override {
    Wrapped.HandleTopLevelDecl(Group);
  }
  std::unique_ptr<PPCallbacks> createPPCallbacks() override {
    return Wrapped.createPPCallbacks();
  }
  CommentHandler *getCommentHandler() override {
    return Wrapped.getCommentHandler();
  }
  bool shouldSkipFunctionBody(Decl *D) override {
    return D->getASTContext().getSourceManager().isInSystemHeader(
               D->getLocation()) &&
           Wrapped.shouldSkipFunctionBody(D);
  }

private:
  PreambleCallbacks &Wrapped;
};

using Preamble = llvm::ErrorOr<PrecompiledPreamble>;

} // namespace

Preamble
buildAsClangd(const CompilerInvocation &, const llvm::MemoryBuffer *,
              PreambleBounds, borrow::PreambleDiagnostics,
              IntrusiveRefCntPtr<llvm::vfs::FileSystem>,
              std::shared_ptr<PCHContainerOperations>, bool, llvm::StringRef,
              PreambleCallbacks &) __asm__("__real_" BORROW_PREAMBLE_BUILD);
Preamble
buildWithBodies(const CompilerInvocation &, const llvm::MemoryBuffer *,
                PreambleBounds, borrow::PreambleDiagnostics,
                IntrusiveRefCntPtr<llvm::vfs::FileSystem>,
                std::shared_ptr<PCHContainerOperations>, bool, llvm::StringRef,
                PreambleCallbacks &) __asm__("__wrap_" BORROW_PREAMBLE_BUILD);

Preamble buildWithBodies(const CompilerInvocation &Invocation,
                         const llvm::MemoryBuffer *MainFile,
                         PreambleBounds Bounds,
                         borrow::PreambleDiagnostics Diagnostics,
                         IntrusiveRefCntPtr<llvm::vfs::FileSystem> FileSystem,
                         std::shared_ptr<PCHContainerOperations> Operations,
                         bool InMemory, llvm::StringRef Storage,
                         PreambleCallbacks &Callbacks) {
  KeepBodies Ours(Callbacks);
  return buildAsClangd(Invocation, MainFile, Bounds, Diagnostics, FileSystem,
                       Operations, InMemory, Storage, Ours);
}
