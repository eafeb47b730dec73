//===- Roles.cpp - What a type or a call means to the engine --------------===//

#include "Model/Roles.h"
#include "llvm/ADT/ArrayRef.h"

namespace borrow {

static constexpr llvm::StringLiteral TypeWords[] = {
#define BORROW_TYPE_ROLE(Name, Word, Meaning) Word,
#include "Model/Roles.def"
};

static constexpr llvm::StringLiteral CallWords[] = {
#define BORROW_CALL_ROLE(Name, Word, Meaning) Word,
#include "Model/Roles.def"
};

llvm::StringRef word(TypeRole Role) {
  return TypeWords[static_cast<unsigned>(Role)];
}

llvm::StringRef word(CallRole Role) {
  return CallWords[static_cast<unsigned>(Role)];
}

template <typename Role>
static std::optional<Role> find(llvm::ArrayRef<llvm::StringLiteral> Words,
                                llvm::StringRef Word) {
  for (size_t I = 0; I < Words.size(); ++I)
    if (Words[I] == Word)
      return static_cast<Role>(I);
  return std::nullopt;
}

std::optional<TypeRole> parseTypeRole(llvm::StringRef Word) {
  return find<TypeRole>(TypeWords, Word);
}

std::optional<CallRole> parseCallRole(llvm::StringRef Word) {
  return find<CallRole>(CallWords, Word);
}

static std::string list(llvm::ArrayRef<llvm::StringLiteral> Words) {
  std::string Result;
  for (llvm::StringRef Word : Words) {
    if (!Result.empty())
      Result += ", ";
    Result += Word;
  }
  return Result;
}

std::string typeRoleWords() { return list(TypeWords); }
std::string callRoleWords() { return list(CallWords); }

bool isThread(TypeRole Role) {
  return Role == TypeRole::Thread || Role == TypeRole::JoiningThread ||
         Role == TypeRole::ThreadDetaching;
}

bool starts(CallRole Role) {
  switch (Role) {
  case CallRole::None:
  case CallRole::Clear:
  case CallRole::Clone:
  case CallRole::Bind:
  case CallRole::Differs:
  case CallRole::Disown:
  case CallRole::Downgrade:
  case CallRole::Forward:
  case CallRole::IsExpired:
  case CallRole::GetAddress:
  case CallRole::Insert:
  case CallRole::Invoke:
  case CallRole::InvokeOnce:
  case CallRole::IsAbsent:
  case CallRole::IsPresent:
  case CallRole::NewOwner:
  case CallRole::Own:
  case CallRole::ShareThis:
  case CallRole::Unwrap:
  case CallRole::Consume:
    return false;
  default:
    return true;
  }
}

bool lendsData(CallRole Role) {
  switch (Role) {
  case CallRole::Lock:
  case CallRole::LockShared:
  case CallRole::Mut:
  case CallRole::Shared:
  case CallRole::TryLock:
  case CallRole::TryLockShared:
  case CallRole::TryMut:
  case CallRole::TryShared:
  case CallRole::Upgrade:
  case CallRole::WithMut:
  case CallRole::WithShared:
    return true;
  default:
    return false;
  }
}

} // namespace borrow
