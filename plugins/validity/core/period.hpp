// period.hpp - whether a certificate is good now, and for how long: the decision, without any clock or token.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace keycare::validity {

enum class period_state { not_yet_valid, valid, ending_soon, ended };

/// "not-yet-valid", "valid", "ending-soon", "ended": for programs, never changed.
[[nodiscard]] std::string_view state_name(period_state state);

struct period {
  period_state state = period_state::valid;
  /// Days by the calendar of the user's zone until the last day: 0 on that day, negative after it.
  std::int64_t days_left = 0;

  friend bool operator==(const period&, const period&) = default;
};

/// 90 days: an application, its payment and its review take days, holidays included, and an ended certificate cannot be
/// renewed at all. A caller may ask for another figure.
inline constexpr std::int64_t default_soon_days = 90;

/// @param not_before, not_after Unix time; both seconds belong to the validity (RFC 5280 section 4.1.2.5)
/// @param now Unix time, of a clock that is right;  @param offset_now, offset_end seconds east of UTC at @p now and at
/// @p not_after;  @param soon_days from how many days left it counts as ending soon. [any-thread]
[[nodiscard]] period judge(std::int64_t not_before, std::int64_t not_after, std::int64_t now, std::int32_t offset_now,
                           std::int32_t offset_end, std::int64_t soon_days = default_soon_days);

/// What is known about the computer's clock.
struct clock_report {
  std::int64_t computer = 0;       ///< Unix time
  std::optional<std::int64_t> ra;  ///< The RA's signed time, or nothing: the two could not be compared.

  /// True when the RA's clock is known and differs by more than ra_client.hpp's clock_tolerance, five minutes.
  [[nodiscard]] bool wrong() const;
  /// The time to judge by: the RA's where it is known.
  [[nodiscard]] std::int64_t now() const { return ra.value_or(computer); }
};

}  // namespace keycare::validity
