// input.hpp - members of a command's input, which the host has held against the schema already.
#pragma once

#include <nlohmann/json.hpp>

#include <string>

namespace keycare::common {

/// The text, or "" when it is absent. [any-thread]
[[nodiscard]] inline std::string text_member(const nlohmann::json& input, const char* name) {
  const auto it = input.find(name);
  return it != input.end() && it->is_string() ? it->get<std::string>() : std::string{};
}
/// True only for a member that is true. [any-thread]
[[nodiscard]] inline bool flag_member(const nlohmann::json& input, const char* name) {
  const auto it = input.find(name);
  return it != input.end() && it->is_boolean() && it->get<bool>();
}
/// The number, or @p otherwise. [any-thread]
[[nodiscard]] inline std::int64_t number_member(const nlohmann::json& input, const char* name, std::int64_t otherwise) {
  const auto it = input.find(name);
  return it != input.end() && it->is_number_integer() ? it->get<std::int64_t>() : otherwise;
}
/// The object, or an empty one. [any-thread]
[[nodiscard]] inline nlohmann::json object_member(const nlohmann::json& input, const char* name) {
  const auto it = input.find(name);
  return it != input.end() && it->is_object() ? *it : nlohmann::json::object();
}

}  // namespace keycare::common
