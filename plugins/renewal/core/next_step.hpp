// next_step.hpp - which step follows from what the RA, the token and the store say: one pure function.
#pragma once

#include "plugins/renewal/core/order_table.hpp"

namespace keycare::renewal {

/// What the store (and, for a draft, the memory) knows of an order.
struct store_view {
  stage at = stage::closed;
  pending held = pending::none;
};

/// The first row of `rules` that fits. Total: every combination has a step. [any-thread]
[[nodiscard]] step next_step(ra_state ra, token_state token, store_view store);

/// True when the RA's state shows that what is held back for it has no purpose any more. [any-thread]
[[nodiscard]] bool is_moot(pending held, ra_state ra);

/// The part of the step bar 用户申请 → 用户缴费 → 管理员审核 → 安装新证书 → 完成 where an order stands, 1 to 5.
/// [any-thread]
[[nodiscard]] int progress_of(stage at, ra_state last_seen);

}  // namespace keycare::renewal
