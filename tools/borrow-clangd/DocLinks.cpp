//===- DocLinks.cpp - Where a finding's page is ---------------------------===//
//
// clangd links each finding of a clang-tidy check to a page at llvm.org, where
// ours have none. Theirs are the installed pages, or those of the source tree.
//
//===----------------------------------------------------------------------===//

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"

namespace clang::clangd {
struct PublishDiagnosticsParams;
} // namespace clang::clangd

using clang::clangd::PublishDiagnosticsParams;
using llvm::json::Object;
using llvm::json::Value;

/// The folder of the checks' pages; empty if it isn't there.
static std::string findPages() {
  std::string Executable = llvm::sys::fs::getMainExecutable(nullptr, nullptr);
  for (llvm::StringRef Candidate :
       {"../share/doc/borrow-tidy/docs/checks", "../../../docs/checks"}) {
    llvm::SmallString<128> Path = llvm::sys::path::parent_path(Executable);
    llvm::sys::path::append(Path, Candidate);
    llvm::sys::path::remove_dots(Path, /*remove_dot_dot=*/true);
    if (llvm::sys::fs::is_directory(Path))
      return Path.str().str();
  }
  return {};
}

/// The URI of a file, in which most letters are percent-encoded.
static std::string fileURI(llvm::StringRef Path) {
  std::string Result = "file://";
  for (unsigned char Letter : Path)
    if (llvm::isAlnum(Letter) || llvm::StringRef("/-._~").contains(Letter))
      Result += Letter;
    else
      Result += '%' + llvm::utohexstr(Letter, /*LowerCase=*/false, /*Width=*/2);
  return Result;
}

static void link(Object &Diagnostic) {
  static const std::string Pages = findPages();
  llvm::StringRef Check = Diagnostic.getString("code").value_or("");
  if (!Check.consume_front("borrow-"))
    return;
  if (Pages.empty())
    Diagnostic.erase("codeDescription");
  else
    Diagnostic["codeDescription"] =
        Object{{"href", fileURI(Pages + "/" + Check.str() + ".md")}};
}

Value toJSON(const PublishDiagnosticsParams &Parameters) __asm__(
    "__real_" BORROW_PUBLISH_JSON);
Value toLinkedJSON(const PublishDiagnosticsParams &Parameters) __asm__(
    "__wrap_" BORROW_PUBLISH_JSON);

Value toLinkedJSON(const PublishDiagnosticsParams &Parameters) {
  Value Result = toJSON(Parameters);
  if (Object *Message = Result.getAsObject())
    if (llvm::json::Array *Diagnostics = Message->getArray("diagnostics"))
      for (Value &Diagnostic : *Diagnostics)
        if (Object *Fields = Diagnostic.getAsObject())
          link(*Fields);
  return Result;
}
