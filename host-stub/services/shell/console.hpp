// console.hpp - the shell of a command line: questions on the terminal, notices and addresses as lines.
#pragma once

#include "host-stub/services/clock/time_source.hpp"
#include "host-stub/services/shell/shell_port.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace keycare::services {

/// Takes finished text for people; any thread, one at a time.
using text_output = std::function<void(std::string_view)>;

struct console_options {
  std::string terminal = "/dev/tty";  ///< Where people answer.
  bool assume_yes = false;            ///< The person said --yes: confirm() answers yes without asking.
  std::string language = "zh-CN";
  text_output print;  ///< Notices and addresses; empty: standard error.
};

/// @p time lives longer than the console.
class console final : public shell_port {
public:
  console(console_options how, const time_source& time);
  result<bool> confirm(const kc_call* call, const std::string& title, const std::string& text) override;
  result<void> notify(const std::string& title, const std::string& text) override;
  result<void> open_url(const std::string& url) override;
  result<void> show_page(const std::string& slot) override;
  [[nodiscard]] bool has_window() const override { return false; }

private:
  console_options how_;
  const time_source& time_;
};

/// Prints to standard error.
void print_to_stderr(std::string_view text);

}  // namespace keycare::services
