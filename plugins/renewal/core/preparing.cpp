// preparing.cpp - the commands eligible, quote, agreement and check.
#include "plugins/renewal/core/preparing.hpp"

#include "keycare/sdk/json.hpp"
#include "plugins/common/dates.hpp"
#include "plugins/common/encoding.hpp"
#include "plugins/common/input.hpp"
#include "plugins/common/invoice.hpp"
#include "plugins/common/money.hpp"
#include "plugins/common/selection.hpp"
#include "plugins/common/utf8.hpp"
#include "plugins/renewal/core/commands.hpp"
#include "plugins/renewal/core/form.hpp"
#include "plugins/renewal/core/order_view.hpp"
#include "plugins/renewal/core/ra_order.hpp"
#include "plugins/renewal/core/texts.hpp"
#include "plugins/renewal/core/token_look.hpp"

#include <sstream>

namespace keycare::renewal {

namespace {

constexpr std::size_t most_shown = 65536;  // code points: a document is shown whole (openapi.json, Document)

keycare::error broken_answer() {
  return fail(KC_E_DAMAGED, "KC-RA-ANSWER");
}

std::string when(const context& c, std::int64_t at) {
  return common::date_time_text(at, c.host.clock.utc_offset(at));
}

/// The RA's answer to a request that is not about an order.
result<json> answered(const result<common::ra_answer>& answer) {
  if (!answer) return answer.error();
  if (!answer->ok()) return common::problem_error(*answer);
  return answer->body;
}

result<json> checked_document(context& c, const json& from, const char* role) {
  const auto bounded = [&](const char* name, std::size_t max) {
    const auto it = from.find(name);
    return it != from.end() && it->is_string() && !it->get_ref<const std::string&>().empty() &&
           it->get_ref<const std::string&>().size() <= max;
  };
  if (!from.is_object() || !bounded("id", 64) || !bounded("version", 32) || !bounded("language", 16) ||
      !bounded("sha256", 64) || !bounded("text", std::size_t{4} * 65536))
    return broken_answer();
  // Who accepts a hash accepts exactly these octets.
  const auto hash = sha256_hex(c, bytes_of(from["text"].get_ref<const std::string&>()));
  if (!hash) return hash.error();
  if (*hash != from["sha256"]) return fail(KC_E_UNTRUSTED, "KC-RENEWAL-AGREEMENT-HASH");
  return json{{"role", role},
              {"id", from["id"]},
              {"version", from["version"]},
              {"language", from["language"]},
              {"sha256", from["sha256"]},
              {"text", from["text"]}};
}

json certificate_json(const certificate_info& one) {
  return {{"sha256", common::to_hex(one.sha256)},
          {"serial", one.serial},
          {"subject", one.subject},
          {"not_before", one.not_before},
          {"not_after", one.not_after},
          {"token", {{"manufacturer", one.token.manufacturer}, {"serial", one.token.serial}}}};
}

void append_lines(std::vector<std::string>& out, const std::string& text) {
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) out.push_back(common::showable(line, most_shown));
}

}  // namespace

result<json> ask_eligibility(context& c, const kc_call& call, const certificate_info& certificate,
                             const std::string& account) {
  json request = {{"certificate_sha256", common::to_hex(certificate.sha256)}};
  if (!account.empty()) request["account"] = account;
  auto body = answered(c.ra.post_json(call, "/v1/eligibility", request));
  if (!body) return body;
  const auto& said = *body;
  const bool whole = said.contains("eligible") && said["eligible"].is_boolean() && said.contains("reason") &&
                     said["reason"].is_string() && said["reason"].get_ref<const std::string&>().size() <= 40 &&
                     said.contains("server_time") && said["server_time"].is_number_integer();
  if (!whole) return broken_answer();
  // Nobody is told that a certificate has ended by a computer whose clock is wrong.
  const auto ra_time = said["server_time"].get<std::int64_t>();
  const auto now = c.host.clock.now();
  if (common::clocks_disagree(now, ra_time)) return common::clock_error(now, ra_time, c.host.clock.utc_offset(now));
  return body;
}

std::optional<keycare::error> ineligible(const json& eligibility) {
  if (eligibility.at("eligible") == true) return std::nullopt;
  std::string code = "KC-RENEWAL-NOT-";
  for (const char ch : eligibility.at("reason").get<std::string>())
    code.push_back(ch >= 'a' && ch <= 'z' ? static_cast<char>(ch - 'a' + 'A') : ch);
  json args = json::object();
  if (const auto order = eligibility.find("order"); order != eligibility.end() && order->is_object())
    common::describe_order(*order, args);
  return fail_with(KC_E_FAILED, std::move(code), args);
}

std::optional<keycare::error> under_way(const order_record& order) {
  if (order.at == stage::sign_intent || order.at == stage::closed) return std::nullopt;
  // Before the RA has answered there is no number yet, and people still need a name for it.
  return fail_with(KC_E_CONFLICT, "KC-RENEWAL-UNDER-WAY",
                   {{"order", order.uuid}, {"number", order.number.empty() ? order.uuid : order.number}});
}

result<json> ask_quote(context& c, const kc_call& call, const certificate_info& certificate, std::int64_t months,
                       std::int64_t ra_time) {
  const auto sha256 = common::to_hex(certificate.sha256);
  const auto body = answered(c.ra.post_json(call, "/v1/quotes", {{"certificate_sha256", sha256}, {"months", months}}));
  if (!body) return body.error();
  auto read = read_quote(*body);
  if (!read) return read;
  const auto problem = quote_problem(*read, sha256, certificate.not_after, months, ra_time);
  if (!problem) return read;
  return fail_with(KC_E_FAILED, *problem,
                   {{"amount", common::yuan_text((*read)["fee_fen"])},
                    {"months", (*read)["months"]},
                    {"new", when(c, (*read)["new_not_after"])}});
}

result<json> ask_agreement(context& c, const kc_call& call, std::string_view language) {
  const auto path = std::string("/v1/agreements/current?language=") + (common::is_english(language) ? "en" : "zh-CN");
  const auto body = answered(c.ra.get(call, path));
  if (!body) return body.error();
  json out = json::object();
  for (const char* role : {"agreement", "personal_data"}) {
    auto document = checked_document(c, body->value(role, json()), role);
    if (!document) return document.error();
    out[role] = std::move(*document);
  }
  return out;
}

result<std::string> ask_ra_id(context& c, const kc_call& call) {
  const auto body = answered(c.ra.get(call, "/v1/info"));
  if (!body) return body.error();
  const auto id = body->find("ra");
  if (id == body->end() || !id->is_string() || id->get_ref<const std::string&>().empty() ||
      id->get_ref<const std::string&>().size() > 128)
    return broken_answer();
  return id->get<std::string>();
}

result<json> eligible(context& c, const kc_call& call, const json& input) {
  const auto name = common::text_member(input, "certificate");
  auto certificates = signing_certificates(c, call, common::text_member(input, "token"));
  if (!certificates) return certificates.error();
  if (!name.empty() || certificates->empty()) {
    const auto one = common::choose_certificate(*certificates, name, common::text_member(input, "token"));
    if (!one) return one.error();
    *certificates = {*one};
  }
  const auto& all = texts();
  json data = json::array();
  std::vector<std::string> lines;
  if (const auto tokens = c.host.token.tokens(call))
    for (const auto& twin : common::twins(*tokens))
      lines.push_back(all.text("KC-TOKEN-AMBIGUOUS", text(call.language), {{"serial", twin}}));
  for (const auto& one : *certificates) {
    auto item = certificate_json(one);
    lines.push_back(all.text("text.certificate", text(call.language),
                             {{"subject", one.subject},
                              {"serial", one.serial},
                              {"token", one.token.serial},
                              {"end", when(c, one.not_after)}}));
    const auto open = c.orders.open_one(common::to_hex(one.sha256));
    if (!open) return open.error();
    auto no = *open ? under_way((*open)->record) : std::nullopt;
    if (no) {
      item["eligible"] = false;
      item["reason"] = "open-order";
      item["order"] = known_order_json(c, (*open)->record, text(call.language));
    } else {
      const auto said = ask_eligibility(c, call, one, common::text_member(input, "account"));
      if (!said) return said.error();
      for (const char* member : {"eligible", "reason", "opens_at", "closes_at", "order"})
        if (said->contains(member)) item[member] = (*said)[member];
      no = ineligible(*said);
    }
    lines.push_back(no ? all.explain(*no, text(call.language)).value_or(no->code)
                       : all.text("text.eligible", text(call.language)));
    item["say"] = lines.back();
    data.push_back(std::move(item));
  }
  return json{{"data", {{"certificates", data}}}, {"text", lines}};
}

std::vector<std::string> quote_details(const json& quote, std::string_view language) {
  std::vector<std::string> lines;
  for (const auto& item : quote.at("items"))
    lines.push_back(texts().text("text.quote-item", language,
                                 {{"quantity", item["quantity"]},
                                  {"unit", common::yuan_text(item["unit_fen"])},
                                  {"amount", common::yuan_text(item["amount_fen"])}}));
  lines.push_back(texts().text("text.quote-rule", language));
  return lines;
}

result<json> quote(context& c, const kc_call& call, const json& input) {
  const auto months = common::number_member(input, "months", 0);
  if (!is_offered_term(months)) return fail(KC_E_ARGUMENT, "KC-RENEWAL-MONTHS");
  const auto certificate = find_certificate(c, call, input);
  if (!certificate) return certificate.error();
  const auto said = ask_eligibility(c, call, *certificate, {});
  if (!said) return said.error();
  if (const auto no = ineligible(*said)) return *no;
  const auto got = ask_quote(c, call, *certificate, months, (*said)["server_time"]);
  if (!got) return got.error();
  const auto language = text(call.language);
  const auto& all = texts();
  std::vector<std::string> lines{
      all.text("text.quote-subject", language,
               {{"subject", certificate->subject}, {"token", certificate->token.serial}}),
      all.text("text.quote-fee", language, {{"amount", common::yuan_text((*got)["fee_fen"])}, {"months", months}}),
  };
  auto details = quote_details(*got, language);
  lines.insert(lines.end(), details.begin(), details.end() - 1);
  lines.push_back(all.text("text.quote-end", language,
                           {{"old", when(c, certificate->not_after)}, {"new", when(c, (*got)["new_not_after"])}}));
  lines.push_back(details.back());
  lines.push_back(all.text("text.quote-expires", language, {{"expires", when(c, (*got)["expires"])}}));
  details.push_back(lines.back());
  return json{{"data", {{"quote", *got}, {"certificate", certificate_json(*certificate)}, {"details", details}}},
              {"text", lines}};
}

result<json> agreement(context& c, const kc_call& call, const json& /*input*/) {
  const auto got = ask_agreement(c, call, text(call.language));
  if (!got) return got.error();
  const auto language = text(call.language);
  const auto& all = texts();
  std::vector<std::string> lines;
  for (const char* role : {"agreement", "personal_data"}) {
    auto document = (*got)[role];
    document["shown_at"] = c.host.clock.now();
    // What was shown is kept before it can be accepted.
    if (auto kept = c.orders.keep_shown(document); !kept) return kept.error();
    lines.push_back(all.text(std::string("text.document-") + role, language,
                             {{"version", document["version"]}, {"sha256", document["sha256"]}}));
    append_lines(lines, document["text"]);
  }
  lines.push_back(
      all.text("text.accept", language,
               {{"agreement", (*got)["agreement"]["sha256"]}, {"personal_data", (*got)["personal_data"]["sha256"]}}));
  lines.push_back(all.text("text.bids", language));
  return json{{"data", *got}, {"text", lines}};
}

result<json> check(context& c, const kc_call& call, const json& input) {
  const auto now = c.host.clock.now();
  const auto today = common::local_day(now, c.host.clock.utc_offset(now));
  checked_form form;
  if (input.contains("form") || !input.contains("invoice"))
    form = check_form(common::object_member(input, "form"), today);
  auto problems = form.problems;
  if (input.contains("invoice")) {
    const auto invoice = common::check_invoice(common::read_invoice(common::object_member(input, "invoice")), today);
    problems.insert(problems.end(), invoice.problems.begin(), invoice.problems.end());
  }
  if (input.contains("months") && !is_offered_term(common::number_member(input, "months", 0)))
    problems.insert(problems.begin(), {"months", "KC-RENEWAL-MONTHS"});
  const auto language = text(call.language);
  const auto& all = texts();
  json fields = json::array();
  std::vector<std::string> lines;
  bool fits = true;
  for (const auto& problem : problems) {
    const auto sentence = all.text(problem.code, language);
    fields.push_back(
        {{"field", problem.field}, {"code", problem.code}, {"text", sentence}, {"warning", problem.warning}});
    fits = fits && problem.warning;
    lines.push_back(all.text("field." + problem.field, language) + ": " + sentence);
  }
  if (problems.empty()) lines.push_back(all.text("text.form-fits", language));
  return json{{"data", {{"fits", fits}, {"problems", fields}, {"form", form.value}}}, {"text", lines}};
}

}  // namespace keycare::renewal
