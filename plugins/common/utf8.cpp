// utf8.cpp - see utf8.hpp.
#include "plugins/common/utf8.hpp"

#include "keycare/sdk/statement.hpp"

namespace keycare::common {
namespace {

constexpr char32_t replacement = 0xFFFD;
constexpr char32_t broken = 0xFFFFFFFF;

/// The code point at @p at, which moves past it; `broken` moves one octet on.
char32_t take(std::string_view text, std::size_t& at) {
  const auto octet = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = octet(at);
  ++at;
  if (first < 0x80) return first;
  const std::size_t more = first >= 0xF0 && first <= 0xF4 ? 3 : first >= 0xE0 ? 2 : 1;
  if (first < 0xC2 || first > 0xF4 || text.size() - at < more) return broken;
  char32_t point = first & (0x3FU >> more);
  for (std::size_t i = 0; i < more; ++i) {
    if ((octet(at + i) & 0xC0U) != 0x80U) return broken;
    point = (point << 6U) | (octet(at + i) & 0x3FU);
  }
  constexpr char32_t least[] = {0, 0x80, 0x800, 0x10000};
  if (point < least[more] || point > 0x10FFFF || (point >= 0xD800 && point < 0xE000)) return broken;
  at += more;
  return point;
}

}  // namespace

std::optional<std::u32string> decode_utf8(std::string_view text) {
  std::u32string points;
  for (std::size_t at = 0; at < text.size();) {
    const auto point = take(text, at);
    if (point == broken) return std::nullopt;
    points += point;
  }
  return points;
}

std::string encode_utf8(std::u32string_view points) {
  std::string text;
  const auto put = [&](char32_t octet) { text += static_cast<char>(static_cast<unsigned char>(octet)); };
  for (char32_t c : points) {
    if (c > 0x10FFFF || (c >= 0xD800 && c < 0xE000)) c = replacement;
    if (c < 0x80) {
      put(c);
    } else if (c < 0x800) {
      put(0xC0U | (c >> 6U));
      put(0x80U | (c & 0x3FU));
    } else if (c < 0x10000) {
      put(0xE0U | (c >> 12U));
      put(0x80U | ((c >> 6U) & 0x3FU));
      put(0x80U | (c & 0x3FU));
    } else {
      put(0xF0U | (c >> 18U));
      put(0x80U | ((c >> 12U) & 0x3FU));
      put(0x80U | ((c >> 6U) & 0x3FU));
      put(0x80U | (c & 0x3FU));
    }
  }
  return text;
}

std::string showable(std::string_view text, std::size_t max_points) {
  std::string out;
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size();) {
    auto point = take(text, at);
    if (point == broken) point = replacement;
    const auto one = encode_utf8({&point, 1});
    if (!statement::is_plain_text(one)) continue;
    if (count++ == max_points) return out + "…";
    out += one;
  }
  return out;
}

}  // namespace keycare::common
