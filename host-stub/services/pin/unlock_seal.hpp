// unlock_seal.hpp - the two admin PINs of an unlock authorisation: how they are opened, and what else must fit.
// plugin-api/ra/statements.md, "Sealed admin PINs".
#pragma once

#include "host-stub/services/crypto/openssl_ptr.hpp"
#include "host-stub/services/secure/secret.hpp"
#include "keycare/sdk/values.hpp"

#include <nlohmann/json.hpp>
#include <string>

namespace keycare::services {

struct ephemeral_key {
  key_ptr key;        ///< X25519
  octets public_key;  ///< SubjectPublicKeyInfo, DER
};
[[nodiscard]] result<ephemeral_key> make_ephemeral_key();

struct admin_pins {
  secret current;
  secret next;
};

/// Everything that the host asked for; the authorisation must say the same.
struct unlock_expectation {
  std::string unlock_id;
  std::string redeem_id;
  std::string method;  ///< "skf-unblock-pin" or "pkcs11-init-pin"
  token_ref token;
  std::string application;
  digest certificate{};
  octets nonce;
  octets public_key;  ///< The ephemeral one.
};

/// Holds a checked "unlock-authorisation" statement against what was asked. KC-UNLOCK-OTHER (KC_E_UNTRUSTED) with the
/// member's name in its arguments. Pure. [any-thread]
[[nodiscard]] result<void> check_authorisation(const nlohmann::json& statement, const unlock_expectation& asked);

/// Opens statement.sealed. KC-UNLOCK-SEAL (KC_E_UNTRUSTED). [any-thread]
[[nodiscard]] result<admin_pins> open_admin_pins(const nlohmann::json& statement, const unlock_expectation& asked,
                                                 EVP_PKEY* own_key);

/// Reads {"current":"…","next":"…"} exactly (canonical JSON), without a copy outside the secure heap. [any-thread]
[[nodiscard]] result<admin_pins> read_admin_pins(const secret& text);

}  // namespace keycare::services
