// polling.hpp - when to ask the RA again (renewal-order.md, "Polling").
#pragma once

#include <cstdint>
#include <optional>

namespace keycare::common {

/// Seconds until the next look: what the RA said, otherwise 5 s, doubled after each look in vain up to 5 min, with ±20
/// % jitter so that clients which started together do not stay together.
/// @param looks looks in vain so far;  @param random any octet. [any-thread]
[[nodiscard]] constexpr std::int64_t poll_delay(std::optional<std::int64_t> retry_after, std::int64_t looks,
                                                std::uint8_t random) {
  if (retry_after) return *retry_after;
  std::int64_t seconds = 5;
  for (std::int64_t i = 0; i < looks && seconds < 300; ++i) seconds *= 2;
  if (seconds > 300) seconds = 300;
  const std::int64_t per_mille = 800 + 400 * std::int64_t{random} / 255;
  return (seconds * per_mille + 500) / 1000;
}

}  // namespace keycare::common
