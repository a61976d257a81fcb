// fake_ra.hpp - the RA's side of renewal as openapi.json describes it, in memory.
#pragma once

#include "fake_token.hpp"
#include "plugins/renewal/core/ra_order.hpp"

namespace keycare::fakes {

struct fake_order {
  std::string uuid, number, secret, state, payload, statement_sha256, key, certificate;
  std::int64_t generation = 1;
  json quote, correction, rejection;
  std::vector<json> payments;
  int withdrawals = 0, confirmations = 0, corrections = 0;
};

struct fake_renewal_ra {
  std::map<std::string, fake_order> orders;
  std::set<std::string> closed;
  std::int64_t now = 1'795'392'000;
  fake_certificate old;
  std::string eligibility = "ok";
  std::optional<std::int64_t> retry_after;
  bool down = false;     ///< no connection
  int lose_answers = 0;  ///< so many answers are lost on the way back
  int slow_downs = 0;    ///< so many answers are 429
  bool wrong_receipts = false;
  bool expire_quotes = false;
  bool refuse_lists = false;  ///< their signatures are not accepted
  std::int64_t fee_per_year = 20000;
  std::int64_t quote_error = 0;  ///< added to the quoted fee, against the items
  fake_certificate* issue_instead = nullptr;
  bool payment_closing = false;  ///< another payment is closed first: once
  std::string text_of_agreement = "协议内容\n第一条";
  int certificates_issued = 0;
  std::vector<std::string> log;

  [[nodiscard]] static http_response problem(int status, const char* code, json more = json::object()) {
    more["code"] = code;
    more["title"] = code;
    return reply(status, more);
  }
  fake_order* only() { return orders.empty() ? nullptr : &orders.begin()->second; }

  [[nodiscard]] json view(const fake_order& o) const {
    json out = {
        {"uuid", o.uuid},
        {"number", o.number},
        {"state", o.state},
        {"terminal", o.state == "withdrawn" || o.state == "expired" || o.state == "refunded" || o.state == "complete"},
        {"generation", o.generation},
        {"step", 2},
        {"certificate_sha256", fake_hash_hex(old.der())},
        {"subject", "CN=" + old.name},
        {"applied_at", now},
        {"months", o.quote["months"]},
        {"fee_fen", o.quote["fee_fen"]},
        {"old_not_after", old.not_after},
        {"new_not_after", o.quote["new_not_after"]},
        {"applicant",
         {{"id_type", "resident-id"},
          {"id_number", "110***********002X"},
          {"name", "张*"},
          {"phone", "138****8000"},
          {"email", "z***@example.com"}}},
        {"remark", ""},
        {"payments", o.payments},
        {"seal", o.state == "complete" ? "awaiting-reissue" : "valid"},
        {"pay_before", now + 7 * 86400}};
    if (!o.correction.is_null()) out["correction"] = o.correction;
    if (!o.rejection.is_null()) out["rejection"] = o.rejection;
    return out;
  }
  [[nodiscard]] std::string receipt(const fake_order& o, const char* type, std::string_view statement) const {
    const auto doc = json{
        {"type", "receipt"}, {"version", 1},       {"ra", "test-ra"},   {"time", now},
        {"order", o.uuid},   {"number", o.number}, {"statement", type}, {"statement_sha256", fake_hash_hex(statement)}};
    return common::to_base64(bytes_of((wrong_receipts ? "forged:" : "receipt:") + doc.dump()));
  }
  [[nodiscard]] http_response receipted(const fake_order& o, const char* type, std::string_view statement) const {
    return reply(200, {{"receipt", receipt(o, type, statement)}, {"order", view(o)}});
  }

  result<http_response> serve(const http_request& request) {
    log.push_back(request.method + " " + request.path);
    if (down) return fail(KC_E_NETWORK, "KC-NET-CONNECT");
    if (slow_downs > 0) {
      --slow_downs;
      return problem(429, "unavailable");
    }
    auto out = answer_to(request);
    out.date = now;
    if (retry_after) out.retry_after = retry_after;
    if (lose_answers > 0) {
      --lose_answers;
      return fail(KC_E_OUTCOME_UNKNOWN, "KC-NET-LOST");
    }
    return out;
  }

  /// The statement inside a CMS, when @p key signed it.
  static json opened(std::string_view cms, const std::string& key) {
    const auto doc = json::parse(cms, nullptr, false);
    if (!doc.is_object() || doc["signer"] != key) return nullptr;
    return json::parse(doc["statement"].get<std::string>());
  }

  http_response answer_to(const http_request& request) {
    const std::string body(text_of(request.body));
    const auto path = request.path;
    if (path == "/v1/info") return reply(200, {{"ra", "test-ra"}});
    if (path.starts_with("/v1/agreements"))
      return reply(200, {{"agreement", document("service-agreement", text_of_agreement)},
                         {"personal_data", document("personal-data", "个人信息")}});
    if (path == "/v1/eligibility") return eligible();
    if (path == "/v1/quotes") return quoted(json::parse(body));
    if (path == "/v1/renewals/list") return listed(body);
    const auto uuid = path.substr(13, 36);
    const auto rest = path.substr(49);
    if (rest.empty() && request.method == "PUT") return applied(uuid, body);
    const auto it = orders.find(uuid);
    if (it == orders.end()) return problem(404, "unknown-order");
    auto& o = it->second;
    if (rest == "/withdrawal") return withdrawn(o, body);
    if (rest == "/correction") return corrected(o, body);
    if (rest == "/generation") return next_generation(o, body);
    if (rest == "/csr") return requested(o, json::parse(body));
    if (rest == "/confirmation") return confirmed(o, body);
    if (request.bearer != o.secret) return problem(401, "unauthorised");
    if (rest.empty()) return reply(200, view(o));
    if (rest == "/payment-methods")
      return reply(
          200, {{"methods", {{{"id", "wechat"}, {"kind", "online"}}, {{"id", "bank-transfer"}, {"kind", "offline"}}}},
                {"invoice_kinds", {"personal", "enterprise"}}});
    if (rest == "/bundle") return bundle(o);
    if (rest.starts_with("/payments/")) return paid(o, rest.substr(10), json::parse(body));
    return problem(404, "unknown-order");
  }

  [[nodiscard]] static json document(const char* id, const std::string& text) {
    return {{"id", id}, {"version", "1.0"}, {"language", "zh-CN"}, {"sha256", fake_hash_hex(text)}, {"text", text}};
  }
  [[nodiscard]] http_response eligible() const {
    auto reason = eligibility;
    json out = {{"account_hint", "p***1"}, {"server_time", now}};
    for (const auto& [uuid, o] : orders)
      if (view(o)["terminal"] == false) {
        reason = "open-order";
        out["order"] = {{"uuid", uuid}, {"number", o.number}, {"state", o.state}, {"months", 12}, {"fee_fen", 20000}};
      }
    out["reason"] = reason;
    out["eligible"] = reason == "ok";
    return reply(200, out);
  }
  [[nodiscard]] http_response quoted(const json& asked) const {
    const auto months = asked["months"].get<std::int64_t>();
    const auto fee = months / 12 * fee_per_year;
    return reply(
        200,
        {{"id", "11111111-1111-4111-8111-111111111111"},
         {"certificate_sha256", asked["certificate_sha256"]},
         {"months", months},
         {"fee_fen", fee + quote_error},
         {"currency", "CNY"},
         {"items",
          {{{"code", "renewal-year"}, {"quantity", months / 12}, {"unit_fen", fee_per_year}, {"amount_fen", fee}}}},
         {"delivery_included", false},
         {"old_not_after", old.not_after},
         {"new_not_after", renewal::plus_months(old.not_after, months)},
         {"rule", "old-end-plus-months"},
         {"issued", now},
         {"expires", now + 3600}});
  }
  http_response applied(const std::string& uuid, const std::string& body) {
    if (!body.starts_with("sealed:")) return problem(403, "sealed-unreadable");
    const auto cms = body.substr(7);
    const auto doc = opened(cms, "old-key");
    if (doc.is_null() || !statement::check(doc) || doc["order"] != uuid) return problem(403, "untrusted-signature");
    const auto text = json::parse(cms)["statement"].get<std::string>();
    if (closed.contains(uuid)) return problem(410, "uuid-closed");
    if (expire_quotes) {
      closed.insert(uuid);
      return problem(410, "quote-expired");
    }
    auto it = orders.find(uuid);
    if (it != orders.end() && it->second.payload != doc["payload_sha256"]) return problem(422, "other-payload");
    if (it == orders.end()) {
      for (const auto& [id, o] : orders)
        if (view(o)["terminal"] == false)
          return problem(
              409, "open-order",
              {{"order",
                {{"uuid", id}, {"number", o.number}, {"state", o.state}, {"months", 12}, {"fee_fen", 20000}}}});
      fake_order o;
      o.uuid = uuid;
      o.number = "KC2026" + std::to_string(orders.size() + 1);
      o.secret = std::string(40, static_cast<char>('a' + orders.size()));
      o.state = "awaiting-payment";
      o.payload = doc["payload_sha256"];
      o.quote = doc["quote"];
      it = orders.emplace(uuid, o).first;
    }
    auto& o = it->second;
    return reply(200, {{"order_secret", o.secret}, {"receipt", receipt(o, "apply", text)}, {"order", view(o)}});
  }
  http_response withdrawn(fake_order& o, const std::string& body) {
    const auto doc = opened(body, "old-key");
    if (doc.is_null() || doc["type"] != "withdraw") return problem(403, "untrusted-signature");
    if (o.state != "awaiting-payment" && o.state != "withdrawing" && o.state != "withdrawn")
      return problem(409, "already-paid");
    if (o.state == "awaiting-payment") o.state = "withdrawing";
    ++o.withdrawals;
    return receipted(o, "withdraw", json::parse(body)["statement"].get<std::string>());
  }
  http_response corrected(fake_order& o, const std::string& body) {
    const auto doc = opened(std::string_view(body).substr(7), "old-key");
    if (doc.is_null() || doc["type"] != "correct") return problem(403, "untrusted-signature");
    if (o.state == "needs-correction") {
      o.state = "under-review";
      o.correction = nullptr;
      ++o.corrections;
    }
    return receipted(o, "correct", json::parse(body.substr(7))["statement"].get<std::string>());
  }
  http_response next_generation(fake_order& o, const std::string& body) {
    const auto doc = opened(body, "old-key");
    if (doc.is_null() || doc["type"] != "new-generation") return problem(403, "untrusted-signature");
    if (doc["generation"] == o.generation + 1) {
      ++o.generation;
      o.state = "approved";
      o.key.clear();
      o.certificate.clear();
    }
    if (doc["generation"] != o.generation) return problem(409, "generation-differs");
    return receipted(o, "new-generation", json::parse(body)["statement"].get<std::string>());
  }
  http_response requested(fake_order& o, const json& body) {
    const auto cms = std::string(text_of(*common::from_base64(body["bind_csr"].get<std::string>())));
    const auto csr = std::string(text_of(*common::from_base64(body["csr"].get<std::string>())));
    const auto doc = opened(cms, "old-key");
    if (doc.is_null() || doc["type"] != "bind-csr" || doc["csr_sha256"] != fake_hash_hex(csr))
      return problem(403, "untrusted-signature");
    if (doc["generation"] != o.generation) return problem(409, "generation-differs");
    const auto key = csr.substr(4);
    if (o.state != "approved" && o.key != key) return problem(409, "csr-key-differs");
    const bool known = o.key == key && !o.certificate.empty();  // the same key once more, after a support case
    if (known && o.state == "approved") o.state = "issued";
    if (o.state == "approved") {
      o.state = "issued";
      o.key = key;
      fake_certificate made = old;
      made.key = key;
      made.serial = "2" + std::to_string(++certificates_issued);
      made.not_after = o.quote["new_not_after"];
      if (issue_instead != nullptr) made = *issue_instead;
      o.certificate = made.der();
    }
    return receipted(o, "bind-csr", json::parse(cms)["statement"].get<std::string>());
  }
  [[nodiscard]] http_response bundle(const fake_order& o) const {
    if (o.certificate.empty()) return problem(409, "not-issued-yet");
    return reply(200, {{"generation", o.generation},
                       {"signing_certificate", common::to_base64(bytes_of(o.certificate))},
                       {"chain", json::array()}});
  }
  http_response confirmed(fake_order& o, const std::string& body) {
    const auto doc = opened(body, o.key);
    if (doc.is_null() || doc["type"] != "confirm") return problem(403, "untrusted-signature");
    if (doc["signing_certificate_sha256"] != fake_hash_hex(o.certificate)) return problem(409, "confirmation-mismatch");
    if (o.state == "issued") o.state = "confirmed";
    ++o.confirmations;
    return receipted(o, "confirm", json::parse(body)["statement"].get<std::string>());
  }
  http_response paid(fake_order& o, const std::string& id, const json& body) {
    for (const auto& one : o.payments)
      if (one["uuid"] == id) return reply(200, one);
    if (o.state != "awaiting-payment") return problem(409, "already-paid");
    if (payment_closing) {
      payment_closing = false;
      for (auto& one : o.payments) one["state"] = "closed";
      return problem(409, "payment-closing", {{"retry_after", 3}});
    }
    const json made = {
        {"uuid", id},
        {"method", body["method"]},
        {"state", "open"},
        {"fee_fen", o.quote["fee_fen"]},
        {"invoice", {{"kind", body["invoice"]["kind"]}, {"title", body["invoice"]["title"]}, {"state", "requested"}}},
        {"created_at", now},
        {"pay_url", "https://ra.test/pay/" + id}};
    for (auto& one : o.payments) one["state"] = "closed";
    o.payments.insert(o.payments.begin(), made);
    return reply(200, made);
  }
  http_response listed(const std::string& body) {
    const auto doc = opened(body, "old-key");
    if (refuse_lists || doc.is_null() || doc["type"] != "list") return problem(403, "untrusted-signature");
    auto list = json::array();
    for (const auto& [uuid, o] : orders) list.push_back({{"order_secret", o.secret}, {"order", view(o)}});
    return reply(200, {{"orders", list}});
  }

  /// The payment provider's word.
  void provider_says_paid() {
    auto& o = *only();
    if (!o.payments.empty()) o.payments.front()["state"] = "succeeded";
    o.state = "paid";
  }
};

}  // namespace keycare::fakes
