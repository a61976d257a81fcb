// input_check.hpp - a command's input before it reaches the plugin: bounded, without duplicate keys, true to its
// schema.
#pragma once

#include "keycare/sdk/result.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace keycare::services {

/// A compiled input schema (JSON Schema, draft 7). Copies share it. [any-thread]
class input_check {
public:
  /// KC-PLUGIN-SCHEMA naming @p command when @p schema is no schema, is larger than 64 KiB, or points outside itself.
  static result<input_check> compile(std::string_view command, std::string_view schema);
  /// KC-JSON-*, KC-INPUT-TEXT-TOO-LONG, KC-INPUT-INVALID with "where" and "what"; never with a value of the input,
  /// because that may be personal.
  [[nodiscard]] result<void> check(std::string_view input) const;

private:
  struct compiled;
  explicit input_check(std::shared_ptr<const compiled> schema);
  std::shared_ptr<const compiled> schema_;
};

}  // namespace keycare::services
