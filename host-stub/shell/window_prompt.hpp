// window_prompt.hpp - the services' pin_prompt on a window: a worker waits, the main thread shows and never waits.
#pragma once

#include "host-stub/services/commands/commands_service.hpp"
#include "host-stub/services/signing/pin_prompt.hpp"

#include <QPointer>

#include <functional>
#include <memory>

class QWidget;

namespace keycare::shell {

class pin_window;

class window_prompt final : public services::pin_prompt {
public:
  /// @param main lives longer. @param forgotten what 忘记密码 does. [main-thread]
  window_prompt(services::main_executor& main, std::function<void()> forgotten);
  /// Whoever still waits is answered with KC-PIN-CANCELLED. [main-thread]
  ~window_prompt() override;
  /// Whose window the dialog belongs to, from now on. [main-thread]
  void set_parent(QWidget* window);
  /// What is plugged in now. [main-thread]
  void tokens_are(const std::vector<token_info>& there);

  result<services::secret> ask(const kc_call* call, const services::prompt_view& view) override;
  result<services::secret> ask_new(const kc_call* call, const services::prompt_view& view,
                                   const services::new_pin_policy& policy) override;
  void tell(const services::prompt_view& view) override;
  void over() override;

private:
  struct question;
  struct surface;
  result<services::secret> put(const kc_call* call, const services::prompt_view& view,
                               const std::optional<services::new_pin_policy>& policy);
  services::main_executor& main_;
  std::shared_ptr<surface> surface_;  ///< Main thread only, but for its address and what it says itself.
};

}  // namespace keycare::shell
