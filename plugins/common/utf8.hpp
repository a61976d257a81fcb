// utf8.hpp - text that came from anywhere as code points, and text that is safe to show.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace keycare::common {

/// The code points of @p text, or nothing when it is not well-formed UTF-8 (RFC 3629: no overlong forms, no
/// surrogates). [any-thread]
[[nodiscard]] std::optional<std::u32string> decode_utf8(std::string_view text);

/// UTF-8 of @p points; what is no code point becomes U+FFFD. [any-thread]
[[nodiscard]] std::string encode_utf8(std::u32string_view points);

/// @p text as one line that can be shown: controls and bidirectional controls are left out, broken octets become
/// U+FFFD, and after @p max_points code points it ends with "…". [any-thread]
[[nodiscard]] std::string showable(std::string_view text, std::size_t max_points = 256);

}  // namespace keycare::common
