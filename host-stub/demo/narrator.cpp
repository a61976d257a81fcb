// narrator.cpp - see narrator.hpp.
#include "host-stub/demo/narrator.hpp"

#include <iostream>
#include <sstream>

namespace keycare::demo {

void narrator::line(const std::string& kind, const std::string& text, const std::string& printed) {
  const std::lock_guard lock(mutex_);
  if (silent_) return;
  if (json_)
    events_.push_back({{"kind", kind}, {"text", text}});
  else
    std::cout << printed << std::endl;
}

void narrator::chapter(std::string_view zh, std::string_view en) {
  const std::string text(english_ ? en : zh);
  line("chapter", text, "\n━━ " + text);
}

void narrator::remark(std::string_view zh, std::string_view en) {
  const std::string text(english_ ? en : zh);
  line("remark", text, "   " + text);
}

void narrator::typed(const std::string& command) {
  line("typed", command, "\n $ " + command);
}

void narrator::shown(const std::string& text) {
  std::istringstream in(text);
  std::string indented;
  for (std::string one; std::getline(in, one);) indented += (indented.empty() ? "   │ " : "\n   │ ") + one;
  line("shown", text, indented);
}

bool narrator::expect(bool ok, std::string_view zh, std::string_view en) {
  const std::string text(english_ ? en : zh);
  {
    const std::lock_guard lock(mutex_);
    ++checks_;
    if (!ok) ++failures_;
  }
  line(ok ? "checked" : "failed", text, (ok ? "   ✓ " : "   ✗ ") + text);
  return ok;
}

bool narrator::failed() const {
  const std::lock_guard lock(mutex_);
  return failures_ > 0 || checks_ == 0;
}

void narrator::fall_silent() {
  const std::lock_guard lock(mutex_);
  silent_ = true;
}

void narrator::end() {
  const std::lock_guard lock(mutex_);
  if (silent_) return;
  if (json_) {
    std::cout << nlohmann::json{{"ok", failures_ == 0 && checks_ > 0},
                                {"checks", checks_},
                                {"failures", failures_},
                                {"events", events_}}
                     .dump(1, ' ', false, nlohmann::json::error_handler_t::replace)
              << std::endl;
    return;
  }
  std::cout << "\n"
            << (english_ ? "Checks: " : "检查项：") << checks_ << (english_ ? ", failed: " : "，未通过：") << failures_
            << std::endl;
}

}  // namespace keycare::demo
