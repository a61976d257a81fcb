// encoding.cpp - octets as text and back.
#include "plugins/common/encoding.hpp"

#include <array>

namespace keycare::common {

namespace {

constexpr std::string_view base64_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view base32_alphabet = "abcdefghijklmnopqrstuvwxyz234567";

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// Writes @p data in groups of @p bits bits, the last one filled up with zeros.
std::string in_groups(octets_view data, int bits, std::string_view alphabet) {
  std::string out;
  out.reserve((data.size() * 8 + static_cast<std::size_t>(bits) - 1) / static_cast<std::size_t>(bits));
  std::uint32_t held = 0;
  int count = 0;
  const std::uint32_t mask = (1U << bits) - 1U;
  for (const std::uint8_t octet : data) {
    held = ((held << 8U) | octet) & 0xFFFFU;
    count += 8;
    while (count >= bits) {
      count -= bits;
      out.push_back(alphabet[(held >> count) & mask]);
    }
  }
  if (count > 0) out.push_back(alphabet[(held << (bits - count)) & mask]);
  return out;
}

}  // namespace

std::string to_hex(octets_view data) {
  return in_groups(data, 4, "0123456789abcdef");
}

std::optional<octets> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  octets out;
  out.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = hex_value(text[i]);
    const int low = hex_value(text[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    out.push_back(static_cast<std::uint8_t>(high * 16 + low));
  }
  return out;
}

std::string to_base64(octets_view data) {
  auto out = in_groups(data, 6, base64_alphabet);
  while (out.size() % 4 != 0) out.push_back('=');
  return out;
}

std::optional<octets> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::size_t padding = 0;
  while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;
  octets out;
  out.reserve(text.size() / 4 * 3);
  std::uint32_t held = 0;
  int count = 0;
  for (const char c : text.substr(0, text.size() - padding)) {
    const auto value = base64_alphabet.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    held = ((held << 6U) | static_cast<std::uint32_t>(value)) & 0xFFFFU;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out.push_back(static_cast<std::uint8_t>((held >> count) & 0xFFU));
  }
  if ((held & ((1U << count) - 1U)) != 0) return std::nullopt;  // Two texts must not mean the same octets.
  return out;
}

std::string to_base32(octets_view data) {
  return in_groups(data, 5, base32_alphabet);
}

std::string to_uuid(octets random16) {
  random16.resize(16);
  random16[6] = static_cast<std::uint8_t>((random16[6] & 0x0FU) | 0x40U);
  random16[8] = static_cast<std::uint8_t>((random16[8] & 0x3FU) | 0x80U);
  auto out = to_hex(random16);
  for (const std::size_t at : {8U, 13U, 18U, 23U}) out.insert(at, "-");
  return out;
}

std::optional<octets> from_uuid(std::string_view uuid) {
  if (uuid.size() != 36) return std::nullopt;
  std::string digits;
  for (std::size_t i = 0; i < uuid.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash != (uuid[i] == '-') || (uuid[i] >= 'A' && uuid[i] <= 'F')) return std::nullopt;
    if (!dash) digits.push_back(uuid[i]);
  }
  return from_hex(digits);
}

}  // namespace keycare::common
