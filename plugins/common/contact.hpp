// contact.hpp - how the applicant (经办人) is reached: mobile telephone, e-mail, address.
#pragma once

#include "keycare/sdk/result.hpp"

#include <string>
#include <string_view>

namespace keycare::common {

/// Eleven digits, 1[3-9] first; blanks, hyphens and +86 or 0086 in front are removed, full-width digits narrowed.
/// KC-FORM-MISSING, KC-FORM-CHARACTERS, KC-FORM-MOBILE. [any-thread]
[[nodiscard]] result<std::string> check_mobile(std::string_view text);

/// An address of the common form local@domain (RFC 5321 section 4.1.2 without quoting; at most 64 + 1 + 189 octets, and
/// a domain of at least two labels). The domain is made small. KC-FORM-MISSING, KC-FORM-CHARACTERS, KC-FORM-EMAIL.
/// [any-thread]
[[nodiscard]] result<std::string> check_email(std::string_view text);

/// A postal address: optional, one line, at most 256 octets. KC-FORM-CHARACTERS, KC-FORM-TOO-LONG. [any-thread]
[[nodiscard]] result<std::string> check_address(std::string_view text);

/// A telephone for an invoice, fixed line or mobile: digits, and + - ( ) between them; 7 to 20 characters.
/// KC-FORM-MISSING, KC-FORM-CHARACTERS, KC-FORM-TELEPHONE. [any-thread]
[[nodiscard]] result<std::string> check_telephone(std::string_view text);

}  // namespace keycare::common
