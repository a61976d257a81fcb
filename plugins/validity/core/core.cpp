// core.cpp - the commands list, show, export and remind.
#include "plugins/validity/core/core.hpp"

#include "keycare/sdk/json.hpp"
#include "plugins/common/encoding.hpp"
#include "plugins/common/input.hpp"
#include "plugins/common/ra_client.hpp"
#include "plugins/common/reading.hpp"
#include "plugins/common/selection.hpp"
#include "plugins/validity/core/exports.hpp"
#include "plugins/validity/core/texts.hpp"
#include "plugins/validity/core/view.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace keycare::validity {
namespace {

constexpr std::array specs = std::to_array<command_spec>({
    {"list", KC_COMMAND_ACTION, "我的证书：列出全部证书及其有效期",
     "List all certificates and until when they are good",
     R"({"type":"object","additionalProperties":false,"properties":{
       "token":{"type":"string","maxLength":64,"description":"serial number of one token","x-description-zh-CN":"介质序列号：只看这一个介质"},
       "days":{"type":"integer","minimum":0,"maximum":3650,"default":90,
               "description":"from how many days left a certificate counts as ending soon",
               "x-description-zh-CN":"剩余多少天起提示即将到期"},
       "at_once":{"type":"boolean","default":false,
               "description":"do not ask the server for its time now; the last answer counts",
               "x-description-zh-CN":"本次不连接服务器核对时间（沿用上次核对的结果）"}}})"},
    {"show", KC_COMMAND_ACTION, "证书信息：显示一张证书的详细信息", "Show one certificate with all that is known",
     R"({"type":"object","additionalProperties":false,"properties":{
       "certificate":{"type":"string","maxLength":128,"description":"SHA-256 or serial number, hexadecimal; may be left out when there is one","x-description-zh-CN":"证书的 SHA-256 或序列号（十六进制）；只有一张时可以省略"},
       "token":{"type":"string","maxLength":64,"description":"serial number of one token","x-description-zh-CN":"介质序列号：只看这一个介质"},
       "days":{"type":"integer","minimum":0,"maximum":3650,"default":90,
               "description":"from how many days left a certificate counts as ending soon",
               "x-description-zh-CN":"剩余多少天起提示即将到期"}}})"},
    {"export", KC_COMMAND_ACTION, "导出证书（PEM，不含私钥），或导出证书清单（CSV）",
     "Export one certificate as PEM, without a private key, or a table of all as CSV",
     R"({"type":"object","additionalProperties":false,"x-saves":["pem","csv"],"properties":{
       "certificate":{"type":"string","maxLength":128,"description":"SHA-256 or serial number, hexadecimal; may be left out when there is one","x-description-zh-CN":"证书的 SHA-256 或序列号（十六进制）；只有一张时可以省略"},
       "token":{"type":"string","maxLength":64,"description":"serial number of one token","x-description-zh-CN":"介质序列号：只看这一个介质"},
       "csv":{"type":"boolean","default":false,
              "description":"all certificates, or the one that is named, as a table for a spreadsheet",
              "x-description-zh-CN":"导出全部（或指定的）证书的清单，供表格软件使用"}}})"},
    {"remind", KC_COMMAND_ACTION, "生成到期提醒日历（.ics），到期前 90、30、7 天提醒",
     "A calendar (.ics) of the days on which certificates end, with alarms 90, 30 and 7 days before",
     R"({"type":"object","additionalProperties":false,"x-saves":["ics"],"properties":{
       "token":{"type":"string","maxLength":64,"description":"serial number of one token","x-description-zh-CN":"介质序列号：只看这一个介质"}}})"},
});

class core final : public plugin_core {
public:
  core(token_client tokens, http_client http, clock_client clock)
      : tokens_(tokens), http_(http), clock_(clock), ra_(http, clock) {}

  std::span<const command_spec> commands() const override { return specs; }

  result<json> invoke(const kc_call& call, std::string_view name, const json& input) override {
    if (name == "list") return list(call, input);
    if (name == "show") return show(call, input);
    if (name == "export") return common::flag_member(input, "csv") ? export_csv(call, input) : export_pem(call, input);
    if (name == "remind") return remind(call, input);
    return fail_with(KC_E_NOT_FOUND, "KC-PLUGIN-COMMAND", {{"command", std::string(name)}});
  }

  std::optional<std::string> explain(std::string_view language, const error& what) const override {
    return texts().explain(what, language);
  }

  void deliver(const kc_call&, std::string_view kind, std::string_view key) override {
    if (kind == "token-changed") emit("certificates-changed", key);
  }

private:
  /// The computer's clock beside the RA's. Without an answer the two are simply not compared.
  frame look_at_clock(const kc_call& call, const json& input) const {
    frame at;
    const auto ra = http_.signed_time(call, "ra");
    last_answer_.reset();
    if (ra) {
      at.clock.ra = *ra;
      last_answer_ = ra_time{*ra, clock_.monotonic()};
    }
    fill(at, input, text(call.language));
    return at;
  }

  /// The same by the RA's last answer, and the time since by a clock that nobody sets.
  frame without_network(const json& input, std::string_view language) const {
    frame at;
    if (last_answer_) at.clock.ra = last_answer_->seconds + (clock_.monotonic() - last_answer_->at_ns) / 1'000'000'000;
    fill(at, input, language);
    return at;
  }

  void fill(frame& at, const json& input, std::string_view language) const {
    at.clock.computer = clock_.now();
    at.offset = [clock = clock_](std::int64_t when) { return clock.utc_offset(when); };
    at.soon_days = input.value("days", default_soon_days);
    at.language = language;
  }

  result<std::vector<token_info>> tokens(const kc_call& call, const std::string& serial) const {
    auto all = tokens_.tokens(call);
    if (!all || serial.empty()) return all;
    auto chosen = common::choose_token(*all, serial);
    if (!chosen) return chosen.error();
    return std::vector{*std::move(chosen)};
  }

  /// By token, and within it the one that lasts longest first.
  result<std::vector<certificate_info>> certificates(const kc_call& call, const std::string& serial) const {
    auto all = common::certificates_on(tokens_, call, serial);
    if (!all) return all;
    std::stable_sort(all->begin(), all->end(), [](const auto& a, const auto& b) {
      if (a.token.serial != b.token.serial) return a.token.serial < b.token.serial;
      if (a.not_after != b.not_after) return a.not_after > b.not_after;
      return a.usage < b.usage;
    });
    return all;
  }

  result<json> list(const kc_call& call, const json& input) const {
    const auto serial = common::text_member(input, "token");
    const auto found = tokens(call, serial);
    if (!found) return found.error();
    const auto all = certificates(call, serial);
    if (!all) return all.error();
    const auto at = common::flag_member(input, "at_once") ? without_network(input, text(call.language))
                                                          : look_at_clock(call, input);
    if (cancelled(call)) return fail(KC_E_CANCELLED, "KC-CALL-CANCELLED");

    json data = {{"clock", clock_json(at.clock)},
                 {"ending_soon_days", at.soon_days},
                 {"tokens", json::array()},
                 {"certificates", json::array()},
                 {"notices", notices(*found, *all, at)}};
    for (const auto& token : *found) data["tokens"].push_back(token_json(token));
    for (const auto& one : *all) data["certificates"].push_back(listed_json(one, *all, at));
    auto lines = clock_lines(at);
    for (auto& line : list_lines(*found, *all, at)) lines.push_back(std::move(line));
    return json{{"data", std::move(data)}, {"text", std::move(lines)}};
  }

  result<certificate_info> chosen(const kc_call& call, const json& input, std::vector<token_info>& found) const {
    auto known = tokens_.tokens(call);
    if (!known) return known.error();
    found = *std::move(known);
    if (found.empty()) return fail(KC_E_NOT_FOUND, "KC-TOKEN-NONE");
    const auto serial = common::text_member(input, "token");
    auto all = common::certificates_on(tokens_, call, serial);
    if (!all) return all.error();
    const auto name = common::text_member(input, "certificate");
    // The encryption half of a double certificate is not a choice of its own; by its name it can be had.
    if (name.empty()) std::erase_if(*all, [&](const auto& one) { return is_second_half(one, *all); });
    return common::choose_certificate(*all, name, serial);
  }

  result<json> show(const kc_call& call, const json& input) const {
    std::vector<token_info> found;
    const auto one = chosen(call, input, found);
    if (!one) return one.error();
    const auto at = look_at_clock(call, input);
    const auto token = std::find_if(found.begin(), found.end(), [&](const auto& t) { return t.token == one->token; });

    json data = {{"clock", clock_json(at.clock)}, {"certificate", certificate_json(*one, at)}};
    auto lines = clock_lines(at);
    for (auto& line : detail_lines(*one, token == found.end() ? nullptr : &*token, at))
      lines.push_back(std::move(line));
    add_status(call, *one, at, data, lines);
    if (cancelled(call)) return fail(KC_E_CANCELLED, "KC-CALL-CANCELLED");
    return json{{"data", std::move(data)}, {"text", std::move(lines)}};
  }

  /// What the RA says: replaced, revoked, and the electronic seal. Without the network that is said instead.
  void add_status(const kc_call& call, const certificate_info& one, const frame& at, json& data,
                  std::vector<std::string>& lines) const {
    std::string status = "not-asked";
    std::string seal;
    if (at.clock.ra) {
      const auto answer = ra_.get(call, "/v1/certificates/" + common::to_hex(one.sha256) + "/status");
      if (answer && answer->ok()) {
        status = common::text_member(answer->body, "status");
        seal = common::text_member(answer->body, "seal");
      }
    }
    const auto known = texts().find("status." + status, at.language);
    const auto said = known ? *known : texts().text("status.unknown", at.language);
    lines.push_back(texts().text("entry.status", at.language, {{"status", said}}));
    data["status"] = known ? status : "unknown";
    data["status_text"] = said;
    if (const auto word = texts().find("seal." + seal, at.language)) {
      lines.push_back(texts().text("entry.seal", at.language, {{"seal", *word}}));
      data["seal"] = seal;
      data["seal_text"] = *word;
    }
  }

  result<json> export_pem(const kc_call& call, const json& input) const {
    std::vector<token_info> found;
    const auto one = chosen(call, input, found);
    if (!one) return one.error();
    const json data = {{"pem", certificate_pem(one->der)},
                       {"file_name", "certificate-" + one->serial + ".pem"},
                       {"sha256", common::to_hex(one->sha256)},
                       {"serial", one->serial}};
    const auto line = texts().text("export.done", text(call.language),
                                   {{"name", one->common_name.empty() ? one->subject : one->common_name},
                                    {"serial", one->serial},
                                    {"token", one->token.serial}});
    return json{{"data", data}, {"text", json::array({line})}};
  }

  /// For people: the state in it is judged as `list` judges it, so the clocks are compared.
  result<json> export_csv(const kc_call& call, const json& input) const {
    auto found = tokens(call, common::text_member(input, "token"));
    if (!found) return found.error();
    auto all = certificates(call, common::text_member(input, "token"));
    if (!all) return all.error();
    auto rows = *all;
    if (!common::text_member(input, "certificate").empty()) {
      auto one = chosen(call, input, *found);
      if (!one) return one.error();
      rows = {*std::move(one)};
    }
    if (rows.empty()) return fail(KC_E_NOT_FOUND, found->empty() ? "KC-TOKEN-NONE" : "KC-CERTIFICATE-NONE");
    const auto at = look_at_clock(call, input);
    if (cancelled(call)) return fail(KC_E_CANCELLED, "KC-CALL-CANCELLED");
    auto lines = clock_lines(at);
    lines.push_back(texts().text("csv.done", at.language, {{"count", rows.size()}}));
    return json{{"data",
                 {{"csv", certificate_table(*found, rows, *all, at)},
                  {"file_name", "certificates.csv"},
                  {"count", rows.size()}}},
                {"text", std::move(lines)}};
  }

  result<json> remind(const kc_call& call, const json& input) const {
    const auto found = tokens(call, common::text_member(input, "token"));
    if (!found) return found.error();
    const auto all = certificates(call, common::text_member(input, "token"));
    if (!all) return all.error();
    const auto at = look_at_clock(call, input);
    if (cancelled(call)) return fail(KC_E_CANCELLED, "KC-CALL-CANCELLED");
    const auto events = reminders(*found, *all, at);
    auto lines = clock_lines(at);
    json data = {{"count", events.size()}};
    if (!events.empty()) {
      data["ics"] = calendar(events, at.clock.computer, at.language);
      data["file_name"] = "certificates.ics";
    }
    lines.push_back(
        texts().text(events.empty() ? "remind.none" : "remind.done", at.language, {{"count", events.size()}}));
    return json{{"data", std::move(data)}, {"text", std::move(lines)}};
  }

  token_client tokens_;
  http_client http_;
  clock_client clock_;
  common::ra_client ra_;
  struct ra_time {
    std::int64_t seconds;  ///< Unix time
    std::int64_t at_ns;    ///< Our monotonic time when it came.
  };
  mutable std::optional<ra_time> last_answer_;  ///< Every command here is an action: one at a time.
};

}  // namespace

result<std::unique_ptr<plugin_core>> make_core(host_link host) {
  const auto tokens = host.get<token_client>();
  if (!tokens) return tokens.error();
  const auto http = host.get<http_client>();
  if (!http) return http.error();
  const auto clock = host.get<clock_client>();
  if (!clock) return clock.error();
  return std::unique_ptr<plugin_core>(std::make_unique<core>(*tokens, *http, *clock));
}

}  // namespace keycare::validity
