// outcome.hpp - what the tests of the form's rules share.
#pragma once

#include "keycare/sdk/result.hpp"
#include "plugins/common/dates.hpp"

#include <string>

namespace keycare::common {

inline constexpr day today = std::chrono::sys_days(std::chrono::year(2026) / std::chrono::November / 23);

/// The value, or the support code of the error.
inline std::string outcome(const result<std::string>& checked) {
  return checked ? *checked : checked.error().code;
}

}  // namespace keycare::common
