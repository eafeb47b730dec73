//===- BorrowCheck.h - Base of all checks -----------------------*- C++ -*-===//
//
// Connects a check to the Session that all checks of a translation unit share,
// reads the options that they have in common, and prints violations.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_CHECKS_BORROWCHECK_H
#define BORROW_CHECKS_BORROWCHECK_H

#include "Diagnosis/Violation.h"
#include "Session/Session.h"
#include <clang-tidy/ClangTidyCheck.h>

namespace borrow {

/// Owns the Session of one ClangTidyContext; checks of the same context share
/// it.
struct SharedSession {
  std::unique_ptr<Session> Analysis;
  bool Reported = false;
};

class BorrowCheck : public clang::tidy::ClangTidyCheck {
public:
  BorrowCheck(clang::StringRef Name, clang::tidy::ClangTidyContext *Context);

  bool
  isLanguageVersionSupported(const clang::LangOptions &Options) const final {
    return Options.CPlusPlus11;
  }
  void registerMatchers(clang::ast_matchers::MatchFinder *Finder) final;
  void check(const clang::ast_matchers::MatchFinder::MatchResult &Result) final;
  void storeOptions(clang::tidy::ClangTidyOptions::OptionMap &Options) override;

protected:
  /// Called for each function of user code that can have findings.
  virtual void checkFunction(const FunctionAnalysis &) {}
  /// Called once, after all functions: for what only the whole translation
  /// unit shows.
  virtual void checkUnit(Session &) {}

  /// Says that Doing (`sleeping`, or `sleeps` in a callee) goes on while a loan
  /// is kept.
  Violation heldAcross(const FunctionAnalysis &Function, const HeldAcross &H,
                       const std::string &Doing, const std::string &Does);
  void report(const Violation &V);
  Vocabulary &vocabulary() { return Shared->Analysis->vocabulary(); }

private:
  VocabularyOptions vocabularyOptions();
  void reportSetUp();

  std::shared_ptr<SharedSession> Shared;
  /// Of the translation unit that is being checked.
  const clang::SourceManager *Sources = nullptr;
  const std::string Types, Calls;
  const bool RecogniseShapes;
  const bool ReportBudgets;
};

} // namespace borrow

#endif // BORROW_CHECKS_BORROWCHECK_H
