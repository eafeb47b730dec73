//===- PaperRun.cpp - What a method does to the flags of its object -------===//

#include "Model/PaperRun.h"
#include "Model/Vocabulary.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/Support/CheckedArithmetic.h"

using namespace clang;

namespace borrow {

using Known = PaperRun::Known;

static Known number(int64_t N) { return PaperValue{N, nullptr, false}; }

/// Not known where it overflows.
static Known number(std::optional<int64_t> N) {
  return N ? number(*N) : std::nullopt;
}

/// Not known if it has more than 64 bits.
static Known number(const llvm::APSInt &N) { return number(N.tryExtValue()); }

static Known firstValue(const FieldDecl *Field) {
  const Expr *Init = Field->getInClassInitializer();
  Expr::EvalResult Result;
  bool IsKnown = Init && !Init->isValueDependent() &&
                 Init->EvaluateAsInt(Result, Field->getASTContext());
  return IsKnown ? number(Result.Val.getInt()) : number(0);
}

/// May it be a cell itself?
static bool mayBeCell(const CXXRecordDecl *Class) {
  if (llvm::any_of(Class->decls(),
                   [](const Decl *D) { return isa<FunctionTemplateDecl>(D); }))
    return true;
  return llvm::any_of(Class->methods(), [](const CXXMethodDecl *Method) {
    const CXXRecordDecl *Given = Method->getReturnType()->getAsCXXRecordDecl();
    return Given && Given->hasDefinition() && !Given->hasTrivialDestructor();
  });
}

static void addFlags(const CXXRecordDecl *Class, unsigned Depth,
                     llvm::SmallVectorImpl<const FieldDecl *> &Flags) {
  constexpr unsigned MaxDepth = 3;
  Class = Class && !isStd(Class) ? Class->getDefinition() : nullptr;
  if (!Class || Class->isDependentType() || Depth == MaxDepth ||
      (Depth != 0 && mayBeCell(Class)))
    return;
  llvm::SmallVector<const CXXRecordDecl *, 2> Parts;
  for (const CXXBaseSpecifier &Base : Class->bases())
    Parts.push_back(Base.getType()->getAsCXXRecordDecl());
  for (const FieldDecl *Field : Class->fields()) {
    if (Field->getType()->isIntegralOrEnumerationType())
      Flags.push_back(Field);
    Parts.push_back(Field->getType()->getAsCXXRecordDecl());
  }
  for (const CXXRecordDecl *Part : Parts)
    if (llvm::count(Parts, Part) == 1)
      addFlags(Part, Depth + 1, Flags);
}

llvm::SmallVector<const FieldDecl *, 4>
PaperRun::flagsOf(const CXXRecordDecl *Class) {
  llvm::SmallVector<const FieldDecl *, 4> All, Flags;
  addFlags(Class, 0, All);
  llvm::copy_if(All, std::back_inserter(Flags), [&](const FieldDecl *Field) {
    return llvm::count(All, Field) == 1;
  });
  return Flags;
}

bool PaperRun::isFlag(const ValueDecl *D) const {
  return llvm::is_contained(Flags, D);
}

bool PaperRun::isFresh() const {
  return llvm::all_of(Values, [&](const auto &Entry) {
    return !isFlag(Entry.first) ||
           Entry.second == firstValue(cast<FieldDecl>(Entry.first));
  });
}

Known PaperRun::read(Known Place) const {
  if (!Place || !Place->To)
    return Place;
  if (auto It = Values.find(Place->To); It != Values.end())
    return It->second;
  return isFlag(Place->To) ? firstValue(cast<FieldDecl>(Place->To))
                           : std::nullopt;
}

Known PaperRun::write(Known Place, Known New) {
  if (Place && Place->To && New)
    Values[Place->To] = *New;
  else if (Place && Place->To && isFlag(Place->To))
    return stop();
  return Place;
}

void PaperRun::bind(const ValueDecl *To, const Expr *E) {
  Known V = Visit(E);
  if (V)
    Values[To] = *V;
  else
    Values.erase(To);
}

/// A reference denotes what it is bound to.
Known PaperRun::denote(const ValueDecl *D) const {
  PaperValue Itself{0, D, false};
  return D->getType()->isReferenceType() ? read(Itself) : Itself;
}

/// The variables of a body die, unless it is left by an exception.
void PaperRun::endLocals(size_t Outer) {
  while (Locals.size() > Outer) {
    const CXXRecordDecl *Local = Locals.pop_back_val();
    if (!EndsLocals || Ends == Outcome::Fails || Ends == Outcome::Unknown)
      continue;
    Known Returned = Result;
    Outcome How = Ends;
    Outcome Destroyed = destroy(Local);
    Result = Returned;
    Ends = Destroyed == Outcome::Unknown ? Destroyed : How;
  }
}

/// Runs the body of a function. The guards that it returns are not destroyed.
Known PaperRun::enter(const FunctionDecl *Function,
                      llvm::ArrayRef<const Expr *> Args) {
  constexpr unsigned MaxDepth = 8, MaxBodies = 256;
  const FunctionDecl *Definition = nullptr;
  if (Function->isNoReturn())
    return stop(Outcome::Fails);
  for (const Expr *Arg : Args)
    if (Known V = Visit(Arg);
        V && V->To && isFlag(V->To) && !Function->isDefined())
      return stop();
  if (isStd(Function) || !Function->isDefined(Definition))
    return std::nullopt;
  if (Depth == MaxDepth || ++Bodies > MaxBodies)
    return stop();
  for (const auto &[Param, Arg] : llvm::zip(Definition->parameters(), Args))
    bind(Param, Arg);
  if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(Definition))
    for (const CXXCtorInitializer *Init : Constructor->inits())
      if (Init->isMemberInitializer())
        bind(Init->getMember(), Init->getInit());
  ++Depth;
  Result = std::nullopt;
  size_t OuterLocals = Locals.size();
  if (Definition->getBody())
    Visit(Definition->getBody());
  endLocals(OuterLocals);
  --Depth;
  if (Ends == Outcome::Returns || (Ends == Outcome::Empty && Depth != 0))
    Ends = Outcome::GoesOn;
  return std::exchange(Result, std::nullopt);
}

Outcome PaperRun::call(const CXXMethodDecl *Method) {
  Ends = Outcome::GoesOn;
  enter(Method, {});
  return Ends == Outcome::GoesOn ? Outcome::Returns : Ends;
}

Outcome PaperRun::callAround(const CXXMethodDecl *Method) {
  EndsLocals = true;
  return call(Method);
}

std::optional<PaperRun> PaperRun::meanwhile() const {
  if (!Meanwhile)
    return std::nullopt;
  PaperRun Run(Class);
  Run.Values = *Meanwhile;
  return Run;
}

Outcome PaperRun::destroy(const CXXRecordDecl *Guard) {
  const CXXMethodDecl *End = Guard->getDestructor();
  if (!End || !End->isUserProvided()) {
    End = nullptr;
    for (const CXXMethodDecl *Method : Guard->methods())
      if (Method->getOverloadedOperator() == OO_Call)
        End = Method;
  }
  Outcome How = End ? call(End) : Outcome::Returns;
  for (const FieldDecl *Field : Guard->fields())
    if (const CXXRecordDecl *Inner = Field->getType()->getAsCXXRecordDecl();
        Inner && Inner->hasDefinition() && !isStd(Inner) &&
        Inner->getDestructor() &&
        destroy(Inner->getDefinition()) == Outcome::Unknown)
      How = Outcome::Unknown;
  return How;
}

Known PaperRun::VisitParenExpr(const ParenExpr *E) {
  return Visit(E->getSubExpr());
}

Known PaperRun::VisitFullExpr(const FullExpr *E) {
  return Visit(E->getSubExpr());
}

Known PaperRun::VisitMaterializeTemporaryExpr(
    const MaterializeTemporaryExpr *E) {
  return Visit(E->getSubExpr());
}

Known PaperRun::VisitCXXBindTemporaryExpr(const CXXBindTemporaryExpr *E) {
  return Visit(E->getSubExpr());
}

Known PaperRun::VisitCXXDefaultArgExpr(const CXXDefaultArgExpr *E) {
  return Visit(E->getExpr());
}

Known PaperRun::VisitCXXDefaultInitExpr(const CXXDefaultInitExpr *E) {
  return Visit(E->getExpr());
}

Known PaperRun::VisitCastExpr(const CastExpr *Cast) {
  Known V = Visit(Cast->getSubExpr());
  return Cast->getCastKind() == CK_LValueToRValue ? read(V) : V;
}

Known PaperRun::VisitCXXThisExpr(const CXXThisExpr *) {
  return PaperValue{0, nullptr, true};
}

Known PaperRun::VisitCXXNullPtrLiteralExpr(const CXXNullPtrLiteralExpr *) {
  return number(0);
}

Known PaperRun::VisitIntegerLiteral(const IntegerLiteral *Literal) {
  return number(llvm::APSInt(Literal->getValue(), /*isUnsigned=*/false));
}

Known PaperRun::VisitCXXBoolLiteralExpr(const CXXBoolLiteralExpr *Literal) {
  return number(Literal->getValue());
}

/// `assert(Users == 0 && "in use")`.
Known PaperRun::VisitStringLiteral(const StringLiteral *) { return number(1); }

Known PaperRun::VisitDeclRefExpr(const DeclRefExpr *Ref) {
  if (const auto *Constant = dyn_cast<EnumConstantDecl>(Ref->getDecl()))
    return number(Constant->getInitVal());
  const auto *Var = dyn_cast<VarDecl>(Ref->getDecl());
  Expr::EvalResult Constant;
  if (Var && Var->isConstexpr() &&
      Ref->EvaluateAsInt(Constant, Var->getASTContext()))
    return number(Constant.Val.getInt());
  return Var ? denote(Var) : std::nullopt;
}

Known PaperRun::VisitMemberExpr(const MemberExpr *Member) {
  return isa<FieldDecl>(Member->getMemberDecl())
             ? denote(Member->getMemberDecl())
             : std::nullopt;
}

Known PaperRun::VisitUnaryOperator(const UnaryOperator *Op) {
  Known V = Visit(Op->getSubExpr());
  switch (Op->getOpcode()) {
  case UO_AddrOf:
  case UO_Deref:
  case UO_Plus:
    return V;
  case UO_LNot:
    return V ? number(!V->truth()) : std::nullopt;
  case UO_Minus:
    return V ? number(llvm::checkedSub<int64_t>(0, V->Number)) : std::nullopt;
  default:
    break;
  }
  if (!Op->isIncrementDecrementOp())
    return std::nullopt;
  Known Old = read(V);
  int64_t Step = Op->isIncrementOp() ? 1 : -1;
  Known Place =
      write(V, Old ? number(llvm::checkedAdd(Old->Number, Step)) : Old);
  return Op->isPostfix() ? Old : Place;
}

static Known compare(BinaryOperatorKind Kind, const PaperValue &L,
                     const PaperValue &R) {
  if (Kind == BO_EQ || Kind == BO_NE)
    return number((L == R) == (Kind == BO_EQ));
  if (!L.isNumber() || !R.isNumber())
    return std::nullopt;
  switch (Kind) {
  case BO_LT:
    return number(L.Number < R.Number);
  case BO_LE:
    return number(L.Number <= R.Number);
  case BO_GT:
    return number(L.Number > R.Number);
  case BO_GE:
    return number(L.Number >= R.Number);
  case BO_Add:
  case BO_AddAssign:
    return number(llvm::checkedAdd(L.Number, R.Number));
  case BO_Sub:
  case BO_SubAssign:
    return number(llvm::checkedSub(L.Number, R.Number));
  default:
    return std::nullopt;
  }
}

Known PaperRun::VisitBinaryOperator(const BinaryOperator *Op) {
  BinaryOperatorKind Kind = Op->getOpcode();
  if (Kind == BO_Assign) {
    Known New = Visit(Op->getRHS());
    return write(Visit(Op->getLHS()), New);
  }
  Known L = Visit(Op->getLHS());
  if (Kind == BO_Comma)
    return Visit(Op->getRHS());
  if (Op->isLogicalOp()) {
    if (!L)
      return std::nullopt;
    if (L->truth() == (Kind == BO_LOr))
      return number(L->truth());
    Known R = Visit(Op->getRHS());
    return R ? number(R->truth()) : std::nullopt;
  }
  Known R = Visit(Op->getRHS());
  if (Op->isCompoundAssignmentOp()) {
    Known Old = read(L);
    return write(L, Old && R ? compare(Kind, *Old, *R) : std::nullopt);
  }
  return L && R ? compare(Kind, *L, *R) : std::nullopt;
}

Known PaperRun::VisitConditionalOperator(const ConditionalOperator *Choice) {
  Known Condition = Visit(Choice->getCond());
  if (!Condition)
    return stop();
  return Visit(Condition->truth() ? Choice->getTrueExpr()
                                  : Choice->getFalseExpr());
}

Known PaperRun::VisitInitListExpr(const InitListExpr *List) {
  const CXXRecordDecl *Aggregate = List->getType()->getAsCXXRecordDecl();
  if (!Aggregate)
    return List->getNumInits() == 1 ? Visit(List->getInit(0)) : std::nullopt;
  if (Aggregate->getNumBases() == 0)
    for (const auto &[Field, Init] :
         llvm::zip(Aggregate->fields(), List->inits()))
      bind(Field, Init);
  return std::nullopt;
}

Known PaperRun::VisitCXXConstructExpr(const CXXConstructExpr *Construct) {
  const CXXConstructorDecl *Constructor = Construct->getConstructor();
  // The guard that moves is the same.
  if (Constructor->isCopyOrMoveConstructor())
    return Visit(Construct->getArg(0));
  return enter(Constructor, {Construct->getArgs(), Construct->getNumArgs()});
}

/// Is it `f(x)`, `std::forward<F>(f)(x)` or `std::invoke(f, x)` of a parameter?
static bool callsParameter(const CallExpr *Call) {
  const auto *Op = dyn_cast<CXXOperatorCallExpr>(Call);
  const FunctionDecl *Direct = Call->getDirectCallee();
  bool Invokes = Direct && isStd(Direct) && simpleName(Direct) == "invoke";
  if (Op ? Op->getOperator() != OO_Call : Invokes && !Call->getNumArgs())
    return false;
  const Expr *Callee = Op || Invokes ? Call->getArg(0) : Call->getCallee();
  Callee = Callee->IgnoreParenImpCasts();
  if (const auto *Forward = dyn_cast<CallExpr>(Callee);
      Forward && Forward->getNumArgs() == 1)
    Callee = Forward->getArg(0)->IgnoreParenImpCasts();
  const auto *Ref = dyn_cast<DeclRefExpr>(Callee);
  return Ref && isa<ParmVarDecl>(Ref->getDecl());
}

Known PaperRun::VisitCallExpr(const CallExpr *Call) {
  if (callsParameter(Call)) {
    if (!Meanwhile)
      Meanwhile = Values;
    return std::nullopt;
  }
  const FunctionDecl *Callee = Call->getDirectCallee();
  if (!Callee)
    return std::nullopt;
  llvm::ArrayRef<const Expr *> Args(Call->getArgs(), Call->getNumArgs());
  if (isStd(Callee) && simpleName(Callee) == "exchange" && Args.size() == 2) {
    Known Place = Visit(Args[0]), Old = read(Place);
    write(Place, Visit(Args[1]));
    return Old;
  }
  if (isStd(Callee) && Args.size() == 1 &&
      (simpleName(Callee) == "move" || simpleName(Callee) == "forward"))
    return Visit(Args[0]);
  // Operators of classes are given their object first.
  if (isa<CXXOperatorCallExpr>(Call))
    return std::nullopt;
  return enter(Callee, Args);
}

Known PaperRun::VisitCXXThrowExpr(const CXXThrowExpr *) {
  return stop(Outcome::Fails);
}

Known PaperRun::VisitDeclStmt(const DeclStmt *Decls) {
  for (const Decl *D : Decls->decls())
    if (const auto *Var = dyn_cast<VarDecl>(D); Var && Var->getInit()) {
      bind(Var, Var->getInit());
      const CXXRecordDecl *Local = Var->getType()->getAsCXXRecordDecl();
      if (Local && Local->hasDefinition() && !isStd(Local))
        Locals.push_back(Local->getDefinition());
    }
  return std::nullopt;
}

Known PaperRun::VisitCompoundStmt(const CompoundStmt *Block) {
  for (const Stmt *S : Block->body()) {
    Visit(S);
    if (Ends != Outcome::GoesOn)
      break;
  }
  return std::nullopt;
}

Known PaperRun::VisitIfStmt(const IfStmt *If) {
  if (If->getInit())
    Visit(If->getInit());
  if (If->getConditionVariable())
    return stop();
  Known Condition = Visit(If->getCond());
  if (Ends != Outcome::GoesOn)
    return std::nullopt;
  if (!Condition)
    return stop();
  const Stmt *Taken = Condition->truth() ? If->getThen() : If->getElse();
  return Taken ? Visit(Taken) : std::nullopt;
}

/// `do { … } while (0)` of a macro.
Known PaperRun::VisitDoStmt(const DoStmt *Do) {
  Visit(Do->getBody());
  if (Ends != Outcome::GoesOn)
    return std::nullopt;
  Known Again = Visit(Do->getCond());
  return Again && !Again->truth() ? std::nullopt : stop();
}

Known PaperRun::VisitCXXTryStmt(const CXXTryStmt *Try) {
  return Visit(Try->getTryBlock());
}

/// Is it `nullptr`, `{}` or `std::nullopt`?
static bool isNothing(const Expr *E) {
  E = E->IgnoreUnlessSpelledInSource();
  if (const auto *List = dyn_cast<InitListExpr>(E))
    return List->getNumInits() == 0;
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E))
    return Construct->getNumArgs() == 0;
  const CXXRecordDecl *Class = E->getType()->getAsCXXRecordDecl();
  return E->getType()->isNullPtrType() ||
         (Class && isStd(Class) && simpleName(Class) == "nullopt_t");
}

Known PaperRun::VisitReturnStmt(const ReturnStmt *Return) {
  const Expr *E = Return->getRetValue();
  Known V = E ? Visit(E) : std::nullopt;
  if (Ends != Outcome::GoesOn)
    return std::nullopt;
  Result = V;
  Ends = E && isNothing(E) ? Outcome::Empty : Outcome::Returns;
  return std::nullopt;
}

} // namespace borrow
