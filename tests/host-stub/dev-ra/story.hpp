// story.hpp - people who send every request of the contract, each of them rightly: what a crash or a repetition is
// tried on.
#pragma once

#include "ra_kit.hpp"

namespace keycare::dev_ra::test {

/// Renewals that are corrected twice, lose a key, are withdrawn and refunded, and an unlock: every path of
/// openapi.json.
/// @p ra reviews by hand.
void tell(ra_kit& ra);

}  // namespace keycare::dev_ra::test
