// config.cpp - every key of the configuration file, and what it must be.
#include "host-stub/services/config/config.hpp"

#include "host-stub/services/secure/durable_file.hpp"
#include "host-stub/services/text/texts.hpp"
#include "keycare/sdk/json.hpp"

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

/// What a value should be, in both languages.
struct words {
  const char* zh;
  const char* en;
};
namespace expected {
constexpr words object{"对象 {…}", "an object"};
constexpr words array{"最多 64 项的列表", "an array of at most 64 items"};
constexpr words value{"有值", "a value"};
constexpr words known_key{"文档列出的键", "one of the documented keys"};
constexpr words boolean{"true 或 false", "true or false"};
constexpr words seconds{"整数秒数", "a whole number of seconds"};
constexpr words name{"名称", "a name"};
constexpr words version{"版本号，如 \"4.8.2\"", "a version such as \"4.8.2\""};
constexpr words language{"\"zh-CN\" 或 \"en\"", "\"zh-CN\" or \"en\""};
constexpr words line{"一行文字", "a text of one line"};
constexpr words path{"路径", "a path"};
constexpr words width{"\"auto\"、\"32\" 或 \"64\"", "\"auto\", \"32\" or \"64\""};
constexpr words endpoint{"由小写字母、数字和 '-' 组成的名称", "a name of lower case letters, digits and '-'"};
constexpr words origin{"https://主机 或 https://主机:端口", "https://host or https://host:port"};
constexpr words pinned{"存放服务器证书的文件夹", "a folder of certificates"};
constexpr words pinned_here{"含有 tls-root.pem 的文件夹", "a folder that holds tls-root.pem"};
constexpr words manifest{"插件清单的路径", "the path of a manifest"};
constexpr words folder{"文件夹的路径", "a folder"};
constexpr words file{"文件的路径", "a file"};
constexpr words json{"没有重复键、最多 8 层的 JSON", "JSON without duplicate keys, at most 8 deep"};
}  // namespace expected

json whole_file() {
  return in_words("整个文件", "(the file)");
}

error wrong(const json& key, const json& found, const words& wanted) {
  return fail_with(KC_E_ARGUMENT, "KC-CONFIG-INVALID",
                   {{"key", key}, {"found", found}, {"expected", in_words(wanted.zh, wanted.en)}});
}

/// A value as it was written, cut short.
json as_written(const json& value) {
  return json_text(value).substr(0, 80);
}

/// The kind of a value that has another kind than it should.
json kind_of(const json& value) {
  switch (value.type()) {
    case json::value_t::object:
      return in_words("对象", "an object");
    case json::value_t::array:
      return in_words("列表", "an array");
    case json::value_t::string:
      return in_words("文字", "a text");
    case json::value_t::boolean:
      return in_words("真假值", "a boolean");
    case json::value_t::null:
      return in_words("空值 null", "null");
    default:
      return in_words("数字", "a number");
  }
}

/// Why the file is no JSON that we read, by read_json's code.
json what_is_wrong(const error& why) {
  if (why.code == "KC-JSON-TOO-LARGE") return in_words("过大的文件", "too large");
  if (why.code == "KC-JSON-TOO-DEEP") return in_words("嵌套过深的 JSON", "nested too deep");
  const auto args = json::parse(why.args, nullptr, false);
  if (why.code == "KC-JSON-DUPLICATE-KEY") {
    const auto key = args.value("key", std::string());
    return in_words("有重复键“" + key + "”的 JSON", "JSON with \"" + key + "\" twice");
  }
  const auto line = std::to_string(args.value("line", 1));
  return in_words("无效的 JSON（第 " + line + " 行）", "no proper JSON (line " + line + ")");
}

/// One object of the file. Remembers the first thing that is wrong, so that readers read on without asking.
class object {
public:
  object(const json& value, std::string path, std::optional<error>& why)
      : value_(value), path_(std::move(path)), why_(why) {
    if (!value.is_object()) complain(path_.empty() ? whole_file() : json(path_), kind_of(value), expected::object);
  }

  [[nodiscard]] std::string path(const std::string& key) const { return path_.empty() ? key : path_ + "." + key; }

  const json* find(const std::string& key, bool required = false) {
    known_.insert(key);
    if (!value_.is_object()) return nullptr;
    const auto at = value_.find(key);
    if (at != value_.end()) return &*at;
    if (required) complain(path(key), in_words("缺少此项", "nothing"), expected::value);
    return nullptr;
  }
  /// Leaves @p out alone when the key is absent and not required.
  void text(const std::string& key, std::string& out, const char* form, const words& wanted, bool required = false) {
    const auto* value = find(key, required);
    if (value == nullptr) return;
    if (!value->is_string()) return complain(path(key), kind_of(*value), wanted);
    const auto& found = value->get_ref<const std::string&>();
    if (found.size() > longest_text || found.find('\0') != std::string::npos ||
        !std::regex_match(found, std::regex(form)))
      return complain(path(key), as_written(*value), wanted);
    out = found;
  }
  void number(const std::string& key, std::int64_t& out, std::int64_t most) {
    const auto* value = find(key);
    if (value == nullptr) return;
    const auto found = value->is_number_integer() ? value->get<std::int64_t>() : most + 1;
    if (found > most || found < -most) return complain(path(key), as_written(*value), expected::seconds);
    out = found;
  }
  void boolean(const std::string& key, bool& out) {
    const auto* value = find(key);
    if (value == nullptr) return;
    if (!value->is_boolean()) return complain(path(key), as_written(*value), expected::boolean);
    out = value->get<bool>();
  }
  /// Calls @p read(item, its path) for each item of an array.
  template <class Read>
  void array(const std::string& key, Read&& read) {
    const auto* value = find(key);
    if (value == nullptr) return;
    if (!value->is_array() || value->size() > most_items) return complain(path(key), kind_of(*value), expected::array);
    for (std::size_t at = 0; at < value->size(); ++at) read((*value)[at], path(key) + "[" + std::to_string(at) + "]");
  }
  void complain(const json& key, const json& found, const words& wanted) {
    if (!why_) why_ = wrong(key, found, wanted);
  }
  /// Nothing that nobody asked for: a typing error must not pass in silence.
  void end() {
    if (!value_.is_object()) return;
    for (const auto& [key, item] : value_.items())
      if (!known_.contains(key)) complain(path(key), in_words("未知的键", "an unknown key"), expected::known_key);
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
  client.text("name", out.name, some_text, expected::name);
  client.text("version", out.version, "[0-9]{1,5}(\\.[0-9]{1,5}){1,3}", expected::version);
  client.text("language", out.language, "zh-CN|en", expected::language);
  client.text("hotline", out.hotline, any_text, expected::line);
  client.text("qq", out.qq, any_text, expected::line);
  client.end();
}

template <class Library>
void read_library(object& item, const std::filesystem::path& folder, Library& out) {
  std::string path;
  item.text("name", out.name, some_text, expected::name, true);
  item.text("path", path, some_text, expected::path, true);
  out.path = beside(folder, path);
}

void read_tokens(const json& value, const std::filesystem::path& folder, config& out, std::optional<error>& why) {
  object tokens(value, "tokens", why);
  tokens.array("skf", [&](const json& entry, const std::string& path) {
    object item(entry, path, why);
    skf_config library;
    read_library(item, folder, library);
    std::string width = "auto";
    item.text("ulong", width, "auto|32|64", expected::width);
    library.width = width == "32" ? ulong_width::bits32 : width == "64" ? ulong_width::bits64 : ulong_width::automatic;
    item.end();
    out.skf.push_back(std::move(library));
  });
  tokens.array("pkcs11", [&](const json& entry, const std::string& path) {
    object item(entry, path, why);
    auto& library = out.pkcs11.emplace_back();
    read_library(item, folder, library);
    item.text("init", library.init, some_text, expected::line);
    item.end();
  });
  tokens.boolean("p11_kit", out.p11_kit);
  tokens.end();
}

void read_endpoints(const json& value, const std::filesystem::path& folder, config& out, std::optional<error>& why) {
  object endpoints(value, "endpoints", why);
  if (!value.is_object()) return;
  for (const auto& [name, entry] : value.items()) {
    if (!std::regex_match(name, std::regex("[a-z][a-z0-9-]{0,31}")))
      endpoints.complain("endpoints." + name, in_words("此名称", "this name"), expected::endpoint);
    object item(entry, "endpoints." + name, why);
    endpoint_config endpoint;
    std::string pinned;
    item.text("url", endpoint.url, origin, expected::origin, true);
    item.text("pinned", pinned, some_text, expected::pinned, true);
    endpoint.pinned = beside(folder, pinned);
    item.array("open_origins", [&](const json& text, const std::string& path) {
      // Bounded first: std::regex recurses once a character.
      if (!text.is_string() || text.get_ref<const std::string&>().size() > longest_text ||
          !std::regex_match(text.get_ref<const std::string&>(), std::regex(origin)))
        return item.complain(path, as_written(text), expected::origin);
      endpoint.open_origins.push_back(text.get<std::string>());
    });
    item.end();
    out.endpoints.emplace(name, std::move(endpoint));
  }
}

}  // namespace

result<config> parse_config(std::string_view text, const std::filesystem::path& folder) {
  const auto parsed = read_json(text, {largest_file, 8});
  if (!parsed) return wrong(whole_file(), what_is_wrong(parsed.error()), expected::json);
  config out;
  std::optional<error> why;
  object file(*parsed, "", why);
  if (const auto* client = file.find("client")) read_client(*client, out.client, why);
  file.array("plugins", [&](const json& item, const std::string& path) {
    if (!item.is_string() || item.get_ref<const std::string&>().empty())
      return file.complain(path, as_written(item), expected::manifest);
    out.plugins.push_back(beside(folder, item.get<std::string>()));
  });
  if (const auto* tokens = file.find("tokens")) read_tokens(*tokens, folder, out, why);
  if (const auto* endpoints = file.find("endpoints")) read_endpoints(*endpoints, folder, out, why);
  std::string data_dir;
  std::string clock_file;
  file.text("data_dir", data_dir, some_text, expected::folder, true);
  file.number("clock_offset", out.clock_offset, furthest_offset);
  file.text("clock_file", clock_file, some_text, expected::file);
  file.end();
  if (why) return *why;
  out.data_dir = beside(folder, data_dir);
  out.clock_file = beside(folder, clock_file);
  return out;
}

result<void> check_pinned(const config& settings) {
  for (const auto& [name, endpoint] : settings.endpoints) {
    std::error_code why;
    if (std::filesystem::is_regular_file(endpoint.pinned / "tls-root.pem", why)) continue;
    // Said as a mistake of the configuration: at the first request it would look like one of the network's.
    return wrong("endpoints." + name + ".pinned", endpoint.pinned.string(), expected::pinned_here);
  }
  return {};
}

result<config> read_config(const std::filesystem::path& file) {
  const auto bytes = read_private_file(file, largest_file);
  if (!bytes) {
    auto why = bytes.error();
    why.status = KC_E_ARGUMENT;  // whoever named the file is told so
    why.code = "KC-CONFIG-UNREADABLE";
    return why;
  }
  auto read = parse_config(bytes->text(), std::filesystem::absolute(file).parent_path());
  if (!read) return read;
  if (auto there = check_pinned(*read); !there) return there.error();
  return read;
}

}  // namespace keycare::services
