//===- Conditions.cpp - What a branch condition tells ---------------------===//

#include "Facts/Conditions.h"
#include "Facts/PlaceResolver.h"
#include "Model/Vocabulary.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace borrow {

static std::optional<Test> negated(std::optional<Test> T) {
  if (T)
    T->Truth = !T->Truth;
  return T;
}

static bool isNull(const Expr *E) {
  E = E->IgnoreParenImpCasts();
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(unwrapped(E));
      Construct && Construct->getNumArgs() == 1)
    return isNull(Construct->getArg(0));
  const CXXRecordDecl *Class = E->getType()->getAsCXXRecordDecl();
  return isa<CXXNullPtrLiteralExpr, GNUNullExpr>(E) ||
         simpleName(Class) == "nullopt_t";
}

bool Conditions::isZero(const Expr *E) const {
  Expr::EvalResult Value;
  return E->getType()->isIntegralOrEnumerationType() &&
         E->EvaluateAsInt(Value, Context) && Value.Val.getInt() == 0;
}

/// A call that counts owners: zero means empty.
bool Conditions::isCount(const Expr *E) const {
  const auto *Call = dyn_cast<CXXMemberCallExpr>(unwrapped(E));
  return Call && Words.role(Call->getMethodDecl(), Call->getRecordDecl()) ==
                     CallRole::IsPresent;
}

/// `pthread_create(…)`, whose result is zero if there is a thread.
bool Conditions::isSpawn(const Expr *E) const {
  const auto *Call = dyn_cast<CallExpr>(E->IgnoreParenImpCasts());
  return Call && Words.role(Call->getDirectCallee()) == CallRole::Spawn;
}

std::optional<Test> Conditions::readComparison(const Expr *L, const Expr *R,
                                               bool Equal) const {
  if (isNull(L))
    std::swap(L, R);
  if (isNull(R))
    return Equal ? negated(read(L)) : read(L);
  if (isZero(R) && (isCount(L) || isSpawn(L)))
    return Equal ? negated(read(L)) : read(L);
  Expr::EvalResult Value;
  if (!R->getType()->isIntegralOrEnumerationType() ||
      !R->EvaluateAsInt(Value, Context)) {
    std::swap(L, R);
    if (!R->getType()->isIntegralOrEnumerationType() ||
        !R->EvaluateAsInt(Value, Context))
      return std::nullopt;
  }
  const llvm::APSInt &Number = Value.Val.getInt();
  uint64_t Constant = Number.tryExtValue().value_or(Number.getLimitedValue());
  if (L->IgnoreParenImpCasts()->getType()->isBooleanType())
    return (Constant != 0) == Equal ? read(L) : negated(read(L));
  PlaceId Place = Resolver.storage(L);
  // `std::try_lock(a, b) == -1` is asked of the call.
  const auto *Call = dyn_cast<CallExpr>(L->IgnoreParenImpCasts());
  bool Tries = Call && Words.role(Call->getDirectCallee()) == CallRole::TryWait;
  if (!Places.isPrecise(Place) && !Tries)
    return std::nullopt;
  return Test{Places.equals(Place, Constant), Equal};
}

/// `n < 2`, `2 <= n`.
std::optional<Test> Conditions::readOrder(const BinaryOperator *Op) const {
  const Expr *L = Op->getLHS(), *R = Op->getRHS();
  BinaryOperatorKind Kind = Op->getOpcode();
  Expr::EvalResult Value;
  if (R->isValueDependent() || !R->EvaluateAsInt(Value, Context)) {
    std::swap(L, R);
    Kind = BinaryOperator::reverseComparisonOp(Kind);
    if (R->isValueDependent() || !R->EvaluateAsInt(Value, Context))
      return std::nullopt;
  }
  std::optional<int64_t> Constant = Value.Val.getInt().tryExtValue();
  if (!Constant || *Constant == INT64_MIN || *Constant == INT64_MAX ||
      !L->getType()->isIntegralOrEnumerationType())
    return std::nullopt;
  // `n <= 1` is `n < 2`.
  int64_t Limit = *Constant + (Kind == BO_LE || Kind == BO_GT);
  bool Below = Kind == BO_LT || Kind == BO_LE;
  // Counts of owners and elements: none, or some.
  bool Natural = Op->getLHS()->getType()->isUnsignedIntegerOrEnumerationType();
  if (Limit == 1 && (Natural || isa<CallExpr>(unwrapped(L))))
    return Below ? negated(read(L)) : read(L);
  PlaceId Place = Resolver.storage(L);
  if (!Places.isPrecise(Place))
    return std::nullopt;
  return Test{Places.below(Place, Limit), Below};
}

std::optional<Test> Conditions::readCall(const CallExpr *Call) const {
  const FunctionDecl *Callee = Call->getDirectCallee();
  if (!Callee)
    return std::nullopt;
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(Call)) {
    OverloadedOperatorKind Kind = Op->getOperator();
    if (Kind == OO_Equal)
      return Test{Resolver.storage(Op->getArg(0)), true};
    if (Kind == OO_Exclaim)
      return negated(read(Op->getArg(0)));
    if ((Kind == OO_EqualEqual || Kind == OO_ExclaimEqual) &&
        Op->getNumArgs() == 2)
      return readComparison(Op->getArg(0), Op->getArg(1),
                            Kind == OO_EqualEqual);
  }
  const auto *Member = dyn_cast<CXXMemberCallExpr>(Call);
  const Expr *Object = Member ? Member->getImplicitObjectArgument() : nullptr;
  switch (Words.role(Callee, Member ? Member->getRecordDecl() : nullptr)) {
  case CallRole::IsPresent:
    // Not whether there is a handle, but whether the one that it leads to keeps
    // something: `worker->joinable()`.
    if (Object && isa<CXXOperatorCallExpr>(unwrapped(Object)))
      return Test{Resolver.object(Member), true};
    [[fallthrough]];
  case CallRole::GetAddress:
    return Object ? read(Object) : std::nullopt;
  case CallRole::IsAbsent:
    return Object ? negated(read(Object)) : std::nullopt;
  case CallRole::IsExpired:
    return Object ? Test{Resolver.storage(Object), false}
                  : std::optional<Test>();
  case CallRole::Differs:
    return Call->getNumArgs() < 2
               ? std::nullopt
               : readComparison(Call->getArg(Call->getNumArgs() - 2),
                                Call->getArg(Call->getNumArgs() - 1), false);
  case CallRole::CanBorrow:
    return Test{Places.free(Resolver.place(Object)), true};
  case CallRole::Forward:
    return read(Object ? Object : Call->getArg(0));
  case CallRole::None:
    break;
  default:
    return Test{Resolver.storage(Call), true};
  }
  if (Callee->getReturnType()->isBooleanType())
    return Test{Resolver.place(Call), true, Call};
  return Test{Resolver.storage(Call), true};
}

void Conditions::readAll(const Expr *Condition, bool Truth,
                         llvm::SmallVectorImpl<Test> &To) const {
  const Expr *E = unwrapped(Condition);
  if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E))
    return readAll(Cast->getSubExpr(), Truth, To);
  if (const auto *Not = dyn_cast<UnaryOperator>(E);
      Not && Not->getOpcode() == UO_LNot)
    return readAll(Not->getSubExpr(), !Truth, To);
  if (const auto *Op = dyn_cast<BinaryOperator>(E); Op && Op->isLogicalOp()) {
    if ((Op->getOpcode() == BO_LAnd) == Truth) {
      readAll(Op->getLHS(), Truth, To);
      readAll(Op->getRHS(), Truth, To);
    }
    return;
  }
  if (std::optional<Test> T = read(E)) {
    T->Truth = T->Truth == Truth;
    To.push_back(*T);
  }
}

std::optional<Test> Conditions::read(const Expr *Condition) const {
  const Expr *E = unwrapped(Condition);
  if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E))
    return read(Cast->getSubExpr());
  if (const auto *Rewritten = dyn_cast<CXXRewrittenBinaryOperator>(E)) {
    CXXRewrittenBinaryOperator::DecomposedForm Form =
        Rewritten->getDecomposedForm();
    if (Form.Opcode == BO_EQ || Form.Opcode == BO_NE)
      return readComparison(Form.LHS, Form.RHS, Form.Opcode == BO_EQ);
    return std::nullopt;
  }
  if (const auto *Op = dyn_cast<UnaryOperator>(E))
    if (Op->getOpcode() == UO_LNot)
      return negated(read(Op->getSubExpr()));
  if (const auto *Op = dyn_cast<BinaryOperator>(E)) {
    if (Op->isEqualityOp())
      return readComparison(Op->getLHS(), Op->getRHS(),
                            Op->getOpcode() == BO_EQ);
    if (Op->getOpcode() == BO_Assign)
      return read(Op->getLHS());
    return Op->isRelationalOp() ? readOrder(Op) : std::nullopt;
  }
  if (const auto *Call = dyn_cast<CallExpr>(E))
    return readCall(Call);
  return Test{Resolver.storage(E), true};
}

} // namespace borrow
