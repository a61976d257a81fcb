// config.cpp - every key of the configuration file, and what it must be.
#include "host-stub/services/config/config.hpp"

#include "host-stub/services/config/strict_json.hpp"
#include "host-stub/services/secure/durable_file.hpp"

#include <nlohmann/json.hpp>
#include <optional>
#include <regex>
#include <set>
#include <utility>

namespace keycare::services {

namespace {

using nlohmann::json;

constexpr std::size_t largest_file = 256 * 1024;
constexpr std::size_t longest_text = 1024;
constexpr std::size_t most_items = 64;
constexpr std::int64_t furthest_offset = 100LL * 366 * 86400;

error wrong(const std::string& key, const std::string& found, const std::string& expected) {
  return {KC_E_ARGUMENT, "KC-CONFIG-INVALID", 0,
          json{{"key", key}, {"found", found.substr(0, 80)}, {"expected", expected}}.dump(
              -1, ' ', false, json::error_handler_t::replace)};
}

/// One object of the file. Remembers the first thing that is wrong, so that readers read on without asking.
class object {
public:
  object(const json& value, std::string path, std::optional<error>& why)
      : value_(value), path_(std::move(path)), why_(why) {
    if (!value.is_object()) complain(path_.empty() ? "(file)" : path_, value.type_name(), "an object");
  }

  [[nodiscard]] std::string path(const std::string& key) const { return path_.empty() ? key : path_ + "." + key; }

  const json* find(const std::string& key, bool required = false) {
    known_.insert(key);
    if (!value_.is_object()) return nullptr;
    const auto at = value_.find(key);
    if (at != value_.end()) return &*at;
    if (required) complain(path(key), "nothing", "a value");
    return nullptr;
  }
  /// Leaves @p out alone when the key is absent and not required.
  void text(const std::string& key, std::string& out, const char* form, const char* expected, bool required = false) {
    const auto* value = find(key, required);
    if (value == nullptr) return;
    if (!value->is_string()) return complain(path(key), value->type_name(), expected);
    const auto& found = value->get_ref<const std::string&>();
    if (found.size() > longest_text || found.find('\0') != std::string::npos ||
        !std::regex_match(found, std::regex(form)))
      return complain(path(key), "\"" + found + "\"", expected);
    out = found;
  }
  void number(const std::string& key, std::int64_t& out, std::int64_t most) {
    const auto* value = find(key);
    if (value == nullptr) return;
    const auto expected = "a whole number of seconds";
    if (!value->is_number_integer()) return complain(path(key), value->dump(), expected);
    const auto found = value->get<std::int64_t>();
    if (found > most || found < -most) return complain(path(key), value->dump(), expected);
    out = found;
  }
  /// Calls @p read(item, its path) for each item of an array.
  template <class Read>
  void array(const std::string& key, Read&& read) {
    const auto* value = find(key);
    if (value == nullptr) return;
    if (!value->is_array() || value->size() > most_items)
      return complain(path(key), value->type_name(), "an array of at most 64 items");
    for (std::size_t at = 0; at < value->size(); ++at) read((*value)[at], path(key) + "[" + std::to_string(at) + "]");
  }
  void complain(const std::string& key, const std::string& found, const std::string& expected) {
    if (!why_) why_ = wrong(key, found, expected);
  }
  /// Nothing that nobody asked for: a typing error must not pass in silence.
  void end() {
    if (!value_.is_object()) return;
    for (const auto& [key, item] : value_.items())
      if (!known_.contains(key)) complain(path(key), "an unknown key", "one of the documented keys");
  }

private:
  const json& value_;
  std::string path_;
  std::optional<error>& why_;
  std::set<std::string> known_;
};

constexpr const char* any_text = "[^\\x00-\\x1f]*";
constexpr const char* some_text = "[^\\x00-\\x1f]+";
constexpr const char* origin = "https://[A-Za-z0-9.-]+(:[0-9]{1,5})?";

std::filesystem::path beside(const std::filesystem::path& folder, const std::string& path) {
  return path.empty() ? std::filesystem::path{} : (folder / path).lexically_normal();
}

void read_client(const json& value, client_config& out, std::optional<error>& why) {
  object client(value, "client", why);
  client.text("name", out.name, some_text, "a name");
  client.text("version", out.version, "[0-9]{1,5}(\\.[0-9]{1,5}){1,3}", "a version such as \"4.8.2\"");
  client.text("language", out.language, "zh-CN|en", "\"zh-CN\" or \"en\"");
  client.text("hotline", out.hotline, any_text, "a text of one line");
  client.text("qq", out.qq, any_text, "a text of one line");
  client.end();
}

template <class Library>
void read_library(object& item, const std::filesystem::path& folder, Library& out) {
  std::string path;
  item.text("name", out.name, some_text, "a name", true);
  item.text("path", path, some_text, "a path", true);
  out.path = beside(folder, path);
}

void read_tokens(const json& value, const std::filesystem::path& folder, config& out, std::optional<error>& why) {
  object tokens(value, "tokens", why);
  tokens.array("skf", [&](const json& entry, const std::string& path) {
    object item(entry, path, why);
    skf_config library;
    read_library(item, folder, library);
    std::string width = "auto";
    item.text("ulong", width, "auto|32|64", "\"auto\", \"32\" or \"64\"");
    library.width = width == "32" ? ulong_width::bits32 : width == "64" ? ulong_width::bits64 : ulong_width::automatic;
    item.end();
    out.skf.push_back(std::move(library));
  });
  tokens.array("pkcs11", [&](const json& entry, const std::string& path) {
    object item(entry, path, why);
    read_library(item, folder, out.pkcs11.emplace_back());
    item.end();
  });
  tokens.end();
}

void read_endpoints(const json& value, const std::filesystem::path& folder, config& out, std::optional<error>& why) {
  object endpoints(value, "endpoints", why);
  if (!value.is_object()) return;
  for (const auto& [name, entry] : value.items()) {
    if (!std::regex_match(name, std::regex("[a-z][a-z0-9-]{0,31}")))
      endpoints.complain("endpoints." + name, "this name", "lower case letters, digits and '-'");
    object item(entry, "endpoints." + name, why);
    endpoint_config endpoint;
    std::string pinned;
    item.text("url", endpoint.url, origin, "https://host or https://host:port", true);
    item.text("pinned", pinned, some_text, "a folder of certificates", true);
    endpoint.pinned = beside(folder, pinned);
    item.array("open_origins", [&](const json& text, const std::string& path) {
      if (!text.is_string() || !std::regex_match(text.get<std::string>(), std::regex(origin)))
        return item.complain(path, text.dump(), "https://host or https://host:port");
      endpoint.open_origins.push_back(text.get<std::string>());
    });
    item.end();
    out.endpoints.emplace(name, std::move(endpoint));
  }
}

}  // namespace

result<config> parse_config(std::string_view text, const std::filesystem::path& folder) {
  const auto parsed = parse_strict(text, {largest_file, 8});
  if (!parsed) return wrong("(file)", parsed.error().code, "JSON without duplicate keys, at most 8 deep");
  config out;
  std::optional<error> why;
  object file(*parsed, "", why);
  if (const auto* client = file.find("client")) read_client(*client, out.client, why);
  file.array("plugins", [&](const json& item, const std::string& path) {
    if (!item.is_string() || item.get_ref<const std::string&>().empty())
      return file.complain(path, item.dump(), "the path of a manifest");
    out.plugins.push_back(beside(folder, item.get<std::string>()));
  });
  if (const auto* tokens = file.find("tokens")) read_tokens(*tokens, folder, out, why);
  if (const auto* endpoints = file.find("endpoints")) read_endpoints(*endpoints, folder, out, why);
  std::string data_dir;
  std::string clock_file;
  file.text("data_dir", data_dir, some_text, "a folder", true);
  file.number("clock_offset", out.clock_offset, furthest_offset);
  file.text("clock_file", clock_file, some_text, "a file");
  file.end();
  if (why) return *why;
  out.data_dir = beside(folder, data_dir);
  out.clock_file = beside(folder, clock_file);
  return out;
}

result<config> read_config(const std::filesystem::path& file) {
  const auto bytes = read_private_file(file, largest_file);
  if (!bytes) {
    auto why = bytes.error();
    why.code = "KC-CONFIG-UNREADABLE";
    return why;
  }
  return parse_config(bytes->text(), std::filesystem::absolute(file).parent_path());
}

}  // namespace keycare::services
