// certificate_list.cpp - see certificate_list.hpp.
#include "certificate_list.hpp"

#include "keycare/sdk/json.hpp"
#include "plugins/common/ui/text.hpp"

namespace keycare::validity {

using namespace std::chrono_literals;
using nlohmann::json;

namespace {
/// Within this time events count as one; far below what a person notices.
constexpr auto one_event = 60ms;
constexpr const char* not_compared = "clock-not-compared";
}  // namespace

certificate_list::certificate_list(const ui::page_links& links, hooks tell)
    : tell_(std::move(tell)),
      talk_(links.commands, {.replied = [this](const json& reply) { replied(reply); },
                             .failed =
                                 [this](const error& why, const QString& sentence) {
                                   if (tell_.failed) tell_.failed(why, sentence);
                                 },
                             .busy_changed =
                                 [this] {
                                   if (tell_.busy_changed) tell_.busy_changed(talk_.busy());
                                 }}) {
  soon_.setSingleShot(true);
  soon_.setInterval(one_event);
  soon_.callOnTimeout([this] { refresh(); });
  auto events = links.commands.subscribe([this](std::string_view kind, std::string_view) {
    if (kind == "certificates-changed") soon_.start();
  });
  if (events)
    events_ = std::move(*events);
  else
    links.log.warning("events.none", json_text({{"code", events.error().code}}));
}

void certificate_list::refresh() {
  at_once_ = true;
  talk_.start("list", {{"at_once", true}});
}

void certificate_list::replied(const json& reply) {
  const auto& data = ui::part_of(reply, "data");
  const auto notices = notices_of(data);
  const bool ask_server = std::exchange(at_once_, false);
  if (tell_.listed) tell_.listed(data, notices);
  if (ask_server) talk_.start("list");
}

std::vector<list_notice> certificate_list::notices_of(const json& data) {
  std::vector<list_notice> out;
  const auto& all = ui::part_of(data, "notices");
  bool unanswered = false;
  if (all.is_array())
    for (const auto& one : all) {
      const auto kind = ui::text_of(one, "kind");
      if (kind == not_compared) {
        unanswered = true;
        if (at_once_ && !not_compared_) continue;  // the server was not asked yet
      }
      const bool plain = kind == "none" || kind == not_compared;
      out.push_back({plain ? ui::tone::notice : ui::tone::warning, kind, ui::text_of(one, "text")});
    }
  if (!at_once_) not_compared_ = unanswered;
  return out;
}

}  // namespace keycare::validity
