// paper.hpp - the documents of the simulated world: certificates, requests, signed and sealed messages, hashes.
//
// A signature is a name beside a text: the cores cannot tell, because the host does their cryptography. In short
// encoding a signed message is the number of a text that is kept here, so that a schedule costs little; in whole
// encoding it carries its text, and hashes are SHA-256.
#pragma once

#include "tests/plugins/renewal/fake_documents.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace keycare::sim {

inline constexpr std::int64_t hour = 3600, day = 86400;  // seconds
inline constexpr std::int64_t second_ns = 1'000'000'000;

using fakes::octets_of;
using certificate = fakes::fake_certificate;

/// The RA's own CA; certificates of any other do not verify.
inline constexpr std::string_view our_issuer = "CN=Keycare sim CA";

[[nodiscard]] std::string subject_key(std::string_view key);

struct signed_text {
  std::string signer;  ///< A key's name, or a role of the RA.
  std::string text;
};

class paper {
public:
  explicit paper(bool whole) : whole_(whole) {}

  /// Other octets each time, as with SM2 and ECDSA.
  [[nodiscard]] octets sign(std::string_view signer, std::string_view text);
  [[nodiscard]] std::optional<signed_text> open(octets_view cms) const;
  [[nodiscard]] octets seal(octets_view data);
  [[nodiscard]] std::optional<octets> unseal(octets_view sealed) const;

  [[nodiscard]] digest hash(octets_view data) const;
  [[nodiscard]] std::string hash_hex(std::string_view text) const;
  /// KC-CRYPTO-CERTIFICATE for octets that are none. Parsed once for each text.
  [[nodiscard]] result<certificate_info> parse(octets_view der);

private:
  bool whole_;
  std::vector<signed_text> signed_;
  std::vector<octets> sealed_;
  std::unordered_map<std::string, certificate_info> parsed_;
};

}  // namespace keycare::sim
