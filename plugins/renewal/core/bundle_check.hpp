// bundle_check.hpp - whether what the RA issued is what was asked for. A refusal stops the order; it stays open.
#pragma once

#include "keycare/sdk/values.hpp"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <vector>

namespace keycare::renewal {

/// openapi.json's Bundle.
struct held_bundle {
  std::int64_t generation = 0;
  bundle certificates;
  std::vector<octets> chain;  ///< Issuer first.
};

/// KC-RA-ANSWER for what is not one. [any-thread]
[[nodiscard]] result<held_bundle> read_bundle(const nlohmann::json& from_ra);

/// What the certificates are held against.
struct bundle_expectation {
  std::int64_t generation = 0;
  std::string public_key_sha256;  ///< Of the new key on the token.
  octets old_subject_der;
  std::string old_serial;
  std::int64_t new_not_after = 0;  ///< As the quote, and the order after it, promised.
};

/// @param signing, encryption the bundle's certificates, parsed;  @param key_sha256_of_signing hash of signing's
/// SubjectPublicKeyInfo. @return the support code of the first thing that does not fit: KC-RENEWAL-BUNDLE-GENERATION,
/// -KEY, -SUBJECT, -DATES, -SERIAL, -ENVELOPE. The chain is verified apart (crypto.verify_certificate). Pure.
/// [any-thread]
[[nodiscard]] std::optional<std::string> bundle_problem(const held_bundle& got, const certificate_info& signing,
                                                        const std::optional<certificate_info>& encryption,
                                                        std::string_view key_sha256_of_signing,
                                                        const bundle_expectation& wanted);

}  // namespace keycare::renewal
