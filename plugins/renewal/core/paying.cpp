// paying.cpp - the commands payment-methods and pay: the RA holds the one open payment, the browser pays it.
#include "keycare/sdk/json.hpp"
#include "plugins/common/dates.hpp"
#include "plugins/common/encoding.hpp"
#include "plugins/common/input.hpp"
#include "plugins/common/invoice.hpp"
#include "plugins/common/money.hpp"
#include "plugins/renewal/core/commands.hpp"
#include "plugins/renewal/core/order_view.hpp"
#include "plugins/renewal/core/progress.hpp"
#include "plugins/renewal/core/ra_order.hpp"
#include "plugins/renewal/core/sending.hpp"
#include "plugins/renewal/core/texts.hpp"

namespace keycare::renewal {

namespace {

/// The RA's word now; nothing about money is decided on an old one.
result<void> ask_now(context& c, const kc_call& call, held_order& order, situation& now) {
  if (order.record.secret.empty()) return fail(KC_E_CONFLICT, "KC-RENEWAL-NOT-SUBMITTED");
  if (auto asked = ask_ra(c, call, order, now); !asked) return asked;
  if (now.delayed) return *now.delayed;
  return {};
}

result<common::checked_invoice> checked_invoice_of(context& c, const kc_call& call, const json& input) {
  const auto at = c.host.clock.now();
  auto checked = common::check_invoice(common::read_invoice(common::object_member(input, "invoice")),
                                       common::local_day(at, c.host.clock.utc_offset(at)));
  if (!checked.fits()) return form_error(checked.problems, text(call.language));
  return checked;
}

/// An open payment by the same method for the same invoice is opened again, not replaced.
bool is_same(const json& payment, std::string_view method, const common::invoice& invoice) {
  return payment.is_object() && payment.at("state") == "open" && payment.at("method") == method &&
         payment.at("invoice").at("kind") == invoice.kind && payment.at("invoice").at("title") == invoice.title;
}

}  // namespace

result<json> payment_methods(context& c, const kc_call& call, const json& input) {
  auto taken = take_order(c, input);
  if (!taken) return taken.error();
  const auto& r = taken->order.record;
  if (r.secret.empty()) return fail(KC_E_CONFLICT, "KC-RENEWAL-NOT-SUBMITTED");
  const auto answer = c.ra.get(call, "/v1/renewals/" + r.uuid + "/payment-methods", r.secret);
  if (!answer) return answer.error();
  if (!answer->ok()) return common::problem_error(*answer);
  const auto methods = answer->body.find("methods");
  const auto kinds = answer->body.find("invoice_kinds");
  if (methods == answer->body.end() || !methods->is_array() || methods->size() > 16 || kinds == answer->body.end() ||
      !kinds->is_array() || kinds->size() > 8)
    return fail(KC_E_DAMAGED, "KC-RA-ANSWER");
  const auto language = text(call.language);
  json shown = json::array();
  std::vector<std::string> lines{texts().text("text.methods", language)};
  for (const auto& item : *methods) {
    const auto id = item.is_object() ? common::text_member(item, "id") : std::string{};
    const auto kind = item.is_object() ? common::text_member(item, "kind") : std::string{};
    if (id.empty() || id.size() > 32) return fail(KC_E_DAMAGED, "KC-RA-ANSWER");
    const auto name = texts().find("method." + id, language).value_or(id);
    shown.push_back({{"id", id}, {"kind", kind}, {"name", name}});
    lines.push_back("  " + id + "  " + name);
  }
  json invoices = json::array();
  lines.push_back(texts().text("text.invoice-kinds", language));
  for (const auto& kind : *kinds) {
    if (!kind.is_string() || kind.get_ref<const std::string&>().size() > 32) return fail(KC_E_DAMAGED, "KC-RA-ANSWER");
    const auto name = texts().text("invoice-kind." + kind.get<std::string>(), language);
    invoices.push_back({{"id", kind}, {"name", name}});
    lines.push_back("  " + kind.get<std::string>() + "  " + name);
  }
  auto order = known_order_json(c, r, language);
  return json{{"data", {{"methods", shown}, {"invoice_kinds", invoices}, {"order", std::move(order)}}},
              {"text", lines}};
}

result<json> pay(context& c, const kc_call& call, const json& input) {
  auto taken = take_order(c, input);
  if (!taken) return taken.error();
  auto& order = taken->order;
  auto& r = order.record;
  const auto method = common::text_member(input, "method");
  const auto invoice = checked_invoice_of(c, call, input);
  if (!invoice) return invoice.error();
  situation now;
  if (auto asked = ask_now(c, call, order, now); !asked) return asked.error();
  if (now.ra != ra_state::awaiting_payment) {
    // Paid already, or ended: the order's page says which. Nothing is opened twice.
    const auto then = advance(c, call, order, now, 0);
    if (!then) return then.error();
    if (c.emit) c.emit("order-changed", r.uuid);
    auto reply = order_reply(c, call, order, now, *then, {texts().text("text.not-payable", text(call.language))});
    if (reply) leave_pin_to_user(*reply, *then);
    return reply;
  }
  if (!r.problem.empty()) return fail(KC_E_CONFLICT, r.problem);

  auto payment = current_payment(r.order);
  if (!is_same(payment, method, invoice->value)) {
    const json body = {{"method", method}, {"invoice", common::invoice_json(invoice->value)}};
    const auto text = json_text(body);
    const octets wanted(text.begin(), text.end());
    // The same wish that was never answered is repeated under its own id; another one gets another id.
    if (r.to_send.kind != pending::payment || r.to_send.body != wanted) {
      const auto uuid = new_uuid(c);
      if (!uuid) return uuid.error();
      r.to_send = {pending::payment, wanted, *uuid, {}};
    }
    if (auto saved = c.orders.save(order); !saved) return saved.error();
    if (auto sent = send_pending(c, call, order, now); !sent) return sent.error();
    payment = now.delayed ? json() : current_payment(r.order);
  }
  std::vector<std::string> first;
  const auto language = text(call.language);
  for (const auto& problem : invoice->problems)
    if (problem.warning) first.push_back(texts().text(problem.code, language));
  if (payment.is_object() && payment.contains("pay_url")) {
    const auto url = payment["pay_url"].get<std::string>();
    if (auto opened = c.host.shell.open_url("ra", url); !opened) return opened.error();
    first.push_back(texts().text("text.pay-opened", language, {{"amount", common::yuan_text(payment["fee_fen"])}}));
  }
  const auto then = advance(c, call, order, now, 0);
  if (!then) return then.error();
  if (c.emit) c.emit("order-changed", r.uuid);
  return order_reply(c, call, order, now, *then, std::move(first));
}

}  // namespace keycare::renewal
