// selection.hpp - which token and which certificate a person meant. Pure; a token is named by its serial number.
#pragma once

#include "keycare/sdk/values.hpp"
#include "plugins/common/catalogue.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace keycare::common {

/// The token with serial number @p serial, or the only one when @p serial is empty.
/// KC-TOKEN-NONE (none is plugged in), KC-TOKEN-CHOOSE with "serials" in args, KC-TOKEN-NOT-THERE with "serial",
/// KC-TOKEN-AMBIGUOUS with "serial" when two tokens call themselves the same.
/// [any-thread]
[[nodiscard]] result<token_info> choose_token(std::span<const token_info> tokens, std::string_view serial);

/// The serial numbers that two of @p tokens have in common, with their maker: a host uses neither. [any-thread]
[[nodiscard]] std::vector<std::string> twins(std::span<const token_info> tokens);

/// The certificate named by @p name, its SHA-256 or its serial number in hexadecimal (either case; blanks and colons
/// are ignored), or the only one when @p name is empty; @p token narrows the search to one token's serial number.
/// KC-CERTIFICATE-NONE, KC-CERTIFICATE-CHOOSE with "serials" ("certificate @ token"), KC-CERTIFICATE-NOT-THERE with
/// "name", KC-TOKEN-CHOOSE when it is on several tokens. [any-thread]
[[nodiscard]] result<certificate_info> choose_certificate(std::span<const certificate_info> certificates,
                                                          std::string_view name, std::string_view token);

/// What a token says about its PIN: 剩余密码重试次数, or "unknown" when it says nothing. Never an invented figure.
/// [any-thread]
[[nodiscard]] std::string pin_text(const pin_state& pin, std::string_view language);

/// {locked, final_try, max?, remaining?, source}: absent figures are figures that the token does not give. [any-thread]
[[nodiscard]] nlohmann::json pin_json(const pin_state& pin);

/// The sentences for the codes above, and for pin_text(). [any-thread]
[[nodiscard]] std::span<const sentence> selection_texts();

}  // namespace keycare::common
