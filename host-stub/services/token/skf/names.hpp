// names.hpp - names as an SKF library gives them: bounded lists of octets, and the UTF-8 that stands for them. Pure.
#pragma once

#include "keycare/sdk/result.hpp"
#include "keycare/sdk/view.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace keycare::services::skf {

inline constexpr std::size_t max_names = 1024;  ///< In one list; a token holds some dozens.
inline constexpr std::size_t max_name = 256;    ///< Octets; GM/T 0016 has 64 for containers, 32 for files.

/// Reads "name NUL name NUL NUL" (GM/T 0016 7.1.3). A list that does not end, or a name over the bound, is
/// KC-TOKEN-DAMAGED: nothing behind it can be believed. One NUL, or no octets, is an empty list.
[[nodiscard]] result<std::vector<std::string>> name_list(octets_view raw);

/// UTF-8 for any octets: those that are none, control characters, and a backslash before "x" are written as "\xHH".
[[nodiscard]] std::string readable(std::string_view raw);
/// The octets that readable() stood for.
[[nodiscard]] std::string original(std::string_view readable);

/// A text in a field of fixed size, which need not end with a NUL; blanks at its end are dropped. Readable.
[[nodiscard]] std::string field(const char* data, std::size_t size);

}  // namespace keycare::services::skf
