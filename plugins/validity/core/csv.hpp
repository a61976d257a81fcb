// csv.hpp - a table as comma-separated values (RFC 4180) that a spreadsheet opens as it is meant.
// Pure functions; every one is [any-thread].
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace keycare::validity {

/// Excel takes a file without it for the system's old code page, and Chinese for rubbish.
inline constexpr std::string_view csv_byte_order_mark = "\xEF\xBB\xBF";

/// A text as a field. What a spreadsheet would run as a formula (it starts with '=', '+', '-' or '@', in full width
/// too, after blanks too) or would round as a number (a serial number) gets an apostrophe in front, and stays text.
[[nodiscard]] std::string csv_text(std::string_view text);

/// A number as a field, which a spreadsheet may reckon with.
[[nodiscard]] std::string csv_number(std::int64_t number);

/// One record of finished fields, with its CRLF.
[[nodiscard]] std::string csv_record(std::span<const std::string> fields);

}  // namespace keycare::validity
