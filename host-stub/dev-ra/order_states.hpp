// order_states.hpp - the states of a renewal order and what moves it, as one table. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace keycare::dev_ra {

enum class order_state {
  awaiting_payment,
  withdrawing,
  withdrawn,
  expired,
  paid,
  under_review,
  needs_correction,
  rejected,
  refunding,
  refunded,
  refund_failed,
  approved,
  issued,
  confirmed,
  rebinding,
  complete,
  support,
};

enum class order_event {
  payment_succeeded,  // the provider's word, never a click
  withdrawal_asked,
  payment_closed,  // the provider's word that nothing can be paid any more
  unpaid_too_long,
  review_opened,
  correction_asked,
  corrected,
  approval,
  rejection,
  refund_started,
  refund_done,
  refund_refused,
  certificate_issued,
  new_generation,
  confirmation,
  rebinding_started,
  portal_acknowledged,
  support_opened,
  support_closed,
};

struct order_transition {
  order_state from;
  order_event event;
  order_state to;
};

/// Every way that an order can go; what is not here does not happen.
[[nodiscard]] std::span<const order_transition> order_transitions();
/// The state after @p event, or nothing when the event is refused in this state.
[[nodiscard]] std::optional<order_state> after(order_state state, order_event event);

[[nodiscard]] std::span<const order_state> all_order_states();
[[nodiscard]] std::string_view name(order_state state);
[[nodiscard]] std::optional<order_state> order_state_named(std::string_view name);

/// Nothing moves a terminal order any more.
[[nodiscard]] bool is_terminal(order_state state);
/// An open order keeps its account and certificate from another application. One that is only waiting for its refund
/// does not.
[[nodiscard]] bool is_open(order_state state);
/// 1 用户申请 2 用户缴费 3 管理员审核 4 安装新证书 5 完成.
[[nodiscard]] int progress_step(order_state state);
/// Somebody other than the user's computer moves this state: the client comes back later.
[[nodiscard]] bool is_waiting(order_state state);

}  // namespace keycare::dev_ra
