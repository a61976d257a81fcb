// identity_number.hpp - the resident identity number (GB 11643-1999).
#pragma once

#include "keycare/sdk/result.hpp"
#include "plugins/common/dates.hpp"

#include <string>
#include <string_view>

namespace keycare::common {

/// The number as 18 characters with a capital X, from text as people type it (full-width, blanks, x). There is no table
/// of regions: old codes stay valid, and 81, 82, 83 and 9 are residence permits. KC-FORM-MISSING, KC-FORM-CHARACTERS,
/// KC-FORM-ID-LENGTH, KC-FORM-ID-CHARACTERS, KC-FORM-ID-DATE (no such day, or after
/// @p today), KC-FORM-ID-CHECK. [any-thread]
[[nodiscard]] result<std::string> check_identity_number(std::string_view text, day today);

}  // namespace keycare::common
