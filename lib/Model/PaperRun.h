//===- PaperRun.h - What a method does to the flags of its object -*- C++ -*-=//
//
// Runs bodies on paper: straight code and branches over the numbers that are
// known, for one object and the guards that its methods make. Any other
// question, and every loop, ends in Unknown.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_MODEL_PAPERRUN_H
#define BORROW_MODEL_PAPERRUN_H

#include "clang/AST/StmtVisitor.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"
#include <optional>

namespace borrow {

/// How a body ends; Empty returns a handle of nothing, Fails throws or ends the
/// program.
enum class Outcome { GoesOn, Returns, Empty, Fails, Unknown };

/// A number, or what something refers or points to: a variable, a member, or
/// the whole object.
struct PaperValue {
  int64_t Number = 0;
  const clang::ValueDecl *To = nullptr;
  bool ToObject = false;

  bool isNumber() const { return !To && !ToObject; }
  bool truth() const { return Number != 0 || !isNumber(); }
  bool operator==(const PaperValue &) const = default;
};

/// The state of one object of Class. Made fresh, with the members as the class
/// initialises them or zero; a copy goes its own way.
class PaperRun
    : public clang::ConstStmtVisitor<PaperRun, std::optional<PaperValue>> {
public:
  using Known = std::optional<PaperValue>;

  explicit PaperRun(const clang::CXXRecordDecl *Class)
      : Class(Class), Flags(flagsOf(Class)) {}

  /// The numbers of an object: of the class, of its bases and of members that
  /// are the only ones of their class.
  static llvm::SmallVector<const clang::FieldDecl *, 4>
  flagsOf(const clang::CXXRecordDecl *Class);

  /// Calls a method of the object with arguments of which nothing is known.
  Outcome call(const clang::CXXMethodDecl *Method);
  /// Calls a method that is given a function object, and destroys the guards
  /// among its variables.
  Outcome callAround(const clang::CXXMethodDecl *Method);
  /// The state in which that has called the function object, if it has.
  std::optional<PaperRun> meanwhile() const;
  /// Destroys the guard that the last call has made.
  Outcome destroy(const clang::CXXRecordDecl *Guard);
  /// Has each member the value that it had at first?
  bool isFresh() const;

  Known VisitStmt(const clang::Stmt *) { return std::nullopt; }
  Known VisitParenExpr(const clang::ParenExpr *E);
  Known VisitFullExpr(const clang::FullExpr *E);
  Known VisitMaterializeTemporaryExpr(const clang::MaterializeTemporaryExpr *);
  Known VisitCXXBindTemporaryExpr(const clang::CXXBindTemporaryExpr *E);
  Known VisitCXXDefaultArgExpr(const clang::CXXDefaultArgExpr *E);
  Known VisitCXXDefaultInitExpr(const clang::CXXDefaultInitExpr *E);
  Known VisitCastExpr(const clang::CastExpr *Cast);
  Known VisitCXXThisExpr(const clang::CXXThisExpr *);
  Known VisitCXXNullPtrLiteralExpr(const clang::CXXNullPtrLiteralExpr *);
  Known VisitIntegerLiteral(const clang::IntegerLiteral *Literal);
  Known VisitCXXBoolLiteralExpr(const clang::CXXBoolLiteralExpr *Literal);
  Known VisitStringLiteral(const clang::StringLiteral *Literal);
  Known VisitDeclRefExpr(const clang::DeclRefExpr *Ref);
  Known VisitMemberExpr(const clang::MemberExpr *Member);
  Known VisitUnaryOperator(const clang::UnaryOperator *Op);
  Known VisitBinaryOperator(const clang::BinaryOperator *Op);
  Known VisitConditionalOperator(const clang::ConditionalOperator *Choice);
  Known VisitInitListExpr(const clang::InitListExpr *List);
  Known VisitCXXConstructExpr(const clang::CXXConstructExpr *Construct);
  Known VisitCallExpr(const clang::CallExpr *Call);
  Known VisitCXXThrowExpr(const clang::CXXThrowExpr *);
  Known VisitDeclStmt(const clang::DeclStmt *Decls);
  Known VisitCompoundStmt(const clang::CompoundStmt *Block);
  Known VisitIfStmt(const clang::IfStmt *If);
  Known VisitDoStmt(const clang::DoStmt *Do);
  Known VisitCXXTryStmt(const clang::CXXTryStmt *Try);
  Known VisitReturnStmt(const clang::ReturnStmt *Return);
  Known VisitForStmt(const clang::ForStmt *) { return stop(); }
  Known VisitWhileStmt(const clang::WhileStmt *) { return stop(); }
  Known VisitCXXForRangeStmt(const clang::CXXForRangeStmt *) { return stop(); }
  Known VisitSwitchStmt(const clang::SwitchStmt *) { return stop(); }
  Known VisitGotoStmt(const clang::GotoStmt *) { return stop(); }

private:
  Known stop(Outcome How = Outcome::Unknown) {
    Ends = How;
    return std::nullopt;
  }
  bool isFlag(const clang::ValueDecl *D) const;
  Known read(Known Place) const;
  Known write(Known Place, Known New);
  Known denote(const clang::ValueDecl *D) const;
  void bind(const clang::ValueDecl *To, const clang::Expr *E);
  Known enter(const clang::FunctionDecl *Function,
              llvm::ArrayRef<const clang::Expr *> Args);

  void endLocals(size_t Outer);

  using State = llvm::DenseMap<const clang::ValueDecl *, PaperValue>;

  const clang::CXXRecordDecl *Class;
  llvm::SmallVector<const clang::FieldDecl *, 4> Flags;
  State Values;
  std::optional<State> Meanwhile;
  /// The classes of the variables that end with the bodies that run.
  llvm::SmallVector<const clang::CXXRecordDecl *, 2> Locals;
  bool EndsLocals = false;
  Known Result;
  Outcome Ends = Outcome::GoesOn;
  unsigned Depth = 0, Bodies = 0;
};

} // namespace borrow

#endif // BORROW_MODEL_PAPERRUN_H
