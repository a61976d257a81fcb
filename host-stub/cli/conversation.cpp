// conversation.cpp - see conversation.hpp.
#include "host-stub/cli/conversation.hpp"

namespace keycare::cli {
namespace {

constexpr int most_steps = 200;

enum class follow_up { stop, at_once, after_waiting, after_asking };

/// What a reply's "next" asks for. Pure.
follow_up follow_up_of(const nlohmann::json& next) {
  if (!next.is_object() || !next.contains("command") || !next["command"].is_string()) return follow_up::stop;
  const auto wait = next.value("wait", nlohmann::json("none"));
  const auto after = next.value("after_seconds", nlohmann::json(0));
  if (wait == "none" && after == 0) return follow_up::at_once;
  if (wait == "ra" || wait == "payment") return follow_up::after_waiting;
  if (wait == "user" && next.contains("ask") && next["ask"].is_array() && !next["ask"].empty())
    return follow_up::after_asking;
  return follow_up::stop;
}

}  // namespace

result<nlohmann::json> converse(services::plugin_session& session, std::string command, nlohmann::json input,
                                const std::string& language, const conversation_hooks& hooks) {
  nlohmann::json reply;
  for (int step = 0; step < most_steps; ++step) {
    services::command_request request;
    request.name = command;
    request.input = input.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    request.language = language;
    request.progress = hooks.progress;
    const auto answer = session.run(std::move(request));
    if (!answer) return answer.error();
    reply = nlohmann::json::parse(*answer, nullptr, false);
    if (!reply.is_object()) return fail(KC_E_DAMAGED, "KC-PLUGIN-REPLY");
    if (hooks.replied) hooks.replied(command, reply);

    const auto next = reply.value("next", nlohmann::json());
    const auto then = follow_up_of(next);
    if (then == follow_up::stop) return reply;
    auto next_input = next.value("input", nlohmann::json::object());
    if (!next_input.is_object()) next_input = nlohmann::json::object();
    if (then == follow_up::after_waiting) {
      const auto seconds = next.value("after_seconds", nlohmann::json(0));
      if (!hooks.wait || !hooks.wait(seconds.is_number_integer() ? seconds.get<std::int64_t>() : 5)) return reply;
    }
    if (then == follow_up::after_asking) {
      if (!hooks.ask) return reply;
      for (const auto& member : next["ask"]) {
        if (!member.is_string()) continue;
        auto told = hooks.ask(member.get<std::string>());
        if (!told) return told.error();
        next_input[member.get<std::string>()] = *std::move(told);
      }
    }
    command = next["command"].get<std::string>();
    input = std::move(next_input);
  }
  return reply;
}

}  // namespace keycare::cli
