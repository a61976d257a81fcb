// made_by_token.hpp - what is made with a key that stays in a token: CMS SignedData and certification requests.
#pragma once

#include "host-stub/services/signing/key_provider.hpp"
#include "keycare/sdk/view.hpp"

#include <cstdint>
#include <functional>

namespace keycare::services {

using digest_signer = std::function<result<octets>(std::string_view hash, octets_view digest)>;

/// CMS SignedData (RFC 5652) over @p content, inside, with @p certificate (DER), SHA-256, the attributes contentType,
/// messageDigest, signingTime (@p at, Unix time) and signingCertificateV2 (RFC 5035). Verified before it is given.
/// The signer's own error when it fails; KC-TOKEN-SIGNATURE-WRONG. On the caller's thread. [worker-thread]
[[nodiscard]] result<octets> make_signed(octets_view content, octets_view certificate, std::int64_t at,
                                         digest_signer sign);

/// A certification request (RFC 2986, DER) for @p public_key with @p subject (Name, DER), signed with SHA-256 and
/// verified before it is given. [worker-thread]
[[nodiscard]] result<octets> make_request(octets_view public_key, octets_view subject, digest_signer sign);

}  // namespace keycare::services
