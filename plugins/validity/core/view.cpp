// view.cpp - see view.hpp.
#include "plugins/validity/core/view.hpp"

#include "plugins/common/dates.hpp"
#include "plugins/common/encoding.hpp"
#include "plugins/common/selection.hpp"
#include "plugins/validity/core/texts.hpp"

#include <algorithm>

namespace keycare::validity {

using nlohmann::json;

namespace {

/// Whether it is good, and what to do. @p all the certificates beside it.
std::string state_sentence(const certificate_info& one, const frame& at, std::span<const certificate_info> all) {
  const auto period = at.judge(one);
  auto code = period.state == period_state::ending_soon && period.days_left == 0 ? std::string_view("ending-today")
                                                                                 : state_name(period.state);
  if (period.state == period_state::ending_soon && is_replaced(one, all, at)) code = "replaced";
  if (period.state == period_state::ended && is_replaced(one, all, at)) code = "replaced-ended";
  return texts().text(code, at.language, {{"days", period.days_left}, {"from", at.date_time(one.not_before)}});
}

/// The line with its name and state. @p number what stands before them.
std::string state_line(const certificate_info& one, const frame& at, const std::string& number,
                       std::span<const certificate_info> all = {}) {
  return texts().text("entry.state", at.language,
                      {{"number", number}, {"name", name_of(one)}, {"state", state_sentence(one, at, all)}});
}

/// The lines below it. @p usage the name of a usage's text.
void add_body(std::vector<std::string>& lines, const certificate_info& one, std::string_view label,
              std::string_view usage, const frame& at) {
  const auto add = [&](std::string_view code, const json& args) {
    lines.push_back(texts().text(code, at.language, args));
  };
  add("entry.period", {{"from", at.date_time(one.not_before)}, {"until", at.date_time(one.not_after)}});
  add("entry.serial", {{"serial", one.serial}, {"usage", texts().text("usage." + std::string(usage), at.language)}});
  if (!one.token.serial.empty()) add("entry.token", {{"label", std::string(label)}, {"token", one.token.serial}});
  if (one.pin) add("entry.pin", {{"pin", common::pin_text(*one.pin, at.language)}});
  if (one.private_key == KC_KEY_ABSENT) add("key.absent", json::object());
}

/// What must be said about tokens that give no certificate, with the codes of the texts.
std::vector<std::pair<std::string, std::string>> token_lines(std::span<const token_info> tokens,
                                                             std::span<const certificate_info> all, const frame& at) {
  std::vector<std::pair<std::string, std::string>> lines;
  const auto twins = common::twins(tokens);
  for (const auto& serial : twins)
    lines.emplace_back("token.twins", texts().text("KC-TOKEN-AMBIGUOUS", at.language, {{"serial", serial}}));
  for (const auto& token : tokens) {
    if (std::find(twins.begin(), twins.end(), token.token.serial) != twins.end()) continue;
    const bool busy = (token.flags & KC_TOKEN_BUSY) != 0;
    const bool empty = std::none_of(all.begin(), all.end(), [&](const auto& one) { return one.token == token.token; });
    if (!busy && !empty) continue;
    const std::string code = busy ? "token.busy" : "token.empty";
    lines.emplace_back(code, texts().text(code, at.language, {{"token", token.token.serial}}));
  }
  return lines;
}

bool is_pair(const certificate_info& a, const certificate_info& b) {
  return a.token == b.token && a.application == b.application && a.container == b.container && a.usage != b.usage &&
         a.subject == b.subject && a.not_before == b.not_before && a.not_after == b.not_after;
}

}  // namespace

period frame::judge(const certificate_info& one) const {
  const auto now = clock.now();
  return validity::judge(one.not_before, one.not_after, now, offset(now), offset(one.not_after), soon_days);
}

std::string frame::date_time(std::int64_t unix_seconds) const {
  return common::date_time_text(unix_seconds, offset(unix_seconds));
}

json clock_json(const clock_report& clock) {
  json out = {{"compared", clock.ra.has_value()}, {"wrong", clock.wrong()}, {"computer", clock.computer}};
  if (clock.ra) out["ra"] = *clock.ra;
  return out;
}

std::vector<std::string> clock_lines(const frame& at) {
  const auto computer = at.date_time(at.clock.computer);
  if (!at.clock.ra) return {texts().text("clock.not-compared", at.language, {{"computer", computer}})};
  if (!at.clock.wrong()) return {};
  return {texts().text("clock.wrong", at.language, {{"computer", computer}, {"ra", at.date_time(*at.clock.ra)}})};
}

json token_json(const token_info& token) {
  return {{"manufacturer", token.token.manufacturer},
          {"serial", token.token.serial},
          {"label", token.label},
          {"model", token.model},
          {"backend", token.backend},
          {"software", (token.flags & KC_TOKEN_SOFTWARE) != 0},
          {"busy", (token.flags & KC_TOKEN_BUSY) != 0},
          {"pin", common::pin_json(token.pin)}};
}

json certificate_json(const certificate_info& one, const frame& at) {
  const auto period = at.judge(one);
  json out = {{"sha256", common::to_hex(one.sha256)},
              {"serial", one.serial},
              {"subject", one.subject},
              {"common_name", one.common_name},
              {"issuer", one.issuer},
              {"algorithm", one.algorithm},
              {"usage", usage_name(one.usage)},
              {"private_key", one.private_key == KC_KEY_PRESENT  ? "present"
                              : one.private_key == KC_KEY_ABSENT ? "absent"
                                                                 : "unknown"},
              {"token", {{"manufacturer", one.token.manufacturer}, {"serial", one.token.serial}}},
              {"application", one.application},
              {"container", one.container},
              {"not_before", one.not_before},
              {"not_after", one.not_after},
              {"not_before_text", at.date_time(one.not_before)},
              {"not_after_text", at.date_time(one.not_after)},
              {"state", state_name(period.state)},
              {"days_left", period.days_left}};
  if (one.pin) out["pin"] = common::pin_json(*one.pin);
  return out;
}

json listed_json(const certificate_info& one, std::span<const certificate_info> all, const frame& at) {
  auto out = certificate_json(one, at);
  const auto state = at.judge(one).state;
  out["name"] = name_of(one);
  out["sentence"] = state_sentence(one, at, all);
  out["replaced"] = (state == period_state::ending_soon || state == period_state::ended) && is_replaced(one, all, at);
  out["second_half"] = is_second_half(one, all);
  if (one.pin) out["pin_text"] = common::pin_text(*one.pin, at.language);
  const auto other = std::find_if(all.begin(), all.end(), [&](const auto& it) { return is_pair(one, it); });
  if (other != all.end()) out["pair"] = common::to_hex(other->sha256);
  return out;
}

json notices(std::span<const token_info> tokens, std::span<const certificate_info> all, const frame& at) {
  auto out = json::array();
  const auto add = [&](std::string_view kind, const std::string& said) {
    out.push_back({{"kind", kind}, {"text", said}});
  };
  for (const auto& line : clock_lines(at)) add(at.clock.ra ? "clock-wrong" : "clock-not-compared", line);
  if (all.empty()) add("none", texts().text("list.none", at.language));
  for (const auto& [code, line] : token_lines(tokens, all, at))
    add(code == "token.busy" ? "token-busy" : code == "token.twins" ? "token-twins" : "token-empty", line);
  return out;
}

const char* usage_name(std::uint32_t usage) {
  return usage == KC_USAGE_SIGN ? "sign" : usage == KC_USAGE_EXCHANGE ? "exchange" : "unknown";
}

std::string name_of(const certificate_info& one) {
  return one.common_name.empty() ? one.subject : one.common_name;
}

bool is_replaced(const certificate_info& one, std::span<const certificate_info> all, const frame& at) {
  return std::any_of(all.begin(), all.end(), [&](const auto& other) {
    return other.token == one.token && other.usage == one.usage && other.subject_der == one.subject_der &&
           other.not_after > one.not_after && other.private_key != KC_KEY_ABSENT &&
           at.judge(other).state == period_state::valid;
  });
}

bool is_second_half(const certificate_info& one, std::span<const certificate_info> all) {
  return one.usage == KC_USAGE_EXCHANGE &&
         std::any_of(all.begin(), all.end(), [&](const auto& other) { return is_pair(one, other); });
}

bool is_double(const certificate_info& one, std::span<const certificate_info> all) {
  return std::any_of(all.begin(), all.end(), [&](const auto& other) { return is_pair(one, other); });
}

std::string_view shown_usage(const certificate_info& one, std::span<const certificate_info> all) {
  return is_double(one, all) ? "both" : usage_name(one.usage);
}

std::string_view label_of(const token_ref& token, std::span<const token_info> tokens) {
  const auto it = std::find_if(tokens.begin(), tokens.end(), [&](const auto& one) { return one.token == token; });
  return it == tokens.end() ? std::string_view{} : it->label;
}

std::vector<std::string> list_lines(std::span<const token_info> tokens, std::span<const certificate_info> certificates,
                                    const frame& at) {
  std::vector<std::string> lines;
  int number = 0;
  for (const auto& one : certificates) {
    if (is_second_half(one, certificates)) continue;
    lines.push_back(state_line(one, at, std::to_string(++number) + ". ", certificates));
    add_body(lines, one, label_of(one.token, tokens), shown_usage(one, certificates), at);
  }
  lines.insert(lines.begin(), number == 0 ? texts().text("list.none", at.language)
                                          : texts().text("list.title", at.language, {{"count", number}}));
  for (auto& [code, line] : token_lines(tokens, certificates, at)) lines.push_back(std::move(line));
  return lines;
}

std::vector<std::string> detail_lines(const certificate_info& one, const token_info* token, const frame& at) {
  std::vector<std::string> lines{texts().text("show.title", at.language), state_line(one, at, "")};
  add_body(lines, one, token == nullptr ? std::string_view{} : token->label, usage_name(one.usage), at);
  lines.push_back(texts().text("entry.subject", at.language, {{"subject", one.subject}}));
  lines.push_back(texts().text("entry.issuer", at.language, {{"issuer", one.issuer}}));
  lines.push_back(texts().text("entry.fingerprint", at.language, {{"sha256", common::to_hex(one.sha256)}}));
  return lines;
}

std::string certificate_pem(octets_view der) {
  const auto body = common::to_base64(der);
  std::string pem = "-----BEGIN CERTIFICATE-----\n";
  for (std::size_t at = 0; at < body.size(); at += 64) pem += body.substr(at, 64) + "\n";
  return pem + "-----END CERTIFICATE-----\n";
}

}  // namespace keycare::validity
