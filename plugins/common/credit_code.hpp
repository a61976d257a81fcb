// credit_code.hpp - the unified social credit code (GB 32100-2015).
#pragma once

#include "keycare/sdk/result.hpp"

#include <string>
#include <string_view>

namespace keycare::common {

/// The code as 18 capitals and digits, from text as people type it (full-width, blanks, small letters).
/// KC-FORM-MISSING, KC-FORM-CHARACTERS, KC-FORM-CREDIT-LENGTH, KC-FORM-CREDIT-CHARACTERS (I, O, S, V and Z are not in
/// the alphabet), KC-FORM-CREDIT-CHECK. [any-thread]
[[nodiscard]] result<std::string> check_credit_code(std::string_view text);

}  // namespace keycare::common
