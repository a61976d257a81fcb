// texts.cpp - looks a code up and fills its arguments in.
#include "host-stub/services/text/texts.hpp"

#include "host-stub/services/text/plain.hpp"
#include "keycare/sdk/json.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

namespace keycare::services {

namespace {

constexpr std::size_t longest_argument = 200;

/// By kc_status, for codes that are not ours to know.
constexpr std::array<text_entry, 29> by_status = {{
    {"ok", "已完成。", "Done."},
    {"failed", "操作没有成功。请重试；仍不成功，请把支持代码告诉客服。",
     "That did not work. Try again; if it fails again, tell the service desk the support code."},
    {"argument", "程序内部调用有误。请把支持代码告诉客服。",
     "The program called itself wrongly. Tell the service desk the support code."},
    {"unsupported", "当前客户端或证书介质不支持此操作。", "This client or token cannot do that."},
    {"unknown-service", "客户端没有此项服务，请升级客户端。", "The client has no such service. Update the client."},
    {"other-major", "插件与客户端版本不匹配，请升级。", "Plugin and client do not fit together. Update them."},
    {"newer-minor", "客户端版本过低，请升级客户端。", "The client is too old for this plugin. Update the client."},
    {"table-too-small", "插件与客户端版本不匹配，请升级。", "Plugin and client do not fit together. Update them."},
    {"no-permission", "插件没有此项权限。", "The plugin has no permission for that."},
    {"wrong-thread", "程序内部调用有误。请把支持代码告诉客服。",
     "The program called itself wrongly. Tell the service desk the support code."},
    {"cancelled", "已取消，没有任何改动。", "Cancelled. Nothing was changed."},
    {"timeout", "操作超时，没有任何改动。请重试。", "It took too long; nothing was changed. Try again."},
    {"outcome-unknown", "结果未知。请继续，程序会先核对再重试。",
     "Whether it happened is not known. Continue: it is checked before anything is repeated."},
    {"not-found", "没有找到。", "Not found."},
    {"conflict", "数据已被其他程序更改。请重试。", "Another program was faster. Try again."},
    {"too-large", "数据过大。", "Too large."},
    {"damaged", "数据已损坏，原数据保持不变。请联系客服。",
     "The data are damaged and were left as they are. Call the service desk."},
    {"token-removed", "证书介质已拔出。请插入同一介质后重试。",
     "The token was removed. Insert the same token and try again."},
    {"token-busy", "证书介质没有响应。请拔出后重新插入，再试。",
     "The token does not answer. Remove it, insert it again, and retry."},
    {"token-full", "证书介质空间不足。请联系客服。", "The token is full. Call the service desk."},
    {"pin-wrong", "密码错误。", "Wrong PIN."},
    {"pin-locked", "密码已锁定。请使用“忘记密码”解锁。",
     "The PIN is locked. Unlock it under 忘记密码 (forgotten PIN)."},
    {"pin-policy", "新密码不符合要求。", "The new PIN does not meet the rules."},
    {"grant-ended", "授权已结束。请重新操作并输入密码。",
     "The permission to use the key has ended. Start again and enter the PIN."},
    {"network", "无法连接服务器，没有发送任何数据。请检查网络后重试。",
     "No connection; nothing was sent. Check the network and try again."},
    {"tls", "服务器身份无法确认，没有发送任何数据。请联系客服。",
     "The server could not prove who it is; nothing was sent. Call the service desk."},
    {"tls-date", "电脑时间可能不正确，没有发送任何数据。请校准系统时间后重试。",
     "This computer's clock may be wrong; nothing was sent. Set the clock and try again."},
    {"untrusted", "签名或证书验证未通过。请联系客服。",
     "A signature or certificate does not verify. Call the service desk."},
    {"busy", "另一项操作正在进行。请稍后重试。", "Another operation is under way. Try again in a moment."},
}};

std::string_view in_language(const text_entry& entry, std::string_view language) {
  return language.starts_with("en") ? entry.en : entry.zh;
}

/// An argument as it stands in a sentence of @p language.
std::string shown(const nlohmann::json& value, std::string_view language) {
  if (value.is_object())
    if (const auto words = value.find(language.starts_with("en") ? "en" : "zh");
        words != value.end() && words->is_string())
      return plain_line(words->get_ref<const std::string&>(), longest_argument);
  if (value.is_string()) return plain_line(value.get_ref<const std::string&>(), longest_argument);
  return plain_line(json_text(value), longest_argument);
}

/// Why the system refused.
nlohmann::json reason_words(std::int64_t code) {
  switch (code) {
    case ENOENT:
      return in_words("不存在", "it does not exist");
    case EACCES:
    case EPERM:
      return in_words("没有权限", "permission denied");
    case EISDIR:
      return in_words("是一个文件夹", "it is a folder");
    case ENOTDIR:
      return in_words("路径中有一段不是文件夹", "a part of the path is no folder");
    case EEXIST:
      return in_words("已存在", "it is there already");
    case ENOSPC:
    case EDQUOT:
      return in_words("磁盘已满", "the disk is full");
    case EROFS:
      return in_words("磁盘是只读的", "the disk is read-only");
    case EFBIG:
      return in_words("文件过大", "it is too large");
    case EINVAL:
      return in_words("不是普通文件", "it is no ordinary file");
    case EIO:
      return in_words("磁盘读写出错", "the disk failed");
    case ENAMETOOLONG:
      return in_words("路径过长", "the path is too long");
    default:
      return in_words("系统错误 " + std::to_string(code), std::generic_category().message(static_cast<int>(code)));
  }
}

/// Replaces each "{name}"; an argument that is not there leaves "?".
std::string fill(std::string_view form, const nlohmann::json& args, std::string_view language, std::int64_t native) {
  std::string out;
  while (!form.empty()) {
    const auto open = form.find('{');
    const auto close = open == std::string_view::npos ? open : form.find('}', open);
    if (close == std::string_view::npos) break;
    out += form.substr(0, open);
    const std::string name(form.substr(open + 1, close - open - 1));
    if (const auto found = args.find(name); found != args.end())
      out += shown(*found, language);
    else
      out += name == "reason" && native != 0 ? shown(reason_words(native), language) : "?";
    form.remove_prefix(close + 1);
  }
  return out += form;
}

}  // namespace

nlohmann::json in_words(std::string_view zh, std::string_view en) {
  return {{"zh", zh}, {"en", en}};
}

std::string sentence_for(const error& why, std::string_view language) {
  const auto all = all_texts();
  const auto found =
      std::lower_bound(all.begin(), all.end(), why.code,
                       [](const text_entry& entry, const std::string& code) { return entry.code < code; });
  auto args = nlohmann::json::parse(why.args, nullptr, false);
  if (!args.is_object()) args = nlohmann::json::object();
  if (found != all.end() && found->code == why.code)
    return fill(in_language(*found, language), args, language, why.native);
  const auto status = why.status >= 0 && static_cast<std::size_t>(why.status) < by_status.size()
                          ? static_cast<std::size_t>(why.status)
                          : static_cast<std::size_t>(KC_E_FAILED);
  return std::string(in_language(by_status[status], language));
}

}  // namespace keycare::services
