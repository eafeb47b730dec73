//===- BorrowTidyModule.cpp - Registration of all checks ------------------===//

#include "BorrowCheck.h"
#include "Support/HostVersion.h"
#include "clang/Basic/Version.h"
#include <clang-tidy/ClangTidyModule.h>
#if CLANG_VERSION_MAJOR < 22
#include <clang-tidy/ClangTidyModuleRegistry.h>
#endif

namespace borrow {

#define BORROW_CHECK(CLASS, NAME, TIER, SUMMARY)                               \
  std::unique_ptr<BorrowCheck> make##CLASS(                                    \
      clang::StringRef Name, clang::tidy::ClangTidyContext *Context);
#include "Checks.def"

namespace {

[[maybe_unused]] const bool HostChecked = (requireHostVersion(), true);

class BorrowTidyModule : public clang::tidy::ClangTidyModule {
public:
  void
  addCheckFactories(clang::tidy::ClangTidyCheckFactories &Factories) override {
#define BORROW_CHECK(CLASS, NAME, TIER, SUMMARY)                               \
  Factories.registerCheckFactory(NAME, make##CLASS);
#include "Checks.def"
  }
};

clang::tidy::ClangTidyModuleRegistry::Add<BorrowTidyModule>
    X("borrow-module", "Rust's borrow discipline for C++.");

} // namespace
} // namespace borrow
