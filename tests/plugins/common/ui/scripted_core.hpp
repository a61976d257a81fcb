// scripted_core.hpp - keycare.commands/1 that answers from a script: what no real core says on demand.
#pragma once

#include "keycare/sdk/ui_side.hpp"

#include <gtest/gtest.h>

#include <QTimer>

#include <deque>
#include <string>
#include <utility>
#include <vector>

namespace keycare::ui {

/// Gives each answer at the next turn of the loop, in the order of the script, and notes what was asked.
class scripted_core {
public:
  scripted_core() {
    table_.table = {sizeof table_, 1, KC_COMMANDS_MINOR};
    table_.host = this;
    table_.invoke = [](const kc_commands_service* self, kc_str name, kc_bytes input, kc_done_sink done,
                       kc_progress_sink, void* context, kc_ticket* out, kc_error*) -> kc_status {
      auto& me = *static_cast<scripted_core*>(self->host);
      me.asked.push_back(std::string(text(name)) + " " + std::string(text_of(bytes(input))));
      *out = ++me.tickets_;
      QTimer::singleShot(0, [&me, done, context, ticket = me.tickets_] { me.answer(done, context, ticket); });
      return KC_OK;
    };
    table_.cancel = [](const kc_commands_service*, kc_ticket) {};
    table_.subscribe = [](const kc_commands_service*, kc_event_sink, void*, std::uint64_t* out,
                          kc_error*) -> kc_status {
      *out = 1;
      return KC_OK;
    };
    table_.unsubscribe = [](const kc_commands_service*, std::uint64_t) {};
  }
  scripted_core(const scripted_core&) = delete;
  scripted_core& operator=(const scripted_core&) = delete;
  [[nodiscard]] const kc_commands_service* table() const { return &table_; }

  std::deque<std::pair<kc_status, nlohmann::json>> script;
  std::vector<std::string> asked;  ///< "command {input}"

private:
  void answer(kc_done_sink done, void* context, kc_ticket ticket) {
    ASSERT_FALSE(script.empty()) << asked.back();
    const auto [status, reply] = script.front();
    script.pop_front();
    const auto whole = reply.dump();
    auto why = sized<kc_error>();
    // A failure's reply is its support code, where that matters.
    if (status != KC_OK) write_error(&why, fail(status, reply.is_string() ? reply.get<std::string>() : "KC-TEST"));
    done(context, ticket, status, status == KC_OK ? borrow(bytes_of(whole)) : kc_bytes{},
         status == KC_OK ? nullptr : &why, borrow(std::string_view("a sentence")));
  }
  kc_commands_service table_{};
  kc_ticket tickets_ = 0;
};

/// A reply with this "next".
inline nlohmann::json reply(const nlohmann::json& next = nullptr) {
  nlohmann::json out{{"data", nlohmann::json::object()}, {"text", nlohmann::json::array()}};
  if (!next.is_null()) out["next"] = next;
  return out;
}

}  // namespace keycare::ui
