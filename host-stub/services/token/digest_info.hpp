// digest_info.hpp - what a token signs with RSA: it pads only, so the DigestInfo is ours to bring. Pure.
#pragma once

#include "keycare/sdk/view.hpp"

#include <array>
#include <cstdint>
#include <string_view>

namespace keycare::services {

/// DigestInfo (RFC 8017 9.2, note 1) for @p hash; empty when it has no prefix here.
[[nodiscard]] inline octets digest_info(std::string_view hash, octets_view digest) {
  constexpr std::array<std::uint8_t, 19> prefix = {0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
                                                   0x65, 0x03, 0x04, 0x02, 0x00, 0x05, 0x00, 0x04, 0x00};
  struct known {
    std::string_view name;
    std::uint8_t size;
    std::uint8_t last_arc;  // 2.16.840.1.101.3.4.2.x
  };
  for (const auto& [name, size, last_arc] : {known{"SHA256", 32, 1}, known{"SHA384", 48, 2}, known{"SHA512", 64, 3}}) {
    if (name != hash || digest.size() != size) continue;
    octets out(prefix.begin(), prefix.end());
    out[1] = static_cast<std::uint8_t>(17 + size);
    out[14] = last_arc;
    out[18] = size;
    out.insert(out.end(), digest.begin(), digest.end());
    return out;
  }
  return {};
}

}  // namespace keycare::services
