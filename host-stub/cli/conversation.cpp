// conversation.cpp - see conversation.hpp.
#include "host-stub/cli/conversation.hpp"

#include "keycare/sdk/json.hpp"
#include "keycare/sdk/next.hpp"

namespace keycare::cli {
namespace {

constexpr int most_steps = 200;

}  // namespace

result<nlohmann::json> converse(services::plugin_session& session, std::string command, nlohmann::json input,
                                const std::string& language, const conversation_hooks& hooks) {
  nlohmann::json reply;
  for (int step = 0; step < most_steps; ++step) {
    services::command_request request;
    request.name = command;
    request.input = json_text(input);
    request.language = language;
    request.progress = hooks.progress;
    const auto answer = session.run(std::move(request));
    if (!answer) return answer.error();
    reply = nlohmann::json::parse(*answer, nullptr, false);
    if (!reply.is_object()) return fail(KC_E_DAMAGED, "KC-PLUGIN-REPLY");
    if (hooks.replied) hooks.replied(command, reply);

    auto next = read_next(reply);
    if (next.then == follow_up::stop) return reply;
    if (next.then == follow_up::after_waiting && (!hooks.wait || !hooks.wait(next.after_seconds))) return reply;
    if (next.then == follow_up::after_asking) {
      if (!hooks.ask) return reply;
      for (const auto& member : next.ask) {
        auto told = hooks.ask(member);
        if (!told) return told.error();
        next.input[member] = *std::move(told);
      }
    }
    command = std::move(next.command);
    input = std::move(next.input);
  }
  return reply;
}

}  // namespace keycare::cli
