// money.hpp - money as integer fen (0.01 CNY), and its text. There is no floating point and no parsing of amounts.
#pragma once

#include <cstdint>
#include <string>

namespace keycare::common {

/// 200 CNY a year (the guide, section 4). A quote of the RA counts; this is what people are told before there is one.
inline constexpr std::int64_t fee_per_year_fen = 20'000;

/// "200.00" for 20000 fen; "-0.05" for -5. Without a currency: the column is headed 费用 (元). [any-thread]
[[nodiscard]] std::string yuan_text(std::int64_t fen);

}  // namespace keycare::common
