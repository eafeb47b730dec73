//===- Roles.h - What a type or a call means to the engine ------*- C++ -*-===//
//
// The closed list of meanings that the vocabulary can give. The spelling of
// each is also the word that `[[clang::annotate("borrow::<word>")]]` and the
// options take (docs/configuration.md).
//
//===----------------------------------------------------------------------===//
#ifndef BORROW_MODEL_ROLES_H
#define BORROW_MODEL_ROLES_H

#include "llvm/ADT/StringRef.h"
#include <optional>
#include <string>

namespace borrow {

enum class TypeRole : uint8_t {
#define BORROW_TYPE_ROLE(Name, Word, Meaning) Name,
#include "Model/Roles.def"
};

enum class CallRole : uint8_t {
#define BORROW_CALL_ROLE(Name, Word, Meaning) Name,
#include "Model/Roles.def"
};

llvm::StringRef word(TypeRole Role);
llvm::StringRef word(CallRole Role);
std::optional<TypeRole> parseTypeRole(llvm::StringRef Word);
std::optional<CallRole> parseCallRole(llvm::StringRef Word);
/// All words, comma-separated, for a diagnostic that says what is allowed.
std::string typeRoleWords();
std::string callRoleWords();

/// Is it a handle of threads that its constructor starts?
bool isThread(TypeRole Role);
/// Does a call with this role start or end anything that is followed?
bool starts(CallRole Role);
/// Does a call with this role return a guard or an upgraded handle, or lend its
/// data to a closure?
bool lendsData(CallRole Role);

} // namespace borrow

#endif // BORROW_MODEL_ROLES_H
