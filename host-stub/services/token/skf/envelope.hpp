// envelope.hpp - the exchange pair as an RA sends it: key envelope format "gmt0016-rsa". Pure.
//
// It carries the arguments of SKF_ImportRSAKeyPair (GM/T 0016 7.6.4): the symmetric algorithm's id (4 octets,
// big-endian), the size of the wrapped key (4 octets, big-endian), the session key wrapped to the container's signing
// key (RSA, PKCS #1 v1.5), and the exchange pair's RSAPrivateKey (DER) encrypted with it.
#pragma once

#include "keycare/sdk/view.hpp"

#include <cstdint>

namespace keycare::services::skf {

inline constexpr std::string_view rsa_envelope = "gmt0016-rsa";

struct envelope {
  std::uint32_t algorithm = 0;
  octets_view wrapped_key;
  octets_view encrypted;
};

/// Views into @p data, at most 16 KiB. KC-ENVELOPE-DAMAGED.
[[nodiscard]] inline result<envelope> read_envelope(octets_view data) {
  const auto number = [&](std::size_t at) {
    std::uint32_t out = 0;
    for (std::size_t i = 0; i < 4; ++i) out = (out << 8U) | data[at + i];
    return out;
  };
  if (data.size() < 8 || data.size() > 16 * 1024) return fail(KC_E_DAMAGED, "KC-ENVELOPE-DAMAGED");
  const std::size_t wrapped = number(4);
  const auto rest = data.subspan(8);
  if (wrapped == 0 || wrapped > 512 || wrapped >= rest.size()) return fail(KC_E_DAMAGED, "KC-ENVELOPE-DAMAGED");
  return envelope{number(0), rest.first(wrapped), rest.subspan(wrapped)};
}

}  // namespace keycare::services::skf
