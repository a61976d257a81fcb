// pin_asking.cpp - the sentences of a change and an unlock, and the policy held against what was typed.
#include "host-stub/services/pin/pin_asking.hpp"

#include "host-stub/services/signing/statement_view.hpp"

namespace keycare::services {

namespace {

std::string sentence(prompt_purpose purpose, bool zh) {
  if (purpose == prompt_purpose::new_on_unlock)
    return zh ? "正在解锁介质，请设置新密码" : "The token is being unlocked. Choose a new PIN";
  return zh ? "正在修改介质密码" : "The token's PIN is being changed";
}

}  // namespace

result<prompt_view> pin_view(token_registry& registry, const kc_call* call, const pin_place& where,
                             prompt_purpose purpose) {
  const auto pin = registry.act<pin_state>(
      call, where.device, patience::usual, device_effect::reads,
      [application = where.application](token_session& session) { return session.pin(application, pin_kind::user); });
  if (!pin) return pin.error();
  prompt_view view;
  view.purpose = purpose;
  view.language = call == nullptr ? "zh-CN" : std::string(text(call->language));
  view.sentence = sentence(purpose, view.language.substr(0, 2) != "en");
  view.token = where.device.token;
  view.token_label = plain_line(where.label);
  view.plugin = plain_line(where.plugin);
  view.pin = *pin;
  if (purpose != prompt_purpose::new_on_unlock) view.warnings = pin_warnings(*pin, view.language);
  return view;
}

result<std::shared_ptr<secret>> ask_new_pin(pin_prompt& prompt, const kc_call* call, prompt_view view) {
  const new_pin_policy policy;
  for (int attempt = 1; attempt <= most_pin_attempts; ++attempt) {
    view.attempt = attempt;
    auto typed = prompt.ask_new(call, view, policy);
    if (!typed) return typed.error();
    const auto problem = new_pin_problem(typed->text(), policy);
    if (problem == pin_problem::ok) return std::make_shared<secret>(std::move(*typed));
    view.problem = std::string(pin_problem_text(problem, view.language));
  }
  return fail(KC_E_CANCELLED, "KC-PIN-CANCELLED");
}

}  // namespace keycare::services
