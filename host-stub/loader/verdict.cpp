// verdict.cpp - the table of reasons why a plugin was not loaded.
#include "host-stub/loader/verdict.hpp"

#include "keycare/sdk/json.hpp"
#include "keycare/sdk/statement.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace keycare::loader {
namespace {

using enum reason;

constexpr auto table = std::to_array<reason_text>({
    {manifest_missing, KC_E_NOT_FOUND, "KC-PLUGIN-MANIFEST-MISSING", "找不到插件清单 {file}。",
     "The plugin manifest {file} does not exist."},
    {manifest_unreadable, KC_E_FAILED, "KC-PLUGIN-MANIFEST-UNREADABLE", "无法读取插件清单 {file}：{detail}。",
     "The plugin manifest {file} cannot be read: {detail}."},
    {manifest_syntax, KC_E_ARGUMENT, "KC-PLUGIN-MANIFEST-SYNTAX", "插件清单 {file} 不是有效的 JSON：{detail}。",
     "The plugin manifest {file} is not proper JSON: {detail}."},
    {manifest_invalid, KC_E_ARGUMENT, "KC-PLUGIN-MANIFEST-INVALID",
     "插件清单 {file} 中的 {key} 有误：实际为 {found}，应为 {expected}。",
     "In the plugin manifest {file}, {key} is wrong: found {found}, expected {expected}."},
    {abi_too_new, KC_E_NEWER_MINOR, "KC-PLUGIN-ABI-TOO-NEW",
     "插件 {id} 需要接口版本 {needs}，本客户端只提供 {host}；请升级客户端。",
     "Plugin {id} needs contract {needs} and this client speaks {host}; update the client."},
    {abi_too_old, KC_E_OTHER_MAJOR, "KC-PLUGIN-ABI-TOO-OLD",
     "插件 {id} 只支持到接口版本 {needs}，本客户端已是 {host}；请升级插件。",
     "Plugin {id} works up to contract {needs} and this client speaks {host}; update the plugin."},
    {client_too_old, KC_E_UNSUPPORTED, "KC-PLUGIN-CLIENT-TOO-OLD",
     "插件 {id} 需要 {needs} 或更高版本的客户端，当前版本为 {host}；请升级客户端。",
     "Plugin {id} needs client {needs} or later and this one is {host}; update the client."},
    {permission_unknown, KC_E_NO_PERMISSION, "KC-PLUGIN-PERMISSION-UNKNOWN",
     "插件 {id} 请求了本客户端不认识的权限 {permission}。",
     "Plugin {id} asks for the permission {permission}, which this client does not know."},
    {permission_forbidden, KC_E_NO_PERMISSION, "KC-PLUGIN-PERMISSION-FORBIDDEN",
     "插件 {id} 请求了本客户端不授予的权限 {permission}。",
     "Plugin {id} asks for the permission {permission}, which this client does not give."},
    {endpoint_unknown, KC_E_NO_PERMISSION, "KC-PLUGIN-ENDPOINT-UNKNOWN",
     "插件 {id} 请求访问 {endpoint}，但客户端没有为它配置地址。",
     "Plugin {id} asks for the endpoint {endpoint}, for which this client has no address."},
    {id_duplicate, KC_E_CONFLICT, "KC-PLUGIN-ID-DUPLICATE", "插件 {id} 重复：{file} 与 {first} 使用了同一标识。",
     "Plugin {id} is there twice: {file} has the same id as {first}."},
    {library_missing, KC_E_NOT_FOUND, "KC-PLUGIN-LIBRARY-MISSING", "插件 {id} 的文件 {file} 不存在；请重新安装插件。",
     "The file {file} of plugin {id} is missing; install the plugin again."},
    {library_unreadable, KC_E_FAILED, "KC-PLUGIN-LIBRARY-UNREADABLE", "无法读取插件 {id} 的文件 {file}：{detail}。",
     "The file {file} of plugin {id} cannot be read: {detail}."},
    {no_seal, KC_E_UNSUPPORTED, "KC-PLUGIN-NO-SEAL", "系统无法封存插件 {id} 的副本（{detail}），因此不加载。",
     "This system cannot seal a copy of plugin {id} ({detail}), so it is not loaded."},
    {hash_mismatch, KC_E_DAMAGED, "KC-PLUGIN-HASH-MISMATCH",
     "插件 {id} 的文件 {file} 与清单中的校验值不符，可能已损坏；请重新安装插件。",
     "The file {file} of plugin {id} is not the one that its manifest names; it may be damaged: install it again."},
    {file_damaged, KC_E_DAMAGED, "KC-PLUGIN-FILE-DAMAGED",
     "插件 {id} 的文件 {file} 已损坏或不是动态库（{detail}）；请重新安装插件。",
     "The file {file} of plugin {id} is damaged or no library ({detail}); install the plugin again."},
    {wrong_architecture, KC_E_UNSUPPORTED, "KC-PLUGIN-WRONG-ARCHITECTURE",
     "插件 {id} 是为其他处理器编译的（{found}，本机为 {expected}）。",
     "Plugin {id} was built for another processor ({found}; this computer has {expected})."},
    {export_wrong, KC_E_FAILED, "KC-PLUGIN-EXPORTS",
     "插件 {id} 应只导出 keycare_plugin_entry，实际导出 {count} 个符号（{names}）。",
     "Plugin {id} must export keycare_plugin_entry alone, but exports {count} symbols ({names})."},
    {dependency_unknown, KC_E_FAILED, "KC-PLUGIN-DEPENDENCY", "插件 {id} 依赖不允许的动态库 {name}。",
     "Plugin {id} depends on the library {name}, which plugins may not use."},
    {search_path, KC_E_FAILED, "KC-PLUGIN-SEARCH-PATH", "插件 {id} 带有动态库搜索路径 {path}，不允许加载。",
     "Plugin {id} carries the library search path {path}, which plugins may not have."},
    {executable_stack, KC_E_FAILED, "KC-PLUGIN-EXECUTABLE-STACK", "插件 {id} 要求可执行的栈，不允许加载。",
     "Plugin {id} wants an executable stack, which plugins may not have."},
    {qt_mismatch, KC_E_UNSUPPORTED, "KC-PLUGIN-QT", "插件 {id} 的界面是用 Qt {needs} 编译的，本客户端为 Qt {host}。",
     "The pages of plugin {id} were built with Qt {needs} and this client has Qt {host}."},
    {no_ui, KC_E_NOT_FOUND, "KC-PLUGIN-NO-UI", "插件 {id} 没有界面。", "Plugin {id} has no pages."},
    {symbol_unresolved, KC_E_FAILED, "KC-PLUGIN-UNRESOLVED", "插件 {id} 缺少符号 {symbol}，无法加载。",
     "Plugin {id} needs the symbol {symbol}, which nobody offers."},
    {not_loadable, KC_E_FAILED, "KC-PLUGIN-NOT-LOADABLE", "系统拒绝加载插件 {id}：{detail}。",
     "The system refuses to load plugin {id}: {detail}."},
    {probe_failed, KC_E_FAILED, "KC-PLUGIN-PROBE-FAILED", "客户端无法检查插件 {id}：{detail}。",
     "The client could not examine plugin {id}: {detail}."},
    {crashed, KC_E_FAILED, "KC-PLUGIN-CRASHED", "插件 {id} 在{phase_zh}时崩溃（信号 {signal}）。",
     "Plugin {id} crashed {phase} (signal {signal})."},
    {threw, KC_E_FAILED, "KC-PLUGIN-THREW", "插件 {id} 在{phase_zh}时抛出了异常。",
     "Plugin {id} threw an exception {phase}."},
    {exited, KC_E_FAILED, "KC-PLUGIN-EXITED", "插件 {id} 在{phase_zh}时结束了进程。",
     "Plugin {id} ended its process {phase}."},
    {hung, KC_E_TIMEOUT, "KC-PLUGIN-HUNG", "插件 {id} 在{phase_zh}时没有响应（{milliseconds} 毫秒后停止）。",
     "Plugin {id} did not come back {phase} (stopped after {milliseconds} ms)."},
    {entry_refused, KC_E_UNSUPPORTED, "KC-PLUGIN-ENTRY-REFUSED",
     "插件 {id} 拒绝了本客户端的接口版本 {host}（状态 {status}）。",
     "Plugin {id} refused this client's contract {host} (status {status})."},
    {table_wrong, KC_E_TABLE_TOO_SMALL, "KC-PLUGIN-ENTRY-TABLE", "插件 {id} 的接口表有误：{detail}。",
     "The table of plugin {id} breaks the contract: {detail}."},
    {id_mismatch, KC_E_CONFLICT, "KC-PLUGIN-ID-MISMATCH", "清单中的标识是 {id}，而动态库自称 {found}。",
     "The manifest says plugin {id}, but the library calls itself {found}."},
    {version_mismatch, KC_E_CONFLICT, "KC-PLUGIN-VERSION-MISMATCH",
     "插件 {id} 的清单版本是 {manifest}，而动态库的版本是 {found}。",
     "The manifest of plugin {id} says version {manifest}, but the library says {found}."},
});

constexpr bool in_order() {
  for (std::size_t i = 0; i < table.size(); ++i)
    if (static_cast<std::size_t>(table[i].reason) != i) return false;
  return table.size() == static_cast<std::size_t>(version_mismatch) + 1;
}
static_assert(in_order(), "one row for each reason, in the order of the enumeration");

constexpr std::size_t longest_argument = 96;

/// Text that anybody may have written, made fit for a terminal and a dialog.
std::string shown(std::string_view text) {
  std::string out(text.substr(0, longest_argument));
  if (text.size() > longest_argument) {
    while (!out.empty() && (static_cast<unsigned char>(out.back()) & 0xC0U) == 0x80U) out.pop_back();
    if (!out.empty() && static_cast<unsigned char>(out.back()) >= 0xC0U) out.pop_back();
    out += "...";
  }
  const auto again = nlohmann::json(out).dump(-1, ' ', false, nlohmann::json::error_handler_t::ignore);
  const bool utf8 = nlohmann::json::parse(again, nullptr, false) == nlohmann::json(out);
  if (utf8 && statement::is_plain_text(out)) return out;
  for (char& c : out)
    if (c < 0x20 || c == 0x7F) c = '?';  // octets above 0x7F are negative here, and go too
  return out;
}

}  // namespace

std::span<const reason_text> all_reasons() {
  return table;
}

error refuse(reason why, arguments args) {
  auto json = nlohmann::json::object();
  for (const auto& [name, value] : args) json[std::string(name)] = shown(value);
  const auto& row = table[static_cast<std::size_t>(why)];
  return fail_with(row.status, std::string(row.code), json);
}

std::optional<reason> reason_of(const error& verdict) {
  const auto row = std::find_if(table.begin(), table.end(), [&](const auto& r) { return r.code == verdict.code; });
  if (row == table.end()) return std::nullopt;
  return row->reason;
}

std::string sentence(const error& verdict, std::string_view language) {
  const auto why = reason_of(verdict);
  if (!why) return verdict.code;
  const auto& row = table[static_cast<std::size_t>(*why)];
  const std::string_view text = language.starts_with("zh") ? row.zh : row.en;
  const auto args = nlohmann::json::parse(verdict.args, nullptr, false);
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto open = text.find('{', at);
    out += text.substr(at, open - at);
    if (open == std::string_view::npos) break;
    const auto close = text.find('}', open);
    const std::string name(text.substr(open + 1, close - open - 1));
    const auto value = args.is_object() ? args.find(name) : args.end();
    out += args.is_object() && value != args.end() && value->is_string() ? value->get<std::string>() : "?";
    at = close + 1;
  }
  return out;
}

}  // namespace keycare::loader
