//===- Body.cpp - A function's body as something to edit ------------------===//

#include "Repair/Body.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace borrow {

Body::Body(const FunctionDecl &Function)
    : Function(Function), Context(Function.getASTContext()),
      Sources(Context.getSourceManager()) {}

static bool extend(SmallVectorImpl<const Stmt *> &Path, const Stmt *Target) {
  const Stmt *Last = Path.back();
  if (Last == Target)
    return true;
  if (isa<LambdaExpr>(Last) && Path.size() > 1) {
    // A capture's initialiser is evaluated here, the body is not.
    auto Inits = cast<LambdaExpr>(Last)->capture_inits();
    for (const Expr *Init : Inits)
      if (Init == Target)
        return Path.push_back(Init), true;
    return false;
  }
  for (const Stmt *Child : Last->children())
    if (Child) {
      Path.push_back(Child);
      if (extend(Path, Target))
        return true;
      Path.pop_back();
    }
  return false;
}

SmallVector<const Stmt *, 16> Body::pathTo(const Stmt *S) const {
  SmallVector<const Stmt *, 16> Path;
  if (const Stmt *Root = Function.getBody()) {
    Path.push_back(Root);
    if (!extend(Path, S))
      Path.clear();
  }
  return Path;
}

ArrayRef<Stmt *> Body::Position::following() const {
  const auto *At = llvm::find(Block->body(), Statement);
  return {At + 1, const_cast<Stmt *const *>(Block->body_end())};
}

Body::Position Body::find(const Stmt *S) const {
  SmallVector<const Stmt *, 16> Path = pathTo(S);
  for (size_t I = Path.size(); I-- > 1;)
    if (const auto *Block = dyn_cast<CompoundStmt>(Path[I - 1])) {
      SourceRange Range = Path[I]->getSourceRange();
      if (Range.getBegin().isMacroID() || Range.getEnd().isMacroID() ||
          S->getBeginLoc().isMacroID() || S->getEndLoc().isMacroID())
        break;
      ArrayRef<const Stmt *> Outer = ArrayRef(Path).take_front(I);
      return {Block, Path[I], {Path.begin() + I, Path.end()}, leave(Outer)};
    }
  return {};
}

static bool canBeEmpty(QualType T) {
  if (T->isPointerType() || T->isArithmeticType())
    return true;
  const CXXRecordDecl *Class = T->getAsCXXRecordDecl();
  if (!Class || !Class->hasDefinition() || Class->isAggregate())
    return false;
  return llvm::any_of(Class->ctors(), [](const CXXConstructorDecl *C) {
    return C->isDefaultConstructor() && !C->isDeleted() && !C->isExplicit() &&
           C->getAccess() == AS_public;
  });
}

std::string Body::leave(ArrayRef<const Stmt *> Path) const {
  for (const Stmt *S : llvm::reverse(Path)) {
    if (isa<ForStmt, CXXForRangeStmt>(S))
      return "continue;";
    if (isa<WhileStmt, DoStmt, SwitchStmt, CXXTryStmt, CXXCatchStmt>(S))
      return "";
  }
  const auto *Method = dyn_cast<CXXMethodDecl>(&Function);
  if (isa<CXXConstructorDecl, CXXDestructorDecl>(Function) ||
      Function.isNoReturn() ||
      isa_and_nonnull<CoroutineBodyStmt>(Function.getBody()))
    return "";
  QualType Result = Function.getReturnType();
  if (Result->isVoidType())
    return "return;";
  if (Function.isMain())
    return "return 1;";
  bool Deduced = Function.getDeclaredReturnType()->getContainedAutoType() ||
                 (Method && Method->getParent()->isLambda());
  return !Deduced && canBeEmpty(Result) ? "return {};" : "";
}

std::string Body::text(const Stmt *S) const {
  return Lexer::getSourceText(
             CharSourceRange::getTokenRange(S->getSourceRange()), Sources,
             Context.getLangOpts())
      .str();
}

std::string Body::freshName(StringRef Base) const {
  std::string Text = Lexer::getSourceText(CharSourceRange::getTokenRange(
                                              Function.getSourceRange()),
                                          Sources, Context.getLangOpts())
                         .str();
  std::string Name = Base.str();
  for (unsigned I = 2; StringRef(Text).contains(Name); ++I)
    Name = Base.str() + std::to_string(I);
  return Name;
}

std::string Body::newLine(const Stmt *S, unsigned Levels) const {
  constexpr unsigned Width = 2;
  return "\n" + Lexer::getIndentationForLine(S->getBeginLoc(), Sources).str() +
         std::string(Levels * Width, ' ');
}

FixItHint Body::insertBefore(const Stmt *S, std::string Text) const {
  return FixItHint::CreateInsertion(S->getBeginLoc(), Text);
}

static Edits insertion(SourceLocation At, StringRef Text) {
  if (At.isInvalid())
    return {};
  return {FixItHint::CreateInsertion(At, Text)};
}

Edits Body::insertAfter(const Stmt *S, std::string Text) const {
  return insertion(Lexer::getLocForEndOfToken(S->getEndLoc(), 0, Sources,
                                              Context.getLangOpts()),
                   Text);
}

Edits Body::insertBehind(const Stmt *S, std::string Text) const {
  // The semicolon belongs to a declaration, but not to an expression.
  if (isa<DeclStmt>(S))
    return insertAfter(S, std::move(Text));
  return insertion(Lexer::findLocationAfterToken(S->getEndLoc(), tok::semi,
                                                 Sources, Context.getLangOpts(),
                                                 false),
                   Text);
}

FixItHint Body::replace(const Stmt *S, std::string Text) const {
  return FixItHint::CreateReplacement(S->getSourceRange(), Text);
}

bool mentions(const Stmt *S, const VarDecl *Var) {
  if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
    return Ref->getDecl() == Var;
  return llvm::any_of(S->children(), [&](const Stmt *Child) {
    return Child && mentions(Child, Var);
  });
}

} // namespace borrow
