// sending.cpp - requests about one order.
#include "plugins/renewal/core/sending.hpp"

#include "keycare/sdk/json.hpp"
#include "keycare/sdk/statement.hpp"
#include "plugins/common/encoding.hpp"
#include "plugins/renewal/core/ra_order.hpp"

namespace keycare::renewal {

namespace {

std::string path_of(const order_record& r, std::string_view rest = {}) {
  return "/v1/renewals/" + r.uuid + std::string(rest);
}

/// The receipt proves that the RA holds our statement. Without a valid one nothing is believed to have been accepted.
result<void> check_receipt(const context& c, const order_record& r, const json& body, std::string_view type) {
  const auto untrusted = fail(KC_E_UNTRUSTED, "KC-RENEWAL-RECEIPT");
  const auto given = body.find("receipt");
  const auto cms = given != body.end() && given->is_string() ? common::from_base64(given->get_ref<const std::string&>())
                                                             : std::nullopt;
  if (!cms) return untrusted;
  const auto content = c.host.crypto.verify_signed("ra", "receipt", *cms);
  if (!content) return content.error().status == KC_E_UNTRUSTED ? untrusted : content.error();
  const auto receipt = statement::read(text_of(*content));
  if (!receipt) return untrusted;
  const bool ours = receipt->at("type") == "receipt" && receipt->at("ra") == r.ra && receipt->at("order") == r.uuid &&
                    receipt->at("statement") == type && receipt->at("statement_sha256") == r.to_send.statement_sha256;
  if (!ours) return untrusted;
  return {};
}

result<json> own_order(const order_record& r, const json& body) {
  auto order = read_order(body);
  if (!order) return order.error();
  if ((*order)["uuid"] != r.uuid || (*order)["certificate_sha256"] != r.certificate_sha256)
    return fail(KC_E_DAMAGED, "KC-RA-ANSWER");
  return order;
}

/// The order must be what was quoted: nothing is paid for that was not agreed to.
std::string deviation(const order_record& r, const json& order) {
  if (r.quote.is_null()) return {};
  const bool same = order.at("fee_fen") == r.quote.at("fee_fen") && order.at("months") == r.quote.at("months") &&
                    order.at("new_not_after") == r.quote.at("new_not_after");
  return same ? "" : "KC-RENEWAL-ORDER-DIFFERS";
}

void take_over(context& c, order_record& r, situation& now, const json& order) {
  r = merged(std::move(r), order, c.host.clock.now());
  r.problem = deviation(r, order);
  now.ra = state_of(order);
}

result<void> accepted_application(context& c, held_order& order, situation& now, const json& body) {
  auto& r = order.record;
  const auto secret = body.find("order_secret");
  if (secret == body.end() || !secret->is_string() || secret->get_ref<const std::string&>().size() < 32 ||
      secret->get_ref<const std::string&>().size() > 64)
    return fail(KC_E_DAMAGED, "KC-RA-ANSWER");
  auto said = own_order(r, body.value("order", json()));
  if (!said) return said.error();
  r.secret = *secret;
  r.at = stage::accepted;
  r.to_send = {};
  take_over(c, r, now, *said);
  return c.orders.save(order);
}

result<void> accepted_payment(context& c, held_order& order, const json& body) {
  auto& r = order.record;
  // Kept in the order's list, so that one way leads to "the open payment".
  auto next = r.order;
  if (!next.is_object()) return fail(KC_E_DAMAGED, "KC-RA-ANSWER");
  auto payments = json::array({body});
  for (const auto& other : next["payments"])
    if (other.at("uuid") != r.to_send.id && payments.size() < 32) payments.push_back(other);
  next["payments"] = std::move(payments);
  const auto checked = read_order(next);
  if (!checked || body.value("uuid", "") != r.to_send.id) return fail(KC_E_DAMAGED, "KC-RA-ANSWER");
  r.order = *checked;
  r.to_send = {};
  return c.orders.save(order);
}

result<void> accepted_statement(context& c, held_order& order, situation& now, const json& body) {
  auto& r = order.record;
  auto said = own_order(r, body.value("order", json()));
  if (!said) return said.error();
  r.to_send = {};
  take_over(c, r, now, *said);
  return c.orders.save(order);
}

/// The RA will not take this request, however often it is repeated.
result<void> refused(context& c, held_order& order, situation& now, const common::ra_answer& answer) {
  auto& r = order.record;
  const auto kind = r.to_send.kind;
  const auto why = common::problem_error(answer);
  if (!answer.problem->from_ra) return why;  // and what is to be sent stays: the RA may have it already
  const auto& code = answer.problem->code;
  now.ra = ra_state::unasked;
  if (kind == pending::confirmation && code == "already-confirmed") {
    r.to_send = {};
    return c.orders.save(order);
  }
  if (code == "unknown-order") {  // Kept: the RA may have lost its memory, we have not.
    now.ra = ra_state::unknown;
    return {};
  }
  r.to_send = {};
  r.problem = why.code;
  if (kind == pending::application) {
    r.at = stage::closed;
    c.grants.close();
    if (!r.container.empty()) r.leftovers.push_back(r.container);
  }
  if (auto saved = c.orders.save(order); !saved) return saved;
  c.host.log.warning("order.refused", json_text({{"order", r.uuid}, {"request", name_of(kind)}, {"code", why.code}}));
  return why;
}

}  // namespace

result<bool> take_note(situation& now, const result<common::ra_answer>& answer) {
  if (!answer) {
    if (!may_pass(answer.error())) return answer.error();
    now.delayed = answer.error();
    return false;
  }
  now.retry_after = answer->retry_after;
  if (answer->date) now.ra_time = answer->date;
  now.slow_down = now.slow_down || answer->http_status == 429;
  if (!may_pass(*answer)) return true;
  now.delayed = common::problem_error(*answer);
  return false;
}

result<void> ask_ra(context& c, const kc_call& call, held_order& order, situation& now) {
  auto& r = order.record;
  const auto answer = c.ra.get(call, path_of(r), r.secret);
  const auto usable = take_note(now, answer);
  if (!usable) return usable.error();
  if (!*usable) return {};
  if (!answer->ok()) {
    if (answer->http_status == 404 && answer->problem->from_ra) {
      now.ra = ra_state::unknown;
      return {};
    }
    return common::problem_error(*answer);
  }
  auto said = own_order(r, answer->body);
  if (!said) return said.error();
  take_over(c, r, now, *said);
  return {};
}

result<void> send_pending(context& c, const kc_call& call, held_order& order, situation& now) {
  auto& r = order.record;
  const auto* row = row_of(r.to_send.kind);
  if (row == nullptr) return {};
  const bool payment = row->kind == pending::payment;
  const auto path = path_of(r, row->path) + (payment ? r.to_send.id : std::string{});
  const auto answer = c.ra.send(call, "PUT", path, row->content_type, r.to_send.body, payment ? r.secret : "");
  const auto usable = take_note(now, answer);
  if (!usable) return usable.error();
  if (!*usable) return {};
  if (!answer->ok()) return refused(c, order, now, *answer);
  if (payment) return accepted_payment(c, order, answer->body);
  if (auto ours = check_receipt(c, r, answer->body, row->statement); !ours) return ours;
  if (row->kind == pending::application) return accepted_application(c, order, now, answer->body);
  return accepted_statement(c, order, now, answer->body);
}

}  // namespace keycare::renewal
