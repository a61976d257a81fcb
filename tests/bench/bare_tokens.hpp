// bare_tokens.hpp - the peers of a signature: a token maker's library and nothing around it.
#pragma once

#include "measure.hpp"
#include "tests/host-stub/services/token/pkcs11/softhsm.hpp"

#include <memory>

namespace keycare::bench {

/// A key behind a library, found and ready: what is left is to sign.
class bare_signer {
public:
  virtual ~bare_signer() = default;
  /// Signs a DigestInfo with PKCS #1 v1.5; cannot_measure when the library does not.
  virtual octets sign(octets_view digest_info) = 0;
};

/// C_SignInit and C_Sign on the private key of @p token's only pair. Somebody in this process is logged in.
[[nodiscard]] std::unique_ptr<bare_signer> bare_pkcs11(const token_ref& token);
/// SKF_RSASignData on the container OLD of soft_host's token. Somebody in this process is logged in.
[[nodiscard]] std::unique_ptr<bare_signer> bare_skf(const std::string& library);

}  // namespace keycare::bench
