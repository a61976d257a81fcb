// narrow.hpp - what a Chinese input method leaves in a field, made into what a rule can be held against.
#pragma once

#include "keycare/sdk/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace keycare::common {

/// ASCII, after narrow(); <cctype> would ask the locale. [any-thread]
[[nodiscard]] constexpr bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}

/// Full-width letters, digits and signs (U+FF01..FF5E) and the ideographic space (U+3000) become ASCII; white space at
/// both ends goes. KC-FORM-CHARACTERS for broken UTF-8, controls and bidirectional controls. [any-thread]
[[nodiscard]] result<std::string> narrow(std::string_view text);

/// As narrow(), and with every space inside removed: for numbers that people write in groups. [any-thread]
[[nodiscard]] result<std::string> narrow_number(std::string_view text);

/// Text that stays as it was typed, without white space at both ends. KC-FORM-CHARACTERS as above, KC-FORM-TOO-LONG
/// over
/// @p max_octets of UTF-8. [any-thread]
[[nodiscard]] result<std::string> keep(std::string_view text, std::size_t max_octets);

}  // namespace keycare::common
