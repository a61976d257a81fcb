// trust.hpp - whom the host believes: what it pinned for each endpoint, and what is checked against it.
//
// A pinned folder holds PEM files: root.pem (roots of the certificates that the endpoint issues), issuing.pem
// (optional, helps to build chains), encryption.pem, and one signer a role: receipt.pem, time.pem, unlock.pem. (The
// roots of TLS are http's.) Files are read when they are needed: a renewed pin counts at once.
#pragma once

#include "host-stub/services/crypto/openssl_ptr.hpp"
#include "keycare/sdk/result.hpp"
#include "keycare/sdk/view.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace keycare::services {

/// Verifies CMS SignedData (at most 256 KiB; one signer info, SHA-256 or better, content inside) with the key of
/// @p signer and nobody else's, whatever certificates came along, and gives its content.
/// KC-TRUST-DAMAGED (KC_E_DAMAGED) when it is none; KC-TRUST-SIGNATURE (KC_E_UNTRUSTED). [any-thread]
[[nodiscard]] result<octets> verify_signed_by(X509* signer, octets_view cms);

/// Immutable after its construction. [any-thread]
class trust_store {
public:
  /// @param pinned the folder of each logical endpoint
  explicit trust_store(std::map<std::string, std::filesystem::path> pinned) : pinned_(std::move(pinned)) {}

  /// KC-TRUST-CHAIN (native: X509_V_ERR_...), KC-TRUST-NOT-PINNED, KC-CERTIFICATE-DAMAGED.
  /// @param intermediates DER certificates, one after another, at most 8;  @param at Unix time
  [[nodiscard]] result<void> verify_certificate(std::string_view endpoint, octets_view der, octets_view intermediates,
                                                std::int64_t at) const;
  /// verify_signed_by with the signer that is pinned for @p role: "receipt", "time", "unlock".
  [[nodiscard]] result<octets> verify_signed(std::string_view endpoint, std::string_view role, octets_view cms) const;
  /// CMS AuthEnvelopedData (RFC 5083) with AES-256-GCM; the key goes by RSA-OAEP with SHA-256. At most 256 KiB.
  [[nodiscard]] result<octets> seal(std::string_view endpoint, octets_view data) const;

private:
  [[nodiscard]] result<x509_list_ptr> pinned(std::string_view endpoint, std::string_view file) const;
  std::map<std::string, std::filesystem::path> pinned_;
};

}  // namespace keycare::services
