// readable.hpp - UTF-8 for the octets of names on tokens, reversibly. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace keycare::services {

/// UTF-8 for any octets: those that are none, control characters, and a backslash before "x" are written as "\xHH".
[[nodiscard]] std::string readable(std::string_view raw);
/// The octets that readable() stood for.
[[nodiscard]] std::string original(std::string_view readable);

/// A text in a field of fixed size, which need not end with a NUL; blanks at its end are dropped. Readable.
[[nodiscard]] std::string field(const char* data, std::size_t size);

}  // namespace keycare::services
