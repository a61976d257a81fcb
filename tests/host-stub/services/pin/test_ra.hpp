// test_ra.hpp - the RA's side of an unlock for tests, written from plugin-api/ra/statements.md alone.
#pragma once

#include "host-stub/services/crypto/openssl_ptr.hpp"
#include "keycare/sdk/values.hpp"

#include <nlohmann/json.hpp>
#include <string>

namespace keycare::test {

struct redemption {
  std::string unlock_id;
  std::string redeem_id;
  octets nonce;
  octets ephemeral_key;
};

/// What the host's unlock_begin gave.
redemption read_request(const std::string& unlock_id, octets_view request);
/// sealed: {"scheme", "ra_key", "data"}
nlohmann::json seal_pins(const redemption& asked, const std::string& plain);
/// The whole statement; a test changes members of it before it is signed.
nlohmann::json authorisation(const redemption& asked, const token_ref& token, const digest& certificate,
                             const std::string& current, const std::string& next);

}  // namespace keycare::test
