// key_provider.hpp - a private key that stays in a token, as an OpenSSL key: CSR and CMS are then made with the
// ordinary API.
//
// Rationale: a provider built into the process (OSSL_PROVIDER_add_builtin) with key management and signature for RSA
// and EC. It hashes in software, has the digest signed by a function, verifies every signature
// that comes back, and refuses to export anything private. It lives in a library context of its own, so that nothing
// else in the process can pick it up by accident.
#pragma once

#include "host-stub/services/crypto/openssl_ptr.hpp"
#include "keycare/sdk/result.hpp"
#include "keycare/sdk/view.hpp"

#include <openssl/types.h>

#include <functional>
#include <memory>
#include <optional>
#include <string_view>

namespace keycare::services {

/// Signs one digest with a key that stays where it is, and remembers why it could not: OpenSSL cannot carry that.
struct token_signer {
  /// @param hash OpenSSL's name: "SHA256"
  std::function<result<octets>(std::string_view hash, octets_view digest)> sign;
  std::optional<error> failed;  ///< The first failure.
};

/// The library context that has the default provider and ours. Lives until the process ends. [any-thread]
[[nodiscard]] OSSL_LIB_CTX* token_key_context();

/// A key that signs through @p signer; @p public_key is its SubjectPublicKeyInfo. KC-KEY-DAMAGED, KC-TOKEN-ALGORITHM.
/// The key, and what is made with it, is used on one thread. [any-thread]
[[nodiscard]] result<key_ptr> make_token_key(octets_view public_key, std::shared_ptr<token_signer> signer);

}  // namespace keycare::services
