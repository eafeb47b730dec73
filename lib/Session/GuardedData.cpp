//===- GuardedData.cpp - Which lock guards which data ---------------------===//

#include "Session/GuardedData.h"
#include "Facts/SourceIndex.h"
#include "clang/AST/DeclCXX.h"

using namespace clang;

namespace borrow {

GuardedData::GuardedData(
    UnitContext &Unit,
    llvm::ArrayRef<std::unique_ptr<FunctionAnalysis>> Functions)
    : Unit(Unit), Places(Unit.Places), Threads(Unit, Functions),
      Accesses(Unit, Threads, Functions) {}

/// Empty where the object is its own lock.
GuardedData::LockName GuardedData::name(PlaceId Lock, PlaceId Data) const {
  LockName Result;
  PlaceId Object =
      Places[Data].Kind == Step::Field ? Places[Data].Parent : PlaceId();
  for (PlaceId P = Lock; P && P != Object; P = Places[P].Parent)
    Result.insert(Result.begin(), {Places[P].Kind, Places[P].Key});
  bool Related = Object && Places.isPrefix(Object, Lock);
  // The lock of another object of the class may be the same one under another
  // name.
  if (Object && !Related && Result.back().first == Step::Field)
    return {Result.back()};
  return Result;
}

bool GuardedData::holds(const SharedAccess &A, const LockName &Lock) const {
  return llvm::any_of(A.Locks,
                      [&](PlaceId L) { return name(L, A.Place) == Lock; });
}

/// Is a lock held of which it is not known which one it is?
bool GuardedData::isUnclear(const SharedAccess &A) const {
  return llvm::any_of(A.Locks, [&](PlaceId L) { return !Places.isPrecise(L); });
}

/// Can two threads be in A and in B at the same time, and does it matter?
bool GuardedData::mayMeet(const Entered &A, const Entered &B) const {
  if ((!A.Access.Writes && !B.Access.Writes) || A.Access.IsAlone ||
      B.Access.IsAlone)
    return false;
  return llvm::none_of(A.Access.Locks, [&](PlaceId L) {
    return holds(B.Access, name(L, A.Access.Place));
  });
}

std::optional<GuardedData::Usage>
GuardedData::usage(llvm::ArrayRef<Entered> All) const {
  std::vector<Usage> Each;
  for (const Entered &E : All)
    for (PlaceId L : E.Access.Locks)
      if (Places.isPrecise(L)) {
        LockName Lock = name(L, E.Access.Place);
        auto It =
            llvm::find_if(Each, [&](const Usage &U) { return U.Lock == Lock; });
        if (It == Each.end())
          It = Each.insert(It, {All, std::move(Lock), {}, {}});
        It->With.insert(E.By);
      }
  auto Most = llvm::max_element(Each, [](const Usage &L, const Usage &R) {
    return L.With.size() < R.With.size();
  });
  if (Most == Each.end())
    return std::nullopt;
  for (const Entered &E : All)
    if (isWithout(E, *Most))
      Most->Without.insert(E.By);
  return std::move(*Most);
}

bool GuardedData::isWithout(const Entered &E, const Usage &U) const {
  return !holds(E.Access, U.Lock) && !isUnclear(E.Access);
}

/// Does a thread change what another function simply reads with the lock?
bool GuardedData::overruns(const Entered &E, const Usage &U) const {
  return Threads.isStarted(E.By) && E.Access.Writes &&
         llvm::any_of(U.All, [&](const Entered &Other) {
           return Other.By != E.By && Other.Access.IsCertain &&
                  holds(Other.Access, U.Lock) && mayMeet(E, Other);
         });
}

/// The access with the lock that E may meet, rather one of another function, or
/// null.
const GuardedData::Entered *GuardedData::guarded(const Entered &E,
                                                 const Usage &U) const {
  // Who alone writes may read without a lock.
  bool MeetsItself =
      E.Access.Writes && E.Access.AfterLocked && !Threads.isConfined(E.By);
  bool Overruns = overruns(E, U);
  const Entered *Found = nullptr;
  for (const Entered &Other : U.All) {
    bool Matters = Other.Access.Writes || (Overruns && Other.Access.IsCertain);
    if (!Matters || !holds(Other.Access, U.Lock) || !mayMeet(E, Other))
      continue;
    if (Other.By != E.By)
      return &Other;
    if (MeetsItself && !Found)
      Found = &Other;
  }
  return Found;
}

/// Is the lock there for this data alone?
bool GuardedData::isSole(const LockName &Lock) const {
  if (Lock.empty())
    return false;
  auto It = GuardedBy.find(Lock.back().second);
  return It != GuardedBy.end() && It->second.size() == 1;
}

/// Is it the access without the lock that is wrong, and not the lock that is
/// not needed?
bool GuardedData::isOdd(const Entered &E, const Entered &Guarded,
                        const Usage &U) const {
  size_t With = U.With.size(), Without = U.Without.size();
  bool MostHoldIt = With >= 2 && 2 * Without <= With;
  if (MostHoldIt || Without != 1)
    return MostHoldIt;
  bool HeldItBefore =
      E.Access.Writes && E.Access.AfterLocked && U.With.contains(E.By);
  bool ReadsForSure = !E.Access.Writes && E.Access.IsCertain;
  bool LacksTheOnlyLock = With == 1 && ReadsForSure && isSole(U.Lock) &&
                          Threads.mayRunBeside(E.By) &&
                          !Threads.isStarted(Guarded.By);
  return HeldItBefore || LacksTheOnlyLock || overruns(E, U);
}

void GuardedData::report(llvm::ArrayRef<Entered> All,
                         std::vector<UnguardedAccess> &Found) const {
  std::optional<Usage> U = usage(All);
  if (!U)
    return;
  llvm::SmallPtrSet<Function, 4> Reported;
  for (const Entered &E : All) {
    if (!E.IsEntry || !isWithout(E, *U) || Reported.contains(E.By))
      continue;
    const Entered *Guarded = guarded(E, *U);
    if (!Guarded || !isOdd(E, *Guarded, *U))
      continue;
    PlaceId Held;
    for (PlaceId L : Guarded->Access.Locks)
      if (name(L, Guarded->Access.Place) == U->Lock)
        Held = L;
    Reported.insert(E.By);
    Found.push_back({E.Access, Guarded->Access, Held});
  }
}

std::vector<UnguardedAccess> GuardedData::unguarded() {
  llvm::MapVector<const void *, std::vector<Entered>> Data;
  for (Function F : Accesses.functions()) {
    bool Entered = Threads.isEntry(F);
    // Others are part of their callers, unless those are not seen.
    if (ownsItsObject(F) || (!Entered && !Unit.Index.callers(F).empty()))
      continue;
    for (const SharedAccess &A : Accesses.of(F)) {
      const PlaceTable::Node &Last = Places[A.Place];
      if (Last.Kind == Step::Field || Last.Kind == Step::Var)
        Data[Last.Key].push_back({A, F, Entered});
    }
  }
  for (const auto &[Key, All] : Data)
    for (const Entered &E : All)
      for (PlaceId L : E.Access.Locks)
        GuardedBy[Places[L].Key].insert(Key);
  std::vector<UnguardedAccess> Found;
  for (const auto &[Key, All] : Data)
    report(All, Found);
  return Found;
}

} // namespace borrow
