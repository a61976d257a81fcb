// money.cpp - see money.hpp.
#include "plugins/common/money.hpp"

namespace keycare::common {

std::string yuan_text(std::int64_t fen) {
  // Unsigned, because the smallest int64 has no positive counterpart.
  const auto amount = fen < 0 ? 0 - static_cast<std::uint64_t>(fen) : static_cast<std::uint64_t>(fen);
  const auto cents = amount % 100;
  return (fen < 0 ? "-" : "") + std::to_string(amount / 100) + (cents < 10 ? ".0" : ".") + std::to_string(cents);
}

}  // namespace keycare::common
