// format.hpp - how dates and money are shown.
#pragma once

#include <QString>

#include <cstdint>

namespace keycare::renewal {

/// In the user's zone, to the minute; empty for 0.
[[nodiscard]] QString moment_text(std::int64_t unix_seconds);
[[nodiscard]] QString day_text(std::int64_t unix_seconds);
/// "1000.00"
[[nodiscard]] QString yuan_text(std::int64_t fen);

}  // namespace keycare::renewal
