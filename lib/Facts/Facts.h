//===- Facts.h - What a function does, as data ------------------*- C++ -*-===//
//
// A function's control flow with, per block, the facts that matter to loans and
// presence, and per edge what taking it tells. Facts are the only thing that
// the analyses read; after they are built neither statements nor clang's CFG
// are looked at again. The idea is clang LifetimeSafety's and polonius'.
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_FACTS_FACTS_H
#define BORROW_FACTS_FACTS_H

#include "Facts/Loan.h"
#include "Facts/LockStates.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include <vector>

namespace clang {
class Expr;
class FunctionDecl;
class Stmt;
} // namespace clang

namespace borrow {

enum class Effect : uint8_t {
  Send,
  Recv,
  Join,
  Wait,
  CondWait,
  Sleep,
  Suspend,
  Callback, ///< Code that somebody else has registered runs.
};

/// Why a handle may be empty.
enum class Emptiness : uint8_t {
  Upgrade, ///< The object of a weak handle may be gone.
  Try,     ///< The cell or lock may be taken.
  Recv,    ///< The channel may be empty or closed.
};

/// Why a variable guards nothing.
enum class Idleness : uint8_t {
  Hides,    ///< Its declaration was meant to be a guard without a name.
  Deferred, ///< Nobody ever tells the guard to lock.
  Private,  ///< A mutex that only one call of the function sees.
};

enum class FactKind : uint8_t {
#define BORROW_FACT(Name, Sentence) Name,
#include "Facts/Facts.def"
};

/// A function may have a million: what is small stands together.
struct Fact {
  FactKind Kind;
  borrow::Effect Effect = borrow::Effect::Send;
  bool Truth = false;
  /// Of Unlock, Suspend, Resume: it is an error if the lock is not held, or is
  /// held already. Of Ignore: what comes next takes it for a success. Of an
  /// Effect in a callee: it releases some lock that is held here.
  bool Strict = false;
  Emptiness Why = Emptiness::Upgrade;
  Idleness Idle = Idleness::Hides;
  LoanId Loan;
  HolderId Holder, To;
  PlaceId Place, Value;
  uint32_t Try = ~0u;
  /// The call or construction that a Call is of, and the statement at which
  /// any other fact happens.
  const clang::Stmt *At = nullptr;
  Inside Via;
  uint32_t Call = ~0u;
  /// For a SetFlag: what holds if Place is Truth (index into Conjunctions).
  uint32_t Needs = ~0u;
  /// For an Access in a callee: index into Circumstances.
  uint32_t Circumstances = ~0u;
  /// For a Settle: index into LockExits.
  uint32_t Exit = ~0u;
};

/// A closure or function that a call passes on.
struct Closure {
  const clang::FunctionDecl *Body = nullptr;
  /// What it refers to without owning it.
  llvm::SmallVector<PlaceId, 2> Refers;
  /// The handles that it keeps.
  llvm::SmallVector<PlaceId, 1> Keeps;
};

struct Argument {
  /// What the argument denotes, and the storage that it was read from.
  PlaceId Place, Storage;
  HolderId Source;
  Closure Function;
  /// What its value is made from, in functions that update shared data.
  llvm::SmallVector<PlaceId, 1> MadeFrom;
  /// The handles that are there if it, a condition, is true.
  llvm::SmallVector<PlaceId, 1> Proves;
  /// The value of a constant condition: 0, 1, or -1 if not constant.
  int8_t Constant = -1;
};

/// A call or construction whose callee may have a summary.
struct CallSite {
  const clang::FunctionDecl *Callee = nullptr;
  const clang::Expr *At = nullptr;
  /// Is it a call of a type-erased function object or function pointer?
  bool IsStored = false;
  /// Is it made once, and does who comes later wait for it?
  bool IsOnce = false;
  /// Does the result say something that nobody asks for?
  bool IsUnasked = false;
  /// What `this` is in the callee, and the object as a holder.
  PlaceId Receiver;
  HolderId Object;
  llvm::SmallVector<Argument, 0> Arguments;
  HolderId Result;
  /// The storage of the result as a handle that may be empty.
  PlaceId ResultStorage;
};

struct Edge {
  BlockId To;
  llvm::SmallVector<Literal, 1> Assumes;
  /// Conditional temporaries that were not made on the way to this edge.
  llvm::SmallVector<HolderId, 0> Unmade;
  /// The edge is a throw that leaves this try statement (index into Tries).
  uint32_t LeavesTry = ~0u;
};

struct Block {
  llvm::SmallVector<Fact, 0> Facts;
  llvm::SmallVector<Edge, 2> Successors;
  /// The return, break, continue, goto or throw that ends it, or null.
  const clang::Stmt *Jump = nullptr;
  /// Control can't go on from here: the block throws or never returns.
  bool IsDeadEnd = false;
};

struct TryRegion {
  BlockId Dispatch;
  uint32_t Parent = ~0u;
};

/// The facts of one function. Created by FactBuilder; calls are expanded by
/// summaries; owned by Session until the translation unit ends.
struct FunctionFacts {
  const clang::FunctionDecl *Function = nullptr;
  BlockId Entry, Exit;
  std::vector<Block> Blocks;
  std::vector<Loan> Loans;
  std::vector<Holder> Holders;
  std::vector<CallSite> Calls;
  std::vector<llvm::SmallVector<Literal, 2>> Conjunctions;
  std::vector<borrow::Circumstances> Circumstances;
  std::vector<LockExit> LockExits;
  /// Calls of try_lock on a guard: where they say no it keeps nothing.
  std::vector<std::pair<PlaceId, HolderId>> LockTests;
  /// Results of calls that start a thread: where they are not zero the handle
  /// keeps none.
  std::vector<std::pair<PlaceId, HolderId>> SpawnTests;
  /// Local handles that own their object alone.
  llvm::SmallPtrSet<const clang::VarDecl *, 2> UniqueOwners;
  /// Local mutexes that only its own guards lock, so that nobody waits for
  /// them.
  llvm::SmallPtrSet<const clang::VarDecl *, 1> OwnMutexes;
  /// Members of local objects and of `this`, with what they are bound to.
  std::vector<std::pair<PlaceId, PlaceId>> Bindings;
  /// What the function compares, by the roots of both sides: it may tell them
  /// apart.
  std::vector<std::pair<PlaceId, PlaceId>> Compared;
  /// Receivers that a variable or closure keeps, with where they were moved
  /// from.
  std::vector<std::pair<PlaceId, PlaceId>> Renamed;
  std::vector<TryRegion> Tries;
  /// What it hands to other threads to run.
  llvm::SmallVector<const clang::FunctionDecl *, 1> Started;
  /// The try statement in which each holder was made, ~0u for none.
  std::vector<uint32_t> HolderTry;

  const Loan &loan(LoanId L) const { return Loans[L.index()]; }
  const Holder &holder(HolderId H) const { return Holders[H.index()]; }
  Block &block(BlockId B) { return Blocks[B.index()]; }
  const Block &block(BlockId B) const { return Blocks[B.index()]; }

  /// The receiver that the one in Place was at first.
  PlaceId origin(PlaceId Place) const {
    for (const auto &[Own, From] : Renamed)
      if (Own == Place)
        Place = From;
    return Place;
  }

  LoanId addLoan(Loan L) {
    Loans.push_back(L);
    return LoanId(Loans.size() - 1);
  }
  HolderId addHolder(Holder H, uint32_t InTry = ~0u) {
    Holders.push_back(H);
    HolderTry.push_back(InTry);
    return HolderId(Holders.size() - 1);
  }
};

llvm::StringRef name(FactKind Kind);
llvm::StringRef name(Effect E);

} // namespace borrow

#endif // BORROW_FACTS_FACTS_H
