//===- BrokenCode.cpp - Functions that do not compile ---------------------===//
//
// Compares the source with the statements that were made of it. For
// `{ auto A = C.borrow(); retrun A; }` the only statement of the block ends
// before `retrun`, so there are tokens that belong to none.
//
//===----------------------------------------------------------------------===//

#include "Facts/BrokenCode.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace borrow {
namespace {

class Finder : public RecursiveASTVisitor<Finder> {
public:
  explicit Finder(const ASTContext &Context)
      : Sources(Context.getSourceManager()), Language(Context.getLangOpts()) {}

  // To visit is to go on: false ends the search, something is broken.

  bool VisitRecoveryExpr(RecoveryExpr *) { return false; }

  /// Arguments for which no constructor was found.
  bool VisitParenListExpr(ParenListExpr *) { return false; }

  bool VisitLambdaExpr(LambdaExpr *Lambda) {
    return llvm::all_of(Lambda->capture_inits(), [](const Expr *Init) {
      return Init && !Init->containsErrors();
    });
  }

  bool VisitDeclStmt(DeclStmt *S) {
    return llvm::none_of(S->decls(),
                         [](const Decl *D) { return D->isInvalidDecl(); });
  }

  /// A branch that can't be parsed becomes an empty statement.
  bool VisitNullStmt(NullStmt *S) {
    SourceLocation At = S->getSemiLoc();
    return At.isMacroID() || startsWith(At, ';');
  }

  bool VisitCompoundStmt(CompoundStmt *Block) {
    SourceLocation From = Block->getLBracLoc(), To = Block->getRBracLoc();
    if (From.isMacroID() || To.isMacroID())
      return true;
    if (!startsWith(From, '{') || !startsWith(To, '}'))
      return false;
    for (const Stmt *Child : Block->body()) {
      CharSourceRange Range =
          Sources.getExpansionRange(Child->getSourceRange());
      if (!isEmpty(From, Range.getBegin()))
        return false;
      From = Range.getEnd();
    }
    return isEmpty(From, To);
  }

private:
  bool startsWith(SourceLocation At, char Token) const {
    return At.isValid() && *Sources.getCharacterData(At) == Token;
  }

  /// Is there nothing between the token at From and To but what statements do
  /// not count as their own: a semicolon, an attribute, a directive?
  bool isEmpty(SourceLocation From, SourceLocation To) const {
    auto [File, Offset] = Sources.getDecomposedLoc(From);
    auto [Other, End] = Sources.getDecomposedLoc(To);
    if (File != Other)
      return true;
    StringRef Text = Sources.getBufferData(File);
    Lexer Raw(Sources.getLocForStartOfFile(File), Language, Text.begin(),
              Text.begin() + Offset, Text.end());
    Token T;
    Raw.LexFromRawLexer(T);
    bool InDirective = false;
    for (unsigned Brackets = 0;;) {
      if (Raw.LexFromRawLexer(T) ||
          Sources.getFileOffset(T.getLocation()) >= End)
        return true;
      if (T.isAtStartOfLine())
        InDirective = T.is(tok::hash);
      Brackets += T.is(tok::l_square);
      if (!InDirective && Brackets == 0 && T.isNot(tok::semi))
        return false;
      Brackets -= T.is(tok::r_square) && Brackets > 0;
    }
  }

  const SourceManager &Sources;
  const LangOptions &Language;
};

} // namespace

bool isBroken(const FunctionDecl *Function, ASTContext &Context) {
  Finder Search(Context);
  if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(Function))
    for (const CXXCtorInitializer *I : Constructor->inits())
      if (!Search.TraverseStmt(I->getInit()))
        return true;
  return !Search.TraverseStmt(Function->getBody());
}

} // namespace borrow
