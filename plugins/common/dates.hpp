// dates.hpp - days and dates as people read them, from Unix time and the offset of the user's zone (keycare.clock/1).
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace keycare::common {

/// A day in the Gregorian calendar.
using day = std::chrono::sys_days;

/// The day of @p unix_seconds in a zone @p utc_offset seconds east of UTC. Years outside 1..9999 are cut. [any-thread]
[[nodiscard]] day local_day(std::int64_t unix_seconds, std::int32_t utc_offset);

/// "2027-01-15". [any-thread]
[[nodiscard]] std::string date_text(std::int64_t unix_seconds, std::int32_t utc_offset);

/// "2027-01-15 23:59:59 (UTC+08:00)": an end of validity without its zone misleads by a day. [any-thread]
[[nodiscard]] std::string date_time_text(std::int64_t unix_seconds, std::int32_t utc_offset);

/// Days from @p from to @p to by the calendar: 0 on the same day, negative when @p to is before. A person counts days
/// on a calendar, not in units of 86,400 seconds. [any-thread]
[[nodiscard]] std::int64_t calendar_days(day from, day to);

}  // namespace keycare::common
