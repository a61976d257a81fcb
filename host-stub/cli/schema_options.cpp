// schema_options.cpp - see schema_options.hpp.
#include "host-stub/cli/schema_options.hpp"

#include "keycare/sdk/json.hpp"

#include <algorithm>
#include <charconv>

namespace keycare::cli {
namespace {

// A schema is a plugin's: a member of another type than it should have counts as absent.

std::string text_of(const nlohmann::json& object, const char* name) {
  const auto it = object.is_object() ? object.find(name) : object.end();
  return object.is_object() && it != object.end() && it->is_string() ? it->get<std::string>() : std::string{};
}
bool is_write_only(const nlohmann::json& member) {
  return member.is_object() && member.contains("writeOnly") && member["writeOnly"] == true;
}
nlohmann::json required_of(const nlohmann::json& schema) {
  const auto it = schema.find("required");
  return it != schema.end() && it->is_array() ? *it : nlohmann::json::array();
}

schema_option::kind kind_of(const nlohmann::json& member) {
  const auto type = member.contains("type") ? text_of(member, "type") : "string";
  if (type == "integer") return schema_option::kind::integer;
  if (type == "boolean") return schema_option::kind::boolean;
  if (type == "string") return schema_option::kind::text;
  if (type == "array" && member.contains("items") && text_of(member["items"], "type") == "string")
    return schema_option::kind::list;
  return schema_option::kind::json;
}

std::string description_of(const nlohmann::json& member, std::string_view language) {
  for (const char* key : {"x-description-zh-CN", "description"}) {
    const auto found = member.find(key);
    const bool wanted = !language.starts_with("en") || std::string_view(key) == "description";
    if (wanted && found != member.end() && found->is_string()) return found->get<std::string>();
  }
  return {};
}

void collect(const nlohmann::json& schema, const std::vector<std::string>& above, bool above_required,
             std::string_view language, std::vector<schema_option>& out) {
  const auto members = schema.find("properties");
  if (members == schema.end() || !members->is_object() || above.size() > 4) return;
  const auto required = required_of(schema);
  for (const auto& [name, member] : members->items()) {
    if (!member.is_object() || is_write_only(member)) continue;
    auto path = above;
    path.push_back(name);
    const bool needed = above_required && std::find(required.begin(), required.end(), name) != required.end();
    if (member.contains("properties")) {
      collect(member, path, needed, language, out);
      continue;
    }
    std::string flag = "--";
    for (const auto& step : path) flag += (flag.size() > 2 ? "." : "") + step;
    std::replace(flag.begin(), flag.end(), '_', '-');
    auto description = description_of(member, language);
    if (const auto choices = member.find("enum"); choices != member.end() && choices->is_array()) {
      description += description.empty() ? "" : " ";
      for (std::size_t i = 0; i < choices->size(); ++i) {
        const auto& choice = (*choices)[i];
        description += (i == 0 ? "(" : " | ") + (choice.is_string() ? choice.get<std::string>() : json_text(choice));
      }
      description += ")";
    }
    out.push_back({flag, path, kind_of(member), needed, description});
  }
}

error wrong(const schema_option& option, std::string_view expected) {
  return fail_with(KC_E_ARGUMENT, "KC-CLI-OPTION", {{"option", option.flag}, {"expected", expected}});
}

}  // namespace

std::vector<schema_option> options_of(const nlohmann::json& schema, std::string_view language) {
  std::vector<schema_option> out;
  if (schema.is_object()) collect(schema, {}, true, language, out);
  return out;
}

std::vector<std::string> members_to_ask(const nlohmann::json& schema, const nlohmann::json& input) {
  std::vector<std::string> out;
  const auto members = schema.is_object() ? schema.find("properties") : schema.end();
  if (!schema.is_object() || members == schema.end() || !members->is_object()) return out;
  for (const auto& name : required_of(schema)) {
    if (!name.is_string() || input.contains(name.get<std::string>())) continue;
    const auto member = members->find(name.get<std::string>());
    if (member != members->end() && is_write_only(*member)) out.push_back(name.get<std::string>());
  }
  return out;
}

std::vector<std::string> texts_to_save(const nlohmann::json& schema) {
  std::vector<std::string> out;
  if (!schema.is_object() || !schema.contains("x-saves") || !schema["x-saves"].is_array()) return out;
  for (const auto& one : schema["x-saves"])
    if (one.is_string()) out.push_back(one.get<std::string>());
  return out;
}

result<void> put_option(nlohmann::json& input, const schema_option& option, const std::vector<std::string>& values) {
  if (values.empty()) return wrong(option, "a value");
  nlohmann::json* place = &input;
  for (const auto& step : option.path) place = &(*place)[step];
  const auto& text = values.back();
  switch (option.type) {
    case schema_option::kind::text:
      *place = text;
      return {};
    case schema_option::kind::integer: {
      std::int64_t number = 0;
      const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
      if (failed != std::errc{} || end != text.data() + text.size()) return wrong(option, "an integer");
      *place = number;
      return {};
    }
    case schema_option::kind::boolean:
      if (text != "true" && text != "false") return wrong(option, "true or false");
      *place = text == "true";
      return {};
    case schema_option::kind::list:
      *place = values;
      return {};
    case schema_option::kind::json: {
      auto parsed = nlohmann::json::parse(text, nullptr, false);
      if (parsed.is_discarded()) return wrong(option, "JSON");
      *place = std::move(parsed);
      return {};
    }
  }
  return wrong(option, "a known kind");
}

}  // namespace keycare::cli
