// redact.hpp - takes personal data and secrets out of what is logged. Pure functions.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace keycare::services {

/// Whether a field of this name holds a secret or personal data, whatever its value looks like: "pin", "sms_code",
/// "bearer", "orderSecret", "id_number", "phone" ... [any-thread]
bool is_private_field(std::string_view name);

/// Replaces resident identity numbers (18 characters with X, and the old 15 digits; GB 11643), any longer run of
/// digits, and mobile numbers, also grouped by blanks or hyphens and in full-width digits. Hashes and uuids stay.
/// [any-thread]
std::string redact_text(std::string_view text);

/// Both of the above, through the whole of @p value. A support code ("KC-...") in a field named "code" stays.
/// [any-thread]
nlohmann::json redact(const nlohmann::json& value);

}  // namespace keycare::services
