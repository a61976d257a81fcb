// output.hpp - what keycare-host prints: text for people, or one JSON object a line for programs.
#pragma once

#include "keycare/sdk/result.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace keycare::cli {

/// Standard output is for replies, standard error for everything else. [main-thread]
void print_reply(const nlohmann::json& reply, bool json);
/// An error: its sentence and the support code, or {"error": {...}}.
void print_error(const error& why, std::string_view sentence, bool json);
/// {"code", "status", "native", "args", "sentence"}
[[nodiscard]] nlohmann::json error_json(const error& why, std::string_view sentence);

}  // namespace keycare::cli
