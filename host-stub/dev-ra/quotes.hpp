// quotes.hpp - what a renewal costs and until when it lasts. Pure.
#pragma once

#include <array>
#include <cstdint>

namespace keycare::dev_ra {

/// Terms that can be chosen, in months.
inline constexpr std::array<std::int64_t, 5> terms{12, 24, 36, 48, 60};
/// 200 CNY a year (guide, section 4), in fen.
inline constexpr std::int64_t fen_a_year = 20'000;

[[nodiscard]] bool is_offered(std::int64_t months);
[[nodiscard]] std::int64_t fee_fen(std::int64_t months);
/// Rule "old-end-plus-months": the same day and time of day (UTC) @p months later, or the last day of a shorter month.
[[nodiscard]] std::int64_t new_end(std::int64_t old_end, std::int64_t months);

}  // namespace keycare::dev_ra
