// console_pin_prompt.hpp - the PIN dialog on a command line: the terminal without echo, or --pin-fd.
#pragma once

#include "host-stub/services/clock/time_source.hpp"
#include "host-stub/services/shell/console.hpp"
#include "host-stub/services/signing/pin_prompt.hpp"

#include <string>

namespace keycare::services {

struct pin_prompt_options {
  std::string terminal = "/dev/tty";
  /// --pin-fd: one line answers one prompt (a new PIN is one line, not two), the end of the file cancels, and no line
  /// is used twice. -1: the terminal. Never an argument, never the environment.
  int pin_fd = -1;
  text_output print;  ///< Where the dialog is shown with --pin-fd; empty: standard error.
};

/// @p time lives longer than the prompt. One dialog at a time.
class console_pin_prompt final : public pin_prompt {
public:
  console_pin_prompt(pin_prompt_options how, const time_source& time);
  result<secret> ask(const kc_call* call, const prompt_view& view) override;
  result<secret> ask_new(const kc_call* call, const prompt_view& view, const new_pin_policy& policy) override;
  void tell(const prompt_view& view) override;

private:
  result<secret> line(const kc_call* call, const std::string& ask);
  void show(const std::string& text);
  pin_prompt_options how_;
  const time_source& time_;
};

/// The dialog as text, without the line that asks: the guide's words. Pure.
std::string render_prompt(const prompt_view& view);

}  // namespace keycare::services
