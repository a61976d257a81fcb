// eligibility.cpp - what anybody may ask: info, time, agreement, eligibility, quote, status.
#include "eligibility.hpp"

#include "keycare/sdk/statement.hpp"

#include "certificate.hpp"
#include "documents.hpp"
#include "forms.hpp"
#include "keycare/sdk/json.hpp"
#include "messages.hpp"
#include "octets.hpp"
#include "quotes.hpp"

#include <algorithm>

namespace keycare::dev_ra {

namespace {

using json = nlohmann::json;

std::string certificate_text(const room& at, role which) {
  return base64(der(at.keys[which].certificate.get()));
}

json shown_quote(query& row) {
  const auto months = row.integer(2);
  const auto fee = row.integer(3);
  return {
      {"id", row.text(0)},
      {"certificate_sha256", row.text(1)},
      {"months", months},
      {"fee_fen", fee},
      {"currency", "CNY"},
      {"items", {{{"code", "renewal-year"}, {"quantity", months / 12}, {"unit_fen", fen_a_year}, {"amount_fen", fee}}}},
      {"delivery_included", false},
      {"old_not_after", row.integer(4)},
      {"new_not_after", row.integer(5)},
      {"rule", "old-end-plus-months"},
      {"issued", row.integer(6)},
      {"expires", row.integer(7)}};
}

}  // namespace

result<answer> info(const room& at, const call&) {
  return ok({{"ra", at.config.ra_id},
             {"name", "Keycare dev-ra (开发环境)"},
             {"contract", "1.0"},
             {"server_time", at.now},
             {"encryption_certificate", certificate_text(at, role::encryption)},
             {"receipt_certificate", certificate_text(at, role::receipt)},
             {"unlock_certificate", certificate_text(at, role::unlock)},
             {"time_certificate", certificate_text(at, role::time)},
             {"terms", terms},
             {"languages", {"zh-CN", "en"}},
             {"hotline", {"020-89524338", "13352819801"}},
             {"qq", "4008301330"}});
}

result<answer> signed_time(const room& at, const call& request) {
  const auto nonce = request.query.find("nonce");
  if (nonce == request.query.end() || nonce->second.size() < 32 || nonce->second.size() > 64 ||
      !from_hex(nonce->second))
    return problem("bad-request", field_error("nonce", "malformed"));
  const json text{{"type", "time"},
                  {"version", statement::version},
                  {"ra", at.config.ra_id},
                  {"time", at.now},
                  {"nonce", nonce->second}};
  return ok({{"cms", base64(sign(at.keys[role::time], json_text(text)))}});
}

result<answer> agreement(const room&, const call& request) {
  const auto language = request.query.find("language");
  if (language == request.query.end()) return ok(documents("zh-CN"));
  const auto is_tag = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
  };
  const auto& tag = language->second;
  if (tag.size() < 2 || tag.size() > 16 || !std::all_of(tag.begin(), tag.end(), is_tag))
    return problem("bad-request", field_error("language", "malformed"));
  return ok(documents(tag));
}

std::string_view eligibility_of(const room& at, const certificate_record& certificate,
                                const std::optional<order>& open) {
  if (certificate.status == "revoked") return "revoked";
  if (certificate.status == "superseded") return "superseded";
  if (at.now < certificate.not_before) return "not-yet-valid";
  if (at.now > certificate.not_after) return "ended";
  if (open) return "open-order";
  if (certificate.status == "unconfirmed") return "not-yet-valid";
  if (at.now < certificate.not_after - at.config.renewal_opens_before_end) return "not-yet-open";
  return "ok";
}

result<answer> eligibility(const room& at, const call& request) {
  const auto certificate = find_certificate(at, request.json.at("certificate_sha256").get<std::string>());
  if (!certificate)
    return ok({{"eligible", false}, {"reason", "unknown-certificate"}, {"account_hint", ""}, {"server_time", at.now}});
  const auto account = request.json.value("account", std::string());
  const auto open = find_open_order(at, certificate->account, certificate->sha256);
  auto reason = eligibility_of(at, *certificate, open);
  if (!account.empty() && account != certificate->account) reason = "account-differs";
  json answered{{"eligible", reason == "ok"},
                {"reason", reason},
                {"account_hint", masked_account(certificate->account)},
                {"server_time", at.now},
                {"opens_at", std::max<std::int64_t>(0, certificate->not_after - at.config.renewal_opens_before_end)},
                {"closes_at", certificate->not_after}};
  if (open && reason != "account-differs") answered["order"] = summary(*open);
  return ok(std::move(answered));
}

result<answer> quote(const room& at, const call& request) {
  const auto certificate = find_certificate(at, request.json.at("certificate_sha256").get<std::string>());
  if (!certificate) return problem("unknown-certificate");
  const auto months = request.json.at("months").get<std::int64_t>();
  if (!is_offered(months)) return problem("bad-request", field_error("months", "not-offered"));
  if (const auto reason = eligibility_of(at, *certificate, std::nullopt); reason != "ok")
    return problem("not-eligible", {}, reason);
  constexpr const char* columns =
      "SELECT id, certificate, months, fee_fen, old_not_after, new_not_after, issued, expires FROM quotes "
      "WHERE certificate = ? AND months = ? AND expires > ? ORDER BY expires DESC LIMIT 1";
  const auto still = at.now + at.config.quote_lifetime / 2;
  {
    auto row = at.db.select(columns, certificate->sha256, months, still);
    if (row.next()) return ok(shown_quote(row));
  }
  at.db.run(
      "INSERT INTO quotes(id, certificate, months, fee_fen, old_not_after, new_not_after, issued, expires) "
      "VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
      random_uuid(), certificate->sha256, months, fee_fen(months), certificate->not_after,
      new_end(certificate->not_after, months), at.now, at.now + at.config.quote_lifetime);
  auto row = at.db.select(columns, certificate->sha256, months, still);
  row.next();
  return ok(shown_quote(row));
}

result<answer> certificate_status(const room& at, const call& request) {
  const auto certificate = find_certificate(at, request.ids.at(0));
  if (!certificate) return ok({{"status", "unknown"}});
  json answered{{"status", certificate->status == "unconfirmed" ? "good" : certificate->status},
                {"not_before", certificate->not_before},
                {"not_after", certificate->not_after},
                {"seal", certificate->seal}};
  if (certificate->status == "revoked") answered["revoked_at"] = certificate->changed_at;
  if (!certificate->superseded_by.empty()) answered["superseded_by"] = certificate->superseded_by;
  return ok(std::move(answered));
}

}  // namespace keycare::dev_ra
