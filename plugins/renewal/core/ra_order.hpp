// ra_order.hpp - what the RA says of an order, a quote or a bundle: held against the contract's bounds before use.
#pragma once

#include "plugins/renewal/core/order_record.hpp"

#include <optional>

namespace keycare::renewal {

/// The members of openapi.json's Order that we know, each with its type and bounds held; others are dropped.
/// KC-RA-ANSWER otherwise. [any-thread]
[[nodiscard]] result<json> read_order(const json& from_ra);

/// The state of an order that read_order has accepted; unasked for null. [any-thread]
[[nodiscard]] ra_state state_of(const json& order);

/// The newest payment that is open or succeeded, or null. [any-thread]
[[nodiscard]] json current_payment(const json& order);

/// The members of openapi.json's Quote, likewise. [any-thread]
[[nodiscard]] result<json> read_quote(const json& from_ra);

/// Why a quote does not fit what was asked for, as a support code, or nothing. A quote that does not fit is shown and
/// refused, never repaired. @param now Unix time by the RA's clock. [any-thread]
[[nodiscard]] std::optional<std::string> quote_problem(const json& quote, std::string_view certificate_sha256,
                                                       std::int64_t old_not_after, std::int64_t months,
                                                       std::int64_t now);

/// @p months later by the calendar, same time of day (UTC), the last day of a shorter month. [any-thread]
[[nodiscard]] std::int64_t plus_months(std::int64_t unix_seconds, std::int64_t months);

/// Takes over what the RA says now: the number, another generation of the key (what belonged to the last one goes); and
/// drops a request that has become moot, and a payment's when another was begun elsewhere meanwhile. Never moves a
/// stage forward. Pure. [any-thread]
[[nodiscard]] order_record merged(order_record record, const json& order, std::int64_t now);

}  // namespace keycare::renewal
