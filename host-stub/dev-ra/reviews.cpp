// reviews.cpp - review by hand and by time.
#include "reviews.hpp"

#include "installation.hpp"
#include "payments.hpp"
#include "provider.hpp"
#include "records.hpp"
#include "unlocks.hpp"

#include <vector>

namespace keycare::dev_ra {

namespace {

/// What the RA does with an order whose time has come. The table says where that leads.
void proceed(const room& at, order& what) {
  using enum order_state;
  switch (what.state) {
    case awaiting_payment:
      move(at, what, order_event::unpaid_too_long);
      close_open_payment(at, what.uuid);
      return;
    case paid:
      move(at, what, order_event::review_opened);
      return;
    case under_review:
      move(at, what, order_event::approval);
      return;
    case rejected:
      move(at, what, order_event::refund_started);
      refund_order(at, what.uuid);
      return;
    case confirmed:
      move(at, what, order_event::rebinding_started);
      return;
    case rebinding:
      rebind(at, what);
      move(at, what, order_event::portal_acknowledged);
      return;
    default:
      return;
  }
}

std::vector<std::string> due_orders(const room& at) {
  std::vector<std::string> due;
  auto rows = at.db.select("SELECT uuid FROM orders WHERE due_at <= ? ORDER BY due_at LIMIT 1000", at.now);
  while (rows.next()) due.push_back(rows.text(0));
  return due;
}

}  // namespace

result<void> decide(const room& at, std::string_view uuid, std::string_view decision, std::string_view reason,
                    const nlohmann::json& fields) {
  auto found = find_order(at, uuid);
  if (!found) return decide_unlock(at, uuid, decision, reason);
  auto& order = *found;
  order.remark = reason;
  if (decision == "approve") {
    if (!move(at, order, order_event::approval)) return problem("wrong-state", {}, name(order.state));
  } else if (decision == "reject") {
    order.rejection = reason.empty() ? "审核未通过" : std::string(reason);
    if (!move(at, order, order_event::rejection)) return problem("wrong-state", {}, name(order.state));
  } else if (decision == "correct" && fields.is_array() && !fields.empty()) {
    order.correction = {{"reason", reason}, {"fields", fields}};
    if (!move(at, order, order_event::correction_asked)) return problem("wrong-state", {}, name(order.state));
  } else {
    return problem("bad-request");
  }
  return {};
}

void catch_up(const room& at) {
  provider::speak(at);
  // An order may be due again at once when a delay is zero; each passes a few states at most.
  for (int round = 0; round < 8; ++round) {
    const auto due = due_orders(at);
    if (due.empty()) break;
    for (const auto& uuid : due) {
      auto order = find_order(at, uuid).value();
      proceed(at, order);
    }
  }
  catch_up_unlocks(at);
}

}  // namespace keycare::dev_ra
