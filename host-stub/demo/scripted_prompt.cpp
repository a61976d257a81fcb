// scripted_prompt.cpp - see scripted_prompt.hpp.
#include "host-stub/demo/scripted_prompt.hpp"

#include "host-stub/services/shell/console_pin_prompt.hpp"

namespace keycare::demo {

void scripted_prompt::will_type(std::string_view pin, int times) {
  const std::lock_guard lock(mutex_);
  for (int i = 0; i < times; ++i) script_.emplace_back(pin);
}

int scripted_prompt::dialogs_since() {
  const std::lock_guard lock(mutex_);
  return std::exchange(dialogs_, 0);
}

std::string scripted_prompt::last_dialog() const {
  const std::lock_guard lock(mutex_);
  return last_;
}

result<services::secret> scripted_prompt::next(const services::prompt_view& view) {
  const auto dialog = services::render_prompt(view);
  std::optional<services::secret> typed;
  {
    const std::lock_guard lock(mutex_);
    last_ = dialog;
    ++dialogs_;
    if (!script_.empty()) {
      typed = std::move(script_.front());
      script_.pop_front();
    }
  }
  const bool english = view.language == "en";
  told_.shown(dialog + (typed ? (english ? "PIN: ********  [OK]" : "请输入密码: ********  〔确定〕")
                              : (english ? "[Cancel]" : "〔取消〕")));
  if (!typed) return fail(KC_E_CANCELLED, "KC-PIN-CANCELLED");
  return *std::move(typed);
}

result<services::secret> scripted_prompt::ask(const kc_call*, const services::prompt_view& view) {
  return next(view);
}

result<services::secret> scripted_prompt::ask_new(const kc_call*, const services::prompt_view& view,
                                                  const services::new_pin_policy&) {
  return next(view);
}

void scripted_prompt::tell(const services::prompt_view& view) {
  const auto dialog = services::render_prompt(view);
  {
    const std::lock_guard lock(mutex_);
    last_ = dialog;
  }
  told_.shown(dialog);
}

}  // namespace keycare::demo
