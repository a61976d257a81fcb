// utf8.hpp - one question about UTF-8 that the services ask of texts from devices. Pure.
#pragma once

#include <cstddef>
#include <string_view>

namespace keycare::services {

/// Octets of the well-formed UTF-8 character at @p at (Unicode table 3-7), or 0.
[[nodiscard]] inline std::size_t utf8_character(std::string_view text, std::size_t at) {
  const auto octet = [&](std::size_t i) -> unsigned {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
  };
  const unsigned first = octet(0);
  if (first < 0x80) return 1;
  std::size_t length = 0;
  unsigned low = 0x80;
  unsigned high = 0xBF;
  if (first >= 0xC2 && first <= 0xDF)
    length = 2;
  else if (first >= 0xE0 && first <= 0xEF)
    length = 3;
  else if (first >= 0xF0 && first <= 0xF4)
    length = 4;
  else
    return 0;
  if (first == 0xE0) low = 0xA0;
  if (first == 0xED) high = 0x9F;
  if (first == 0xF0) low = 0x90;
  if (first == 0xF4) high = 0x8F;
  if (octet(1) < low || octet(1) > high) return 0;
  for (std::size_t i = 2; i < length; ++i)
    if (octet(i) < 0x80 || octet(i) > 0xBF) return 0;
  return length;
}

}  // namespace keycare::services
