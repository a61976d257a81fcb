// certificate.hpp - one X.509 certificate (RFC 5280) taken apart for the contract.
#pragma once

#include "host-stub/services/crypto/openssl_ptr.hpp"
#include "keycare/sdk/values.hpp"

namespace keycare::services {

/// The whole of @p der (at most 64 KiB) and nothing behind it. KC-CERTIFICATE-DAMAGED, KC-CERTIFICATE-TOO-LARGE.
/// [any-thread]
[[nodiscard]] result<x509_ptr> read_certificate(octets_view der);
/// Fills everything but the place. [any-thread]
[[nodiscard]] result<certificate_info> parse_certificate(octets_view der);

}  // namespace keycare::services
