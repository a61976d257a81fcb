// input_check.cpp - valijson, and bounds that keep its regular expressions harmless.
#include "host-stub/services/commands/input_check.hpp"

#include "keycare/abi/command.h"
#include "keycare/sdk/json.hpp"

#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include <algorithm>
#include <exception>
#include <utility>

namespace keycare::services {

namespace {

constexpr std::size_t largest_schema = 64 * 1024;
// std::regex recurses once a character: a longer text under a "pattern" would overflow the stack.
constexpr std::size_t longest_text = 2 * 1024;

error with(const char* code, const nlohmann::json& args) {
  return fail_with(KC_E_ARGUMENT, code, args);
}

bool texts_fit(const nlohmann::json& value) {
  if (value.is_string()) return value.get_ref<const std::string&>().size() <= longest_text;
  if (!value.is_structured()) return true;
  return std::all_of(value.begin(), value.end(), &texts_fit);
}

}  // namespace

struct input_check::compiled {
  nlohmann::json text;  // the schema may point into it
  valijson::Schema schema;
};

input_check::input_check(std::shared_ptr<const compiled> schema) : schema_(std::move(schema)) {}

result<input_check> input_check::compile(std::string_view command, std::string_view schema) {
  const auto wrong = with("KC-PLUGIN-SCHEMA", {{"command", std::string(command.substr(0, 64))}});
  auto parsed = read_json(schema, {largest_schema, 32});
  if (!parsed || !parsed->is_object()) return wrong;
  auto made = std::make_shared<compiled>();
  made->text = *std::move(parsed);
  try {
    valijson::SchemaParser parser;
    const valijson::adapters::NlohmannJsonAdapter adapter(made->text);
    parser.populateSchema(adapter, made->schema);
  } catch (const std::exception&) {
    return wrong;
  }
  return input_check(std::move(made));
}

result<void> input_check::check(std::string_view input) const {
  const auto parsed = read_json(input, {KC_COMMAND_MAX_INPUT, 16});
  if (!parsed) return parsed.error();
  if (!parsed->is_object()) return fail(KC_E_ARGUMENT, "KC-INPUT-NOT-JSON");
  if (!texts_fit(*parsed)) return fail(KC_E_TOO_LARGE, "KC-INPUT-TEXT-TOO-LONG");
  try {
    valijson::Validator validator(valijson::Validator::kStrongTypes);
    valijson::ValidationResults results;
    const valijson::adapters::NlohmannJsonAdapter adapter(*parsed);
    if (validator.validate(schema_->schema, adapter, &results)) return {};
    // The last error is the innermost one: the field, and not the object around it.
    valijson::ValidationResults::Error each;
    valijson::ValidationResults::Error first;
    bool any = false;
    while (results.popError(each)) {
      if (!any || each.context.size() > first.context.size()) first = each;
      any = true;
    }
    std::string where;
    for (const auto& part : first.context) where += part == "<root>" ? "" : part;
    return with("KC-INPUT-INVALID", {{"where", where.empty() ? "(input)" : where.substr(0, 120)},
                                     {"what", first.description.substr(0, 200)}});
  } catch (const std::exception&) {  // a regular expression that std::regex gives up on
    return with("KC-INPUT-INVALID", {{"where", "(input)"}, {"what", "too complex"}});
  }
}

}  // namespace keycare::services
