// plain.hpp - text from plugins, tokens and servers made fit for a terminal or a dialog. Pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace keycare::services {

/// @p text without control characters, escape sequences, and bidirectional controls (they could make a dialog say
/// something else than it holds); broken UTF-8 becomes U+FFFD. Line feeds become blanks. Cut at @p most octets, between
/// characters. [any-thread]
std::string plain_line(std::string_view text, std::size_t most = 512);

/// The same, but line feeds stay. [any-thread]
std::string plain_text(std::string_view text, std::size_t most = 4096);

}  // namespace keycare::services
