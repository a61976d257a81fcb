// encoding.hpp - octets as text and back: hexadecimal, base64, base32 (RFC 4648), uuids (RFC 9562).
// Pure functions; strict readers. Every function is [any-thread].
#pragma once

#include "keycare/sdk/view.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace keycare::common {

/// Lower-case hexadecimal.
[[nodiscard]] std::string to_hex(octets_view data);
/// Lower or upper case; nothing for an odd length or another character.
[[nodiscard]] std::optional<octets> from_hex(std::string_view text);

/// Padded base64 (RFC 4648 section 4), without line breaks.
[[nodiscard]] std::string to_base64(octets_view data);
/// Padded base64 only: no blanks, no line breaks, no stray bits in the last character.
[[nodiscard]] std::optional<octets> from_base64(std::string_view text);

/// Lower-case base32 without padding (RFC 4648 section 6): for names that must be short and free of '/' and '+'.
[[nodiscard]] std::string to_base32(octets_view data);

/// A version 4 uuid of 16 random octets, of which six bits are overwritten (RFC 9562 section 5.4).
[[nodiscard]] std::string to_uuid(octets random16);
/// The 16 octets of a uuid in lower case.
[[nodiscard]] std::optional<octets> from_uuid(std::string_view uuid);

}  // namespace keycare::common
