// pin_dialog.cpp - sentences about a PIN's state.
#include "host-stub/services/signing/pin_dialog.hpp"

#include <algorithm>

namespace keycare::services {

result<void> check_typed_pin(const secret& pin) {
  const auto octets = pin.bytes();
  if (octets.empty() || octets.size() > 64 || std::find(octets.begin(), octets.end(), 0) != octets.end())
    return fail(KC_E_PIN_POLICY, "KC-PIN-REFUSED");
  return {};
}

std::vector<std::string> pin_warnings(const pin_state& pin, std::string_view language) {
  const bool zh = language.substr(0, 2) != "en";
  std::vector<std::string> out;
  if ((pin.flags & KC_PIN_FINAL_TRY) != 0)
    out.emplace_back(zh ? "警告：再输错一次，密码将被锁定。" : "Warning: one more miss locks the PIN.");
  else if (pin.remaining && *pin.remaining <= 3 && !pin.locked())
    out.emplace_back(zh ? "密码输错次数过多将被锁定。" : "Too many misses lock the PIN.");
  if ((pin.flags & KC_PIN_DEFAULT) != 0)
    out.emplace_back(zh ? "您仍在使用出厂密码，请尽快修改。" : "This is still the maker's PIN. Change it soon.");
  return out;
}

std::string pin_problem_sentence(std::string_view code, std::string_view language) {
  const bool zh = language.substr(0, 2) != "en";
  if (code == "KC-PIN-WRONG") return zh ? "密码错误。" : "The PIN is wrong.";
  if (code == "KC-PIN-LOCKED")
    return zh ? "密码已被锁定，请通过“忘记密码”解锁。" : "The PIN is locked. Use “forgotten PIN” to unlock it.";
  if (code == "KC-PIN-REFUSED") return zh ? "介质不接受这样的密码。" : "The token does not accept such a PIN.";
  if (code == "KC-TOKEN-REMOVED") return zh ? "介质已被拔出。" : "The token was removed.";
  return zh ? "操作没有完成。" : "It was not completed.";
}

}  // namespace keycare::services
