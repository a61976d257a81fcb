// next_step.cpp - reads the table.
#include "plugins/renewal/core/next_step.hpp"

namespace keycare::renewal {

step next_step(ra_state ra, token_state token, store_view store) {
  for (const auto& row : rules)
    if (row.at.has(store.at) && row.held.has(store.held) && row.ra.has(ra) && row.token.has(token)) return row.then;
  return step::support;
}

bool is_moot(pending held, ra_state ra) {
  const auto* row = row_of(held);
  return row != nullptr && ra != ra_state::unasked && !row->while_ra.has(ra);
}

int progress_of(stage at, ra_state last_seen) {
  switch (last_seen) {
    case ra_state::awaiting_payment:
    case ra_state::withdrawing:
    case ra_state::withdrawn:
    case ra_state::expired:
      return 2;
    case ra_state::paid:
    case ra_state::under_review:
    case ra_state::needs_correction:
    case ra_state::rejected:
    case ra_state::refunding:
    case ra_state::refunded:
    case ra_state::refund_failed:
      return 3;
    case ra_state::approved:
    case ra_state::issued:
    case ra_state::confirmed:
    case ra_state::rebinding:
      return 4;
    case ra_state::complete:
      return 5;
    default:
      return at <= stage::signed_ ? 1 : 2;
  }
}

}  // namespace keycare::renewal
