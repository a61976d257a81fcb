// encoding.hpp - base64 (RFC 4648 section 4) and distinguished names (RFC 5280 4.1.2.4).
#pragma once

#include "keycare/sdk/result.hpp"
#include "keycare/sdk/view.hpp"

#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace keycare::services {

/// Padded, on one line. [any-thread]
[[nodiscard]] std::string base64(octets_view data);
/// KC-BASE64-DAMAGED for anything but what base64() writes: two texts must not mean the same octets. [any-thread]
[[nodiscard]] result<octets> from_base64(std::string_view text);

/// A Name (DER) of fields such as {"O", "..."} in their order, as UTF8String; "C" as PrintableString. KC-CRYPTO-FAILED
/// for an unknown field or a value that does not fit. [any-thread]
[[nodiscard]] result<octets> distinguished_name(std::span<const std::pair<std::string, std::string>> fields);

}  // namespace keycare::services
