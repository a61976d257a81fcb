// progress.hpp - takes an order on: looks, lets the table decide, performs, and says what comes next and when.
#pragma once

#include "plugins/renewal/core/context.hpp"

namespace keycare::renewal {

/// Performs at most @p acts steps that act (looking and closing cost nothing) and returns the step that stands then. It
/// never waits. An error is the one of the step that failed; what was stored before it stays. [worker-thread]
[[nodiscard]] result<step> advance(context& c, const kc_call& call, held_order& order, situation& now, int acts);

/// The member "next" of a reply (command.h): the command, its input, after how many seconds, and who is waited for. The
/// poll state is stored, and the host's timer set, when it is the RA. [worker-thread]
[[nodiscard]] result<json> next_of(context& c, held_order& order, const situation& now, step then);

/// Whether the user has to release @p then with a PIN, when no grant covers it. Pure. [any-thread]
[[nodiscard]] bool is_released_by_pin(step then);

/// No PIN dialog may open that nobody expects, as after a look or a payment: when @p then opens one, the "next" of @p
/// reply waits for the user. Pure. [any-thread]
void leave_pin_to_user(json& reply, step then);

/// Takes the lock of the order's certificate, and loads the order that a person means: by uuid or 业务单号, or the only
/// open one. KC-RENEWAL-NO-ORDER, -CHOOSE-ORDER, -ORDER-NOT-FOUND, -BUSY. [worker-thread]
struct locked_order {
  store_client::held lock;
  held_order order;
};
[[nodiscard]] result<locked_order> take_order(context& c, const json& input);

/// As take_order(), without the lock: for looking, also beside an action. [any-thread]
[[nodiscard]] result<held_order> find_order(const context& c, const json& input);

}  // namespace keycare::renewal
