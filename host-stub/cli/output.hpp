// output.hpp - what keycare-host prints: text for people, or one JSON object a line for programs.
#pragma once

#include "keycare/sdk/result.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace keycare::cli {

/// Something that people must hear although it stops nothing: a token driver that was not loaded.
struct warning {
  error why;
  std::string sentence;
};
using warnings = std::vector<warning>;

/// Standard output is for replies, standard error for everything else. @p said goes into the object, as "warnings".
/// [main-thread]
void print_reply(const nlohmann::json& reply, bool json, const warnings& said = {});
/// An error: its sentence and the support code, or {"error": {...}}.
void print_error(const error& why, std::string_view sentence, bool json, const warnings& said = {});
/// The warnings as lines for people; a program gets them in the objects.
void print_warnings(const warnings& said, bool json);
/// {"code", "status", "native", "args", "sentence"}
[[nodiscard]] nlohmann::json error_json(const error& why, std::string_view sentence);

}  // namespace keycare::cli
