// initialise.hpp - makes an empty slot a token, as a CA's counter does: for the demo and the tests. A client never
// does.
#pragma once

#include "host-stub/services/secure/secret.hpp"
#include "keycare/sdk/result.hpp"
#include "keycare/sdk/values.hpp"

#include <filesystem>
#include <string>

namespace keycare::services::pkcs11 {

struct new_token {
  std::filesystem::path module;
  std::filesystem::path remembered;  ///< Where trials are kept.
  std::string label;                 ///< ASCII, at most 32.
};

/// Initialises the first slot whose token is none yet, and sets both PINs. What was in that slot is lost, so there must
/// be nothing: KC-TOKEN-FULL when every slot holds a token. The module's own errors. [worker-thread]
[[nodiscard]] result<token_ref> initialise(const new_token& what, const secret& so_pin, const secret& user_pin);

}  // namespace keycare::services::pkcs11
