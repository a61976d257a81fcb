// exports.cpp - see exports.hpp.
#include "plugins/validity/core/exports.hpp"

#include "plugins/common/encoding.hpp"
#include "plugins/common/utf8.hpp"
#include "plugins/validity/core/csv.hpp"
#include "plugins/validity/core/texts.hpp"

namespace keycare::validity {

std::vector<calendar_event> reminders(std::span<const token_info> tokens, std::span<const certificate_info> all,
                                      const frame& at) {
  std::vector<calendar_event> events;
  for (const auto& one : all) {
    const auto period = at.judge(one);
    if (period.state == period_state::ended || is_second_half(one, all) || is_replaced(one, all, at)) continue;
    const auto say = [&](std::string_view code, const nlohmann::json& args = nlohmann::json::object()) {
      return texts().text(code, at.language, args);
    };
    calendar_event event;
    event.uid = common::to_hex(one.sha256) + "@keycare";
    event.when = common::local_day(one.not_after, at.offset(one.not_after));
    event.summary = say("remind.summary", {{"name", name_of(one)}});
    event.description =
        say("remind.until", {{"until", at.date_time(one.not_after)}}) + "\n" + say("remind.renew") + "\n" +
        say("remind.serial", {{"serial", one.serial}}) + "\n" +
        say("remind.token", {{"label", std::string(label_of(one.token, tokens))}, {"token", one.token.serial}});
    for (const int days : reminder_days)
      if (days <= period.days_left) event.alarm_days.push_back(days);
    events.push_back(std::move(event));
  }
  return events;
}

std::string certificate_table(std::span<const token_info> tokens, std::span<const certificate_info> rows,
                              std::span<const certificate_info> all, const frame& at) {
  constexpr std::array headings{"name",      "state",   "days",   "from",  "until", "serial", "usage",
                                "algorithm", "subject", "issuer", "label", "token", "sha256"};
  std::vector<std::string> fields;
  const auto say = [&](std::string_view code) { return csv_text(texts().text(code, at.language)); };
  // What a certificate or a token says may be anything: without controls, and bounded.
  const auto put = [&](std::string_view text) { fields.push_back(csv_text(common::showable(text))); };
  for (const auto* heading : headings) fields.push_back(say(std::string("csv.") + heading));
  auto out = std::string(csv_byte_order_mark) + csv_record(fields);
  for (const auto& one : rows) {
    const auto period = at.judge(one);
    const bool replaced =
        (period.state == period_state::ending_soon || period.state == period_state::ended) && is_replaced(one, all, at);
    fields.clear();
    put(name_of(one));
    fields.push_back(say("csv." + std::string(replaced ? "replaced" : state_name(period.state))));
    fields.push_back(csv_number(period.days_left));
    put(at.date_time(one.not_before));
    put(at.date_time(one.not_after));
    put(one.serial);
    fields.push_back(say("usage." + std::string(usage_name(one.usage))));
    put(one.algorithm);
    put(one.subject);
    put(one.issuer);
    put(label_of(one.token, tokens));
    put(one.token.serial);
    put(common::to_hex(one.sha256));
    out += csv_record(fields);
  }
  return out;
}

}  // namespace keycare::validity
