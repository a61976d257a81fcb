// payments.cpp - payments as the RA sees them; what the provider's notices do to orders.
#include "payments.hpp"

#include "forms.hpp"
#include "keycare/sdk/json.hpp"
#include "messages.hpp"
#include "octets.hpp"
#include "orders.hpp"
#include "provider.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace keycare::dev_ra {

namespace {

using json = nlohmann::json;

struct method {
  std::string_view id;
  std::string_view kind;
};

constexpr std::array methods = std::to_array<method>(
    {{"wechat", "online"}, {"alipay", "online"}, {"unionpay", "online"}, {"bank-transfer", "offline"}});

struct payment {
  std::string uuid;
  std::string order_uuid;
  std::string method;
  std::string request_sha256;
  std::int64_t fee_fen = 0;
  json invoice;
  std::string invoice_state;
  std::string state;
  std::string refund_reason;
  std::int64_t created_at = 0;
};

std::string select_payments(std::string_view rest) {
  return "SELECT uuid, order_uuid, method, request_sha256, fee_fen, invoice, invoice_state, state, refund_reason, "
         "created_at "
         "FROM payments " +
         std::string(rest);
}

payment read_payment(const query& row) {
  return {row.text(0), row.text(1), row.text(2), row.text(3),   row.integer(4), json::parse(row.text(5)),
          row.text(6), row.text(7), row.text(8), row.integer(9)};
}

std::optional<payment> first_payment(query rows) {
  if (!rows.next()) return std::nullopt;
  return read_payment(rows);
}

std::optional<payment> find_payment(const room& at, std::string_view uuid) {
  return first_payment(at.db.select(select_payments("WHERE uuid = ?").c_str(), uuid));
}

std::optional<payment> find_open(const room& at, std::string_view order_uuid) {
  return first_payment(
      at.db.select(select_payments("WHERE order_uuid = ? AND state IN ('open', 'closing')").c_str(), order_uuid));
}

json shown(const room& at, const payment& what) {
  json made{{"uuid", what.uuid},
            {"method", what.method},
            {"state", what.state},
            {"fee_fen", what.fee_fen},
            {"invoice",
             {{"kind", what.invoice.at("kind")}, {"title", what.invoice.at("title")}, {"state", what.invoice_state}}},
            {"created_at", what.created_at}};
  if (what.state == "open") {
    // The page belongs to whoever has this address: it carries a key of its own, not the order's secret.
    const auto key = base64_url(hmac_sha256(at.keys.master(), "pay " + what.uuid)).substr(0, 22);
    made["pay_url"] = at.base_url + "/pay/" + what.uuid + "?k=" + key;
  }
  if (!what.refund_reason.empty()) made["refund_reason"] = what.refund_reason;
  return made;
}

void set_state(const room& at, std::string_view uuid, std::string_view state) {
  at.db.run("UPDATE payments SET state = ? WHERE uuid = ?", state, uuid);
}

void set_invoice(const room& at, std::string_view uuid, std::string_view state) {
  at.db.run("UPDATE payments SET invoice_state = ? WHERE uuid = ?", state, uuid);
}

void refund(const room& at, std::string_view uuid, std::string_view reason) {
  at.db.run("UPDATE payments SET state = 'refunding', refund_reason = ? WHERE uuid = ?", reason, uuid);
  provider::ask(at, uuid, "refund");
}

void succeeded(const room& at, const payment& what, order& paid_order) {
  if (what.state != "open" && what.state != "closing" && what.state != "closed") return;  // said before
  if (move(at, paid_order, order_event::payment_succeeded)) {
    set_state(at, what.uuid, "succeeded");
    set_invoice(at, what.uuid, "issued");
    close_open_payment(at, paid_order.uuid);
    return;
  }
  // The order has its money, or is at its end.
  const bool late = paid_order.state == order_state::withdrawn || paid_order.state == order_state::expired;
  refund(at, what.uuid, late ? "late" : "second");
}

void closed(const room& at, const payment& what, order& closed_order) {
  if (what.state != "open" && what.state != "closing") return;
  set_state(at, what.uuid, "closed");
  if (closed_order.state == order_state::withdrawing && !find_open(at, closed_order.uuid))
    move(at, closed_order, order_event::payment_closed);
}

void refund_ended(const room& at, const payment& what, order& refunded_order, bool returned) {
  if (what.state != "refunding") return;
  set_state(at, what.uuid, returned ? "refunded" : "refund-failed");
  if (returned) set_invoice(at, what.uuid, "reversed");
  if (what.refund_reason != "rejected") return;  // an excess payment does not move the order
  if (!returned) refunded_order.remark = "退款失败，请联系客服";
  move(at, refunded_order, returned ? order_event::refund_done : order_event::refund_refused);
}

}  // namespace

result<answer> payment_methods(const room& at, const call& request) {
  if (const auto order = authorised_order(at, request); !order) return order.error();
  auto offered = json::array();
  for (const auto& [id, kind] : methods) offered.push_back({{"id", id}, {"kind", kind}});
  return ok({{"methods", std::move(offered)}, {"invoice_kinds", {"personal", "public-body", "enterprise", "special"}}});
}

result<answer> pay(const room& at, const call& request) {
  const auto order = authorised_order(at, request);
  if (!order) return order.error();
  const auto& uuid = request.ids.at(1);
  const auto meaning = sha256_hex(json_text(request.json));
  if (const auto known = find_payment(at, uuid)) {
    if (known->order_uuid != order->uuid || known->request_sha256 != meaning) return problem("other-payload");
    return ok(shown(at, *known));
  }
  const auto wanted = request.json.at("method").get<std::string>();
  if (std::none_of(methods.begin(), methods.end(), [&](const auto& m) { return m.id == wanted; }))
    return problem("bad-fields", field_error("method", "not-offered"));
  const auto& invoice = request.json.at("invoice");
  if (auto refused = refused_invoice_fields(invoice); !refused.empty())
    return problem("bad-fields", {{"fields", std::move(refused)}});
  if (order->state != order_state::awaiting_payment) {
    using enum order_state;
    const bool unpaid = order->state == withdrawing || order->state == withdrawn || order->state == expired;
    return problem(unpaid ? "wrong-state" : "already-paid", {}, name(order->state));
  }
  if (close_open_payment(at, order->uuid))
    return problem("payment-closing", {{"retry_after", std::max<std::int64_t>(1, at.config.provider_delay)}});
  at.db.run(
      "INSERT INTO payments(uuid, order_uuid, method, request_sha256, fee_fen, invoice, invoice_state, state, "
      "created_at) "
      "VALUES(?, ?, ?, ?, ?, ?, 'requested', 'open', ?)",
      uuid, order->uuid, wanted, meaning, order->fee_fen, json_text(invoice), at.now);
  provider::open(at, uuid, order->fee_fen);
  return ok(shown(at, *find_payment(at, uuid)));
}

result<answer> show_payment(const room& at, const call& request) {
  const auto order = authorised_order(at, request);
  if (!order) return order.error();
  const auto found = find_payment(at, request.ids.at(1));
  if (!found || found->order_uuid != order->uuid) return problem("unknown-payment");
  return ok(shown(at, *found));
}

json payments_of(const room& at, std::string_view order_uuid) {
  auto listed = json::array();
  auto rows = at.db.select(select_payments("WHERE order_uuid = ? ORDER BY id DESC LIMIT 32").c_str(), order_uuid);
  while (rows.next()) listed.push_back(shown(at, read_payment(rows)));
  return listed;
}

bool close_open_payment(const room& at, std::string_view order_uuid) {
  const auto open = find_open(at, order_uuid);
  if (!open) return false;
  if (open->state == "open") {
    set_state(at, open->uuid, "closing");
    provider::ask(at, open->uuid, "close");
  }
  return true;
}

void refund_order(const room& at, std::string_view order_uuid) {
  const auto paid =
      first_payment(at.db.select(select_payments("WHERE order_uuid = ? AND state = 'succeeded'").c_str(), order_uuid));
  if (paid) refund(at, paid->uuid, "rejected");
}

bool retry_refunds(const room& at, std::string_view order_uuid) {
  std::vector<payment> failed;
  {
    auto rows = at.db.select(select_payments("WHERE order_uuid = ? AND state = 'refund-failed'").c_str(), order_uuid);
    while (rows.next()) failed.push_back(read_payment(rows));
  }
  for (const auto& one : failed) refund(at, one.uuid, one.refund_reason);
  return !failed.empty();
}

result<void> accept_notice(const room& at, std::string_view text, std::string_view signature) {
  if (!verify_notice(at.keys.provider_key(), text, signature)) return problem("untrusted-signature");
  const auto notice = json::parse(text, nullptr, false);
  const auto is = [&](const char* member, bool (json::*kind)() const noexcept) {
    return notice.is_object() && notice.contains(member) && (notice[member].*kind)();
  };
  // An amount is an integer: one that is rounded to the fee is another amount.
  if (!is("payment", &json::is_string) || !is("event", &json::is_string) || !is("fee_fen", &json::is_number_integer))
    return problem("bad-json");
  const auto what = find_payment(at, notice["payment"].get<std::string>());
  if (!what || notice["fee_fen"] != what->fee_fen) return problem("unknown-payment");
  auto order = find_order(at, what->order_uuid).value();
  const auto event = notice["event"].get<std::string>();
  if (event == "succeeded")
    succeeded(at, *what, order);
  else if (event == "closed")
    closed(at, *what, order);
  else if (event == "refunded" || event == "refund-failed")
    refund_ended(at, *what, order, event == "refunded");
  else
    return problem("bad-json");
  return {};
}

}  // namespace keycare::dev_ra
