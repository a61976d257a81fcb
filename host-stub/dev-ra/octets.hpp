// octets.hpp - hashes, encodings and random octets.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace keycare::dev_ra {

[[nodiscard]] std::string sha256(std::string_view octets);      // 32 octets
[[nodiscard]] std::string sha256_hex(std::string_view octets);  // 64 lower-case digits
[[nodiscard]] std::string hmac_sha256(std::string_view key, std::string_view octets);
[[nodiscard]] std::string hex(std::string_view octets);
/// Lower-case digits only.
[[nodiscard]] std::optional<std::string> from_hex(std::string_view digits);
[[nodiscard]] std::string base64(std::string_view octets);      // padded
[[nodiscard]] std::string base64_url(std::string_view octets);  // RFC 4648 section 5, not padded
/// Padded, without blanks, or nothing.
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);
[[nodiscard]] std::string random_octets(std::size_t count);
[[nodiscard]] std::string random_uuid();
/// @p count letters and digits that nobody confuses (no 0 O 1 l I).
[[nodiscard]] std::string random_word(std::size_t count);
/// @p count decimal digits, each equally likely.
[[nodiscard]] std::string random_digits(std::size_t count);
/// Compares in time that depends on the sizes only.
[[nodiscard]] bool equal_secret(std::string_view a, std::string_view b);

}  // namespace keycare::dev_ra
