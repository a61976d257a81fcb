// scripted_prompt.hpp - a clerk at the PIN dialog: shows every dialog and types what the story says.
#pragma once

#include "host-stub/demo/narrator.hpp"
#include "host-stub/services/signing/pin_prompt.hpp"

#include <deque>
#include <mutex>

namespace keycare::demo {

class scripted_prompt final : public services::pin_prompt {
public:
  explicit scripted_prompt(narrator& told) : told_(told) {}

  /// What is typed at the next dialogs, one each. With nothing left, 取消 is pressed. [any-thread]
  void will_type(std::string_view pin, int times = 1);
  /// How many dialogs were shown since the last call. [any-thread]
  int dialogs_since();
  /// The last dialog's text.
  [[nodiscard]] std::string last_dialog() const;

  result<services::secret> ask(const kc_call* call, const services::prompt_view& view) override;
  result<services::secret> ask_new(const kc_call* call, const services::prompt_view& view,
                                   const services::new_pin_policy& policy) override;
  void tell(const services::prompt_view& view) override;

private:
  result<services::secret> next(const services::prompt_view& view);

  narrator& told_;
  mutable std::mutex mutex_;
  std::deque<services::secret> script_;
  std::string last_;
  int dialogs_ = 0;
};

}  // namespace keycare::demo
