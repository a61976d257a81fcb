// order_view.cpp - words and figures of an order.
#include "plugins/renewal/core/order_view.hpp"

#include "plugins/common/dates.hpp"
#include "plugins/common/money.hpp"
#include "plugins/common/utf8.hpp"
#include "plugins/renewal/core/preparing.hpp"
#include "plugins/renewal/core/progress.hpp"
#include "plugins/renewal/core/ra_order.hpp"
#include "plugins/renewal/core/signing_steps.hpp"
#include "plugins/renewal/core/texts.hpp"

#include <algorithm>

namespace keycare::renewal {

namespace {

std::string when(const context& c, std::int64_t at) {
  return common::date_time_text(at, c.host.clock.utc_offset(at));
}

std::string say(std::string_view code, std::string_view language, const json& args = json::object()) {
  return texts().text(code, language, args);
}

/// The progress bar's parts in the guide's words; the current one in brackets.
std::string step_bar(int current, std::string_view language) {
  std::string out;
  for (int part = 1; part <= 5; ++part) {
    const auto name = say("progress." + std::to_string(part), language);
    if (part > 1) out += " → ";
    out += part == current ? "【" + name + "】" : name;
  }
  return out;
}

/// 当前进度: the part of the bar, and the RA's state where it says more.
std::string progress_text(const order_record& r, std::string_view language) {
  const auto state = state_of(r.order);
  if (r.at == stage::closed && state == ra_state::unasked) return say("state.not-begun", language);
  if (state == ra_state::unasked) return say("state." + std::string(name_of(r.at)), language);
  return say("state." + std::string(name_of(state)), language);
}

struct facts {
  std::int64_t fee_fen = -1, months = 0, old_not_after = 0, new_not_after = 0, applied_at = 0;
};

/// From the RA's order; before there is one, from the quote that was signed.
facts facts_of(const order_record& r) {
  const auto& from = r.order.is_object() ? r.order : r.quote;
  if (!from.is_object()) return {-1, 0, 0, 0, r.created};
  return {from.at("fee_fen"), from.at("months"), from.at("old_not_after"), from.at("new_not_after"),
          from.value("applied_at", r.created)};
}

std::string subject_of(const context& c, const order_record& r) {
  if (r.order.is_object()) return r.order.at("subject");
  const auto old = c.host.crypto.parse_certificate(r.old_certificate);
  return old ? old->subject : std::string{};
}

std::string refused_fields(const json& fields, std::string_view language) {
  std::string out;
  for (const auto& item : fields) {
    if (!out.empty()) out += common::is_english(language) ? ", " : "、";
    out += say("field." + item.at("field").get<std::string>(), language);
  }
  return out;
}

}  // namespace

json order_json(const context& c, const order_record& r, step then, std::string_view language) {
  const auto state = state_of(r.order);
  const auto f = facts_of(r);
  json out = {{"uuid", r.uuid},
              {"number", r.number},
              {"stage", name_of(r.at)},
              {"state", name_of(state)},
              {"step", progress_of(r.at, state)},
              {"progress", progress_text(r, language)},
              {"next_step", name_of(then)},
              {"generation", r.generation},
              {"certificate_sha256", r.certificate_sha256},
              {"token", {{"manufacturer", r.token.manufacturer}, {"serial", r.token.serial}}},
              {"subject", subject_of(c, r)},
              {"applied_at", f.applied_at},
              {"open", r.at != stage::closed}};
  if (f.fee_fen >= 0) {
    out["fee_fen"] = f.fee_fen;
    out["months"] = f.months;
    out["old_not_after"] = f.old_not_after;
    out["new_not_after"] = f.new_not_after;
  }
  if (r.seen_at > 0) out["seen_at"] = r.seen_at;
  if (!r.problem.empty()) out["problem"] = r.problem;
  if (r.quote.is_object()) out["fee_details"] = quote_details(r.quote, language);
  if (!r.order.is_object()) return out;
  for (const char* name :
       {"applicant", "remark", "seal", "correction", "rejection", "pay_before", "payments", "new_certificate_sha256"})
    if (r.order.contains(name)) out[name] = r.order[name];
  return out;
}

json known_order_json(const context& c, const order_record& r, std::string_view language) {
  situation now;
  now.ra = state_of(r.order);
  // The drafts in memory are left alone: an action may have them in hand.
  const auto then = next_step(now.ra, token_state::unasked, {r.at, r.to_send.kind});
  auto out = order_json(c, r, then, language);
  out["say"] = step_lines(c, r, now, then, language);
  return out;
}

std::vector<std::string> order_lines(const context& c, const order_record& r, std::string_view language) {
  const auto f = facts_of(r);
  std::vector<std::string> out{step_bar(progress_of(r.at, state_of(r.order)), language)};
  const auto line = [&](std::string_view label, std::string_view value) {
    out.push_back(say(label, language) + ": " + common::showable(value, 512));
  };
  if (!r.number.empty()) line("label.number", r.number);
  line("label.subject", subject_of(c, r));
  line("label.token", r.token.serial);
  line("label.applied-at", when(c, f.applied_at));
  line("label.progress", progress_text(r, language));
  if (f.fee_fen >= 0) {
    line("label.fee", say("value.yuan", language, {{"amount", common::yuan_text(f.fee_fen)}}));
    line("label.not-after",
         say("value.not-after", language, {{"old", when(c, f.old_not_after)}, {"new", when(c, f.new_not_after)}}));
  }
  if (!r.order.is_object()) return out;
  const auto& applicant = r.order.at("applicant");
  line("label.applicant", applicant.at("name").get<std::string>() + "  " +
                              applicant.at("id_number").get<std::string>() + "  " +
                              applicant.at("phone").get<std::string>());
  line("label.remark", r.order.at("remark").get<std::string>());
  if (r.order.at("seal") == "awaiting-reissue") out.push_back(say("text.seal-awaits", language));
  return out;
}

std::vector<std::string> step_lines(const context& c, const order_record& r, const situation& now, step then,
                                    std::string_view language) {
  std::vector<std::string> out;
  if (now.delayed) {
    // An RA that asks for patience was reached, and says itself what for.
    const auto why = texts().explain(*now.delayed, language);
    if (now.delayed->status != KC_E_FAILED || !why) out.push_back(say("text.delayed", language));
    if (why) out.push_back(*why);
    return out;
  }
  json args = {{"serial", r.token.serial}, {"number", r.number}, {"subject", subject_of(c, r)}};
  auto name = "step." + std::string(name_of(then));
  if (then == step::done) name += "." + std::string(name_of(state_of(r.order)));
  if (then == step::pay) {
    const auto payment = current_payment(r.order);
    if (!payment.is_null()) name += payment.contains("pay_url") ? ".open" : ".offline";
    if (r.order.contains("pay_before")) args["pay_before"] = when(c, r.order["pay_before"]);
  }
  if (then == step::correct && r.order.contains("correction")) {
    args["fields"] = refused_fields(r.order["correction"]["fields"], language);
    args["reason"] = r.order["correction"]["reason"];
  }
  if (r.order.is_object() && r.order.contains("rejection")) {
    args["reason"] = r.order["rejection"]["reason"];
    if (then == step::wait_refund || then == step::done) out.push_back(say("text.rejected", language, args));
  }
  if (then == step::done && r.order.is_object()) {
    args["new"] = when(c, r.order["new_not_after"]);
    if (state_of(r.order) == ra_state::complete) {
      out.push_back(say(name, language, args));
      out.push_back(say("text.old-stays", language));
      return out;
    }
  }
  out.push_back(texts().find(name, language, args).value_or(say("step." + std::string(name_of(then)), language, args)));
  if (!r.problem.empty()) out.push_back(texts().find(r.problem, language, args).value_or(r.problem));
  return out;
}

result<json> order_reply(context& c, const kc_call& call, held_order& order, const situation& now, step then,
                         std::vector<std::string> first) {
  const std::string language(text(call.language));
  auto next = next_of(c, order, now, then);
  if (!next) return next.error();
  auto lines = std::move(first);
  for (auto& line : step_lines(c, order.record, now, then, language)) lines.push_back(std::move(line));
  const json say = lines;
  for (auto& line : order_lines(c, order.record, language)) lines.push_back(std::move(line));
  json reply = {{"data", {{"order", order_json(c, order.record, then, language)}, {"say", say}}}, {"text", lines}};
  // Nobody is told of a PIN that will not be asked for.
  if (is_released_by_pin(then))
    reply["data"]["order"]["asks_pin"] =
        then != step::install || !c.grants.covers(order.record.uuid, install_operations(order.record.container));
  if (now.delayed) reply["data"]["delayed"] = now.delayed->code;
  if (!next->is_null()) reply["next"] = *next;
  return reply;
}

}  // namespace keycare::renewal
