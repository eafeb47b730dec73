//===- NeedlessExclusivityCheck.cpp - what need not exclude others --------===//

#include "BorrowCheck.h"

using namespace clang;

namespace borrow {
namespace {

class NeedlessExclusivityCheck final : public BorrowCheck {
public:
  using BorrowCheck::BorrowCheck;

  void checkUnit(Session &All) override {
    for (const NeedlessExclusivity &N : All.needlessExclusivity())
      report(Violation(N.Loc, words(N)));
  }

private:
  static std::string words(const NeedlessExclusivity &N) {
    std::string Name = N.Name && N.Name->getDeclName().isIdentifier()
                           ? ("'" + N.Name->getName() + "'").str()
                           : "this object";
    switch (N.What) {
    case Needless::Borrow:
      return Name + " is borrowed to be changed, and only read";
    case Needless::WriteLock:
      return Name + " locks for writing, and what it guards is only read";
    case Needless::Cell:
      return "the cell " + Name + " is never borrowed to be changed";
    case Needless::Mutex:
      return "the mutex " + Name +
             " guards one number, which an atomic would do";
    case Needless::Thread:
      return "the loop waits for each thread before it starts the next one";
    }
    llvm_unreachable("not a kind");
  }
};

} // namespace

std::unique_ptr<BorrowCheck>
makeNeedlessExclusivityCheck(StringRef Name, tidy::ClangTidyContext *Context) {
  return std::make_unique<NeedlessExclusivityCheck>(Name, Context);
}

} // namespace borrow
