// calendar.hpp - days to remember as an iCalendar file (RFC 5545), which every calendar can read.
// Pure functions; every one is [any-thread].
#pragma once

#include "plugins/common/dates.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace keycare::validity {

/// A whole day of the user's calendar, and when to be reminded of it.
struct calendar_event {
  std::string uid;  ///< The same for the same thing: a calendar that has it already replaces it.
  common::day when;
  std::string summary;          ///< One line, UTF-8.
  std::string description;      ///< UTF-8; lines end with '\n'.
  std::vector<int> alarm_days;  ///< Days before, each more than 0.
};

/// At nine in the morning of the user's own zone, not at the midnight with which a day begins.
inline constexpr int alarm_hour = 9;

/// A content line with its CRLF, folded so that no piece has over 75 octets (section 3.1) and no character is split.
[[nodiscard]] std::string folded(std::string_view line);

/// A TEXT value (section 3.3.11): '\\', ';', ',' and line ends are escaped.
[[nodiscard]] std::string text_value(std::string_view text);

/// The VCALENDAR of @p events; section 3.6 wants at least one of them.
/// @param now Unix time at which it is made, for DTSTAMP;  @param language of the texts in it, for PRODID
[[nodiscard]] std::string calendar(std::span<const calendar_event> events, std::int64_t now, std::string_view language);

}  // namespace keycare::validity
