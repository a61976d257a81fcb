// conversation.hpp - one command and what follows from it: what is due at once is done, what only the user knows is
// asked.
#pragma once

#include "host-stub/services/commands/plugin_session.hpp"

#include <nlohmann/json.hpp>

#include <functional>
#include <string>

namespace keycare::cli {

/// What a conversation needs of the world around it.
struct conversation_hooks {
  /// Every reply as it comes, with the command that gave it.
  std::function<void(const std::string& command, const nlohmann::json& reply)> replied;
  /// A member of the input that only the user knows; KC_E_CANCELLED ends the conversation. Null: it stops there
  /// instead.
  std::function<result<std::string>(const std::string& member)> ask;
  /// Waits this many seconds for the RA or the payment; false ends the conversation. Null: it stops there instead.
  std::function<bool(std::int64_t seconds)> wait;
  services::progress_callback progress;
};

/// Runs a command in @p session, and then what the replies' "next" says (command.h): at once what is due at once, so
/// that one grant serves several steps. At most 200 steps. Gives the last reply. [main-thread]
[[nodiscard]] result<nlohmann::json> converse(services::plugin_session& session, std::string command,
                                              nlohmann::json input, const std::string& language,
                                              const conversation_hooks& hooks);

}  // namespace keycare::cli
