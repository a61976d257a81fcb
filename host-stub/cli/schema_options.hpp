// schema_options.hpp - command-line options made from the JSON Schema of a plugin's command.
#pragma once

#include "keycare/sdk/result.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace keycare::cli {

/// One option: "--form.id-number" for the member {"form": {"id_number"}}.
struct schema_option {
  std::string flag;
  std::vector<std::string> path;
  enum class kind { text, integer, boolean, list, json } type = kind::text;
  bool required = false;
  std::string description;
};

/// The options of a schema: nested objects are joined by dots, '_' is written '-'. Members that are "writeOnly" (codes
/// from text messages) get none, because an argument list can be read by every process. Descriptions are in
/// @p language: "x-description-zh-CN" for Chinese, where it is given, else "description". [any-thread]
[[nodiscard]] std::vector<schema_option> options_of(const nlohmann::json& schema, std::string_view language);

/// The required members that are "writeOnly": they are asked for when the input does not have them. [any-thread]
[[nodiscard]] std::vector<std::string> members_to_ask(const nlohmann::json& schema, const nlohmann::json& input);

/// The texts of a reply's data that --save may write: "x-saves" (command.h). [any-thread]
[[nodiscard]] std::vector<std::string> texts_to_save(const nlohmann::json& schema);

/// Puts @p values, as they were typed, into @p input at the option's place. KC-CLI-OPTION names the option when a value
/// is not of its kind. [any-thread]
[[nodiscard]] result<void> put_option(nlohmann::json& input, const schema_option& option,
                                      const std::vector<std::string>& values);

}  // namespace keycare::cli
