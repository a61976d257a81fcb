// conversation.cpp - see conversation.hpp.
#include "plugins/common/ui/conversation.hpp"

#include "plugins/common/ui/text.hpp"

#include <algorithm>

namespace keycare::ui {

namespace {

constexpr int most_steps_at_once = 200;
constexpr std::int64_t longest_pause = 300;  // seconds, as the plan's polling

/// Whether asking again later may help although nobody does anything.
bool may_pass(kc_status status) {
  return status == KC_E_NETWORK || status == KC_E_TIMEOUT || status == KC_E_OUTCOME_UNKNOWN || status == KC_E_BUSY ||
         status == KC_E_TOKEN_BUSY;
}

}  // namespace

conversation::conversation(const commands_client& commands, hooks tell) : commands_(commands), tell_(std::move(tell)) {
  later_.setSingleShot(true);
  later_.callOnTimeout([this] {
    next_.after_seconds = std::min(longest_pause, 2 * next_.after_seconds);  // if this one fails, too
    look_now();
  });
}

void conversation::start(const std::string& command, const nlohmann::json& input) {
  // What is waited for may be asked for before its time; when that comes to nothing, the wait goes on.
  const auto waited = busy() ? poll_ : next_;
  const bool same = waited.then == follow_up::after_waiting && waited.command == command && waited.input == input;
  poll_ = same ? waited : next_command{};
  steps_ = 0;
  later_.stop();
  next_ = {};
  stopping_ = false;
  invoke(command, input);
}

void conversation::answer(const nlohmann::json& members) {
  if (next_.then != follow_up::after_asking) return;
  auto input = next_.input;
  input.update(members);
  start(std::string(next_.command), input);
}

void conversation::look_now() {
  if (busy() || next_.then != follow_up::after_waiting) return;
  const auto next = next_;
  start(next.command, next.input);
}

void conversation::cancel() {
  later_.stop();
  stopping_ = busy();
  running_.cancel();
}

void conversation::invoke(const std::string& command, const nlohmann::json& input) {
  auto begun = commands_.invoke(
      command, input, [this](command_end end) { ended(std::move(end)); },
      [this](std::uint32_t done, std::uint32_t total, std::string_view phase) {
        if (tell_.progress) tell_.progress(static_cast<int>(done), static_cast<int>(total), from_utf8(phase));
      });
  if (!begun) {
    running_ = {};
    tell_busy();
    if (tell_.failed) tell_.failed(begun.error(), {});
    return;
  }
  running_ = std::move(*begun);
  tell_busy();
}

void conversation::ended(command_end end) {
  running_ = {};
  if (!end.reply) {
    if (poll_.then == follow_up::after_waiting && may_pass(end.reply.error().status)) {
      next_ = poll_;
      later_.start(std::chrono::seconds(next_.after_seconds));
    }
    tell_busy();
    if (tell_.failed) tell_.failed(end.reply.error(), from_utf8(end.sentence));
    return;
  }
  next_ = read_next(*end.reply);
  const auto reply = *std::move(end.reply);
  if (tell_.replied) tell_.replied(reply);
  if (busy() || later_.isActive()) return;  // replied() started something else
  if (std::exchange(stopping_, false) && next_.then == follow_up::at_once) {
    // The step could not be taken back; what would follow it was cancelled.
    next_ = {};
    tell_busy();
    if (tell_.failed) tell_.failed(fail(KC_E_CANCELLED, "KC-CALL-CANCELLED"), {});
    return;
  }
  if (tell_.follows) tell_.follows(next_);
  switch (next_.then) {
    case follow_up::at_once:
      if (++steps_ < most_steps_at_once) return invoke(std::string(next_.command), nlohmann::json(next_.input));
      break;
    case follow_up::after_waiting:
      later_.start(std::chrono::seconds(next_.after_seconds));
      break;
    case follow_up::after_asking:
      tell_busy();
      if (tell_.asks) tell_.asks(next_);
      return;
    case follow_up::stop:
      break;
  }
  tell_busy();
}

void conversation::tell_busy() {
  if (tell_.busy_changed) tell_.busy_changed();
}

}  // namespace keycare::ui
