//===- BorrowCheck.cpp - Base of all checks -------------------------------===//

#include "BorrowCheck.h"
#include "clang/AST/Expr.h"
#include "clang/ASTMatchers/ASTMatchFinder.h"
#include "clang/ASTMatchers/ASTMatchers.h"
#include "llvm/ADT/StringExtras.h"
#include <map>
#include <mutex>

using namespace clang;

namespace borrow {

constexpr char TypesOption[] = "BorrowTypes";
constexpr char CallsOption[] = "BorrowCalls";
constexpr char BudgetsOption[] = "BorrowReportBudgets";
constexpr char ShapesOption[] = "BorrowRecogniseShapes";

/// clangd makes the check factories once and runs several translation units on
/// several threads, so checks find their session by their context. The registry
/// is leaked: it must outlive every check.
static std::shared_ptr<SharedSession>
acquireSession(tidy::ClangTidyContext *Context) {
  static std::mutex Mutex;
  static auto &Registry =
      *new std::map<tidy::ClangTidyContext *, std::weak_ptr<SharedSession>>;
  std::lock_guard<std::mutex> Lock(Mutex);
  for (auto It = Registry.begin(); It != Registry.end();)
    It = It->second.expired() ? Registry.erase(It) : std::next(It);
  std::weak_ptr<SharedSession> &Known = Registry[Context];
  std::shared_ptr<SharedSession> Session = Known.lock();
  if (!Session)
    Known = Session = std::make_shared<SharedSession>();
  return Session;
}

BorrowCheck::BorrowCheck(StringRef Name, tidy::ClangTidyContext *Context)
    : ClangTidyCheck(Name, Context), Shared(acquireSession(Context)),
      Types(Options.getLocalOrGlobal(TypesOption, "")),
      Calls(Options.getLocalOrGlobal(CallsOption, "")),
      RecogniseShapes(Options.getLocalOrGlobal(ShapesOption, true)),
      ReportBudgets(Options.getLocalOrGlobal(BudgetsOption, false)) {}

void BorrowCheck::storeOptions(tidy::ClangTidyOptions::OptionMap &Map) {
  Options.store(Map, TypesOption, Types);
  Options.store(Map, CallsOption, Calls);
  Options.store(Map, ShapesOption, RecogniseShapes);
  Options.store(Map, BudgetsOption, ReportBudgets);
}

/// Reads `name=word;name=word` into Into.
template <typename Role>
static void readRoles(BorrowCheck &Check, StringRef Option, StringRef Text,
                      std::optional<Role> (*Parse)(StringRef),
                      const std::string &Allowed, llvm::StringMap<Role> &Into) {
  SmallVector<StringRef, 4> Entries;
  Text.split(Entries, ';', -1, /*KeepEmpty=*/false);
  for (StringRef Entry : Entries) {
    auto [Name, Word] = Entry.trim().split('=');
    if (std::optional<Role> Parsed = Parse(Word.trim());
        Parsed && !Name.empty())
      Into[Name.trim()] = *Parsed;
    else
      Check.configurationDiag("invalid entry '%0' in option '%1': expected "
                              "name=role with a role out of %2")
          << Entry.trim() << Option << Allowed;
  }
}

VocabularyOptions BorrowCheck::vocabularyOptions() {
  VocabularyOptions Result;
  Result.RecogniseShapes = RecogniseShapes;
  readRoles(*this, TypesOption, Types, parseTypeRole, typeRoleWords(),
            Result.Types);
  readRoles(*this, CallsOption, Calls, parseCallRole, callRoleWords(),
            Result.Calls);
  return Result;
}

void BorrowCheck::registerMatchers(ast_matchers::MatchFinder *Finder) {
  Finder->addMatcher(ast_matchers::translationUnitDecl(), this);
}

void BorrowCheck::check(const ast_matchers::MatchFinder::MatchResult &Result) {
  Sources = Result.SourceManager;
  if (!Shared->Analysis)
    Shared->Analysis =
        std::make_unique<Session>(*Result.Context, vocabularyOptions());
  for (const auto &Function : Shared->Analysis->functions())
    checkFunction(*Function);
  checkUnit(*Shared->Analysis);
  if (!std::exchange(Shared->Reported, true))
    reportSetUp();
}

/// What is said once for all checks of a translation unit.
void BorrowCheck::reportSetUp() {
  for (const NamedDecl *D : Shared->Analysis->unknownAnnotations())
    diag(D->getLocation(),
         "unknown role in the borrow:: annotation of %0; expected one of: %1")
        << D << (isa<TypeDecl>(D) ? typeRoleWords() : callRoleWords());
  if (unsigned Count = Shared->Analysis->outOfBudget();
      ReportBudgets && Count != 0)
    configurationDiag("%0 functions were too large to analyse",
                      DiagnosticIDs::Warning)
        << Count;
}

Violation BorrowCheck::heldAcross(const FunctionAnalysis &Function,
                                  const HeldAcross &H, const std::string &Doing,
                                  const std::string &Does) {
  const PlaceTable &Places = Function.places();
  const Loan &Held = Function.facts().loan(H.Loan);
  const Fact &E = *H.Effect;
  bool Locked = Held.Kind != LoanKind::Borrow;
  SourceLocation At = E.At->getBeginLoc();
  if (const auto *Value = dyn_cast<Expr>(E.At))
    At = Value->getExprLoc();
  if (isWrittenIn(E.At, E.Via))
    At = E.Via.EntryLoc;
  Violation V(At, (E.Via.Callee ? "this call " + Does : Doing) + " while " +
                      quoted(Places, Held.Place, Locked ? "a lock" : "a cell") +
                      (Locked ? " is held" : " is borrowed"));
  V.noteLoan(Function.facts(), Places, Held, H.Keeper,
             Locked ? "locked here" : "borrowed here");
  return V;
}

void BorrowCheck::report(const Violation &V) {
  {
    DiagnosticBuilder Warning = diag(V.Loc, "%0") << V.Message;
    for (const FixItHint &Fix : V.Fixes)
      Warning << Fix;
  }
  // clangd leaves out a note that lies in a macro.
  for (const Violation::Note &N : V.Notes)
    diag(Sources->getFileLoc(N.Loc), "%0", DiagnosticIDs::Note) << N.Message;
}

} // namespace borrow
