// certificate.hpp - what dev-ra reads from a certificate or a public key. Pure.
#pragma once

#include "openssl.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace keycare::dev_ra {

/// The certificate in exactly these octets, or nullptr.
[[nodiscard]] x509_ptr read_certificate(std::string_view der);
[[nodiscard]] std::string der(const X509* certificate);
/// SHA-256 of the DER, 64 lower-case digits.
[[nodiscard]] std::string fingerprint(const X509* certificate);
/// RFC 4514, UTF-8 not escaped.
[[nodiscard]] std::string subject_text(const X509* certificate);
[[nodiscard]] std::int64_t not_before(const X509* certificate);
[[nodiscard]] std::int64_t not_after(const X509* certificate);
/// SHA-256 of the SubjectPublicKeyInfo's DER.
[[nodiscard]] std::string public_key_fingerprint(EVP_PKEY* key);
/// SubjectPublicKeyInfo DER.
[[nodiscard]] std::string public_key_der(EVP_PKEY* key);

/// A certification request (RFC 2986) whose own signature verifies and whose key is strong enough.
struct request {
  std::string public_key;  // fingerprint
  key_ptr key;
  x509_req_ptr csr;
};
/// Nothing for anything else: trailing octets, a bad signature, RSA below 2048 bits.
[[nodiscard]] std::optional<request> read_request(std::string_view der);

}  // namespace keycare::dev_ra
