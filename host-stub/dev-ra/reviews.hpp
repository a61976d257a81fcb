// reviews.hpp - the reviewer's decisions, and what the RA does by itself when its time has come.
#pragma once

#include "answer.hpp"
#include "room.hpp"

#include <nlohmann/json.hpp>
#include <string_view>

namespace keycare::dev_ra {

/// Decides on an order or an unlock that is under review. @p decision: "approve", "reject" or, for orders, "correct"
/// with
/// @p fields [{field, code}]. @p reason is shown to the user. `unknown-order`, `wrong-state` or `bad-request`
/// otherwise.
result<void> decide(const room& at, std::string_view uuid, std::string_view decision, std::string_view reason,
                    const nlohmann::json& fields);

/// Does all that is due at this moment: provider's words, expiry, review, refund, rebinding. At the start of every
/// request.
void catch_up(const room& at);

}  // namespace keycare::dev_ra
