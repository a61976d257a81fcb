// plain.cpp - decodes UTF-8 and drops what must not reach people's eyes.
#include "host-stub/services/text/plain.hpp"

#include <cstdint>

namespace keycare::services {

namespace {

struct code_point {
  char32_t value = 0xFFFD;
  std::size_t octets = 1;
  bool valid = false;
};

/// RFC 3629: no overlong forms, no surrogates, at most U+10FFFF.
code_point decode(std::string_view text) {
  const auto octet = [&](std::size_t at) { return static_cast<std::uint8_t>(text[at]); };
  const auto first = octet(0);
  if (first < 0x80) return {first, 1, true};
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < length) return {};
  char32_t value = first & (0x7FU >> length);
  for (std::size_t at = 1; at < length; ++at) {
    if ((octet(at) & 0xC0U) != 0x80) return {};
    value = (value << 6U) | (octet(at) & 0x3FU);
  }
  constexpr char32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
  if (value < smallest[length] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return {};
  return {value, length, true};
}

/// Controls, zero-width and bidirectional marks, line separators, tags: nothing that a sentence needs.
bool hidden(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0xAD || c == 0x061C || c == 0x180E ||
         (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF ||
         (c >= 0xFFF9 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE007F);
}

std::string clean(std::string_view text, std::size_t most, bool lines) {
  std::string out;
  while (!text.empty()) {
    const auto next = decode(text);
    const auto piece = next.valid ? text.substr(0, next.octets) : std::string_view("\xEF\xBF\xBD");
    std::string_view kept = piece;
    if (next.valid && (next.value == '\n' || next.value == '\t'))
      kept = lines && next.value == '\n' ? "\n" : " ";
    else if (next.valid && hidden(next.value))
      kept = {};
    if (out.size() + kept.size() > most) break;
    out += kept;
    text.remove_prefix(next.octets);
  }
  return out;
}

}  // namespace

std::string plain_line(std::string_view text, std::size_t most) {
  return clean(text, most, false);
}
std::string plain_text(std::string_view text, std::size_t most) {
  return clean(text, most, true);
}

}  // namespace keycare::services
