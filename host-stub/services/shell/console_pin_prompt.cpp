// console_pin_prompt.cpp - shows the dialog in the guide's words and reads a PIN into secure memory.
#include "host-stub/services/shell/console_pin_prompt.hpp"

#include "host-stub/services/shell/terminal.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

namespace keycare::services {

namespace {

constexpr std::size_t longest_pin = 64;
constexpr int most_new_pins = 5;

bool english(const prompt_view& view) {
  return view.language.starts_with("en");
}

std::string title_of(const prompt_view& view) {
  switch (view.purpose) {
    case prompt_purpose::sign:
      return english(view) ? "PIN dialog" : "密码输入对话框";
    case prompt_purpose::change:
      return english(view) ? "Change the PIN" : "修改密码";
    case prompt_purpose::new_on_change:
    case prompt_purpose::new_on_unlock:
      return english(view) ? "Set a new PIN" : "设置新密码";
  }
  return {};
}

bool has_form(const secret& pin) {
  const auto octets = pin.bytes();
  return !octets.empty() && std::find(octets.begin(), octets.end(), std::uint8_t{0}) == octets.end();
}

}  // namespace

std::string render_prompt(const prompt_view& view) {
  const bool en = english(view);
  std::string out = "\n" + title_of(view) + "\n";
  if (!view.problem.empty()) out += "  ! " + view.problem + "\n";
  if (!view.token_label.empty()) out += (en ? "  Token: " : "  介质: ") + view.token_label + "\n";
  if (!view.sentence.empty()) out += "  " + view.sentence + "\n";
  for (const auto& line : view.lines) out += "    " + line + "\n";
  for (const auto& warning : view.warnings) out += "  ! " + warning + "\n";
  if (view.purpose == prompt_purpose::sign || view.purpose == prompt_purpose::change) {
    const auto left = view.pin.remaining ? std::to_string(*view.pin.remaining) : std::string(en ? "unknown" : "未知");
    out += (en ? "  Tries left: " : "  剩余密码重试次数: ") + left + "\n";
  }
  return out;
}

console_pin_prompt::console_pin_prompt(pin_prompt_options how, const time_source& time)
    : how_(std::move(how)), time_(time) {
  if (!how_.print) how_.print = &print_to_stderr;
  if (how_.pin_fd >= 0) ::fcntl(how_.pin_fd, F_SETFD, FD_CLOEXEC);  // no child reads PINs
}

void console_pin_prompt::show(const std::string& text) {
  if (how_.pin_fd < 0) {
    const open_file terminal(::open(how_.terminal.c_str(), O_WRONLY | O_NOCTTY | O_CLOEXEC));
    if (terminal.ok()) return write_text(terminal.get(), text);
  }
  how_.print(text);
}

result<secret> console_pin_prompt::line(const kc_call* call, const std::string& ask) {
  const auto read = [&]() -> result<secret> {
    if (how_.pin_fd >= 0) {
      how_.print(ask + "\n");
      return read_line(how_.pin_fd, longest_pin, call, time_);
    }
    const open_file terminal(::open(how_.terminal.c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC));
    if (!terminal.ok() || ::isatty(terminal.get()) == 0) return fail(KC_E_UNSUPPORTED, "KC-PIN-NO-PROMPT");
    return read_terminal_line(terminal.get(), ask, true, longest_pin, call, time_);
  };
  auto pin = read();
  if (pin && !has_form(*pin)) return fail(KC_E_ARGUMENT, "KC-PIN-FORM");
  if (!pin && pin.error().status == KC_E_CANCELLED) return fail(KC_E_CANCELLED, "KC-PIN-CANCELLED");
  if (!pin && pin.error().status == KC_E_TOO_LARGE) return fail(KC_E_ARGUMENT, "KC-PIN-FORM");
  return pin;
}

result<secret> console_pin_prompt::ask(const kc_call* call, const prompt_view& view) {
  show(render_prompt(view));
  return line(call, english(view) ? "  PIN: " : "  请输入密码: ");
}

result<secret> console_pin_prompt::ask_new(const kc_call* call, const prompt_view& view, const new_pin_policy& policy) {
  const bool en = english(view);
  auto shown = view;
  for (int round = 0; round < most_new_pins; ++round) {
    show(render_prompt(shown));
    auto pin = line(call, en ? "  New PIN: " : "  请输入新密码: ");
    if (!pin && pin.error().code != "KC-PIN-FORM") return pin;
    const auto problem = pin ? new_pin_problem(pin->text(), policy) : pin_problem::too_short;
    if (problem != pin_problem::ok) {
      shown.problem = pin_problem_text(problem, view.language);
      continue;
    }
    // A program that writes to --pin-fd does not mistype unseen; a person does.
    if (how_.pin_fd >= 0) return pin;
    const auto again = line(call, en ? "  The same again: " : "  请再次输入新密码: ");
    if (!again && again.error().code != "KC-PIN-FORM") return again.error();
    if (again && *again == *pin) return pin;
    shown.problem = en ? "The two PINs differ." : "两次输入的密码不一致。";
  }
  return fail(KC_E_PIN_POLICY, "KC-PIN-REFUSED");
}

void console_pin_prompt::tell(const prompt_view& view) {
  show(render_prompt(view));
}

}  // namespace keycare::services
