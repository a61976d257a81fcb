// next.hpp - what a reply's "next" (command.h) asks whoever drives a plugin to do: a command line, a window, a test.
#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace keycare {

/// Who or what the next command waits for.
enum class follow_up {
  stop,           ///< Nothing follows, or only when somebody acts (a token, a person).
  at_once,        ///< Invoke it now, in the same process, so that a grant goes on.
  after_waiting,  ///< Invoke it after `after_seconds`: the RA or a payment is awaited.
  after_asking    ///< Invoke it with the members in `ask`, which only the user knows.
};

/// "next" of a reply, read. Without one: stop.
struct next_command {
  follow_up then = follow_up::stop;                 ///< What to do.
  std::string command;                              ///< Empty without one.
  nlohmann::json input = nlohmann::json::object();  ///< An object.
  std::int64_t after_seconds = 0;                   ///< For after_waiting; 1 to 86,400.
  std::string wait;                                 ///< "none", "ra", "payment", "token" or "user".
  std::vector<std::string> ask;                     ///< For after_asking: at most 16 members.
};

/// Reads @p reply's "next". Whatever is not as command.h says it makes a stop; it throws nothing of its own. Pure.
/// [any-thread]
[[nodiscard]] inline next_command read_next(const nlohmann::json& reply) {
  next_command out;
  if (!reply.is_object() || !reply.contains("next") || !reply["next"].is_object()) return out;
  const auto& next = reply["next"];
  const auto text_of = [&](const char* name, const char* otherwise) {
    const auto found = next.find(name);
    return found != next.end() && found->is_string() ? found->get<std::string>() : std::string(otherwise);
  };
  out.command = text_of("command", "");
  if (out.command.empty()) return out;
  out.wait = text_of("wait", "none");
  if (const auto input = next.find("input"); input != next.end() && input->is_object()) out.input = *input;
  const auto after = next.find("after_seconds");
  const bool timed = after != next.end() && after->is_number_integer();
  if (timed) out.after_seconds = after->get<std::int64_t>();
  if (out.wait == "none" && (after == next.end() || (timed && out.after_seconds == 0))) {
    out.then = follow_up::at_once;
  } else if (out.wait == "ra" || out.wait == "payment") {
    out.then = follow_up::after_waiting;
    constexpr std::int64_t without_a_word = 5, day = 86'400;
    out.after_seconds = !timed                    ? without_a_word
                        : out.after_seconds < 1   ? 1
                        : out.after_seconds > day ? day
                                                  : out.after_seconds;
  } else if (const auto ask = next.find("ask"); out.wait == "user" && ask != next.end() && ask->is_array()) {
    for (const auto& member : *ask)
      if (member.is_string() && out.ask.size() < 16) out.ask.push_back(member.get<std::string>());
    if (!out.ask.empty()) out.then = follow_up::after_asking;
  }
  return out;
}

}  // namespace keycare
