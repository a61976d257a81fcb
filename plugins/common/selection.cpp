// selection.cpp - see selection.hpp.
#include "plugins/common/selection.hpp"

#include "keycare/sdk/json.hpp"
#include "plugins/common/encoding.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace keycare::common {
namespace {

constexpr std::array sentences = std::to_array<sentence>({
    {"KC-TOKEN-NONE", "没有检测到数字证书 CA，请插上后重试。", "No token was found. Plug it in and try again."},
    {"KC-TOKEN-CHOOSE", "检测到多个数字证书 CA（序列号：{serials}），请选择其中一个，或只插上需要的那一个。",
     "There are several tokens (serial numbers: {serials}). Choose one, or plug in only the one that you need."},
    {"KC-TOKEN-AMBIGUOUS", "有两个数字证书 CA 使用同一序列号 {serial}，无法区分，请只插上其中一个。",
     "Two tokens call themselves {serial} and cannot be told apart. Plug in one of them only."},
    {"KC-TOKEN-NOT-THERE", "没有检测到序列号为 {serial} 的数字证书 CA，请插上该介质后重试。",
     "The token with serial number {serial} is not there. Plug it in and try again."},
    {"KC-CERTIFICATE-NONE", "数字证书 CA 中没有证书，请联系服务热线。",
     "There is no certificate on the token. Please call the hotline."},
    {"KC-CERTIFICATE-CHOOSE", "有多张证书（证书序列号 @ 介质序列号：{serials}），请选择其中一张。",
     "There are several certificates (serial number @ token: {serials}). Choose one."},
    {"KC-CERTIFICATE-NOT-THERE", "没有找到证书 {name}，请在【我的证书】中核对序列号，并确认已插上对应的数字证书 CA。",
     "Certificate {name} was not found. Compare the serial number with the list of certificates, and plug in its "
     "token."},
    {"pin.locked", "密码已锁定，请在【网证通安全客户端】-【忘记密码】，按照提示操作解锁。",
     "The PIN is locked. Go to Forgotten PIN and follow the steps to unlock it."},
    {"pin.final", "剩余密码重试次数: {remaining}（再输错一次将被锁定，如忘记密码请使用【忘记密码】）",
     "PIN tries left: {remaining} (one more miss locks it; if you do not know it, use Forgotten PIN)"},
    {"pin.last", "剩余密码重试次数: 未知，但再输错一次将被锁定，如忘记密码请使用【忘记密码】",
     "PIN tries left: unknown, but one more miss locks it; if you do not know it, use Forgotten PIN"},
    {"pin.remaining", "剩余密码重试次数: {remaining}", "PIN tries left: {remaining}"},
    {"pin.remaining-of", "剩余密码重试次数: {remaining}（共 {max} 次）", "PIN tries left: {remaining} of {max}"},
    {"pin.unknown", "剩余密码重试次数: 未知（该介质不提供）", "PIN tries left: unknown (this token does not say)"},
});

std::string bare_hex(std::string_view text) {
  std::string out;
  for (const char c : text.substr(0, 256)) {
    if (c == ' ' || c == ':') continue;
    out += c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return out;
}

bool is_named(const certificate_info& one, std::string_view name) {
  auto hex = bare_hex(name);
  if (hex.size() == 64 && from_hex(hex) == octets(one.sha256.begin(), one.sha256.end())) return true;
  hex.erase(0, std::min(hex.find_first_not_of('0'), hex.size()));
  return !hex.empty() && hex == one.serial;
}

keycare::error named(const char* code, const char* argument, std::string_view value) {
  return fail_with(KC_E_NOT_FOUND, code, {{argument, std::string(value.substr(0, 160))}});
}

template <class Items, class Text>
std::string joined(const Items& items, Text text) {
  std::vector<std::string> names;
  for (const auto& item : items) names.push_back(text(item));
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  std::string out;
  for (const auto& name : names) {
    if (out.size() + name.size() > 150) return out + "…";
    out += (out.empty() ? "" : ", ") + name;
  }
  return out;
}

keycare::error choose(const char* code, std::string_view serials) {
  auto why = named(code, "serials", serials);
  why.status = KC_E_ARGUMENT;
  return why;
}

}  // namespace

result<token_info> choose_token(std::span<const token_info> tokens, std::string_view serial) {
  if (tokens.empty()) return fail(KC_E_NOT_FOUND, "KC-TOKEN-NONE");
  std::vector<token_info> fit;
  std::copy_if(tokens.begin(), tokens.end(), std::back_inserter(fit),
               [&](const auto& one) { return serial.empty() || one.token.serial == serial; });
  if (fit.empty()) {
    auto why = named("KC-TOKEN-NOT-THERE", "serial", serial);
    why.status = KC_E_TOKEN_REMOVED;
    return why;
  }
  if (fit.size() > 1 &&
      std::all_of(fit.begin(), fit.end(), [&](const auto& one) { return one.token == fit[0].token; })) {
    auto why = named("KC-TOKEN-AMBIGUOUS", "serial", fit[0].token.serial);
    why.status = KC_E_CONFLICT;
    return why;
  }
  if (fit.size() > 1) return choose("KC-TOKEN-CHOOSE", joined(fit, [](const auto& one) { return one.token.serial; }));
  return fit.front();
}

std::vector<std::string> twins(std::span<const token_info> tokens) {
  std::vector<std::string> out;
  for (const auto& one : tokens) {
    const auto same =
        std::count_if(tokens.begin(), tokens.end(), [&](const auto& it) { return it.token == one.token; });
    if (same > 1 && std::find(out.begin(), out.end(), one.token.serial) == out.end()) out.push_back(one.token.serial);
  }
  return out;
}

result<certificate_info> choose_certificate(std::span<const certificate_info> certificates, std::string_view name,
                                            std::string_view token) {
  std::vector<certificate_info> fit;
  std::copy_if(certificates.begin(), certificates.end(), std::back_inserter(fit), [&](const auto& one) {
    return (token.empty() || one.token.serial == token) && (name.empty() || is_named(one, name));
  });
  if (fit.empty())
    return name.empty() ? fail(KC_E_NOT_FOUND, "KC-CERTIFICATE-NONE") : named("KC-CERTIFICATE-NOT-THERE", "name", name);
  if (fit.size() == 1) return fit.front();
  const bool same = std::all_of(fit.begin(), fit.end(), [&](const auto& one) { return one.sha256 == fit[0].sha256; });
  const bool one_token =
      std::all_of(fit.begin(), fit.end(), [&](const auto& one) { return one.token == fit[0].token; });
  if (same && one_token) return fit.front();
  if (same) return choose("KC-TOKEN-CHOOSE", joined(fit, [](const auto& one) { return one.token.serial; }));
  return choose("KC-CERTIFICATE-CHOOSE",
                joined(fit, [](const auto& one) { return one.serial + " @ " + one.token.serial; }));
}

std::string pin_text(const pin_state& pin, std::string_view language) {
  const catalogue all{selection_texts()};
  auto args = nlohmann::json::object();
  if (pin.max) args["max"] = *pin.max;
  if (pin.remaining) args["remaining"] = *pin.remaining;
  if (pin.locked()) return all.text("pin.locked", language);
  const bool last = (pin.flags & KC_PIN_FINAL_TRY) != 0;
  if (!pin.remaining) return all.text(last ? "pin.last" : "pin.unknown", language);
  if (last || *pin.remaining == 1) return all.text("pin.final", language, args);
  return all.text(pin.max ? "pin.remaining-of" : "pin.remaining", language, args);
}

nlohmann::json pin_json(const pin_state& pin) {
  nlohmann::json out = {
      {"locked", pin.locked()}, {"final_try", (pin.flags & KC_PIN_FINAL_TRY) != 0}, {"source", pin.source}};
  if (pin.max) out["max"] = *pin.max;
  if (pin.remaining) out["remaining"] = *pin.remaining;
  return out;
}

std::span<const sentence> selection_texts() {
  return sentences;
}

}  // namespace keycare::common
