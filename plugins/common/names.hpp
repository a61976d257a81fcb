// names.hpp - the name of a person, kept as it is written.
#pragma once

#include "keycare/sdk/result.hpp"

#include <string>
#include <string_view>

namespace keycare::common {

/// The name without white space at its ends; rare and four-byte characters, the middle dot, and private-use characters
/// (which older registers still contain) stay. Refused: digits, signs other than middle dot, point, hyphen and
/// apostrophe, pictographs, more than 128 octets.
/// KC-FORM-MISSING, KC-FORM-CHARACTERS, KC-FORM-NAME, KC-FORM-TOO-LONG. [any-thread]
[[nodiscard]] result<std::string> check_name(std::string_view text);

}  // namespace keycare::common
