// name_match.hpp - whether two X.509 names are the same by RFC 5280 section 7.1.
#pragma once

#include "keycare/sdk/view.hpp"

namespace keycare::renewal {

/// Compares two DER names attribute by attribute, in order: the same types, and values that are equal octet for octet
/// or, as character strings of whatever ASN.1 string type, equal after ASCII letters were made small and white space
/// was trimmed and compressed. Letters beyond ASCII are compared as they are: stricter than RFC 4518, so that the worst
/// error is a question to the RA, never a foreign certificate. False for what is not a name. [any-thread]
[[nodiscard]] bool same_name(octets_view a, octets_view b);

}  // namespace keycare::renewal
