// console.cpp - confirm on the terminal, everything else as lines.
#include "host-stub/services/shell/console.hpp"

#include "host-stub/services/shell/terminal.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <utility>

namespace keycare::services {

namespace {
constexpr std::size_t longest_answer = 64;
constexpr int most_questions = 5;
}  // namespace

void print_to_stderr(std::string_view text) {
  write_text(STDERR_FILENO, text);
}

console::console(console_options how, const time_source& time) : how_(std::move(how)), time_(time) {
  if (!how_.print) how_.print = &print_to_stderr;
}

result<bool> console::confirm(const kc_call* call, const std::string& title, const std::string& text) {
  const bool english = how_.language.starts_with("en");
  if (how_.assume_yes) {
    how_.print(title + "\n" + text + "\n" + (english ? "Yes (--yes)\n" : "是 (--yes)\n"));
    return true;
  }
  const open_file terminal(::open(how_.terminal.c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC));
  if (!terminal.ok() || ::isatty(terminal.get()) == 0) return fail(KC_E_CANCELLED, "KC-SHELL-NO-TERMINAL");
  write_text(terminal.get(), title + "\n" + text + "\n");
  for (int round = 0; round < most_questions; ++round) {
    const auto line = read_terminal_line(terminal.get(), english ? "Yes or no? [y/N] " : "是否继续? [y/N] ", false,
                                         longest_answer, call, time_);
    if (!line && line.error().status != KC_E_TOO_LARGE) {
      if (line.error().status == KC_E_CANCELLED) return fail(KC_E_CANCELLED, "KC-SHELL-DECLINED");
      return line.error();
    }
    const auto answer = line ? line->text() : "?";
    if (answer == "y" || answer == "Y" || answer == "yes" || answer == "是") return true;
    if (answer.empty() || answer == "n" || answer == "N" || answer == "no" || answer == "否") return false;
  }
  return false;
}

result<void> console::notify(const std::string& title, const std::string& text) {
  how_.print(title + "\n" + text + "\n");
  return {};
}

result<void> console::open_url(const std::string& url) {
  how_.print((how_.language.starts_with("en") ? "Open this page in a browser:\n  " : "请在浏览器中打开此网页:\n  ") +
             url + "\n");
  return {};
}

result<void> console::show_page(const std::string&) {
  return fail(KC_E_UNSUPPORTED, "KC-SHELL-NO-PAGE");
}

}  // namespace keycare::services
