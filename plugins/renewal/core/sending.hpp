// sending.hpp - what is held back for the RA is sent, and the RA is asked: what its answers mean for an order.
#pragma once

#include "plugins/renewal/core/context.hpp"

namespace keycare::renewal {

/// GET the order. `now.delayed` when the RA cannot be asked at the moment; an error for what a person must see.
/// [worker-thread]
[[nodiscard]] result<void> ask_ra(context& c, const kc_call& call, held_order& order, situation& now);

/// Sends the request that is held back, octet for octet. Accepted: what the RA says is stored. Refused for good: the
/// request is dropped (an application closes the order) and the error says why. Otherwise `now.delayed`.
/// [worker-thread]
[[nodiscard]] result<void> send_pending(context& c, const kc_call& call, held_order& order, situation& now);

/// Notes Retry-After, clock and "slow down" of an answer. True: it is one to act on; false: the RA is to be asked
/// later, and now.delayed says why. An error that will not pass by itself is given back. [any-thread]
[[nodiscard]] result<bool> take_note(situation& now, const result<common::ra_answer>& answer);

}  // namespace keycare::renewal
