// payments.hpp - the payments of orders: one is open at a time, one is kept, any excess is refunded under its own id.
#pragma once

#include "call.hpp"

#include <nlohmann/json.hpp>
#include <string_view>

namespace keycare::dev_ra {

result<answer> payment_methods(const room& at, const call& request);
result<answer> pay(const room& at, const call& request);
result<answer> show_payment(const room& at, const call& request);

/// The order's payments as openapi.json shows them, newest first, at most 32.
[[nodiscard]] nlohmann::json payments_of(const room& at, std::string_view order_uuid);
/// Asks the provider to close the order's open payment. False when there is none: nothing can be paid any more.
bool close_open_payment(const room& at, std::string_view order_uuid);
/// Asks the provider to return what the order has paid.
void refund_order(const room& at, std::string_view order_uuid);
/// Asks once more for every refund of this order's payments that failed, of an excess too. False when there is none.
bool retry_refunds(const room& at, std::string_view order_uuid);

/// The provider's word {event, fee_fen, payment, time}, signed with its Ed25519 key; @p signature is 64 octets.
/// Repeatable. `untrusted-signature`, `bad-json` or `unknown-payment` otherwise.
result<void> accept_notice(const room& at, std::string_view text, std::string_view signature);

}  // namespace keycare::dev_ra
