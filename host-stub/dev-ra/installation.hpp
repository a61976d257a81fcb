// installation.hpp - from the certification request to the confirmed new certificate.
#pragma once

#include "call.hpp"
#include "records.hpp"

namespace keycare::dev_ra {

result<answer> submit_request(const room& at, const call& request);
result<answer> bundle(const room& at, const call& request);
result<answer> confirm(const room& at, const call& request);

/// True from the confirmation on.
[[nodiscard]] bool is_confirmed(order_state state);
/// The new key has spoken: the order is confirmed unless it was already.
void confirm_order(const room& at, order& what);
/// The portal knows the new certificate: bind the account to it, mark the old one as superseded. On the way to
/// `complete`.
void rebind(const room& at, const order& what);

}  // namespace keycare::dev_ra
