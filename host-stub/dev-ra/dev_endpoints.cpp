// dev_endpoints.cpp - the other people's parts in a test or demonstration.
#include "dev_endpoints.hpp"

#include "certificate.hpp"
#include "keycare/sdk/json.hpp"
#include "octets.hpp"
#include "payments.hpp"
#include "provider.hpp"
#include "records.hpp"
#include "reviews.hpp"

#include <algorithm>
#include <array>

namespace keycare::dev_ra {

namespace {

using json = nlohmann::json;

result<answer> clock(const room& at, const json& body) {
  at.dev.clock_offset = body.at("offset").get<std::int64_t>();
  return ok({{"offset", at.dev.clock_offset}});
}

result<answer> issue_certificate(const room& at, const json& body) {
  const auto csr = from_base64(body.at("csr").get<std::string>());
  const auto wanted = csr ? read_request(*csr) : std::nullopt;
  if (!wanted) return problem("bad-fields", field_error("csr", "unreadable"));
  const auto made = at.keys.issue(X509_REQ_get_subject_name(wanted->csr.get()), wanted->key.get(),
                                  body.at("not_before").get<std::int64_t>(), body.at("not_after").get<std::int64_t>());
  certificate_record record;
  record.der = der(made.get());
  record.sha256 = fingerprint(made.get());
  record.account = body.at("account").get<std::string>();
  record.subject = subject_text(made.get());
  record.manufacturer = body.at("token").at("manufacturer").get<std::string>();
  record.serial = body.at("token").at("serial").get<std::string>();
  record.not_before = not_before(made.get());
  record.not_after = not_after(made.get());
  record.status = "good";
  record.seal = body.value("seal", "valid");
  if (at.db.select("SELECT 1 FROM certificates WHERE public_key = ?", wanted->public_key).next())
    return problem("bad-fields", field_error("csr", "mismatch"));
  // One account is bound to one certificate: the earlier one gives way.
  at.db.run(
      "UPDATE certificates SET status = 'superseded', superseded_by = ?, changed_at = ? WHERE account = ? AND status = "
      "'good'",
      record.sha256, at.now, record.account);
  at.db.run(
      "INSERT INTO accounts(account, applicant, certificate) VALUES(?, ?, ?) ON CONFLICT(account) DO UPDATE SET "
      "applicant = excluded.applicant, certificate = excluded.certificate",
      record.account, json_text(body.at("applicant")), record.sha256);
  insert_certificate(at, record, wanted->public_key);
  return ok(
      {{"certificate", base64(record.der)},
       {"sha256", record.sha256},
       {"chain",
        {base64(der(at.keys[role::issuing].certificate.get())), base64(der(at.keys[role::root].certificate.get()))}}});
}

result<answer> escrow_pin(const room& at, const json& body) {
  at.db.run(
      "INSERT OR REPLACE INTO escrow(manufacturer, serial, application, current, can_rotate, method) "
      "VALUES(?, ?, ?, ?, ?, ?)",
      body.at("manufacturer").get<std::string>(), body.at("serial").get<std::string>(),
      body.at("application").get<std::string>(), body.at("admin_pin").get<std::string>(),
      std::int64_t{body.value("can_rotate", true)}, body.value("method", std::string("skf-unblock-pin")));
  return ok(json::object());
}

result<answer> review(const room& at, const json& body) {
  auto decided = decide(at, body.at("uuid").get<std::string>(), body.at("decision").get<std::string>(),
                        body.value("reason", ""), body.value("fields", json::array()));
  if (!decided) return decided.error();
  return ok(json::object());
}

result<answer> sms(const room& at, const json& body) {
  // Without a uuid the last one of all: what a person with one telephone reads.
  const auto uuid = body.value("uuid", std::string());
  auto row = at.db.select(
      "SELECT code, phone FROM codes WHERE (? = '' OR uuid = ?) AND code <> '' ORDER BY sent_at DESC LIMIT 1", uuid,
      uuid);
  if (!row.next()) return problem("code-expired");
  return ok({{"code", row.text(0)}, {"phone", row.text(1)}});
}

result<answer> pay_as_user(const room& at, const json& body) {
  switch (provider::pay(at, body.at("payment").get<std::string>())) {
    case provider::outcome::done:
      return ok(json::object());
    case provider::outcome::closed:
      return problem("wrong-state", {}, "closed");
    default:
      return problem("unknown-payment");
  }
}

result<answer> notice(const room& at, const json& body) {
  provider::send(at, body.at("payment").get<std::string>(), body.at("event").get<std::string>());
  return ok(json::object());
}

result<answer> provider_mood(const room& at, const json& body) {
  at.dev.provider_holds = body.value("holds", at.dev.provider_holds);
  at.dev.provider_refuses_refund = body.value("refuses_refund", at.dev.provider_refuses_refund);
  return ok(json::object());
}

result<answer> open_or_close_support(const room& at, const json& body) {
  auto order = find_order(at, body.at("uuid").get<std::string>());
  if (!order) return problem("unknown-order");
  const auto event = body.at("open").get<bool>() ? order_event::support_opened : order_event::support_closed;
  if (!move(at, *order, event)) return problem("wrong-state", {}, name(order->state));
  return ok(json::object());
}

result<answer> refund_again(const room& at, const json& body) {
  auto order = find_order(at, body.at("uuid").get<std::string>());
  if (!order) return problem("unknown-order");
  // An order that has its money may have had an excess whose refund failed; that does not move it.
  if (!retry_refunds(at, order->uuid)) return problem("wrong-state", {}, name(order->state));
  if (order->state == order_state::refund_failed) {
    order->remark.clear();
    move(at, *order, order_event::refund_started);
  }
  return ok(json::object());
}

result<answer> revoke(const room& at, const json& body) {
  set_certificate_status(at, body.at("certificate_sha256").get<std::string>(), "revoked");
  return ok(json::object());
}

result<answer> seal(const room& at, const json& body) {
  at.db.run("UPDATE certificates SET seal = ? WHERE sha256 = ?", body.at("seal").get<std::string>(),
            body.at("certificate_sha256").get<std::string>());
  return ok(json::object());
}

struct endpoint {
  std::string_view name;
  result<answer> (*run)(const room&, const json&);
};

constexpr std::array endpoints = std::to_array<endpoint>({
    {"clock", clock},
    {"certificates", issue_certificate},
    {"escrow", escrow_pin},
    {"review", review},
    {"sms", sms},
    {"pay", pay_as_user},
    {"notice", notice},
    {"provider", provider_mood},
    {"support", open_or_close_support},
    {"refund", refund_again},
    {"revoke", revoke},
    {"seal", seal},
});

}  // namespace

result<answer> dev_endpoint(const room& at, std::string_view name, const json& body) {
  const auto it = std::find_if(endpoints.begin(), endpoints.end(), [&](const auto& e) { return e.name == name; });
  if (it == endpoints.end()) return problem("not-found");
  try {
    return it->run(at, body);
  } catch (const json::exception& missing) {
    return problem("bad-request", {}, missing.what());
  }
}

}  // namespace keycare::dev_ra
