// manifest.cpp - reads a plugin's manifest: bounded, without duplicate keys, and as its schema says.
#include "host-stub/loader/manifest.hpp"

#include "host-stub/loader/file.hpp"
#include "host-stub/loader/manifest_schema.hpp"
#include "host-stub/loader/verdict.hpp"
#include "keycare/sdk/json.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

namespace keycare::loader {
namespace {

using nlohmann::json;

constexpr std::size_t max_manifest_octets = 64U * 1024U;
constexpr int max_depth = 8;
// std::regex, behind the schema's patterns, recurses once a character: an unbounded string could exhaust the stack.
constexpr std::size_t max_string = 512;

bool texts_fit(const json& value) {
  if (value.is_string()) return value.get_ref<const std::string&>().size() <= max_string;
  return !value.is_structured() || std::all_of(value.begin(), value.end(), &texts_fit);
}

/// What @p why (of read_json) is in a manifest.
std::string fault_of(const error& why) {
  const auto args = json::parse(why.args);
  if (why.code == "KC-JSON-TOO-DEEP") return "nested deeper than " + std::to_string(max_depth);
  if (why.code == "KC-JSON-DUPLICATE-KEY") return "the key \"" + args["key"].get<std::string>() + "\" appears twice";
  return "no JSON text: line " + json_text(args["line"]);
}

struct compiled_schema {
  json document;
  valijson::Schema schema;
};

const compiled_schema& the_schema() {
  static const auto compiled = [] {
    auto out = std::make_unique<compiled_schema>();
    out->document = json::parse(manifest_schema());
    valijson::SchemaParser parser;
    parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(out->document), out->schema);
    return out;
  }();
  return *compiled;
}

/// One step of valijson's path: "[name]" or "[3]".
std::string step_name(std::string_view step) {
  if (step.starts_with('[') && step.ends_with(']')) step = step.substr(1, step.size() - 2);
  if (step.size() >= 2 && step.starts_with('"') && step.ends_with('"')) step = step.substr(1, step.size() - 2);
  return std::string(step);
}

std::string described(const json& schema_node) {
  return schema_node.value("description", "something else");
}

/// Turns valijson's innermost error into key, found and expected; the schema's own descriptions say what is expected.
error explain(const json& document, const std::vector<std::string>& context, const std::string& file) {
  const json* value = &document;
  const json* rule = &the_schema().document;
  std::string key;
  for (std::size_t i = 1; i < context.size(); ++i) {
    const auto name = step_name(context[i]);
    if (value->is_array()) {
      const auto index = static_cast<std::size_t>(std::strtoul(name.c_str(), nullptr, 10));
      if (index >= value->size() || !rule->contains("items")) break;
      value = &(*value)[index];
      rule = &(*rule)["items"];
      key += "[" + name + "]";
    } else {
      if (!value->contains(name) || !rule->contains("properties") || !(*rule)["properties"].contains(name)) break;
      value = &(*value)[name];
      rule = &(*rule)["properties"][name];
      key += (key.empty() ? "" : ".") + name;
    }
  }
  const auto inside = [&](const std::string& name) { return key.empty() ? name : key + "." + name; };
  if (value->is_object() && rule->contains("properties")) {
    for (const auto& name : (*rule)["required"])
      if (!value->contains(name))
        return refuse(reason::manifest_invalid, {{"file", file},
                                                 {"key", inside(name.get<std::string>())},
                                                 {"found", "nothing"},
                                                 {"expected", described((*rule)["properties"][name])}});
    std::string known;
    for (const auto& [name, unused] : (*rule)["properties"].items()) known += (known.empty() ? "" : ", ") + name;
    for (const auto& [name, unused] : value->items())
      if (!(*rule)["properties"].contains(name))
        return refuse(
            reason::manifest_invalid,
            {{"file", file}, {"key", inside(name)}, {"found", "an unknown key"}, {"expected", "no key but " + known}});
  }
  const auto found = json_text(*value);
  return refuse(
      reason::manifest_invalid,
      {{"file", file}, {"key", key.empty() ? "the whole" : key}, {"found", found}, {"expected", described(*rule)}});
}

library read_library(const json& node) {
  return {node["file"], node["sha256"]};
}

}  // namespace

result<manifest> parse_manifest(std::string_view text, const std::filesystem::path& path) {
  const auto file = path.filename().string();
  if (text.size() > max_manifest_octets)
    return refuse(reason::manifest_unreadable,
                  {{"file", file}, {"detail", "larger than " + std::to_string(max_manifest_octets) + " octets"}});
  const auto read = read_json(text, {max_manifest_octets, max_depth});
  if (!read) return refuse(reason::manifest_syntax, {{"file", file}, {"detail", fault_of(read.error())}});
  const auto& document = *read;
  if (!texts_fit(document))
    return refuse(reason::manifest_syntax,
                  {{"file", file}, {"detail", "a string longer than " + std::to_string(max_string) + " octets"}});

  valijson::Validator validator;
  valijson::ValidationResults found;
  const valijson::adapters::NlohmannJsonAdapter target(document);
  if (!validator.validate(the_schema().schema, target, &found)) {
    valijson::ValidationResults::Error innermost;
    found.popError(innermost);
    return explain(document, innermost.context, file);
  }

  const auto range =
      parse_abi_range(document["abi"]["min"].get<std::string>(), document["abi"]["max"].get<std::string>());
  const auto client = parse_version(document["min_client_version"].get<std::string>());
  if (!range || !client)  // the schema's patterns are as strict as the parsers
    return refuse(reason::manifest_invalid, {{"file", file}, {"key", "abi"}, {"found", "?"}, {"expected", "versions"}});
  if (range->max_major < range->min.major ||
      (range->max_major == range->min.major && range->max_minor && *range->max_minor < range->min.minor))
    return refuse(reason::manifest_invalid, {{"file", file},
                                             {"key", "abi.max"},
                                             {"found", json_text(document["abi"]["max"])},
                                             {"expected", "a version not below abi.min"}});

  manifest m;
  m.path = path;
  m.id = document["id"];
  m.name_zh = document["names"]["zh-CN"];
  m.name_en = document["names"]["en"];
  m.version = document["version"];
  m.abi = *range;
  m.abi_max = document["abi"]["max"];
  m.min_client_version = *client;
  m.permissions = document["permissions"].get<std::set<std::string, std::less<>>>();
  m.slots = document["slots"].get<std::vector<std::string>>();
  m.core = read_library(document["core"]);
  if (document.contains("ui")) {
    m.ui = read_library(document["ui"]);
    m.ui_qt = parse_qt_tag(document["ui"]["qt"].get<std::string>());
  }
  return m;
}

result<manifest> read_manifest(const std::filesystem::path& path) {
  const auto file = path.filename().string();
  auto text = read_bounded(path, max_manifest_octets);
  if (text.fault == file_fault::missing) return refuse(reason::manifest_missing, {{"file", file}});
  if (text.fault != file_fault::none)
    return refuse(reason::manifest_unreadable, {{"file", file}, {"detail", text.detail}});
  return parse_manifest({reinterpret_cast<const char*>(text.octets.data()), text.octets.size()}, path);
}

result<void> check_manifest(const manifest& m, const host_facts& host) {
  switch (fits(m.abi, host.abi)) {
    case fit::plugin_too_new:
      return refuse(reason::abi_too_new, {{"id", m.id}, {"needs", to_text(m.abi.min)}, {"host", to_text(host.abi)}});
    case fit::plugin_too_old:
      return refuse(reason::abi_too_old, {{"id", m.id}, {"needs", m.abi_max}, {"host", to_text(host.abi)}});
    case fit::ok:
      break;
  }
  if (host.client < m.min_client_version) {
    const auto& v = m.min_client_version;
    const auto needs = std::to_string(v.major) + "." + std::to_string(v.minor) + "." + std::to_string(v.patch);
    return refuse(reason::client_too_old, {{"id", m.id}, {"needs", needs}, {"host", host.client_text}});
  }
  constexpr std::array<std::string_view, 4> known{"token.read", "token.sign", "token.write", "token.unlock"};
  for (const auto& permission : m.permissions) {
    if (host.granted.contains(permission)) continue;
    if (permission.starts_with("net:"))
      return refuse(reason::endpoint_unknown, {{"id", m.id}, {"endpoint", permission.substr(4)}});
    const bool is_known = std::find(known.begin(), known.end(), permission) != known.end();
    return refuse(is_known ? reason::permission_forbidden : reason::permission_unknown,
                  {{"id", m.id}, {"permission", permission}});
  }
  return {};
}

}  // namespace keycare::loader
