// messages.hpp - the cryptographic envelopes of statements: CMS signed and sealed, and sealed admin PINs (RFC 5652,
// statements.md).
#pragma once

#include "keycare/sdk/result.hpp"

#include "authority.hpp"

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace keycare::dev_ra {

/// A statement that came inside SignedData, before its signature was verified.
struct signed_message {
  cms_ptr cms;
  std::string text;
  nlohmann::json statement;  // read by keycare::statement::read
};

/// Opens EnvelopedData or AuthEnvelopedData to the RA's encryption key. `sealed-unreadable` whatever is wrong with it.
[[nodiscard]] result<std::string> open_sealed(const authority& ra, std::string_view der);
/// Reads SignedData with one signer and a statement inside. `bad-statement` otherwise.
[[nodiscard]] result<signed_message> read_signed(std::string_view der);
/// Verifies that @p message was signed by @p signer's key, whose chain was good at @p at. `untrusted-signature`
/// otherwise.
[[nodiscard]] result<void> verify(const authority& ra, const signed_message& message, X509* signer, std::int64_t at);

/// CMS SignedData (DER) by a role of the RA over a statement's canonical text.
[[nodiscard]] std::string sign(const credential& by, std::string_view text);

struct admin_pins {
  std::string current;
  std::string next;
};
struct sealed_pins {
  std::string ra_key;  // SubjectPublicKeyInfo DER
  std::string data;    // ciphertext and tag
};
/// Seals both PINs to the host's X25519 key @p host_key (SubjectPublicKeyInfo DER); `bad-fields` for ephemeral_key when
/// it is none.
[[nodiscard]] result<sealed_pins> seal_pins(const admin_pins& pins, std::string_view host_key, std::string_view nonce,
                                            std::string_view redemption);

/// Ed25519, for the payment provider's notices.
[[nodiscard]] std::string sign_notice(EVP_PKEY* key, std::string_view text);
[[nodiscard]] bool verify_notice(EVP_PKEY* key, std::string_view text, std::string_view signature);

}  // namespace keycare::dev_ra
